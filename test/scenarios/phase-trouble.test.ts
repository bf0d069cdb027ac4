// Phase as the backend when something goes wrong: faults, lost answers, partial failures, cancelled and killed jobs, in both modes.
import { type Fault, html, type Rule, tooManyRequests, unavailable } from '../support/far-side.ts';
import { LEASES, MINT, type Mode, MODES, phaseShop, type PhaseShop, STATIC } from '../support/phase/shop.ts';
import type { JobOptions } from '../support/runner/index.ts';
import { annotationsOf, World } from '../support/scenario.ts';

let world: World;
let shop: PhaseShop;
beforeAll(async () => {
  world = await World.start();
  shop = await phaseShop(world);
  await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', {
    ...{ project: 'shop', config: 'prd', name: 'SECOND_DB', kind: 'postgres', integration: 'shop-database' },
    ...{ parameters: { group_role: 'shop_reader' }, default_ttl_sec: 900, max_ttl_sec: 3600 },
  });
});
afterEach(() => shop.stop());
afterAll(() => world?.stop());

const wanted = { secrets: 'API_KEY', dynamic: 'APP_DB' };
const both = { secrets: 'API_KEY', dynamic: 'APP_DB\nSECOND_DB' };
const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function once(mode: Mode, rules: readonly Rule[], more: Record<string, string> = wanted) {
  const far = await shop.far(mode, rules);
  const done = await world.runOnce(await shop.inputs(far, more));
  return { ...done, far, errors: annotationsOf(done.main, 'error'), log: done.report.log.join('\n') };
}

/** Every lease of both dynamic secrets that is not over. */
async function live(): Promise<string[]> {
  const second =
    '/v3/configs/config/dynamic_secrets/dynamic_secret/leases?project=shop&config=prd&dynamic_secret=SECOND_DB';
  const others = (await world.engine.must('GET', second))['leases'] as { id: string; state: string }[];
  const over = ['revoked', 'expired', 'aborted'];
  return [...(await world.liveLeases()), ...others].filter(({ state }) => !over.includes(state)).map(({ id }) => id);
}

/** As somebody who runs the engine does with what a job could not end. */
async function endAll(): Promise<void> {
  for (const id of await live()) {
    const at = `/service/public/v1/secrets/dynamic/leases/?app_id=${shop.app}&env=Production`;
    await world.engine.must('DELETE', at, { lease_id: id }, shop.bearer);
  }
  expect([await live(), await world.leasedRoles()]).toEqual([[], []]);
}

describe.each(MODES)('%s', (mode) => {
  test.each<[string, Rule]>([
    ['429 with Retry-After on the read', { path: STATIC, nth: 1, answer: tooManyRequests('1') }],
    ['503 on the read', { path: STATIC, nth: 1, answer: unavailable() }],
    [
      'an answer of the read that is cut in the middle',
      { path: STATIC, nth: 1, answer: { kind: 'cut', afterBytes: 4 } },
    ],
    ['429 on the lease', { path: MINT, nth: 1, answer: tooManyRequests('1') }],
    ['a revoke answer that is lost', { method: 'DELETE', nth: 1, answer: { kind: 'lost' } }],
    ['503 on the revoke', { method: 'DELETE', nth: 1, answer: unavailable() }],
  ])('%s is got over: the job succeeds and its only lease ends with it', async (_, rule) => {
    const { report, errors, log } = await once(mode, [rule]);
    expect([report.status, errors]).toEqual(['success', []]);
    expect(log).toMatch(/1 leased, 1 revoked, 0 left/);
    expect([await live(), await world.leasedRoles()]).toEqual([[], []]);
  });

  test.each<[string, Fault, RegExp]>([
    ['an HTML page', html(), /JSON/],
    ['503 for ever', unavailable(), /503/],
    ['a server that never answers', { kind: 'silent' }, /time/],
  ])('%s ends in one error line, and nothing is handed over', async (_, answer, text) => {
    const { main, report, errors } = await once(mode, [{ path: STATIC, answer }], { ...wanted, timeout: '4s' });
    expect([report.status, errors]).toEqual(['failure', [expect.stringMatching(text)]]);
    expect([main.outputs, main.rawStderr, await live()]).toEqual([{}, '', []]);
  });

  test('one of two leases is refused: the other is rolled back, and one line says both', async () => {
    const refusal: Fault = { kind: 'answer', status: 403, body: '{"error":"You do not lease this."}' };
    const { main, report, errors } = await once(mode, [{ path: MINT, nth: 2, answer: refusal }], both);
    expect([report.status, main.outputs]).toEqual(['failure', {}]);
    expect(errors).toEqual([
      expect.stringMatching(/You do not lease this.*Leases rolled back: 1 leased, 1 revoked, 0 left/),
    ]);
    expect([await live(), await world.leasedRoles()]).toEqual([[], []]);
  });

  test.each([
    ['while the secrets are being read', STATIC, 1000],
    ['while a lease is being issued that is answered soon', MINT, 1000],
  ] as const)(
    'cancelled %s: main ends in time and no lease outlives the job',
    async (_, path, holdMs) => {
      const { main, report } = await cancelled(mode, path, holdMs);
      expect([report.status, main.signals, main.outputs]).toEqual(['cancelled', ['SIGINT'], {}]);
      expect(main.durationMs).toBeLessThan(7500);
      expect(await world.eventually(async () => (await live()).length === 0)).toBe(true);
      expect(await world.leasedRoles()).toEqual([]);
    },
    60_000,
  );
});

