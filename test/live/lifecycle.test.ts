// The script for a real account, against the model: it tells every step, fails where AWS differs, and leaves nothing.
import type { Clock } from '#core/clock.js';
import { type AwsShop, credentialsOf, localIntegration, policy, startAwsShop } from '../support/aws/shop.ts';
import { lifecycle, type Probe } from './lifecycle.ts';

let now: number;
let shop: AwsShop;
let told: string[];
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  told = [];
  shop = await startAwsShop({ now: () => now });
  const role = shop.model.account.roles.get('deploy');
  const rights = policy({ Effect: 'Allow', Action: 'sts:GetAccessKeyInfo', Resource: '*' });
  role?.inline.set('rights', { text: JSON.stringify(rights), statements: rights.Statement as never });
});
afterEach(() => shop.close());

const run = (probe: Probe) => {
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms) => void (now += ms),
  };
  const integration = localIntegration({ now: () => now, slept: (ms) => void (now += ms) });
  const tell = (line: string) => void told.push(line);
  return lifecycle({ integration, data: shop.data, roleArn: shop.roleArn, probe, clock, tell });
};

test('on an account that does as AWS says every step is ok, and no user is left', async () => {
  shop.model.account.lagMs = 2000;
  const probe: Probe = async (fields) => shop.model.may(credentialsOf(fields), 'sts:GetAccessKeyInfo');
  expect(await run(probe)).toBe(true);
  expect(told.map((line) => line.replace(/ \(\d+ s\)$/, '')).slice(0, -1)).toEqual([
    'user usable ok',
    'user renewed',
    'user still usable after its first end ok',
    'user dead by itself ok',
    'user unknown after revoke ok',
    'session usable ok',
    'session denied after hard revoke ok',
  ]);
  expect([...shop.model.account.users.values()].filter(({ path }) => path !== '/')).toEqual([]);
});

test('a key that lives on is told as a failure, and its user is gone all the same', async () => {
  expect(await run(async () => 'yes')).toBe(false);
  expect(told.some((line) => line.startsWith('user dead by itself FAILED'))).toBe(true);
  expect([...shop.model.account.users.values()].filter(({ path }) => path !== '/')).toEqual([]);
});
