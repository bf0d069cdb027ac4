// Post's story: every lease is ended or counted, the token goes only where it belongs, and nothing is ever thrown.
import fc from 'fast-check';
import { type Handoff, saveHandoff } from '#action/handoff.js';
import { revoke } from '#action/revoke.js';
import { connectWith } from '#client/connect.js';
import { DIRECT } from '#client/network.js';
import { nodeSend } from '#client/node-send.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import { type Answer, FakeApi, LEASES, type Rule } from '../support/fake-api.ts';
import { FakeClock, MemoryRunner, noProcesses } from '../support/memory-runner.ts';

const EXPIRES = '2026-01-01T00:30:00.000Z';
const LATEST = '2026-01-01T00:40:00.000Z';
const HANDLE = newLeaseHandle();

const started: FakeApi[] = [];
afterEach(async () => {
  for (const api of started.splice(0)) await api.stop();
});

const lease = (id: string) => ({ dynamic: id, project: 'app', config: 'dev', id, expiresAt: Date.parse(EXPIRES) });
const set = (left: number, states: string[]): Answer => ({
  status: left === 0 ? 200 : 202,
  body: {
    success: true,
    leases: states.map((state, index) => ({ id: 'abc'[index], dynamic_secret: 'DB', state, expires_at: EXPIRES })),
    revoked: states.length - left,
    left,
  },
});

async function post(rule: Rule, handoff: Partial<Handoff>, change: (runner: MemoryRunner) => void = () => {}) {
  const api = await new FakeApi(rule).start();
  started.push(api);
  const runner = new MemoryRunner({ token: 'dp.st.dev.token', 'api-url': api.url });
  const nothing = { revokeKey: undefined, leases: [], doubt: null, proxied: false, renewedSec: null, keeper: null };
  const usual = {
    backend: 'doppler' as const,
    apiUrl: api.url,
    setId: HANDLE.setId,
    asked: ['DB'],
    until: Date.parse(LATEST),
  };
  saveHandoff(runner, { ...nothing, ...usual, ...handoff }, DIRECT);
  change(runner);
  await tell(runner);
  return { api, runner, warning: runner.said('warning').join('\n') };
}

async function tell(runner: MemoryRunner): Promise<void> {
  const clock = new FakeClock();
  const wire = { send: nodeSend(), clock, random: () => 0 };
  await revoke({ runner, connect: connectWith(wire), wire, openProcesses: async () => noProcesses });
  expect(runner.failed).toBe(false);
}

test('does nothing when main left nothing', async () => {
  const runner = new MemoryRunner({});
  await tell(runner);
  expect(runner.calls).toEqual([]);
});

describe('towards an engine', () => {
  const engine = { revokeKey: HANDLE.revokeKey, leases: [lease('a')] };

  test('ends the whole set with one request and no token', async () => {
    const { api, runner } = await post(() => set(0, ['revoked', 'revoked', 'revoked']), engine);
    expect(api.asked).toEqual(['DELETE /v3/leases']);
    expect(api.seen[0]?.headers['x-secrets-lease-handle']).toBe(HANDLE.revokeKey.reveal());
    expect(api.seen[0]?.headers.authorization).toBeUndefined();
    expect(runner.said('info')).toEqual(['3 leased, 3 revoked, 0 left']);
  });

  test('looks again while the engine is still revoking', async () => {
    const { api, runner } = await post((_, earlier) => set(earlier === 0 ? 1 : 0, ['revoking']), engine);
    expect(api.seen).toHaveLength(2);
    expect(runner.said('info')).toEqual(['1 leased, 1 revoked, 0 left']);
  });

  test('warns once, with number, end and what happens next, when some are left', async () => {
    const { runner, warning } = await post(() => set(1, ['revoked', 'revoke_failed']), engine);
    expect(warning).toBe(
      `2 leased, 1 revoked, 1 left, expires ${EXPIRES}. The engine goes on revoking by itself. ` +
        'The engine ends what is left, at that time at the latest.',
    );
    expect(runner.said('info')).toEqual([]);
  });

  test('does not call ended what the engine does not know, and says until when it lives', async () => {
    const { warning, runner } = await post(() => set(0, ['revoked']), { ...engine, leases: [lease('a'), lease('z')] });
    expect(warning).toBe(
      `2 leased, 1 revoked, 1 left, expires ${EXPIRES}. The engine does not know z of app/dev: its store is another, or an older one. ` +
        'What is left ends by itself at that time; to end it sooner, revoke it where it was made.',
    );
    expect(runner.said('info')).toEqual([]);
  });

  test('warns when the far side is down', async () => {
    const { warning } = await post(() => (_, response) => response.socket?.destroy(), engine);
    expect(warning).toMatch(new RegExp(`^1 leased, 0 revoked, 1 left, expires ${EXPIRES}\\. .*cut the connection`));
  });

  test('counts a lease whose answer never came, until its latest possible end', async () => {
    const { warning } = await post(() => ({ status: 401 }), { ...engine, asked: ['A', 'B'] });
    expect(warning).toContain(`2 left, expires ${LATEST}`);
  });
});

