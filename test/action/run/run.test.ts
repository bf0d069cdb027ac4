// The script of `run`, for real: which shell, which environment, what comes out, how it ends.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '#action/run/run.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { nodeClock } from '#client/node-clock.js';
import { BASH, DASH, PYTHON, testWith } from '../../support/consumer.ts';
import { MemoryRunner } from '../../support/memory-runner.ts';
import { temporaryFolder } from '../../support/temp.ts';

type Shell = 'bash' | 'sh' | 'python' | 'node';

const VALUES = { PASSWORD: 'hunter22-and-more', LINES: 'first line of it\nab\nlast line of it' };

const NOTHING = { values: [], without: [], minLength: 4 };

function step(env: Record<string, string> = {}, clock = nodeClock) {
  const root = temporaryFolder();
  const [temp, workspace] = [join(root, 'temp'), join(root, 'work')];
  for (const folder of [temp, workspace]) mkdirSync(folder);
  const all = { PATH: process.env['PATH'] ?? '', RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace, ...env };
  const runner = new MemoryRunner({}, all);
  const stop = new AbortController();
  const out = { text: '' };
  const tools = {
    runner,
    env: all,
    clock,
    stop: stop.signal,
    kill: (pid: number, signal: NodeJS.Signals) => void process.kill(pid, signal),
    relay: async (text: string) => {
      out.text += text;
    },
  };
  const run = async (
    script: string,
    shell?: Shell,
    values: Record<string, string> = VALUES,
    visibility: Visibility = 'masked',
  ) => {
    const all = Object.entries(values).map(([name, text]) => ({ name, value: new Sensitive(text), visibility }));
    const failure = await runScript(
      tools,
      { script, shell, workingDirectory: undefined },
      { values: all, without: [], minLength: 4 },
    );
    return { failure, out: out.text };
  };
  return { temp, workspace, runner, stop, out, tools, run };
}

const json = 'console.log(JSON.stringify(process.env))';

describe('the child', () => {
  test('gets the values and the environment of the step, but nothing that opens more', async () => {
    const secret = {
      INPUT_TOKEN: 't',
      'INPUT_API-URL': 'u',
      STATE_handoff: 's',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'i',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'i',
      ACTIONS_RUNTIME_TOKEN: 'r',
      ACTIONS_RUNTIME_URL: 'r',
      GITHUB_STATE: '/state',
    };
    const { run } = step({ ...secret, GITHUB_OUTPUT: '/o', PASSWORD: 'of the job' });
    const { out, failure } = await run(json, 'node', { PASSWORD: 'of the script' }, 'unmasked');
    const env = JSON.parse(out) as Record<string, string>;
    expect(failure).toBeUndefined();
    expect(env).toMatchObject({ PASSWORD: 'of the script', GITHUB_OUTPUT: '/o' });
    for (const name of Object.keys(secret)) expect(env).not.toHaveProperty(name);
  });

  test.each<[Shell, string]>([
    ['node', 'process.stdout.write(process.env.HOSTILE)'],
    ['python', 'import os, sys; sys.stdout.write(os.environ["HOSTILE"])'],
    ['bash', 'printf %s "$HOSTILE"'],
    ['sh', 'printf %s "$HOSTILE"'],
  ])('gets a hostile value to the byte through %s', async (shell, script) => {
    const hostile = '"$(id)`id`\'\\\n=::x::##[y]\t{é🦊}EOF\n';
    const { run } = step({ LC_ALL: 'C.UTF-8' });
    // Shown is what the relay makes of it: lines, and no last line end of its own.
    expect((await run(script, shell, { HOSTILE: hostile }, 'unmasked')).out).toBe(hostile);
  });

  test('runs in the workspace, or where working-directory says', async () => {
    const { workspace, tools } = step();
    mkdirSync(join(workspace, 'deep'));
    const outs: string[] = [];
    const relay = async (text: string) => void outs.push(text);
    for (const workingDirectory of [undefined, 'deep', '/']) {
      await runScript({ ...tools, relay }, { script: 'pwd', shell: 'sh', workingDirectory }, NOTHING);
    }
    expect(outs.join('')).toBe(`${workspace}\n${workspace}/deep\n/\n`);
    await expect(
      runScript(tools, { script: 'pwd', shell: 'sh', workingDirectory: 'not/there' }, NOTHING),
    ).rejects.toThrow(
      `The working-directory ${workspace}/not/there is no folder: give one that an earlier step has made.`,
    );
  });

  test('reads nothing: its input is closed', async () => {
    expect((await step().run('cat; echo done', 'sh')).out).toBe('done\n');
  });

  test('runs from a file of its owner alone, which is gone afterwards', async () => {
    const { temp, run } = step();
    const { out } = await run('stat -c %a "$0"; echo "$0"', 'bash');
    expect(out).toMatch(/^600\n\S*\/secrets-[0-9a-f-]{36}\.sh\n$/);
    expect(readdirSync(temp)).toEqual([]);
  });
});

