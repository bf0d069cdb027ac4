// A job that outlives the ttl of its leases: renewed by a process of ours that knows when the job is over, and then gone.
import { annotationsOf, World } from '../support/scenario.ts';
import { Worker } from '../support/worker.ts';

let world: World;
const workers: Worker[] = [];
beforeAll(async () => {
  world = await World.start();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.kill();
});
afterAll(() => world?.stop());

const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB', ttl: '12s', renew: 'true' };

async function start(more: Record<string, string> = {}): Promise<Worker> {
  const options = { temp: world.folder, secrets: { SECRETS_TOKEN: world.shop.token } };
  const worker = await Worker.start(options, { id: 'secrets', with: world.inputs({ ...inputs, ...more }) });
  workers.push(worker);
  return worker;
}

const liveEnd = async () => Date.parse((await world.liveLeases())[0]?.expires_at ?? '');

test('a lease is renewed while the job runs and revoked when it ends, and the keeper ends with it', async () => {
  const worker = await start();
  expect(annotationsOf(worker.main, 'error')).toEqual([]);
  const [keeper, ...others] = worker.leftovers();
  expect([keeper?.cmdline.split('\0')[1], others]).toEqual([expect.stringMatching(/dist\/keeper\/index\.js$/), []]);
  const first = await liveEnd();
  expect(await world.eventually(async () => (await liveEnd()) > first)).toBe(true);
  const second = await liveEnd();
  expect(await world.eventually(async () => (await liveEnd()) > second)).toBe(true);
  expect(await world.tryLogin(worker.main.outputs['APP_DB_URL'] ?? '')).toBe(3);
  const report = await worker.finish();
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  expect(report.orphans).toEqual([]);
  expect(await world.eventually(async () => worker.leftovers().length === 0)).toBe(true);
  expect(await world.tryLogin(worker.main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
}, 120_000);

test('its environment and command line hold the id of the job and nothing else', async () => {
  const worker = await start();
  const [keeper] = worker.leftovers();
  const id = worker.main.processEnv['RUNNER_TRACKING_ID'];
  expect(keeper?.environ.split('\0').filter(Boolean)).toEqual([`RUNNER_TRACKING_ID=${id}`]);
  expect(keeper?.cmdline.split('\0').filter(Boolean)).toHaveLength(2);
  await worker.finish();
}, 60_000);

test('when the runner is killed the keeper ends, and the lease with its ttl', async () => {
  const worker = await start();
  expect(worker.leftovers()).toHaveLength(1);
  await worker.kill();
  expect(await world.eventually(async () => worker.leftovers().length === 0)).toBe(true);
  const url = worker.main.outputs['APP_DB_URL'] ?? '';
  expect(await world.eventually(async () => (await world.tryLogin(url)) !== 3)).toBe(true);
  expect(await world.eventually(async () => (await world.liveLeases()).length === 0)).toBe(true);
}, 120_000);

test('renewing stops when it was told to, while the job goes on', async () => {
  const worker = await start({ 'renew-for': '2s' });
  expect(await world.eventually(async () => worker.leftovers().length === 0)).toBe(true);
  await worker.finish();
}, 60_000);

test('where the end of the job cannot be told there is no keeper, and a notice says when the lease ends', async () => {
  const { main, report } = await world.runOnce(inputs);
  expect(annotationsOf(main, 'notice')).toEqual([
    expect.stringMatching(/^The lease of APP_DB is not renewed: here it cannot be told .* It ends at \d{4}-\d\d-/),
  ]);
  expect([report.status, report.orphans]).toEqual(['success', []]);
});

test('towards a cloud there is no renewing, and a notice says so', async () => {
  const { main, report } = await world.runOnce({
    ...inputs,
    project: 'shop',
    config: 'prd',
    'api-url': await world.cloud(),
  });
  expect(annotationsOf(main, 'notice')).toEqual([expect.stringMatching(/not renewed: this API cannot renew leases/)]);
  expect(report.status).toBe('success');
});