test('plain http to another machine goes nowhere when a later step sets a proxy', async () => {
  const { api, runner } = await post(
    () => set(0, ['revoked']),
    { apiUrl: 'http://secrets.example.com', asked: ['a'], leases: [lease('a')] },
    (one) => {
      one.inputs['api-url'] = 'http://secrets.example.com';
      one.inputs['allow-insecure-http'] = 'true';
      one.env['NODE_EXTRA_CA_CERTS'] = '/tmp/other.pem';
    },
  );
  expect([api.seen, runner.said('warning').join()]).toEqual([[], expect.stringContaining('nothing was sent')]);
});

test('a device in place of a file of authorities neither holds up post nor is trusted', async () => {
  const { api, runner } = await post(
    () => set(0, ['revoked']),
    { apiUrl: 'https://secrets.example.com', asked: [], leases: [lease('a')] },
    (one) => {
      one.env['NODE_EXTRA_CA_CERTS'] = '/dev/zero';
    },
  );
  expect([api.seen, runner.said('warning').join()]).toEqual([[], expect.stringContaining('nothing was sent')]);
});

describe('towards a cloud', () => {
  test('a lease whose answer never reached main is told, with the time until which it may live', async () => {
    const { api, warning } = await post(() => ({ status: 200 }), { asked: ['A', 'B'], leases: [lease('a')] });
    expect(api.seen).toHaveLength(1);
    expect(warning).toContain(`every lease of A, B: one that it does not know may live until ${LATEST}`);
  });

  const cloud = { leases: [lease('a'), lease('b'), lease('c')] };

  test('revokes every lease even when one refuses', async () => {
    const rule: Rule = ({ query }) =>
      query['slug'] === 'b' ? { status: 403, body: { messages: ['no'] } } : { status: 200 };
    const { api, warning } = await post(rule, cloud);
    expect(api.seen.map((one) => one.query['slug']).sort()).toEqual(['a', 'b', 'c']);
    expect(new Set(api.asked)).toEqual(new Set([`DELETE ${LEASES}/lease`]));
    expect(warning).toMatch(new RegExp(`^3 leased, 2 revoked, 1 left, expires ${EXPIRES}\\. .*may not revoke`));
    expect(warning).toContain('revoke it where it was made');
  });

  test('a lease that the service goes on revoking is left, with its end, and nobody is told to revoke it', async () => {
    const taken: Answer = { status: 202, body: { success: true, state: 'revoke_failed' } };
    const { warning } = await post(() => taken, { leases: [lease('a')] });
    expect(warning).toBe(
      `1 leased, 0 revoked, 1 left, expires ${EXPIRES}. Lease a of a is being revoked and not gone yet. ` +
        'The service goes on by itself. The engine ends what is left, at that time at the latest.',
    );
    const mixed: Rule = ({ query }) => (query['slug'] === 'b' ? { status: 403, body: { messages: ['no'] } } : taken);
    const both = await post(mixed, { leases: [lease('a'), lease('b')] });
    expect(both.warning).toMatch(/^2 leased, 0 revoked, 2 left, .* revoke it where it was made\.$/);
  });

  test('sends the token nowhere but where the workflow itself says', async () => {
    const { api, warning } = await post(
      () => ({ status: 200 }),
      cloud,
      (runner) => {
        runner.inputs['api-url'] = 'https://other.example';
      },
    );
    expect(api.seen).toEqual([]);
    expect(warning).toContain('api-url or backend input has changed');
  });

  test('sends the token in no other dialect than the workflow says', async () => {
    const { api, warning } = await post(() => ({ status: 200 }), { ...cloud, backend: 'phase' });
    expect(api.seen).toEqual([]);
    expect(warning).toContain('api-url or backend input has changed');
  });

  test('says so when the token is gone', async () => {
    const { warning } = await post(
      () => ({ status: 200 }),
      cloud,
      (runner) => {
        runner.inputs['token'] = '';
      },
    );
    expect(warning).toContain('3 left');
    expect(warning).toContain('token input is empty');
  });

  test('says nothing was leased when nothing was', async () => {
    const { api, runner } = await post(() => ({ status: 200 }), {});
    expect(api.seen).toEqual([]);
    expect(runner.said('info')).toEqual(['0 leased, 0 revoked, 0 left']);
  });
});

