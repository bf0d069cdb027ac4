// Handing over: all of it or nothing, and an AWS key that nothing of the job stands over.
import { readdirSync } from 'node:fs';
import { type HandOverTools, handOver } from '#action/hand-over.js';
import type { Inputs } from '#action/inputs/inputs.js';
import { nodeClock } from '#client/node-clock.js';
import { Sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../support/memory-runner.ts';
import { temporaryFolder } from '../support/temp.ts';

const NO_LEASES = { leaseIds: [], expiresAt: undefined, told: '1 static, 0 leased' };

function step(env: Record<string, string> = {}) {
  const temp = temporaryFolder();
  const all = { PATH: process.env['PATH'] ?? '', RUNNER_TEMP: temp, GITHUB_WORKSPACE: temp, ...env };
  const runner = new MemoryRunner({}, all);
  const stop = new AbortController();
  const out = { text: '' };
  const machine = {
    env: all,
    kill: (pid: number, signal: NodeJS.Signals) => void process.kill(pid, signal),
    relay: async (text: string) => {
      out.text += text;
    },
  };
  const tools: HandOverTools = { runner, machine, clock: nodeClock, stop: stop.signal, credentialProcess: [] };
  const give = async (inputs: Partial<Inputs>, values: Record<string, string> = { KEY: 'a-value' }) =>
    handOver(
      tools,
      { exportEnv: false, file: undefined, run: undefined, maskMinLength: 4, ...inputs } as Inputs,
      Object.entries(values).map(([name, text]) => ({
        name,
        value: new Sensitive(text),
        visibility: 'masked' as const,
        source: name,
      })),
      NO_LEASES,
    );
  return { temp, runner, stop, out, give };
}

const FILE = { path: 'values.env', format: 'env' } as const;
const script = (text: string) => ({ script: text, shell: 'sh' as const, workingDirectory: undefined });

test('outputs that cannot be written take the file away again', async () => {
  const { temp, runner, give } = step();
  runner.deliver = () => {
    throw new Error('no place for outputs');
  };
  await expect(give({ file: FILE })).rejects.toThrow('no place for outputs');
  expect(readdirSync(temp)).toEqual([]);
  expect(runner.state('file')).toBe('');
});

test('a file that cannot be written keeps outputs from being set', async () => {
  const { runner, give } = step();
  await expect(give({ file: { path: 'no/such/folder/x', format: 'env' } })).rejects.toThrow('cannot be written');
  expect(runner.said('deliver')).toEqual([]);
});

test('a script that fails, or that the job does not wait for, takes the file away again', async () => {
  const failed = step();
  expect(await failed.give({ file: FILE, run: script('exit 2') })).toBe('The script of run ended with exit code 2.');
  expect(readdirSync(failed.temp)).toEqual([]);

  const cancelled = step();
  cancelled.stop.abort('SIGTERM');
  await expect(cancelled.give({ file: FILE, run: script('sleep 30') })).rejects.toThrow('The job was cancelled.');
  expect(readdirSync(cancelled.temp)).toEqual([]);
});

test('a job that is gone when it is told of its values gets none: the file is taken away again', async () => {
  const { temp, runner, give } = step();
  runner.info = () => {
    runner.isHeard = false;
  };
  await expect(give({ file: FILE })).rejects.toThrow('Nobody reads what this step writes');
  expect(readdirSync(temp)).toEqual([]);
});

test('with run the outputs name what there is, and hold no value', async () => {
  const { runner, give } = step();
  expect(await give({ run: script('true') })).toBeUndefined();
  expect(Object.fromEntries(runner.outputs)).toEqual({
    'lease-ids': '[]',
    'expires-at': '',
    'secret-names': '["KEY"]',
  });
  expect(runner.variables.size).toBe(0);
});

describe('an AWS key', () => {
  const old = { AWS_PROFILE: 'old', AWS_SESSION_TOKEN: 'old-token' };
  const key = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'secret-key' };

  test('is exported beside empty variables in place of those that would stand over it', async () => {
    const { runner, give } = step(old);
    await give({ exportEnv: true }, key);
    expect(Object.fromEntries(runner.variables)).toEqual({ AWS_PROFILE: '', AWS_SESSION_TOKEN: '', ...key });
    expect(runner.said('notice')).toEqual([
      'Emptied, since they would stand over AWS_ACCESS_KEY_ID: AWS_SESSION_TOKEN, AWS_PROFILE.',
    ]);
    expect(runner.said('warning')).toEqual([
      'The AWS CLI and boto3 refuse to start with AWS_PROFILE empty: leave it out of the env of this workflow, or begin ' +
        'a step that uses the keys with `unset AWS_PROFILE`.',
    ]);
  });

  test('that replaces no profile is no reason to warn', async () => {
    const { runner, give } = step({ AWS_SECURITY_TOKEN: 'old-token' });
    await give({ exportEnv: true }, key);
    expect([runner.said('notice').length, runner.said('warning')]).toEqual([1, []]);
  });

  test('reaches a script that does not see them', async () => {
    const { out, give, runner } = step(old);
    await give({ run: script('env | grep -c "^AWS_[PS]" | tr -d "\\n"; echo " ${AWS_PROFILE-gone}"') }, key);
    expect(out.text).toBe('1 gone\n');
    expect(runner.said('notice')).toEqual([expect.stringMatching(/^Kept from the script, since/)]);
    expect(runner.said('warning')).toEqual([]);
  });

  test('changes nothing where values go to outputs alone', async () => {
    const { runner, give } = step(old);
    await give({}, key);
    expect([runner.variables.size, runner.said('notice')]).toEqual([0, []]);
  });
});
