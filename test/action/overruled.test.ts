// A leased AWS key is the one that is used: what would stand over it is blanked, and nothing else is.
import { inject } from '#action/inject.js';
import { Sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../support/memory-runner.ts';

function exported(names: readonly string[], env: Record<string, string>, { leased = true, exportEnv = true } = {}) {
  const runner = new MemoryRunner({}, env);
  const deliveries = names.map((name) => ({
    name,
    value: new Sensitive(`value of ${name}`),
    visibility: 'masked' as const,
    source: 'a lease',
    ...(leased ? { expiresAt: 1 } : {}),
  }));
  inject(runner, deliveries, { leaseIds: [], expiresAt: undefined }, { exportEnv });
  return Object.fromEntries(runner.variables);
}
const OLD = { AWS_PROFILE: 'old', AWS_SESSION_TOKEN: 'old', AWS_SECURITY_TOKEN: '', AWS_REGION: 'eu-west-1' };

test('a left session token and profile are blanked beside the key of a user', () => {
  expect(exported(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], OLD)).toEqual({
    AWS_ACCESS_KEY_ID: 'value of AWS_ACCESS_KEY_ID',
    AWS_SECRET_ACCESS_KEY: 'value of AWS_SECRET_ACCESS_KEY',
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
  });
});

test('the session token of the lease itself stays', () => {
  const found = exported(['AWS_ACCESS_KEY_ID', 'AWS_SESSION_TOKEN'], OLD);
  expect(found).toMatchObject({ AWS_SESSION_TOKEN: 'value of AWS_SESSION_TOKEN', AWS_PROFILE: '' });
});

test('nothing is blanked for a static key, for other leases, or where nothing is exported', () => {
  expect(exported(['AWS_ACCESS_KEY_ID'], OLD, { leased: false })).not.toHaveProperty('AWS_PROFILE');
  expect(exported(['DB_URL'], OLD)).toEqual({ DB_URL: 'value of DB_URL' });
  expect(exported(['AWS_ACCESS_KEY_ID'], OLD, { exportEnv: false })).toEqual({});
});
