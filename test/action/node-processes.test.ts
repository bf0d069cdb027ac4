// Processes of this machine: one is known by pid and start time, and what is started gets its input and nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeProcesses } from '#action/node-processes.js';
import { temporaryFolder } from '../support/temp.ts';

const here = { ppid: process.ppid, execPath: process.execPath, kill: process.kill.bind(process) };
const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 600 && !holds(); tries++) await new Promise((done) => setTimeout(done, 50));
  return holds();
};

/** A script that writes down what it got, and then waits for its end. */
function script(): { path: string; out: string } {
  const folder = temporaryFolder();
  const [path, out] = [join(folder, 'kept.mjs'), join(folder, 'out.json')];
  const body = `import { writeFileSync, renameSync } from 'node:fs';
let input = '';
for await (const chunk of process.stdin) input += chunk;
const seen = { input, env: process.env, args: process.argv.slice(2), cwd: process.cwd() };
writeFileSync(${JSON.stringify(`${out}.part`)}, JSON.stringify(seen));
renameSync(${JSON.stringify(`${out}.part`)}, ${JSON.stringify(out)});
setInterval(() => {}, 1000);`;
  writeFileSync(path, body);
  return { path, out };
}

test('what is started gets its input by stdin, the named environment, and ends when told', async () => {
  const processes = nodeProcesses(here);
  const { path, out } = script();
  const input = 'x'.repeat(500_000);
  const started = await processes.startDetached(path, { RUNNER_TRACKING_ID: 'id' }, input);
  if (!started) throw new Error('it did not start');
  expect(processes.isAlive(started)).toBe(true);
  expect(await until(() => existsSync(out))).toBe(true);
  const seen = JSON.parse(readFileSync(out, 'utf8')) as { env: Record<string, string> };
  expect(seen).toEqual({ input, env: { RUNNER_TRACKING_ID: 'id' }, args: [], cwd: '/' });
  processes.stop({ ...started, startedAt: '1' });
  expect(processes.isAlive(started)).toBe(true);
  processes.stop(started);
  expect(await until(() => !processes.isAlive(started))).toBe(true);
});

test('a pid that was given out again is another process', async () => {
  const processes = nodeProcesses(here);
  expect(processes.isAlive({ pid: process.pid, startedAt: '1' })).toBe(false);
  expect(processes.isAlive({ pid: 2 ** 22 + 1, startedAt: '1' })).toBe(false);
});

test('a parent of another name is no worker, and neither is none at all', () => {
  expect(nodeProcesses(here).worker()).toBeUndefined();
  for (const ppid of [0, 1, 2 ** 22 + 1]) expect(nodeProcesses({ ...here, ppid }).worker()).toBeUndefined();
});

test('a parent called Runner.Worker is one, whatever else is in its name', async () => {
  const child = spawn(process.execPath, [
    '-e',
    "process.title = 'Runner.Worker'; console.log('up'); setInterval(() => {}, 1000)",
  ]);
  await once(child.stdout, 'data');
  const worker = nodeProcesses({ ...here, ppid: child.pid ?? 0 }).worker();
  expect(worker).toEqual({ pid: child.pid, startedAt: expect.stringMatching(/^\d+$/) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(worker && nodeProcesses(here).isAlive(worker)).toBe(false);
});

test('a script that is not there starts nothing that lasts', async () => {
  const processes = nodeProcesses({ ...here, execPath: '/nowhere/node' });
  expect(await processes.startDetached('/nowhere.js', {}, 'x')).toBeUndefined();
});
