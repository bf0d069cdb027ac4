// A far side that misbehaves in front of the real engine: retried where that is safe, told in one line, no lease left.
import type { Fault, Rule } from '../support/far-side.ts';
import { faultProxy, html, tooManyRequests, unavailable } from '../support/far-side.ts';
import { otherNode } from '../support/nodes.ts';
import { annotationsOf, World } from '../support/scenario.ts';

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

test.each<[string, Rule]>([
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
])('%s is got over: the job succeeds and its only lease ends with it', async (_, rule) => {
  const proxy = await world.proxy([rule]);
  const { main, report } = await world.runOnce({ ...inputs, 'api-url': proxy.url });
  expect([report.status, annotationsOf(main, 'error')]).toEqual(['success', []]);
  expect(report.log.join('\n')).toMatch(/\d leased, \d revoked, 0 left/);
  await nothingLives();
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

test.each(places)(
  'on $node, towards $far: what lasts ends in one error line each, and nothing is handed over',
  async ({ node, url }) => {
    const far = await url();
    await Promise.all(LASTING.map((fault) => expectOneError(far, fault, node)));
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
