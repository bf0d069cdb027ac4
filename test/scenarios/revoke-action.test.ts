// Ending leases before the job is over, by the action in revoke/: what it ends, what it leaves to post, what it says.
import { resolve } from 'node:path';
import { otherNode } from '../support/nodes.ts';
import { annotationsOf, World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

const inputs = { secrets: 'API_KEY', dynamic: 'APP_DB', project: 'shop', config: 'prd' };

async function run(more: Record<string, string> = {}, options: { node?: string; apiUrl?: string } = {}) {
  const { node, apiUrl = world.engine.url } = options;
  const job = world.job(node === undefined ? {} : { node });
  const main = await job.uses({ id: 'secrets', with: world.inputs({ ...inputs, 'api-url': apiUrl }) });
  const given = { token: world.shop.token, 'api-url': apiUrl, 'lease-ids': main.outputs['lease-ids'] ?? '', ...more };
  const early = await job.uses({ action: resolve('revoke'), name: 'early', with: given, continueOnError: true });
  const login = await world.tryLogin(main.outputs['APP_DB_URL'] ?? '');
  const report = await job.finish();
  return { early, login, report, post: report.steps.at(-1) };
}

test.each([...new Set([process.execPath, otherNode()])])(
  'the leases of a step end at once, and post finds them ended (%s)',
  async (node) => {
    const { early, login, report, post } = await run({}, { node });
    expect([early.outcome, login]).toEqual(['success', expect.stringMatching(/^28/)]);
    expect(early.rawStdout).toContain('1 leased, 1 revoked, 0 left');
    expect(post?.rawStdout).toContain('1 leased, 1 revoked, 0 left');
    expect(report.status).toBe('success');
  },
);

test('so it is towards a cloud', async () => {
  const { early, login, post } = await run({}, { apiUrl: await world.cloud() });
  expect([early.outcome, login]).toEqual(['success', expect.stringMatching(/^28/)]);
  expect(post?.rawStdout).toContain('1 leased, 1 revoked, 0 left');
});

test.each(['', '{}', '[{"backend":"doppler"}]', 'null', '[1]'])(
  'lease-ids of %p are one error, and nothing is asked',
  async (ids) => {
    const { early, login } = await run({ 'lease-ids': ids });
    expect(annotationsOf(early, 'error')).toEqual([
      expect.stringMatching(/^lease-ids is not the lease-ids output of this action: write it like /),
    ]);
    expect(login).toBe(3);
  },
);

test.each<[Record<string, string>, RegExp]>([
  [{ 'api-url': 'nowhere' }, /^api-url is not an address: /],
  [{ token: '' }, /^token is empty: /],
  [{ proxy: 'socks5://127.0.0.1:1' }, /^proxy is not an address: /],
  [{ 'on-revoke-failure': 'erorr' }, /^on-revoke-failure is none of warn, error/],
])('%j is named in one error, and nothing is asked', async (more, text) => {
  const job = world.job();
  const given = { token: world.shop.token, 'api-url': world.engine.url, 'lease-ids': '[]', ...more };
  const early = await job.uses({ action: resolve('revoke'), with: given });
  expect([early.outcome, annotationsOf(early, 'error')]).toEqual(['failure', [expect.stringMatching(text)]]);
});

test('a lease that it may not end is an error, or a warning where that was asked for; post ends it', async () => {
  const made = await world.engine.must('POST', '/v3/configs/config/tokens', {
    project: 'shop',
    config: 'prd',
    name: 'other',
    access: 'read',
  });
  const token = (made['token'] as { key: string }).key;
  const failed = await run({ token });
  expect(failed.early.outcome).toBe('failure');
  expect(annotationsOf(failed.early, 'error')).toEqual([expect.stringMatching(/^1 leased, 0 revoked, 1 left\. /)]);
  expect(failed.post?.rawStdout).toContain('1 leased, 1 revoked, 0 left');
  const warned = await run({ token, 'on-revoke-failure': 'warn' });
  expect([warned.early.outcome, annotationsOf(warned.early, 'warning').length]).toEqual(['success', 1]);
});

test('on-revoke-failure: error makes post fail the job when a lease is left', async () => {
  const far = await world.proxy([
    { method: 'DELETE', answer: { kind: 'answer', status: 403, body: '{"messages":["no"],"success":false}' } },
  ]);
  const { report } = await world.runOnce({ ...inputs, 'api-url': far.url, 'on-revoke-failure': 'error' });
  expect(report.status).toBe('failure');
  expect(annotationsOf(report.steps.at(-1), 'error')).toEqual([
    expect.stringMatching(/^1 leased, 0 revoked, 1 left, expires /),
  ]);
});
