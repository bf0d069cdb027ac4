// Main's story where Phase is the backend, against a far side that keeps to its contract: what is asked, told and left.
import { readBrief } from '#action/keeper-brief.js';
import { load } from '#action/load.js';
import { connectWith } from '#client/connect.js';
import { nodeSend } from '#client/node-send.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import type { Answer } from '../support/fake-api.ts';
import { APP, FakePhase, OK, TOKEN } from '../support/fake-phase.ts';
import { FakeClock, MemoryRunner, noProcesses } from '../support/memory-runner.ts';
import { AWS, cut, type Fault, minting, stopAll } from '../support/phase/far.ts';

const started: FakePhase[] = [];
afterEach(async () => {
  await stopAll();
  for (const { api } of started.splice(0)) await api.stop();
});

const BASIC = { token: TOKEN, project: APP, environment: 'production', 'wait-usable': 'false' };

async function run(inputs: Record<string, string>, declare: (phase: FakePhase) => void, fault?: Fault) {
  const clock = new FakeClock();
  const phase = new FakePhase(() => clock.now(), fault);
  started.push(phase);
  declare(phase);
  await phase.api.start();
  const runner = new MemoryRunner({ ...BASIC, 'api-url': phase.api.url, ...inputs });
  runner.env['AWS_ENDPOINT_URL_STS'] = phase.api.url;
  const wire = { send: nodeSend(), clock, random: () => 0 };
  const briefs: string[] = [];
  const processes = {
    ...noProcesses,
    worker: () => ({ pid: 7, startedAt: 'x' }),
    startDetached: async (_: string, __: unknown, brief: string) => {
      briefs.push(brief);
      return { pid: 8, startedAt: 'y' };
    },
  };
  await load({
    ...{ runner, wire, clock, connect: connectWith(wire), stop: new AbortController().signal },
    machine: { env: {}, relay: async () => {}, kill: () => {} },
    openProcesses: async () => processes,
    newHandle: newLeaseHandle,
    ...{ keeperScript: 'keeper', credentialProcess: ['node', 'credentials'] },
  });
  const asked = phase.api.seen.map(({ method, path, query }) => `${method} ${path} ${query['lease'] ?? ''}`.trim());
  return { runner, phase, briefs, asked, error: runner.said('error').join('\n') };
}

const bot = (phase: FakePhase) => void phase.dynamic('deploy bot', AWS);

test('types say what is masked, an active override stands over the value, and managed names are ordinary', async () => {
  const { runner, asked } = await run({}, ({ secrets }) => {
    secrets.push(
      { key: 'LEVEL', value: 'verbose-level', type: 'config' },
      { key: 'KEY', value: 'sealed-value', type: 'sealed' },
    );
    secrets.push({ key: 'URL', value: 'base-value', override: { value: 'own-value', isActive: true } });
    secrets.push({ key: 'OFF', value: 'kept-value', override: { value: 'idle-value', isActive: false } });
    secrets.push({ key: 'DOPPLER_CONFIG', value: 'a-secret-of-theirs' });
  });
  expect(asked).toEqual(['GET /service/public/v1/secrets/']);
  const values = { LEVEL: 'verbose-level', KEY: 'sealed-value', URL: 'own-value', OFF: 'kept-value' };
  expect(Object.fromEntries(runner.outputs)).toMatchObject({ ...values, DOPPLER_CONFIG: 'a-secret-of-theirs' });
  const masks = runner.masks.join('\n');
  for (const value of ['sealed-value', 'own-value', 'kept-value']) expect(masks).toContain(value);
  expect(masks).not.toContain('verbose-level');
});

