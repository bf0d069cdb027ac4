// One process under the runner's rules: lines, order, pipes, signals.
import fc from 'fast-check';
import { readLines } from './command-files.ts';
import { endOrphans, findOrphans } from './orphans.ts';
import { LineReader, type Patience, type ProcessSpec, runProcess } from './process.ts';

const PATIENCE: Patience = { interruptMs: 150, terminateMs: 150, pipeMs: 150 };
const TRACKING = `test_${process.pid}_${Date.now()}`;

afterAll(() => endOrphans(TRACKING));

function bash(script: string, more: Partial<ProcessSpec> = {}) {
  return runProcess({
    file: 'bash',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', RUNNER_TRACKING_ID: TRACKING },
    patience: PATIENCE,
    signal: new AbortController().signal,
    ...more,
  });
}

/** Cancels once the script says `ready`. */
function cancelled(script: string, patience = PATIENCE) {
  const controller = new AbortController();
  const onLine = (line: string) => line === 'ready' && controller.abort();
  return bash(script, { signal: controller.signal, onLine, patience });
}

test('wherever the chunks are cut, lines end at LF, CRLF and a lone CR', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', '\r', '\n'), maxLength: 20 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (content, cuts) => {
      const bytes = Buffer.from(content);
      const reader = new LineReader();
      let from = 0;
      for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
        reader.push(bytes.subarray(from, cut));
        from = Math.max(from, Math.min(cut, bytes.length));
      }
      reader.end();
      expect(reader.lines).toEqual(readLines(content));
      expect(reader.text).toBe(content);
    }),
  );
});

test('stderr is handled before stdout, whatever was written first', async () => {
  const { lines, stdout, stderr } = await bash('echo o1; echo e1 >&2; echo o2; echo e2 >&2');
  expect(lines.map(({ line }) => line)).toEqual(['e1', 'e2', 'o1', 'o2']);
  expect([stdout, stderr]).toEqual(['o1\no2\n', 'e1\ne2\n']);
});

test('the streams are pipes that can be opened by name, and no start-up file of a shell is read', async () => {
  const { stdout, stderr } = await bash('echo o > /dev/stdout; echo e | tee /dev/stderr; stat -Lc %F /dev/stdin');
  expect([stdout, stderr]).toEqual(['o\ne\ncharacter special file\n', 'e\n']);
});

test('a megabyte on each stream at once arrives whole', async () => {
  const script = 'head -c 1000000 /dev/zero | tr "\\0" o & head -c 1000000 /dev/zero | tr "\\0" e >&2; wait';
  const { stdout, stderr } = await bash(script, { patience: { ...PATIENCE, pipeMs: 20_000 } });
  expect([stdout === 'o'.repeat(1e6), stderr === 'e'.repeat(1e6)]).toEqual([true, true]);
});

test('stdin is closed and the environment is exactly what was given', async () => {
  const { stdout } = await bash('cat; env -0 | cut -d= -z -f1 | sort -z | tr "\\0" " "', {
    env: { PATH: process.env['PATH'] ?? '', ONLY: '1' },
  });
  const own = new Set(['PWD', 'SHLVL', '_']);
  expect(
    stdout
      .trim()
      .split(' ')
      .filter((name) => !own.has(name)),
  ).toEqual(['ONLY', 'PATH']);
});

test('a process left behind that keeps a pipe is waited for, then let go', async () => {
  const held = await bash('sleep 30 & echo said; exit 4');
  expect(held).toMatchObject({ pipesHeld: true, exitCode: 4, stdout: 'said\n' });
  expect(held.durationMs).toBeGreaterThanOrEqual(PATIENCE.pipeMs - 5);
  const free = await bash('sleep 30 >/dev/null 2>&1 & echo said', { patience: { ...PATIENCE, pipeMs: 20_000 } });
  expect(free.pipesHeld).toBe(false);
  expect(free.durationMs).toBeLessThan(10_000);
});

test('what comes through a held pipe while the runner waits still counts', async () => {
  const late = await bash('(sleep 0.1; echo late) & echo early', { patience: { ...PATIENCE, pipeMs: 20_000 } });
  expect(late).toMatchObject({ pipesHeld: false, stdout: 'early\nlate\n' });
});

test('cancel: SIGINT is enough for a process that heeds it', async () => {
  const result = await cancelled('trap "echo bye; exit 9" INT; echo ready; while :; do sleep 0.01; done', {
    ...PATIENCE,
    interruptMs: 20_000,
  });
  expect(result).toMatchObject({ signals: ['SIGINT'], exitCode: 9, stdout: 'ready\nbye\n' });
});

test('cancel: SIGTERM after the first wait', async () => {
  const result = await cancelled('trap "" INT; trap "exit 8" TERM; echo ready; while :; do sleep 0.01; done', {
    ...PATIENCE,
    terminateMs: 20_000,
  });
  expect(result).toMatchObject({ signals: ['SIGINT', 'SIGTERM'], exitCode: 8 });
  expect(result.durationMs).toBeGreaterThanOrEqual(PATIENCE.interruptMs - 5);
});

test('cancel: SIGKILL after the second wait, to that one process alone', async () => {
  const script = 'trap "" INT TERM; sleep 30 & echo "child $!"; echo ready; while :; do sleep 0.01; done';
  const result = await cancelled(script);
  expect(result).toMatchObject({ signals: ['SIGINT', 'SIGTERM', 'SIGKILL'], exitCode: 137, pipesHeld: true });
  const child = Number(/child (\d+)/.exec(result.stdout)?.[1]);
  expect(findOrphans(TRACKING)).toContain(child);
  expect(await endOrphans(TRACKING)).toContain(child);
  expect(findOrphans(TRACKING)).toEqual([]);
});

test('Node without a handler of its own ends with 130 at SIGINT', async () => {
  const controller = new AbortController();
  const result = await bash('', {
    file: process.execPath,
    args: ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
    signal: controller.signal,
    onLine: () => controller.abort(),
    patience: { ...PATIENCE, interruptMs: 20_000 },
  });
  expect(result).toMatchObject({ signals: ['SIGINT'], exitCode: 130 });
});

test('says why a process did not start', async () => {
  expect(await bash('', { file: '/no/such/file' })).toMatchObject({ startError: 'ENOENT', exitCode: undefined });
  const env = (bytes: number) => ({ PATH: process.env['PATH'] ?? '', V: 'v'.repeat(bytes) });
  expect(await bash(':', { env: env(131_070) })).toMatchObject({ startError: 'E2BIG' });
  expect(await bash(':', { env: env(131_069) })).toMatchObject({ startError: undefined, exitCode: 0 });
});
