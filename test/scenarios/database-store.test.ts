// The main line once more, with the engine's own store in PostgreSQL: a second engine takes over where the first is killed.
import { EngineProcess } from '../support/engine-process.ts';
import { World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start({ store: 'database' });
});
afterAll(() => world?.stop());

test('a job gets its secrets and a lease, and nothing outlives it', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB', ttl: '15m' }) });
  expect(main.outputs['API_URL']).toBe(world.shop.values.API_URL);
  const url = main.outputs['APP_DB_URL'] ?? '';
  expect(await world.tryLogin(url)).toBe(3);
  const report = await job.finish();
  expect([report.status, report.log.join('\n')]).toEqual([
    'success',
    expect.stringContaining('1 leased, 1 revoked, 0 left'),
  ]);
  expect(await world.tryLogin(url)).toMatch(/^28/);
  expect([await world.leasedRoles(), await world.liveLeases()]).toEqual([[], []]);
});

test('the engine that leased is killed in the middle of a job: the job ends its lease at another one', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB', ttl: '15m' }) });
  const url = main.outputs['APP_DB_URL'] ?? '';
  const { folder, port } = world.engine;
  const other = await EngineProcess.start(folder, { args: ['--allow-integration', '127.0.0.1'] });
  await world.engine.stop('SIGKILL');
  await other.stop();
  // Behind one address, as a load balancer would have them.
  world.engine = await EngineProcess.start(folder, { port, args: ['--allow-integration', '127.0.0.1'] });
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  expect(await world.tryLogin(url)).toMatch(/^28/);
  expect(await world.leasedRoles()).toEqual([]);
});
