// Main's story against a far side: the order of things, what stops it, and that nothing is delivered in halves.
import { load } from '#action/load.js';
import { connectWith } from '#client/connect.js';
import { nodeSend } from '#client/node-send.js';
import { newLeaseHandle, nextLink } from '#core/lease-handle.js';
import { type Answer, ENGINE, FakeApi, LEASES, type Rule, SECRETS, listAnswer, listed } from '../support/fake-api.ts';
import { FakeClock, MemoryRunner, noProcesses } from '../support/memory-runner.ts';

const TOKEN = 'dp.st.dev.abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const EXPIRES = '2026-01-01T00:30:00.000Z';
const EMPTY_SET: Answer = { status: 200, body: { success: true, leases: [], revoked: 0, left: 0 } };

const started: FakeApi[] = [];
afterEach(async () => {
  for (const api of started.splice(0)) await api.stop();
});

const leased = (id: string, value: object, expires = EXPIRES): Answer => ({
  status: 200,
  body: { success: true, id, expires_at: expires, value },
});
const dynamicOf = (body: string) => (JSON.parse(body) as { dynamic_secret: string }).dynamic_secret;

/** A far side with these secrets and these leases by dynamic secret. */
function side(secrets: Record<string, object>, leases: Record<string, Answer> = {}, headers = {}): Rule {
  return ({ method, path, body }) => {
    if (method === 'GET' && path === SECRETS) return listAnswer(secrets, headers);
    if (method === 'POST' && path === LEASES) return leases[dynamicOf(body)];
    if (method === 'DELETE' && path === '/v3/leases') return EMPTY_SET;
    if (method === 'DELETE') return { status: 200, body: { success: true } };
    return undefined;
  };
}

async function run(
  rule: Rule,
  inputs: Record<string, string>,
  { stop = new AbortController(), isGoneAtLast = false } = {},
) {
  const runner = new MemoryRunner({ token: TOKEN, ...inputs });
  if (isGoneAtLast) runner.info = () => void (runner.isHeard = false);
  const api = await new FakeApi((request, earlier) => {
    runner.calls.push({ what: 'request', text: `${request.method} ${request.path}` });
    return rule(request, earlier);
  }).start();
  started.push(api);
  runner.inputs['api-url'] = api.url;
  const clock = new FakeClock();
  const wire = { send: nodeSend(), clock, random: () => 0 };
  const far = {
    runner,
    machine: { env: {}, relay: async () => {}, kill: () => {} },
    connect: connectWith(wire),
    wire,
    clock,
    openProcesses: async () => noProcesses,
    keeperScript: '',
    credentialProcess: ['node', 'credentials'],
  };
  await load({ ...far, stop: stop.signal, newHandle: newLeaseHandle });
  return { runner, api };
}

const SECRETS_OF_APP = { PASSWORD: listed('hunter22'), LEVEL: listed('debug', 'unmasked') };

describe('static secrets', () => {
  test('delivers outputs, masks what is not public, and leaves nothing for post', async () => {
    const { runner, api } = await run(side(SECRETS_OF_APP), {});
    expect(Object.fromEntries(runner.outputs)).toEqual({
      PASSWORD: 'hunter22',
      LEVEL: 'debug',
      'secret-names': '["LEVEL","PASSWORD"]',
      'lease-ids': '[]',
      'expires-at': '',
    });
    expect(runner.masks.slice(0, 2)).toEqual([TOKEN, 'hunter22']);
    expect(runner.masks.join()).not.toContain('debug');
    expect(runner.variables.size + runner.states.size).toBe(0);
    expect(api.asked).toEqual([`GET ${SECRETS}`]);
    expect(runner.said('info')).toEqual(['2 static, 0 leased']);
  });

  test('exports to later steps only when told to, and without the outputs about leases', async () => {
    const { runner } = await run(side(SECRETS_OF_APP), { 'export-env': 'true' });
    expect(Object.fromEntries(runner.variables)).toEqual({ PASSWORD: 'hunter22', LEVEL: 'debug' });
  });

  test('delivers the named secrets alone, also when the far side ignores the filter', async () => {
    const { runner } = await run(side(SECRETS_OF_APP), { secrets: 'LEVEL' });
    expect(runner.outputs.get('secret-names')).toBe('["LEVEL"]');
  });

  test.each([
    [
      'a restricted value',
      { A: listed(null, 'restricted') },
      {},
      /A is restricted, and this service token may not read/,
    ],
    ['a value that is not there', { A: listed(null) }, {}, /A has no value for this service token/],
    ['a missing name', {}, { secrets: 'X,Y' }, /Missing, though named in secrets: X, Y\./],
    ['a missing required name', {}, { require: 'X\nY' }, /Missing, though named in require: X, Y\./],
    ['a denied name', { PATH: listed('/evil') }, {}, /PATH would steer later steps/],
    ['two of these', { PATH: listed('x'), B: listed(null) }, { require: 'C' }, /B has no.*PATH.*require: C/],
  ])('refuses %s and delivers nothing', async (_, secrets, inputs, text) => {
    const { runner } = await run(side(secrets), inputs);
    expect(runner.said('error')).toEqual([expect.stringMatching(text)]);
    expect(runner.outputs.size + runner.variables.size).toBe(0);
  });
});

