// How long names and values may be, and how many there may be of everything: the last that fits, and the first that does not (2.16).
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
let writer: string;
beforeAll(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
});
afterAll(() => engine.close());

const refusal = { messages: expect.any(Array), success: false };
const bare = { create_default_environments: false };
/** A name of this length, different for each. */
const named = (length: number, start = '') => start + 'x'.repeat(length - start.length);

type Row = [what: string, shortest: number, longest: number, request: (length: number) => [string, unknown, string?]];
const ROWS: Row[] = [
  ['a project name', 2, 80, (n) => ['POST /projects', { name: named(n), ...bare }]],
  ['an environment slug', 2, 50, (n) => ['POST /environments', { project: 'app', name: 'Any', slug: named(n) }]],
  ['an environment name', 2, 50, (n) => ['POST /environments', { project: 'app', name: named(n), slug: `n${n}` }]],
  ['a config name', 5, 60, (n) => ['POST /configs', { project: 'app', environment: 'dev', name: named(n, 'dev_') }]],
  ['a token name', 2, 100, (n) => ['POST /configs/config/tokens', { project: 'app', config: 'dev', name: named(n) }]],
  ['a secret name', 1, 200, (n) => ['POST /configs/config/secrets', { secrets: { ['X'.repeat(n)]: 'v' } }, writer]],
];

test.each(ROWS)('%s has %i to %i characters', async (_what, shortest, longest, request) => {
  const statusOf = async (length: number) => {
    const [line, body, token = engine.admin] = request(length);
    const reply = await engine.send(token, line, { body });
    if (reply.status >= 400) expect(reply.body).toEqual(refusal);
    return reply.status;
  };
  expect([await statusOf(shortest), await statusOf(longest)]).toEqual([200, 200]);
  expect([await statusOf(shortest - 1), await statusOf(longest + 1)]).toEqual([400, 400]);
});

test('a value has at most 50 KiB, counted in bytes, by every way of writing it', async () => {
  const ways: ((value: string) => [string, unknown])[] = [
    (value) => ['POST /configs/config/secrets', { secrets: { BIG: value } }],
    (value) => ['POST /configs/config/secrets', { change_requests: [{ name: 'BIG', originalName: null, value }] }],
    (value) => ['POST /configs/config/secrets/upload', { file: JSON.stringify({ BIG: value }) }],
  ];
  for (const way of ways) {
    for (const [value, status] of [
      ['é'.repeat(25 * 1024), 200],
      ['é'.repeat(25 * 1024 + 1), 400],
    ] as const) {
      const [line, body] = way(value);
      expect((await engine.send(writer, line, { body })).status).toBe(status);
    }
  }
});

test.each(['lower', '1ST', 'A-B', 'A B', 'É', 'A.B', '__proto__', ''])('no secret is called %p', async (name) => {
  const body = { change_requests: [{ name, originalName: null, value: 'v' }] };
  const reply = await engine.send(writer, 'POST /configs/config/secrets', { body });
  expect([reply.status, reply.body]).toEqual([400, refusal]);
});

/** How many more fit into an engine that begins with a project of three environments, each with a root config. */
const DEVELOPER = {
  projects: [10, 9],
  environments: [4, 1],
  configs: [10, 9],
  'service tokens': [50, 50],
  users: [25, 25],
  'service accounts': [0, 0],
} as const;

test('the plan developer counts all of them, each where it belongs', async () => {
  const small = await startTestEngine({ plan: 'developer' });
  const filled = async (made: (n: number) => [string, unknown]) => {
    for (let n = 0; ; n++) {
      // A minute later, so that the limits of rate do not get in the way of those of number.
      small.advance(60_000);
      const [line, body] = made(n);
      const { status, body: answer } = await small.send(small.admin, line, { body });
      if (status !== 200) return [n, status, (answer['messages'] as string[])[0]];
    }
  };
  const told = {
    projects: await filled((n) => ['POST /projects', { name: `p${n}`, ...bare }]),
    environments: await filled((n) => ['POST /environments', { project: 'app', name: `E${n}`, slug: `e${n}` }]),
    configs: await filled((n) => ['POST /configs', { project: 'app', environment: 'stg', name: `stg_${n}` }]),
    'service tokens': await filled((n) => [
      'POST /configs/config/tokens',
      { project: 'app', config: 'dev', name: `t${n}` },
    ]),
    users: await filled((n) => ['POST /workplace/users', { email: `u${n}@example.com` }]),
    'service accounts': await filled((n) => ['POST /workplace/service_accounts', { name: `bot-${n}` }]),
  };
  await small.close();
  const full = (most: number, what: string) =>
    `Your workplace has reached its limit of ${most} ${what}. Upgrade to the Team plan`;
  expect(told).toEqual(
    Object.fromEntries(Object.entries(DEVELOPER).map(([what, [most, left]]) => [what, [left, 400, full(most, what)]])),
  );
});

test('a user of the plan developer logs in on five machines, and on a sixth where one of them has left', async () => {
  const small = await startTestEngine({ plan: 'developer' });
  const email = 'ada@example.com';
  await small.send(small.admin, 'POST /workplace/users', { body: { email } });
  const login = async () => {
    small.advance(60_000);
    const asked = await small.send(undefined, 'GET /auth/cli/generate/2?hostname=here');
    const { code, polling_code: polling } = asked.body as { code: string; polling_code: string };
    await small.send(small.admin, 'POST /auth/cli/approve', { body: { code, user: email } });
    return small.send(undefined, 'POST /auth/cli/authorize', { body: { code: polling } });
  };
  const tokens: string[] = [];
  for (let n = 0; n < 5; n++) tokens.push(String((await login()).body['token']));
  const sixth = await login();
  expect([sixth.status, sixth.body]).toEqual([400, refusal]);
  expect(JSON.stringify(sixth.body)).toContain('limit of 5 CLI tokens of a user');
  await small.send(undefined, 'POST /auth/cli/revoke', { body: { token: tokens[0] } });
  expect((await login()).body['token']).toMatch(/^dp\.ct\./);
  await small.close();
});
