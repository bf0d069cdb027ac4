// A job that is cancelled: whatever moment the signal meets, main ends in time and no lease outlives the job.
import { World } from '../support/scenario.ts';

const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB' };
const READ = '/v3/configs/config/secrets';
const LEASE = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Cancels when the far side is asked for `path`, whose answer waits `holdMs`. */
async function cancelAt(path: string, holdMs: number) {
  const proxy = await world.proxy([{ path, nth: 1, answer: () => ({ kind: 'hold', until: soon(holdMs) }) }]);
  const job = world.job();
  const main = await job.cancelDuring(proxy.whenAsked({ path }), () =>
    job.uses({ id: 'secrets', with: world.inputs({ ...inputs, 'api-url': proxy.url }) }),
  );
  return { main, report: await job.finish() };
}

test.each([
  ['while the secrets are being read', READ, 1000],
  ['while a lease is being issued that is answered soon', LEASE, 1000],
  ['while a lease is being issued that is answered late', LEASE, 6000],
])(
  '%s',
  async (_, path, holdMs) => {
    const { main, report } = await cancelAt(path, holdMs);
    expect(report.status).toBe('cancelled');
    expect(main.signals).toEqual(['SIGINT']);
    expect(main.durationMs).toBeLessThan(7500);
    expect(main.outputs).toEqual({});
    expect(await world.eventually(async () => (await world.liveLeases()).length === 0)).toBe(true);
    expect(await world.leasedRoles()).toEqual([]);
  },
  60_000,
);

test('after the values were handed over: post ends the lease of a cancelled job', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs(inputs) });
  await job.cancelDuring(300, () => job.run('exec sleep 30'));
  const report = await job.finish();
  expect(report.status).toBe('cancelled');
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
}, 60_000);

test('killed outright while a lease is being issued: post ends it by the handle, without knowing its id', async () => {
  const proxy = await world.proxy([{ path: LEASE, answer: () => ({ kind: 'hold', until: soon(2500) }) }]);
  const job = world.job({ patience: { interruptMs: 1, terminateMs: 1 } });
  const main = await job.cancelDuring(proxy.whenAsked({ path: LEASE }), () =>
    job.uses({ id: 'secrets', with: world.inputs({ ...inputs, 'api-url': proxy.url }) }),
  );
  expect(main.signals).toContain('SIGKILL');
  const report = await job.finish();
  expect(report.log.join('\n')).toMatch(/\d leased, \d revoked, 0 left/);
  expect(await world.eventually(async () => (await world.leasedRoles()).length === 0)).toBe(true);
  expect(await world.liveLeases()).toEqual([]);
}, 60_000);
