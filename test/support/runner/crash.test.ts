// A process that falls by itself is told from one that failed, with the file whose test ran it.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { crashLine, type Crash, TEST_FILE } from './crash.ts';
import { type FakeAction, fakeAction } from './fake-action.ts';
import { Job } from './index.ts';

const made: (FakeAction | Job)[] = [];
afterEach(async () => {
  for (const each of made.splice(0)) await ('dir' in each ? each.remove() : each.dispose());
});

async function ran(main: string, cancelAt?: RegExp) {
  const crashes: Crash[] = [];
  const action = fakeAction({ main });
  const patience = { interruptMs: 20_000, terminateMs: 20_000 };
  const job = new Job({ actionDir: action.dir, patience, onCrash: (crash) => crashes.push(crash) });
  made.push(job, action);
  const use = () => job.uses({ name: 'it' });
  return { step: await (cancelAt ? job.cancelDuring(cancelAt, use) : use()), crashes };
}

test.each([
  ['SIGSEGV', 139],
  ['SIGTRAP', 133],
  ['SIGILL', 132],
  ['SIGBUS', 135],
  ['SIGABRT', 134],
])('%s is a crash, in the report and aloud', async (signal, exitCode) => {
  const { step, crashes } = await ran(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000);`);
  expect(step).toMatchObject({ outcome: 'failure', exitCode, endedBy: signal, crashedWith: signal });
  expect(crashes).toEqual([{ program: process.execPath, signal, step: 'it' }]);
});

test.each([
  ['a failure', 'process.exitCode = 139;', 139, undefined],
  ['a signal that somebody sent', "process.kill(process.pid, 'SIGUSR2'); setInterval(() => {}, 1000);", 140, 'SIGUSR2'],
  ['the end of memory, which is a SIGKILL', "process.kill(process.pid, 'SIGKILL');", 137, 'SIGKILL'],
])('%s is no crash', async (_name, main, exitCode, endedBy) => {
  const { step, crashes } = await ran(main);
  expect(step).toMatchObject({ outcome: 'failure', exitCode, endedBy, crashedWith: undefined });
  expect(crashes).toEqual([]);
});

test('a cancellation is no crash', async () => {
  const { step, crashes } = await ran("console.log('ready'); setInterval(() => {}, 1000);", /^ready$/);
  expect(step).toMatchObject({ outcome: 'cancelled', signals: ['SIGINT'], crashedWith: undefined });
  expect(crashes).toEqual([]);
});

test('the line names the test file, here and in a process that a test started to run jobs', () => {
  const crash: Crash = { program: '/usr/bin/node', signal: 'SIGTRAP', step: 'secrets-action' };
  const line = "!!! /usr/bin/node crashed with SIGTRAP under 'secrets-action' in test/support/runner/crash.test.ts !!!";
  expect(crashLine(crash)).toBe(line);
  const script = `import(process.argv[1]).then(({ sayCrash }) => sayCrash(${JSON.stringify(crash)}))`;
  const env = { [TEST_FILE]: 'test/support/runner/crash.test.ts' };
  const args = ['--disable-warning=ExperimentalWarning', '-e', script, resolve('test/support/runner/crash.ts')];
  expect(spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stderr).toBe(`${line}\n`);
});