describe('shells', () => {
  testWith(BASH, 'bash is the default, reads no profile, and stops at the first failure, in a pipe too', async () => {
    const { run } = step({ BASH_ENV: '' });
    expect(
      await run('shopt -q login_shell && echo login; [ -n "$BASH_VERSION" ] && echo bash\nfalse | cat\necho on'),
    ).toEqual({
      failure: 'The script of run ended with exit code 1.',
      out: 'bash\n',
    });
  });

  testWith(DASH, 'where there is no bash the default is sh', async () => {
    const folder = temporaryFolder();
    spawnSync('ln', ['-s', '/bin/sh', join(folder, 'sh')]);
    const { temp, run } = step({ PATH: folder });
    expect(await run('echo "${BASH_VERSION:-sh}"; false; echo on')).toEqual({
      failure: 'The script of run ended with exit code 1.',
      out: 'sh\n',
    });
    expect(readdirSync(temp)).toEqual([]);
  });

  test('a shell that is not there is said, and leaves no script behind', async () => {
    const { temp, tools } = step({ PATH: temporaryFolder() });
    const input = { script: 'x', shell: 'pwsh' as const, workingDirectory: undefined };
    await expect(runScript(tools, input, NOTHING)).rejects.toThrow(
      'There is no pwsh on this machine to run the script with.',
    );
    expect(readdirSync(temp)).toEqual([]);
  });

  testWith(PYTHON, 'an exception of Python is a failure', async () => {
    const { failure, out } = await step().run('raise SystemExit(7)', 'python');
    expect([failure, out]).toEqual(['The script of run ended with exit code 7.', '']);
  });
});

describe('what it prints', () => {
  test('is masked on both streams, whole values and their lines, in every spelling', async () => {
    const script = [
      'echo "$PASSWORD"; echo "$PASSWORD" >&2',
      'printf %s "$PASSWORD" | base64; printf %s "$PASSWORD" | od -An -v -tx1 | tr -d " \\n"; echo',
      'echo "$LINES"',
      'set -x; true "$PASSWORD"',
    ].join('\n');
    const { out } = await step().run(script, 'bash');
    expect(out.trimEnd().split('\n').sort()).toEqual(['***', '***', '***', '***', '***', '+ true ***']);
  });

  test('leaves public values alone', async () => {
    expect((await step().run('echo "$LEVEL"', 'sh', { LEVEL: 'debug-level' }, 'unmasked')).out).toBe('debug-level\n');
  });

  test('is masked where the child writes byte by byte', async () => {
    const script = 'for (const b of Buffer.from(process.env.P + "\\n")) require("fs").writeSync(1, Buffer.of(b))';
    expect((await step().run(script, 'node', { P: 'pä$$wörd-🦊' })).out).toBe('***\n');
  });

  test('keeps the lines of two streams apart', async () => {
    const script =
      'const w = (fd) => { for (let i = 0; i < 500; i++) require("fs").writeSync(fd, "line of " + fd + "\\n"); }; w(1); w(2);';
    const { out } = await step().run(script, 'node');
    expect(out.split('\n').filter((line) => !/^line of [12]$/.test(line))).toEqual(['']);
    expect(out.match(/line/g)).toHaveLength(1000);
  });

  test('does not fill memory when we cannot write as fast: the child waits', async () => {
    const { tools } = step();
    let open = 0;
    let most = 0;
    const relay = async (text: string) => {
      open += text.length;
      most = Math.max(most, open);
      await new Promise((done) => setTimeout(done, 1));
      open -= text.length;
    };
    const input = {
      script: 'head -c 4000000 /dev/zero | tr "\\0" "x" | fold -w 1000',
      shell: 'bash' as const,
      workingDirectory: undefined,
    };
    await runScript({ ...tools, relay }, input, NOTHING);
    expect(most).toBeLessThan(1_000_000);
  });
});

