// Parts that go away at the wrong moment: what is left is said with its end, and the engine finishes when they are back.
import { annotationsOf, World } from '../support/scenario.ts';

const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB' };

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

async function becomesClean(): Promise<void> {
  expect(await world.eventually(async () => (await world.liveLeases()).length === 0)).toBe(true);
  expect(await world.leasedRoles()).toEqual([]);
}

test('PostgreSQL down while issuing: one error line, and no row is left when it is back', async () => {
  await world.database.stopServer();
  const { main, report } = await world.runOnce(inputs);
  expect(report.status).toBe('failure');
  const errors = annotationsOf(main, 'error');
  expect(errors).toEqual([expect.stringMatching(/PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached/)]);
  expect(main.outputs).toEqual({});
  await world.database.startServer();
  await becomesClean();
});

test('PostgreSQL down while revoking: a warning says what is left and until when; the engine ends it afterwards', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs(inputs) });
  const url = main.outputs['APP_DB_URL'] ?? '';
  expect(await world.tryLogin(url)).toBe(3);
  await world.database.stopServer();
  const report = await job.finish();
  expect(report.status).toBe('success');
  const warnings = annotationsOf(report.steps.at(-1), 'warning');
  expect(warnings).toEqual([expect.stringMatching(/1 leased, 0 revoked, 1 left, expires \d{4}-\d\d-\d\dT/)]);
  await world.database.startServer();
  await becomesClean();
  expect(await world.tryLogin(url)).toMatch(/^28/);
}, 120_000);

test('the engine down in post: the same warning, and the lease is ended once the engine is back and its time is up', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs({ ...inputs, ttl: '40s' }) });
  const url = main.outputs['APP_DB_URL'] ?? '';
  await world.engine.stop('SIGKILL');
  const report = await job.finish();
  expect(report.status).toBe('success');
  const warnings = annotationsOf(report.steps.at(-1), 'warning');
  expect(warnings).toEqual([expect.stringMatching(/1 leased, 0 revoked, 1 left, expires \d{4}-\d\d-\d\dT/)]);
  expect(await world.tryLogin(url)).toBe(3);
  await world.restartEngine();
  expect(await world.eventually(async () => (await world.tryLogin(url)) !== 3)).toBe(true);
  await becomesClean();
}, 120_000);

test('the runner shut down: no post runs, and the ttl ends the lease', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs({ ...inputs, ttl: '12s' }) });
  const report = await job.shutDownDuring(200, () => job.run('sleep 30').then(() => job.finish()));
  expect(report.steps.map(({ kind }) => kind)).not.toContain('post');
  expect(await world.eventually(async () => (await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')) !== 3)).toBe(true);
  await becomesClean();
}, 60_000);
