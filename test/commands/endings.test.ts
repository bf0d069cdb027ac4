// A command that serves ends once, however many tell it, and at once only for whoever asks again later.
import { join } from 'node:path';
import { endedBy } from '../../src/commands/endings.ts';
import { startCli } from '../support/cli.ts';
import { initEngine } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/temp.ts';

function made() {
  const listeners: Partial<Record<string, () => void>> = {};
  const state = { now: 0, exits: [] as number[] };
  const host = {
    on: (signal: string, listener: () => void) => (listeners[signal] = listener),
    exit: (code: number) => state.exits.push(code),
  };
  const ended = endedBy(host, () => state.now);
  return { state, ended, tell: (signal: string) => listeners[signal]?.() };
}

test('what comes with the first signal is the same, and a later one ends it as it stands', async () => {
  const { state, ended, tell } = made();
  tell('SIGINT');
  state.now = 1_999;
  tell('SIGINT');
  tell('SIGTERM');
  expect([await ended, state.exits]).toEqual(['SIGINT', []]);
  state.now = 2_001;
  tell('SIGINT');
  tell('SIGTERM');
  expect(state.exits).toEqual([130, 143]);
});

test('an engine that is told twice, as by a terminal and by npm, still ends gracefully', async () => {
  const { data, rootKey } = await initEngine(join(temporaryFolder(), 'engine'));
  const { child, heard, ended } = startCli(['serve', '--data', data, '--root-key', rootKey, '--listen', '127.0.0.1:0']);
  while (!heard.out.includes('listening on') && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 20));
  for (let times = 0; times < 3; times += 1) child.kill('SIGINT');
  const { code, signal, err } = await ended;
  expect([code, signal, err.includes('"stopped"')]).toEqual([0, null, true]);
});
