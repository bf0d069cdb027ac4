// The verdict of .ci/run over made-up runs of jest: only what a crash took is asked again, and it must answer then.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Crash, crashLine } from '../support/runner/crash.ts';
import { temporaryFolder } from '../support/temp.ts';

type Suite = { passed: number; failed?: number; message?: string };
/** What jest prints and what it writes, by test file; without results it was killed. */
type Run = { log?: string; suites?: Record<string, Suite> };

/** Jobs other than the tests: crashed is not among them. */
const OTHERS = ['check', 'quickstart', 'story', 'power-loss', 'a clean tree'].length;
const [A, B, C] = ['test/core/a.test.ts', 'test/engine/b.test.ts', 'test/scenarios/c.test.ts'] as const;
const WORKER =
  'Test suite failed to run\n\n    jest worker process (pid=7) was terminated by another process: signal=SIGSEGV, exitCode=null.';
const crash: Crash = { program: '/usr/bin/node', signal: 'SIGTRAP', step: 'secrets-action' };
/** As a step says it in `file`. */
const said = (file: string) => crashLine(crash).replace(/ in \S+ !!!$/, ` in ${file} !!!`);

/** An npm that plays the first run, and the second when it is given files. */
const NPM = `#!/bin/sh
[ "$1" = test ] || exit 0
shift 2
out=\${2#--outputFile=}
shift 2
echo "$*" >> asked
run=first
[ $# -eq 0 ] || run=again
cat $run.log
[ ! -e $run.json ] || cp $run.json "$out"
exit "$(cat $run.code)"
`;

function ci(first: Run, again: Run = {}) {
  const folder = temporaryFolder();
  cpSync('.ci', join(folder, '.ci'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  for (const [name, text] of Object.entries({ npm: NPM, terraform: '#!/bin/sh\n' }))
    writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
  for (const [name, { log = '', suites }] of Object.entries({ first, again })) {
    const results = Object.entries(suites ?? {}).map(([file, suite]) => resultOf(join(folder, file), suite));
    const isGood = suites !== undefined && results.every(({ status }) => status === 'passed');
    writeFileSync(join(folder, `${name}.log`), `${log}\n`);
    writeFileSync(join(folder, `${name}.code`), isGood ? '0' : '1');
    if (suites) writeFileSync(join(folder, `${name}.json`), JSON.stringify({ testResults: results }));
  }
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, GIT_CEILING_DIRECTORIES: join(folder, '..') };
  const { stdout, stderr, status } = spawnSync('bash', ['.ci/run'], { cwd: folder, env, encoding: 'utf8' });
  expect(stderr).toBe('');
  const asked = readFileSync(join(folder, 'asked'), 'utf8').split('\n').slice(1, -1);
  return { status, asked, last: stdout.trimEnd().split('\n').at(-1), stdout };
}

function resultOf(name: string, { passed, failed = 0, message = '' }: Suite) {
  const assertionResults = [
    ...Array.from({ length: passed }, () => ({ status: 'passed' })),
    ...Array.from({ length: failed }, () => ({ status: 'failed' })),
  ];
  return { name, message, assertionResults, status: failed > 0 || message !== '' ? 'failed' : 'passed' };
}

test('no crash and no failure: the tests are counted, and nothing is asked again', () => {
  const { status, last, asked } = ci({ suites: { [A]: { passed: 3 }, [B]: { passed: 4 } } });
  expect([status, last, asked]).toEqual([0, `${7 + 1 + OTHERS} passed, 0 failed`, []]);
});

test('a failure without a crash stays one, and nothing is asked again', () => {
  const { status, last, asked } = ci({ suites: { [A]: { passed: 3 }, [B]: { passed: 4, failed: 1, message: 'no' } } });
  expect([status, last, asked]).toEqual([1, `${7 + OTHERS} passed, 2 failed`, []]);
});

test.each([
  ['a worker of jest', '', { passed: 0, message: WORKER }],
  ['the Node under a step', said(C), { passed: 4, failed: 2, message: 'expected' }],
])(
  '%s crashed and nothing else failed: that file is asked once more, aloud, and no test counts twice',
  (_who, log, suite) => {
    const first = { log, suites: { [A]: { passed: 3 }, [C]: suite } };
    const good = ci(first, { suites: { [C]: { passed: 6 } } });
    expect([good.status, good.last, good.asked]).toEqual([0, `${9 + 1 + OTHERS} passed, 0 failed`, [C]]);
    expect(good.stdout).toContain(`!!! Node crashed under these files, which run once more: ${C} !!!`);
    const bad = ci(first, { suites: { [C]: { passed: 5, failed: 1, message: 'expected' } } });
    expect([bad.status, bad.last]).toEqual([1, `${8 + OTHERS} passed, 3 failed`]);
    const killed = ci(first);
    expect([killed.status, killed.asked]).toEqual([1, [C]]);
  },
);

test('beside a crash, a file that failed by itself is not asked again and stays failed', () => {
  const own = { passed: 1, failed: 1, message: 'expected 1, received 2' };
  const fallen = { [C]: { passed: 0, failed: 6, message: 'expected' }, [A]: { passed: 0, message: WORKER } };
  const { status, last, asked } = ci(
    { log: said(C), suites: { [B]: own, ...fallen } },
    { suites: { [C]: { passed: 6 }, [A]: { passed: 3 } } },
  );
  expect([status, asked]).toEqual([1, [`${A} ${C}`]]);
  expect(last).toBe(`${1 + 6 + 3 + 1 + OTHERS} passed, 2 failed`);
});

test('a crash under a file that passed all the same, or that no test file is named for, has nothing asked again', () => {
  const log = `${said(A)}\n${said('')}`;
  const { status, last, asked } = ci({
    log,
    suites: { [A]: { passed: 3 }, [B]: { passed: 0, failed: 1, message: 'no' } },
  });
  expect([status, last, asked]).toEqual([1, `${3 + OTHERS} passed, 2 failed`, []]);
});

test('a run that was killed before it could answer is a failure, whatever crashed', () => {
  const { status, stdout, asked } = ci({ log: `${said(C)}\nFAIL ${C}` });
  expect([status, asked]).toEqual([1, []]);
  expect(stdout).toContain('== no test ran');
});