describe('leases of an engine', () => {
  const engine = (leases: Record<string, Answer>, secrets: Record<string, object> = SECRETS_OF_APP) =>
    side(secrets, leases, ENGINE);

  test('writes the handoff before the first lease and masks everything before it delivers', async () => {
    const rule = engine({ DB: leased('l1', { DB_URL: 'postgres://x', DB_PORT: 5432 }) });
    const { runner } = await run(rule, { dynamic: 'DB', 'export-env': 'true' });
    expect(runner.calls.map((call) => (call.what === 'request' ? call.text : call.what))).toEqual([
      'mask',
      `GET ${SECRETS}`,
      'mask',
      'state',
      `POST ${LEASES}`,
      'state',
      'mask',
      'deliver',
      'info',
      'summary',
    ]);
    expect(runner.masks).toEqual(expect.arrayContaining(['postgres://x', 'hunter22']));
    expect(runner.masks).toContain('5432');
    expect(runner.variables.get('DB_URL')).toBe('postgres://x');
    expect(runner.outputs.get('expires-at')).toBe(EXPIRES);
    expect(JSON.parse(runner.outputs.get('lease-ids') ?? '')).toEqual([
      { backend: 'doppler', project: 'app', config: 'dev', dynamic: 'DB', id: 'l1' },
    ]);
  });

  test('leaves a key in the state that only revokes, masked, and sends what follows from it', async () => {
    const { runner, api } = await run(engine({ DB: leased('l1', { DB_URL: 'u' }) }), { dynamic: 'DB' });
    const state = JSON.parse(runner.states.get('handoff') ?? '') as { key: string; setId: string };
    expect(runner.masks).toContain(state.key);
    expect(nextLink(state.key)).toBe(state.setId);
    expect(api.seen[1]?.headers['x-secrets-lease-set']).toBe(state.setId);
    expect(JSON.stringify(state)).not.toContain(TOKEN);
  });

  test('takes project and config from the config itself', async () => {
    const { api } = await run(engine({ DB: leased('l1', {}) }), { dynamic: 'DB', secrets: 'LEVEL' });
    expect(api.seen[0]?.query['secrets']).toBe('LEVEL,DOPPLER_PROJECT,DOPPLER_CONFIG');
    expect(JSON.parse(api.seen[1]?.body ?? '')).toMatchObject({ project: 'app', config: 'dev', ttl_sec: 1800 });
  });

  test.each([
    ['the integration is down', { status: 502, body: { messages: ['no database'] } } as Answer, /502: no database/],
    ['a leased name clashes', leased('l1', { PASSWORD: 'u' }), /PASSWORD has two sources: secret PASSWORD and field/],
    ['a required name is not leased either', leased('l1', { DB_URL: 'u' }), /named in require: DB_HOST/],
  ])('ends the set and delivers nothing when %s', async (_, answer, text) => {
    const inputs = { dynamic: 'DB', require: 'DB_HOST', secrets: 'PASSWORD' };
    const { runner, api } = await run(engine({ DB: answer }), inputs);
    expect(runner.said('error')).toEqual([expect.stringMatching(text)]);
    expect(runner.outputs.size).toBe(0);
    expect(api.asked.at(-1)).toBe('DELETE /v3/leases');
    expect(api.seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  test('checks the static names before it leases anything', async () => {
    const { api } = await run(engine({}, { A: listed(null, 'restricted') }), { dynamic: 'DB' });
    expect(api.asked).toEqual([`GET ${SECRETS}`]);
  });

  test('ends the set when the job is cancelled while a lease is under way', async () => {
    const stop = new AbortController();
    const rule = engine({ DB: () => stop.abort() });
    const { runner, api } = await run(rule, { dynamic: 'DB' }, { stop });
    expect(api.asked.at(-1)).toBe('DELETE /v3/leases');
    expect(runner.said('error')).toEqual([expect.stringContaining('cancelled')]);
    expect(runner.outputs.size).toBe(0);
  });

  test('ends the set of a job that is gone when it is told of it: no post will', async () => {
    const { runner, api } = await run(engine({ DB: leased('l1', {}) }), { dynamic: 'DB' }, { isGoneAtLast: true });
    expect(api.asked.at(-1)).toBe('DELETE /v3/leases');
    expect(runner.said('error')).toEqual([expect.stringContaining('Nobody reads what this step writes')]);
  });

  test('says how many are left and until when if the roll-back fails too', async () => {
    const rule: Rule = (request, earlier) => {
      const { method } = request;
      if (method === 'GET') return engine({})(request, earlier);
      return method === 'POST' ? leased('l1', { PASSWORD: 'u' }) : (_, response) => response.socket?.destroy();
    };
    const { runner } = await run(rule, { dynamic: 'DB' });
    expect(runner.said('error')).toEqual([
      expect.stringContaining(`1 leased, 0 revoked, 1 left, expires ${EXPIRES}. The post step tries again.`),
    ]);
  });
});

describe('leases of a cloud', () => {
  test('sends no word of ours and leaves no key, only what revokes by id', async () => {
    const rule = side({}, { AWS: leased('l1', { accessKeyId: 'AKIA1234', secretAccessKey: 'secret-key' }) });
    const { runner, api } = await run(rule, { dynamic: 'AWS' });
    expect(Object.keys(api.seen[1]?.headers ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:x-secrets|idempotency)/)]),
    );
    const state = JSON.parse(runner.states.get('handoff') ?? '') as { key: unknown; leases: object[] };
    expect(state).toMatchObject({ key: null, leases: [{ dynamic: 'AWS', id: 'l1', project: 'app', config: 'dev' }] });
    expect(runner.outputs.get('AWS_ACCESS_KEY_ID')).toBe('AKIA1234');
    expect(runner.outputs.get('AWS_SECRET_ACCESS_KEY')).toBe('secret-key');
  });

  test('revokes the lease that it got when the other is refused', async () => {
    const rule = side({}, { A: leased('la', { A_X: 'u' }), B: { status: 403, body: { messages: ['no'] } } });
    const { runner, api } = await run(rule, { dynamic: 'A,B' });
    expect(api.asked.at(-1)).toBe(`DELETE ${LEASES}/lease`);
    expect(api.seen.at(-1)?.query['slug']).toBe('la');
    expect(runner.said('error')).toEqual([expect.stringMatching(/may not lease B.*1 leased, 1 revoked, 0 left\.$/)]);
  });

  test('says everything on one line when several fail', async () => {
    const refused: Answer = { status: 404, body: { messages: ['none\nsuch'] } };
    const { runner } = await run(side({}, { A: refused, B: refused }), { dynamic: 'A,B' });
    expect(runner.said('error')).toHaveLength(1);
    expect(runner.said('error')[0]).toMatch(/lease A of app\/dev: .*lease B of app\/dev: /);
    expect(runner.said('error')[0]).not.toContain('\n');
  });
});

test('an input error asks nobody anything', async () => {
  const { runner, api } = await run(side({}), { ttl: 'soon' });
  expect(api.seen).toEqual([]);
  expect(runner.said('error')).toHaveLength(1);
  expect(runner.failed).toBe(true);
});

test('no value and no token is said anywhere but in masks', async () => {
  const leases = { DB: leased('l1', { DB_URL: 'leased-value' }), BAD: leased('l2', { PASSWORD: 'leased-value' }) };
  for (const dynamic of ['DB', 'BAD', 'NONE']) {
    const { runner } = await run(side(SECRETS_OF_APP, leases, ENGINE), { dynamic });
    const said = runner.calls.filter((call) => call.what !== 'mask').map((call) => call.text);
    expect(said.join('\n')).not.toMatch(/hunter22|leased-value|dp\.st/);
  }
});
