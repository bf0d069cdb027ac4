// The story of a credential process under a clock of ours: when it leases, when it waits, what it answers when it cannot.
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { writeAnswer } from '#action/credentials/answer.js';
import { type Brief, readBrief, writeBrief } from '#action/credentials/brief.js';
import { credentials } from '#action/credentials/credentials.js';
import { briefPath, Kept, takeTurn, writeNew } from '#action/credentials/folder.js';
import { trustDigest } from '#action/handoff.js';
import type { LeaseAsk, SecretsClient } from '#client/client.js';
import { DIRECT } from '#client/network.js';
import type { SendRequest } from '#client/send.js';
import type { Clock } from '#core/clock.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import { type Sensitive, sensitive } from '#core/sensitive.js';
import { FakeClock } from '../../support/memory-runner.ts';
import { temporaryFolder } from '../../support/temp.ts';

const ID_TOKEN = 'eyJh.eyJz.c2ln';
const TOKEN = 'dp.said.exchanged';
const FIRST = 'ASIAFIRSTFIRSTFIRST1';
const SECOND = 'ASIASECONDSECONDSEC2';
const TTL_SEC = 900;
const ENV = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-step',
};
const setId = newLeaseHandle().setId;
const network = { proxy: null, noProxy: '', ca: undefined, allowInsecureHttp: false };
const trust = trustDigest({ variable: () => undefined }, { setId, proxied: true }, DIRECT);

type World = {
  brief?: Partial<Brief>;
  env?: Record<string, string>;
  /** What the exchange answers with. */
  status?: number;
  /** Whether the lease holds something else than keys by now. */
  gone?: boolean;
  /** How long the first lease still lives; undefined for no answer at all. */
  leftSec?: number;
  /** Whether another living process has the turn, until that time passes. */
  busyMs?: number;
};

/** One profile, its process, and everything that the process asked for. */
function world({ brief: more, env = ENV, status = 200, gone, leftSec, busyMs }: World = {}) {
  const clock = new FakeClock();
  const started = clock.now();
  const path = briefPath(temporaryFolder(), 'default');
  const brief: Brief = {
    ...{ backend: 'doppler', apiUrl: 'https://secrets.example' },
    ...{ identity: 'id-1', audience: 'https://secrets.example' },
    ...{ scope: { project: 'shop', config: 'prd' }, dynamic: 'DEPLOY', ttlSec: TTL_SEC, setId, network, trust },
    ...{ until: started + 3_600_000, allowedAccountIds: [] },
    ...more,
  };
  writeNew(path, writeBrief(brief));
  const kept = new Kept(path);
  const answer = (accessKeyId: string, expiresAt: number) =>
    writeAnswer({ accessKeyId, secretAccessKey: sensitive('s3cret'), sessionToken: sensitive('session') }, expiresAt);
  if (leftSec !== undefined) kept.write(answer(FIRST, started + leftSec * 1000));
  const isBusy = () => busyMs !== undefined && clock.now() - started < busyMs;
  const processes = { self: () => ({ pid: 2, startedAt: 'x' }), isAlive: isBusy };
  if (busyMs !== undefined) takeTurn({ processes, now: () => started }, path);

  const sent: string[] = [];
  const asks: LeaseAsk[] = [];
  const tokens: string[] = [];
  const send = async ({ method, url }: SendRequest) => {
    sent.push(`${method} ${new URL(url).pathname}`);
    const body = url.includes('/token')
      ? { value: ID_TOKEN }
      : { success: true, token: TOKEN, expires_at: '2027-01-01T00:00:00.000Z' };
    if (url.startsWith('https://sts.')) {
      return {
        answer: {
          status: 200,
          headers: {},
          text: '<Account>210987654321</Account><Arn>arn:aws:sts::210987654321:assumed-role/a/b</Arn>',
        },
      };
    }
    const isExchange = url.endsWith('/v3/auth/oidc');
    return { answer: { status: isExchange ? status : 200, headers: {}, text: JSON.stringify(body) } };
  };
  const keys = { AWS_ACCESS_KEY_ID: SECOND, AWS_SECRET_ACCESS_KEY: 's3cret', AWS_SESSION_TOKEN: 'session' };
  const leased = gone ? { DB_URL: 'x' } : keys;
  const issueLease = async (ask: LeaseAsk) => {
    asks.push(ask);
    const entries = Object.entries(leased).map(([name, value]) => [name, sensitive(value)] as const);
    return { id: 'l2', expiresAt: clock.now() + ask.ttlSec * 1000, fields: new Map<string, Sensitive>(entries) };
  };
  let rounds = 0;
  const run = () =>
    credentials(
      {
        variable: (name) => env[name as keyof typeof env],
        wire: { send, clock: heldBack(clock), random: () => 0 },
        connect: ({ token }) => {
          tokens.push(token?.reveal() ?? '');
          return { issueLease } as Partial<SecretsClient> as SecretsClient;
        },
        processes,
        newId: () => `round-${(rounds += 1)}`,
      },
      path,
    ).then((text) => (JSON.parse(text) as { AccessKeyId: string }).AccessKeyId);
  return { clock, path, kept, answer, sent, asks, tokens, run };
}

/** Pauses take no time, but for the limit over all of it, which never comes. */
function heldBack(clock: FakeClock): Clock {
  const never = (signal?: AbortSignal) =>
    new Promise<void>((done) => signal?.addEventListener('abort', () => done(), { once: true }));
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (ms, signal) => (ms < 18_000 ? clock.sleep(ms) : never(signal)),
  };
}