test('sends nothing when a later step changed whom TLS trusts', async () => {
  const handoff = { apiUrl: 'https://127.0.0.1:1', revokeKey: HANDLE.revokeKey, leases: [lease('a')] };
  const { warning } = await post(
    () => undefined,
    handoff,
    (runner) => {
      runner.env['NODE_EXTRA_CA_CERTS'] = '/tmp/evil.pem';
    },
  );
  expect(warning).toMatch(/1 left.*changed whom TLS trusts/);
});

test('of leases that were renewed the end is named that they may have by now, not the one that main saw', async () => {
  const handoff = { revokeKey: HANDLE.revokeKey, leases: [lease('a')], renewedSec: 7200 };
  const { warning } = await post(() => ({ status: 400, body: {} }), handoff);
  expect(warning).toContain('1 left, expires 2026-01-01T02:00:00.000Z');
});

test('a state that is not ours is one warning', async () => {
  const valid = new MemoryRunner({});
  const nothing = {
    revokeKey: undefined,
    asked: [],
    leases: [],
    doubt: null,
    until: 0,
    proxied: false,
    renewedSec: null,
    keeper: null,
  };
  saveHandoff(valid, { backend: 'doppler', apiUrl: 'http://127.0.0.1:1', setId: HANDLE.setId, ...nothing }, DIRECT);
  const whole = JSON.parse(valid.state('handoff')) as Record<string, unknown>;
  const broken = fc.tuple(
    fc.constantFrom(...Object.keys(whole).filter((key) => key !== 'trust' && key !== 'key')),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string(), broken), async (odd) => {
      const text = typeof odd === 'string' ? odd : JSON.stringify({ ...whole, [odd[0]]: odd[1] });
      const runner = new MemoryRunner({});
      runner.states.set('handoff', text);
      await tell(runner);
      for (const { text: said } of runner.calls.filter(({ what }) => what !== 'summary'))
        expect(said).not.toContain('\n');
    }),
  );
});

test('what goes on although its lease ended is counted, with its end, by handle and by id', async () => {
  const valid = '2026-01-01T01:00:00.000Z';
  const one = { id: 'l0', dynamic_secret: 'STS', state: 'revoked', expires_at: EXPIRES, credential_valid_until: valid };
  const whole: Answer = { status: 200, body: { success: true, leases: [one], revoked: 1, left: 0 } };
  const byHandle = await post(() => whole, { revokeKey: HANDLE.revokeKey });
  const byId = await post(() => ({ status: 200, body: { success: true, credential_valid_until: valid } }), {
    leases: [lease('STS')],
  });
  for (const { runner, warning } of [byHandle, byId]) {
    expect([warning, runner.said('info')]).toEqual(['', [`1 leased, 1 revoked, 0 left, 1 valid until ${valid}`]]);
  }
});

test('a proxy that only a later step set is neither used nor read', async () => {
  const { api, runner } = await post(
    () => set(0, ['revoked']),
    { revokeKey: HANDLE.revokeKey },
    (one) => {
      one.env['HTTPS_PROXY'] = 'not an address at all';
    },
  );
  expect([api.asked, runner.said('info')]).toEqual([['DELETE /v3/leases'], ['1 leased, 1 revoked, 0 left']]);
});

test('a keeper is stopped before its leases are ended', async () => {
  const order: string[] = [];
  const api = await new FakeApi(() => {
    order.push('revoke');
    return set(0, ['revoked']);
  }).start();
  started.push(api);
  const runner = new MemoryRunner({ token: 'dp.st.dev.token', 'api-url': api.url });
  const keeper = { pid: 77, startedAt: '5' };
  const rest = {
    apiUrl: api.url,
    setId: HANDLE.setId,
    asked: ['DB'],
    leases: [],
    doubt: null,
    until: 0,
    proxied: false,
    renewedSec: null,
  };
  saveHandoff(runner, { backend: 'doppler', ...rest, revokeKey: HANDLE.revokeKey, keeper }, DIRECT);
  const wire = { send: nodeSend(), clock: new FakeClock(), random: () => 0 };
  const stop = (one: unknown) => void order.push(JSON.stringify(one));
  await revoke({ runner, connect: connectWith(wire), wire, openProcesses: async () => ({ ...noProcesses, stop }) });
  expect(order).toEqual([JSON.stringify(keeper), 'revoke']);
});
