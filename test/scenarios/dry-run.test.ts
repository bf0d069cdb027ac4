// dry-run: everything is checked and told, nothing is handed over, nothing is leased.
import { annotationsOf, World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

test('tells what would be delivered and leased, and does none of it', async () => {
  const proxy = await world.proxy();
  const { main, post, report } = await world.runOnce({
    'api-url': proxy.url,
    'dry-run': 'true',
    'export-env': 'true',
    secrets: 'API_*\nTLS_KEY as CERTIFICATE',
    dynamic: 'APP_DB as ADMIN_ ttl=15m',
  });
  expect(report.status).toBe('success');
  expect(main.log.join('\n')).toContain('API_KEY from secret API_KEY (masked) as output, variable');
  expect(main.log.join('\n')).toContain('CERTIFICATE from secret TLS_KEY (masked) as output, variable');
  expect(main.log.join('\n')).toContain('lease of APP_DB of shop/prd for 15m under ADMIN_ as output, variable');
  expect(main.log.at(-1)).toBe('dry run: 3 static, 1 leases; nothing was delivered or leased');
  expect([main.outputs, main.env, main.state]).toEqual([{}, {}, {}]);
  expect(proxy.requests.map(({ method }) => method)).toEqual(['GET']);
  expect(await world.leases()).toEqual([]);
  expect(post?.rawStdout ?? '').toBe('');
  for (const value of Object.values(world.shop.values).filter((one) => one !== world.shop.values.API_URL)) {
    expect(main.rawStdout).not.toContain(value.split('\n')[1] ?? value);
  }
});

test('its summary is the same table under another title', async () => {
  const { main } = await world.runOnce({ 'dry-run': 'true', secrets: 'API_KEY', dynamic: 'true' });
  expect(main.summary).toContain('dry run: nothing was delivered or leased');
  expect(main.summary).toContain('|  | `lease of APP_DB` | masked | output | after 30m |');
});

test('what would fail fails', async () => {
  const { main, report } = await world.runOnce({ 'dry-run': 'true', secrets: 'API_KEY\nABSENT' });
  expect(report.status).toBe('failure');
  expect(annotationsOf(main, 'error')[0]).toMatch(/ABSENT/);
});