test('a fresh answer is given again without a word to anybody, whatever the step may do', async () => {
  const { run, sent } = world({ leftSec: 301, env: {} });
  expect([await run(), sent]).toEqual([FIRST, []]);
});

test('near its end it signs in, leases under the set of the job, ends its token, and keeps the new answer', async () => {
  const { run, sent, asks, tokens, kept, clock } = world({ leftSec: 300 });
  expect(await run()).toBe(SECOND);
  expect(sent).toEqual(['GET /token', 'POST /v3/auth/oidc', 'POST /v3/auth/revoke']);
  const scope = { project: 'shop', config: 'prd' };
  expect(asks).toEqual([
    expect.objectContaining({ scope, dynamic: 'DEPLOY', ttlSec: TTL_SEC, setId, round: 'round-1' }),
  ]);
  expect(tokens).toEqual([TOKEN]);
  expect(kept.read()?.expiresAt).toBe(clock.now() + TTL_SEC * 1000);
  expect(await run()).toBe(SECOND);
  expect(asks).toHaveLength(1);
});

test('each lease is a request of its own, so that none is taken for a repetition', async () => {
  const { run, asks, clock } = world();
  for (let round = 0; round < 3; round += 1) {
    await run();
    clock.time += 700_000;
  }
  expect(asks.map(({ round }) => round)).toEqual(['round-1', 'round-2', 'round-3']);
});

test('while another process leases it waits, and takes its answer', async () => {
  const { run, sent, kept, answer, clock } = world({ leftSec: 10, busyMs: 5_000 });
  const running = run();
  kept.write(answer('ASIAOTHEROTHEROTHER3', clock.now() + 900_000));
  expect([await running, sent]).toEqual(['ASIAOTHEROTHEROTHER3', []]);
});

test('when the other process is gone without an answer it leases by itself', async () => {
  const { run, asks } = world({ leftSec: 10, busyMs: 3_000 });
  expect([await run(), asks.length]).toEqual([SECOND, 1]);
});

test('when the other process does not come to an end there is an error in time', async () => {
  const { run, clock } = world({ busyMs: 10_000_000 });
  const started = clock.now();
  // The turn of a process is over after 30 s; a budget of 18 s ends before that.
  await expect(run()).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  expect(clock.now() - started).toBeLessThan(30_000);
});

describe('when nothing can be leased', () => {
  test.each<[string, World, RegExp]>([
    ['the exchange is refused', { status: 401 }, /did not accept the ID token of this job/],
    ['the step may not ask for ID tokens', { env: {} }, /may not ask for an ID token/],
    ['renew-for is over', { brief: { until: 0 } }, /renew-for is over/],
    ['what is leased is no AWS session any more', { gone: true }, /holds no AWS credentials any more/],
  ])('since %s: the last keys until a minute before their end, then the reason', async (_, more, reason) => {
    expect(await world({ ...more, leftSec: 61 }).run()).toBe(FIRST);
    const { run, kept } = world({ ...more, leftSec: 60 });
    await expect(run()).rejects.toThrow(reason);
    expect(kept.read()).toBeDefined();
  });

  test('a step that believes others than main sends nothing, least of all its token', async () => {
    const env = { ...ENV, NODE_EXTRA_CA_CERTS: '/tmp/other.pem' };
    const { run, sent } = world({ env });
    await expect(run()).rejects.toThrow('trusts other authorities');
    expect(sent).toEqual([]);
  });

  test('a lease of an account that is not allowed is not answered with', async () => {
    const brief = { allowedAccountIds: ['123456789012'] };
    const { run, kept } = world({ brief });
    await expect(run()).rejects.toThrow('The lease of DEPLOY is of AWS account 210987654321.');
    expect(kept.read()).toBeUndefined();
  });
});

describe('the brief', () => {
  const brief: Brief = {
    ...{ backend: 'doppler', apiUrl: 'https://secrets.example', identity: 'id-1', audience: null },
    scope: { project: 'p', config: 'c' },
    ...{ dynamic: 'DEPLOY', ttlSec: 900, setId, until: 5, allowedAccountIds: ['1'], network, trust },
  };

  test('is read as it was written', () => {
    const { network: _, ...rest } = brief;
    expect(readBrief(writeBrief(brief))).toMatchObject(rest);
  });

  test('of Phase it holds the folder too, and a folder that is no text is refused', () => {
    const scope = { project: 'app', config: 'Production', path: '/api' };
    const ofPhase: Brief = { ...brief, backend: 'phase', scope };
    expect(readBrief(writeBrief(ofPhase))).toMatchObject({ backend: 'phase', scope });
    const odd = JSON.stringify({ v: 1, ...ofPhase, scope: { ...scope, path: 5 } });
    expect(() => readBrief(odd)).toThrow('cannot be read');
  });

  test('with anything missing or of another kind it is refused', () => {
    const whole = { v: 1, ...brief };
    for (const name of Object.keys(whole)) {
      for (const odd of [undefined, 7.5, [null], {}]) {
        expect(() => readBrief(JSON.stringify({ ...whole, [name]: odd }))).toThrow('cannot be read');
      }
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => readBrief(text)).toThrow('cannot be read');
      }),
    );
  });

  test('a path with no brief is one sentence', async () => {
    const { path, run } = world();
    writeFileSync(path, 'x');
    await expect(run()).rejects.toMatchObject({
      line: expect.stringMatching(/^What this AWS profile .*cannot be read\./),
    });
  });
});