async function cancelled(mode: Mode, path: string | RegExp, holdMs: number, options: JobOptions = {}) {
  const far = await shop.far(mode, [{ path, nth: 1, answer: () => ({ kind: 'hold', until: soon(holdMs) }) }]);
  const job = world.job(options);
  const inputs = await shop.inputs(far, { ...wanted, ttl: '5m' });
  const main = await job.cancelDuring(far.whenAsked({ path }), () => job.uses({ id: 'secrets', with: inputs }));
  return { main, report: await job.finish() };
}

describe('towards the engine', () => {
  test.each<[string, Fault]>([
    ['cut before it arrives', { kind: 'cut' }],
    ['answered into nothing', { kind: 'lost' }],
    ['503', unavailable()],
  ])('a lease request that is %s is repeated with the same key, and one lease is left to end', async (_, answer) => {
    const { report, log, far } = await once('engine', [{ path: MINT, nth: 1, answer }]);
    expect(report.status).toBe('success');
    expect(log).toMatch(/\d leased, \d revoked, 0 left/);
    const keys = far.requests.filter(({ path }) => MINT.test(path)).map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(far.requests.filter(({ path }) => MINT.test(path)).at(-1)?.path).toContain('replace=true');
    expect([await live(), await world.leasedRoles()]).toEqual([[], []]);
  });

  test('killed outright while a lease is being issued: post ends it by the handle, without knowing its id', async () => {
    const { main, report } = await cancelled('engine', MINT, 2500, { patience: { interruptMs: 1, terminateMs: 1 } });
    expect(main.signals).toContain('SIGKILL');
    expect(report.log.join('\n')).toMatch(/\d leased, \d revoked, 0 left/);
    expect(await world.eventually(async () => (await world.leasedRoles()).length === 0)).toBe(true);
    expect(await live()).toEqual([]);
  }, 60_000);
});

describe('towards a cloud, where nothing can be repeated or ended without its id', () => {
  test('an answer that is lost: asked once, told until when it may live and which it may be, and left alone', async () => {
    const { main, report, errors, far } = await once('extensions: off', [{ path: MINT, answer: { kind: 'lost' } }]);
    expect([report.status, main.outputs]).toEqual(['failure', {}]);
    const [id = ''] = await live();
    expect(errors).toEqual([
      expect.stringMatching(new RegExp(`A lease of APP_DB may live until \\S+Z: it may be ${id}, which is left alone`)),
    ]);
    expect(far.requests.filter(({ path }) => MINT.test(path))).toHaveLength(1);
    expect(far.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    await endAll();
  });

  test('of two leases the known one is rolled back, and the one whose answer was lost is named', async () => {
    const { errors, far } = await once('extensions: off', [{ path: MINT, nth: 2, answer: { kind: 'lost' } }], both);
    const [left = '', ...more] = await live();
    expect(more).toEqual([]);
    expect(errors).toEqual([expect.stringMatching(new RegExp(`may be ${left}.*1 leased, 1 revoked, 0 left`))]);
    const ended = far.requests.filter(({ method }) => method === 'DELETE').map(({ body }) => body);
    // By main, and by post once more.
    expect([new Set(ended).size, ended.join().includes(left)]).toEqual([1, false]);
    await endAll();
  });

  test('killed outright: post warns until when a lease that nobody knows may live, and which it may be', async () => {
    const over = Promise.withResolvers<void>();
    const far = await shop.far('extensions: off', [
      { path: MINT, answer: () => ({ kind: 'hold', until: over.promise }) },
    ]);
    const job = world.job({ patience: { interruptMs: 1, terminateMs: 1 } });
    const inputs = await shop.inputs(far, wanted);
    const leased = far.whenAsked({ path: MINT }).then(() => world.eventually(async () => (await live()).length === 1));
    const main = await job.cancelDuring(leased, () => job.uses({ id: 'secrets', with: inputs }));
    expect(main.signals).toContain('SIGKILL');
    const [left] = await live();
    const post = (await job.finish()).steps.at(-1);
    over.resolve();
    expect(annotationsOf(post, 'warning')).toEqual([
      expect.stringMatching(
        new RegExp(`every lease of APP_DB: .* may live until \\S+Z\\. APP_DB: it may be ${left}, which is left alone`),
      ),
    ]);
    expect(await live()).toEqual([left]);
    await endAll();
  }, 60_000);

  test('a lease that was ended by hand counts as revoked, and one that post may not end is a warning with its end', async () => {
    const job = world.job();
    await job.uses({ id: 'secrets', with: await shop.inputs('extensions: off', wanted) });
    await endAll();
    expect((await job.finish()).log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
    const refusal: Fault = { kind: 'answer', status: 403, body: '{"error":"not yours"}' };
    const { post, report } = await once('extensions: off', [{ method: 'DELETE', path: LEASES, answer: refusal }]);
    expect(report.status).toBe('success');
    expect(annotationsOf(post, 'warning')).toEqual([
      expect.stringMatching(/^1 leased, 0 revoked, 1 left, expires .*not yours/),
    ]);
    await endAll();
  });
});
