// Doppler's node SDK against the engine in its own process: every method is served in a story, or refused with a reason.
import { World } from '../../support/scenario.ts';
import { must } from '../must.ts';
import { REFUSED, SERVED } from './methods.ts';
import { RecordedSdk, type SdkError, sdkMethods } from './recorded-sdk.ts';
import * as configStories from './stories-config.ts';
import * as peopleStories from './stories-people.ts';

let world: World;
let recorded: RecordedSdk;
let user: string;
let valueToken: string | undefined;

beforeAll(async () => {
  world = await World.start();
  recorded = new RecordedSdk(world.engine.url);
  const invited = await world.engine.must('POST', '/v3/workplace/users', { email: 'ada@example.com' });
  user = (invited['workplace_user'] as { id: string }).id;
}, 120_000);
afterAll(() => world.stop());

const admin = () => recorded.as(world.engine.folder.adminToken);
const reader = () => recorded.as(must(valueToken));

test('projects, environments and configs are made, read, changed and deleted', async () => {
  await configStories.projects(admin());
  await configStories.environments(admin());
  await configStories.configs(admin());
  await configStories.trustedIps(admin());
});

test('secrets are set, referred to, read, noted and deleted, and the log takes the deletion back', async () => {
  valueToken = await configStories.serviceTokens(admin());
  await configStories.secrets(reader());
  await configStories.configLogs(reader());
  await configStories.activityLogs(admin());
});

test('a lease logs in until it is revoked', () =>
  peopleStories.leases(recorded.as(world.shop.token), (url) => world.tryLogin(url)));

test('users, groups, roles and members are told, made, changed and deleted', async () => {
  await peopleStories.workplace(admin());
  await peopleStories.users(admin(), user);
  await peopleStories.groups(admin(), user);
  await peopleStories.roles(admin());
  await peopleStories.members(admin(), user);
});

test('service accounts and their tokens, integrations and webhooks are made, changed and deleted', async () => {
  await peopleStories.serviceAccounts(admin());
  await peopleStories.integrations(admin());
  await peopleStories.webhooks(admin());
});

test('what is refused is refused with the words of the list', async () => {
  const sdk = admin();
  const calls: Record<string, () => Promise<unknown>> = {
    'get.options': () => sdk.get.options('shop-database'),
    'syncs.create': () => sdk.syncs.create({ integration: 'x', data: {} }, 'shop', 'prd'),
    'syncs.get': () => sdk.syncs.get('shop', 'prd', 'x'),
    'syncs.delete': () => sdk.syncs.delete('shop', 'prd', 'x', true),
  };
  const told: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(calls)) {
    told[name] = await call().catch(({ statusCode, detail }: SdkError) => [statusCode, detail.messages[0]]);
  }
  expect(told).toEqual(Object.fromEntries(Object.entries(REFUSED).map(([name, why]) => [name, [501, why]])));
});

test('the lists name every method of the SDK, and every served one was answered', () => {
  const served = Object.entries(SERVED).flatMap(([service, names]) => names.map((name) => `${service}.${name}`));
  expect([...served, ...Object.keys(REFUSED)].sort()).toEqual(sdkMethods().sort());
  expect([...recorded.answered].sort()).toEqual(served.sort());
});