describe('how it ends', () => {
  test.each([
    ['exit 0', undefined],
    ['exit 3', 'The script of run ended with exit code 3.'],
    ['kill -KILL $$', 'The script of run was ended by SIGKILL.'],
  ])('%s', async (script, failure) => {
    expect((await step().run(script, 'sh')).failure).toBe(failure);
  });

  test.each(['SIGINT', 'SIGTERM'])(
    '%s reaches the script and what it started, each with time to clean up',
    async (name) => {
      const { stop, run, out } = step();
      const waits = (who: string, then: string) =>
        `const on = (s) => { console.log("${who} got " + s); ${then} };
         process.on("SIGINT", on).on("SIGTERM", on); setInterval(() => {}, 1000);`;
      const child = `${waits('child', 'process.exit(0)')} console.log("ready")`;
      const script = `${waits('script', 'child.on("exit", () => process.exit(9))')}
        const child = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });`;
      const done = run(script, 'node');
      while (!out.text.includes('ready')) await new Promise((next) => setTimeout(next, 20));
      stop.abort(name);
      expect((await done).failure).toBe('The script of run ended with exit code 9.');
      expect(out.text.split('\n').sort()).toEqual(['', `child got ${name}`, 'ready', `script got ${name}`]);
    },
  );

  test('a script that ignores signals is killed with all that it started, before the runner kills us', async () => {
    const slept: number[] = [];
    const quick = {
      ...nodeClock,
      sleep: (ms: number, signal?: AbortSignal) => nodeClock.sleep(slept.push(ms) && ms / 20, signal),
    };
    const { stop, run, out, temp } = step({}, quick);
    const done = run(
      `trap '' INT TERM; (trap '' INT TERM; while :; do sleep 0.05; done) & echo "child $!"; while :; do sleep 0.05; done`,
      'bash',
    );
    while (!out.text.includes('child')) await new Promise((next) => setTimeout(next, 20));
    stop.abort('SIGINT');
    expect((await done).failure).toBe('The script of run was ended by SIGKILL.');
    expect(slept.slice(0, 2).reduce((sum, ms) => sum + ms)).toBeLessThan(7_500);
    const pid = Number(/child (\d+)/.exec(out.text)?.[1]);
    // Killed, it may be a zombie for a moment: what counts is that it runs no more.
    expect(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : 'State:\tX').toMatch(
      /State:\t[XZ]/,
    );
    expect(readdirSync(temp)).toEqual([]);
  });

  test('something that it leaves behind does not hold the step when its output stays open', async () => {
    const quick = { ...nodeClock, sleep: (ms: number, signal?: AbortSignal) => nodeClock.sleep(ms / 20, signal) };
    const { run, runner } = step({}, quick);
    const { failure, out } = await run('sleep 30 & echo "left $!"', 'bash');
    expect([failure, out]).toEqual([undefined, expect.stringMatching(/^left \d+\n$/)]);
    expect(runner.said('notice')).toEqual([
      'The script of run left something behind that still prints; that is not shown any more.',
    ]);
    process.kill(Number(out.slice(5)), 'SIGKILL');
  });

  test('an environment that no process can have is an error in words', async () => {
    await expect(step().run('x', 'sh', { HUGE: 'x'.repeat(200_000) })).rejects.toThrow(
      'The script of run could not be started: its environment is too large.',
    );
  });
});
