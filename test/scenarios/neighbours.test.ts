// Neighbours: what a post step of ours leaves alone, since other steps of the job may still need it.
import { World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

test('post takes nothing from other steps: it sets no variable, and a lease ends by itself alone', async () => {
  const job = world.job();
  const ours = world.inputs({ secrets: 'API_KEY', dynamic: 'APP_DB', 'export-env': 'true' });
  const main = await job.uses({ id: 'secrets', with: ours });
  await job.run('echo "API_KEY=of a later step" >> "$GITHUB_ENV"');
  const other = await job.uses({ id: 'other', with: world.inputs({ secrets: '!*', dynamic: 'APP_DB' }) });
  const report = await job.finish();
  const posts = report.steps.filter(({ kind }) => kind === 'post');
  expect(posts.map(({ env, path, outputs, outcome }) => ({ env, path, outputs, outcome }))).toEqual([
    { env: {}, path: [], outputs: {}, outcome: 'success' },
    { env: {}, path: [], outputs: {}, outcome: 'success' },
  ]);
  // The posts run in reverse: the first to end is the other's, and it ends that one alone.
  expect(posts.map(({ log }) => log.at(-1))).toEqual(['1 leased, 1 revoked, 0 left', '1 leased, 1 revoked, 0 left']);
  for (const { outputs } of [main, other]) expect(await world.tryLogin(outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
});
