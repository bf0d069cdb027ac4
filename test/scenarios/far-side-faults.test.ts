// A far side that misbehaves in front of the real engine: retried where that is safe, told in one line, no lease left.
import type { Fault, Rule } from '../support/far-side.ts';
import { faultProxy, html, tooManyRequests, unavailable } from '../support/far-side.ts';
import { otherNode } from '../support/nodes.ts';
import { annotationsOf, type Once, World } from '../support/scenario.ts';

const READ = '/v3/configs/config/secrets';
const LEASE = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';
const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB' };

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

async function nothingLives(): Promise<void> {
  expect(await world.leasedRoles()).toEqual([]);
  expect(await world.liveLeases()).toEqual([]);
}

/** What is got over is waited for: all of them wait at the same time, each in a job of its own. */
const PASSING: readonly [what: string, rule: Rule][] = [
  ['429 with Retry-After on the read', { path: READ, nth: 1, answer: tooManyRequests('1') }],
  ['503 on the read', { path: READ, nth: [1, 2], answer: unavailable() }],
  ['a connection cut on the read', { path: READ, nth: 1, answer: { kind: 'cut' } }],
  ['an answer cut in the middle', { path: READ, nth: 1, answer: { kind: 'cut', afterBytes: 4 } }],
  ['429 on the lease', { path: LEASE, nth: 1, answer: tooManyRequests('1') }],
  ['a lease request that is cut before it arrives', { path: LEASE, nth: 1, answer: { kind: 'cut' } }],
  ['a lease answer that is lost', { path: LEASE, nth: 1, answer: { kind: 'lost' } }],
  ['503 on the lease', { path: LEASE, nth: 1, answer: unavailable() }],
  ['a revoke answer that is lost', { method: 'DELETE', nth: 1, answer: { kind: 'lost' } }],
  ['503 on the revoke', { method: 'DELETE', nth: [1, 2], answer: unavailable() }],
];

describe('a fault that passes is got over: the job succeeds and its only lease ends with it', () => {
  const jobs = new Map<string, Promise<Once>>();
  beforeAll(async () => {
    for (const [what, rule] of PASSING) {
      const { url } = await world.proxy([rule]);
      jobs.set(what, world.runOnce({ ...inputs, 'api-url': url }));
    }
    await Promise.allSettled(jobs.values());
  });

  test.each(PASSING)('%s', async (what) => {
    const { main, report } = (await jobs.get(what)) ?? {};
    expect([report?.status, annotationsOf(main, 'error')]).toEqual(['success', []]);
    expect(report?.log.join('\n')).toMatch(/\d leased, \d revoked, 0 left/);
  });

  test('of all of them', nothingLives);
});

const always = (path: string, answer: Fault): Rule => ({ path, answer });

const LASTING: readonly (readonly [what: string, rule: Rule, text: RegExp])[] = [
  ['503 for ever', always(READ, unavailable()), /503/],
  ['429 for ever', always(READ, tooManyRequests('120')), /429|too many|rate/i],
  ['an HTML page', always(READ, html()), /JSON/],
  ['an HTML page for the lease', always(LEASE, html()), /JSON/],
  ['a server that never answers', always(READ, { kind: 'silent' }), /time/],
  ['a server that drips', always(READ, { kind: 'drip', body: '{"secrets":{}}', everyMs: 1000 }), /time/],
  [
    'a server that lies about its length',
    always(READ, { kind: 'lie', contentLength: 9999, body: '{"secrets":{}}' }),
    /cut|connection/,
  ],
  ['a body without end', always(READ, { kind: 'huge', bytes: 1024 ** 3 }), /more than/],
  [
    'a body that is not UTF-8',
    always(READ, { kind: 'answer', status: 200, body: new Uint8Array([0x7b, 0xff, 0x7d]) }),
    /UTF-8/,
  ],
  [
    'a redirect to another host',
    always(READ, { kind: 'answer', status: 302, headers: { location: 'https://203.0.113.9/' }, body: '' }),
    /302|redirect/,
  ],
];

async function expectOneError(url: string, [what, rule, text]: (typeof LASTING)[number], node: string) {
  const far = await faultProxy(url, [rule]);
  // What only time ends ends soon; the others have time for all their tries, on a busy machine too.
  const timeout = `${text}`.includes('time') ? '3s' : '40s';
  const given = { ...inputs, project: 'shop', config: 'prd', 'api-url': far.url, timeout };
  const { main, report } = await world.runOnce(given, { node }).finally(() => far.close());
  expect([what, report.status, main.outputs, main.rawStderr]).toEqual([what, 'failure', {}, '']);
  expect([what, annotationsOf(main, 'error')]).toEqual([what, [expect.stringMatching(text)]]);
}

const places = [...new Set([process.execPath, otherNode()])].flatMap((node) => [
  { node, far: 'an engine', url: async () => world.engine.url },
  { node, far: 'a cloud', url: () => world.cloud() },
]);

/** Both far sides of a Node at once: most of it is waiting too. */
const lasting = new Map<(typeof places)[number], Promise<PromiseSettledResult<void>[]>>();
async function lastingAt({ url, node }: (typeof places)[number]): Promise<PromiseSettledResult<void>[]> {
  const far = await url();
  return Promise.allSettled(LASTING.map((fault) => expectOneError(far, fault, node)));
}

test.each(places)(
  'on $node, towards $far: what lasts ends in one error line each, and nothing is handed over',
  async (place) => {
    for (const one of places) if (one.node === place.node && !lasting.has(one)) lasting.set(one, lastingAt(one));
    const ended = (await lasting.get(place)) ?? [];
    expect(ended).toEqual(LASTING.map(() => ({ status: 'fulfilled', value: undefined })));
    await nothingLives();
  },
  60_000,
);

test('an API that nobody listens at', async () => {
  const { main, report } = await world.runOnce({ 'api-url': 'http://127.0.0.1:9', timeout: '4s' });
  expect(report.status).toBe('failure');
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(/127\.0\.0\.1:9 could not be connected to/)]);
});

test('a UTF-8 value split over packets arrives to the byte', async () => {
  const value = 'pässwörd-日本語-🔑';
  await world.engine.must('POST', READ, { project: 'shop', config: 'prd', secrets: { UNICODE: value } });
  const answer = await world.engine.call('GET', `${READ}?secrets=UNICODE`, undefined, world.shop.token);
  const proxy = await world.proxy([
    { path: READ, answer: { kind: 'drip', body: answer.text, everyMs: 0, chunkBytes: 1 } },
  ]);
  const { main } = await world.runOnce({ secrets: 'UNICODE', 'api-url': proxy.url });
  expect(main.outputs['UNICODE']).toBe(value);
});