test('fields are called as the key map says, and AWS keys by their own names in any spelling', async () => {
  const odd = { username: 'q1', accessKeyId: 'AKIA1', 'secret access key': 'x/y', APP_KEY: 'app-key' };
  const { runner } = await run({ dynamic: 'deploy bot' }, (phase) => void phase.dynamic('deploy bot', odd));
  expect(Object.fromEntries(runner.outputs)).toMatchObject({
    DEPLOY_BOT_USERNAME: 'q1',
    AWS_ACCESS_KEY_ID: 'AKIA1',
    AWS_SECRET_ACCESS_KEY: 'x/y',
    APP_KEY: 'app-key',
  });
});

test('each lease is one request by id; the list is asked for once, and nothing is leased with the read', async () => {
  const { asked, runner } = await run({ dynamic: 'true' }, (phase) => {
    phase.dynamic('A', { A_KEY: 'value-of-a' });
    phase.dynamic('B', { B_KEY: 'value-of-b' });
    phase.dynamic('C', { C_KEY: 'value-of-c' }, '/elsewhere');
  });
  const at = '/service/public/v1/secrets';
  expect(asked).toEqual([`GET ${at}/`, `GET ${at}/dynamic/`, `GET ${at}/dynamic/ true`, `GET ${at}/dynamic/ true`]);
  expect(JSON.parse(runner.outputs.get('secret-names') ?? '')).toEqual(['A_KEY', 'B_KEY']);
});

test('the same name in two places is named with both, and nothing is leased', async () => {
  const { error, asked } = await run({ path: '/\n/api', dynamic: 'deploy bot' }, (phase) => {
    phase.dynamic('deploy bot', AWS);
    phase.dynamic('deploy bot', AWS, '/api');
  });
  expect(error).toContain(`The dynamic secret deploy bot is in ${APP}/production and ${APP}/production/api.`);
  expect(asked.filter((one) => one.endsWith('true'))).toEqual([]);
});

test('an account that is not allowed ends the lease again, whatever the dialect', async () => {
  const sts: Answer = {
    status: 200,
    body: '<Account>210987654321</Account><Arn>arn:aws:iam::210987654321:user/x</Arn>',
  };
  const keys = { ...AWS, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00' };
  const { error, phase } = await run(
    { dynamic: 'deploy bot', 'allowed-account-ids': '123456789012' },
    (one) => void one.dynamic('deploy bot', keys),
    (_, { path, method }) => (method === 'POST' && path === '/' ? sts : undefined),
  );
  expect(error).toContain('The lease of deploy bot is of AWS account 210987654321.');
  expect(phase.leases.map(({ status }) => status)).toEqual(['revoked']);
});

test('an answer that is cut off: the lease that it may have made is named with its end, and not ended', async () => {
  const fault = minting((phase) => {
    const [dynamic] = phase.dynamics;
    if (dynamic) phase.lease(dynamic, 900);
    return cut;
  });
  const { error, phase, runner } = await run({ dynamic: 'deploy bot', ttl: '15m' }, bot, fault);
  const id = phase.leases[0]?.id ?? '';
  expect(error).toMatch(new RegExp(`A lease of deploy bot may live until \\S+Z: it may be ${id}, which is left alone`));
  expect([phase.leases[0]?.status, runner.outputs.size]).toEqual(['active', 0]);
});

test('the keeper is told where the own routes of the engine are, not where the dialect is', async () => {
  const engine: Fault = (phase, request) => {
    if (request.path.endsWith('/leases/lease')) {
      return OK({ success: true, expires_at: '2026-01-01T01:00:00.000Z', capped: false });
    }
    const { body, status } = phase.answer(request) as { body: unknown; status: number };
    return { status, body, headers: { 'secrets-engine': '1.0.0; leases' } } as Answer;
  };
  const { briefs, phase, error } = await run({ dynamic: 'deploy bot', renew: 'true' }, bot, engine);
  expect(error).toBe('');
  expect(phase.api.asked.filter((one) => one.startsWith('PUT'))).toEqual([
    'PUT /v3/configs/config/dynamic_secrets/dynamic_secret/leases/lease',
  ]);
  expect(briefs.map((text) => readBrief(text)?.apiUrl)).toEqual([phase.api.url]);
});
