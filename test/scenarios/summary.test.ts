// The job summary: one table of names and where they come from, no value anywhere, and what became of the leases.
import { existsSync, readFileSync } from 'node:fs';
import { type Once, World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

/** The summary file as it lies on disk, before the runner masks it. */
function onDisk(step: Once['post']): string {
  const path = step?.files.GITHUB_STEP_SUMMARY ?? '';
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

test('says name, source, visibility, delivery and end of lease, and post what became of the leases', async () => {
  const { main, post } = await world.runOnce({ dynamic: 'APP_DB', ttl: '15m', 'export-env': 'true' });
  const summary = onDisk(main);
  const until = main.outputs['expires-at'] ?? '';
  expect(summary).toContain('| `API_KEY` | `secret API_KEY` | masked | output, variable |  |');
  expect(summary).toContain('| `API_URL` | `secret API_URL` | unmasked | output, variable |  |');
  expect(summary).toContain('| `DEPLOY_TOKEN` | `secret DEPLOY_TOKEN` | restricted | output, variable |  |');
  expect(summary).toContain(
    `| \`APP_DB_URL\` | \`field APP_DB_URL of the lease of APP_DB\` | masked | output, variable | ${until} |`,
  );
  expect(summary).toContain(`The first lease ends at ${until}, and a job may run for 6h`);
  expect(onDisk(post)).toBe('**Leases of this step:** 1 leased, 1 revoked, 0 left\n');
});

test('holds no value, not even before the runner masks it', async () => {
  const { main } = await world.runOnce({ dynamic: 'APP_DB' });
  const summary = onDisk(main);
  expect(summary).not.toBe('');
  const { 'expires-at': _end, 'secret-names': _names, ...values } = main.outputs;
  for (const [name, value] of Object.entries(values)) {
    for (const line of value.split('\n').filter((part) => part.length >= 4 && part !== 'shop')) {
      expect([name, summary.includes(line)]).toEqual([name, false]);
    }
  }
});

test('a job whose leases outlive it hears nothing of that, and neither does one without leases', async () => {
  const without = await world.runOnce({ secrets: 'API_KEY' });
  expect(onDisk(without.main)).not.toContain('a job may run');
  expect(onDisk(without.post)).toBe('');
});

test('a step that fails writes no summary of things that it did not deliver', async () => {
  const { main } = await world.runOnce({ require: 'ABSENT' });
  expect(onDisk(main)).toBe('');
});
