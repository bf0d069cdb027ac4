// Which leases become profiles that renew themselves: AWS sessions of a job that can sign in again, and nothing else.
import { readBrief } from '#action/credentials/brief.js';
import { type RenewingJob, renewingProfiles } from '#action/credentials/plan.js';
import { DIRECT } from '#client/network.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import { sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

const { setId } = newLeaseHandle();
const NOW = Date.UTC(2026, 0, 1);
const SESSION = {
  AWS_ACCESS_KEY_ID: 'ASIAXXXXXXXXXXXXXXXX',
  AWS_SECRET_ACCESS_KEY: 's3cret/',
  AWS_SESSION_TOKEN: 't0ken',
};

const leaseOf = (fields: Record<string, string>, prefix?: string) => ({
  ...{ id: 'l1', project: 'shop', config: 'prd', dynamic: 'DEPLOY', ttlSec: 900, prefix, expiresAt: NOW + 900_000 },
  fields: new Map(Object.entries(fields).map(([name, value]) => [name, sensitive(value)])),
});
type Inputs = RenewingJob['inputs'];
const INPUTS: Inputs = {
  backend: 'doppler',
  apiUrl: 'https://secrets.example',
  credential: { identity: 'id-1', audience: 'https://secrets.example' },
  file: { path: 'aws', format: 'aws-profile' },
  run: undefined,
  leasing: { dynamic: 'all', ttlSec: 900, renew: true, renewForSec: 60, waitUsable: true, allowedAccountIds: ['1'] },
};
const plan = (more: Partial<RenewingJob> & { with?: Partial<Inputs> } = {}) => {
  const { with: inputs, ...rest } = more;
  const whole = { runner: new MemoryRunner({}), network: DIRECT, setId, leases: [leaseOf(SESSION)], now: NOW };
  return renewingProfiles({ ...whole, ...rest, inputs: { ...INPUTS, ...inputs } });
};

test('the brief says where and as whom to lease again, and holds no value', () => {
  const [profile] = plan();
  const { v: _, ...written } = JSON.parse(profile?.brief ?? '') as Record<string, unknown>;
  expect(written).toEqual({
    backend: 'doppler',
    apiUrl: 'https://secrets.example',
    identity: 'id-1',
    audience: 'https://secrets.example',
    scope: { project: 'shop', config: 'prd' },
    dynamic: 'DEPLOY',
    ttlSec: 900,
    setId,
    until: NOW + 60_000,
    allowedAccountIds: ['1'],
    network: { proxy: null, noProxy: '', allowInsecureHttp: false },
    trust: expect.stringMatching(/^[\w-]{43}$/),
  });
  for (const value of Object.values(SESSION)) expect(profile?.brief).not.toContain(value);
  expect(readBrief(profile?.brief ?? '')).toMatchObject({ dynamic: 'DEPLOY' });
});

test.each([
  ['', SESSION, undefined],
  ['PROD_', SESSION, 'PROD_'],
  ['', { AccessKeyId: 'ASIAXXXXXXXXXXXXXXXX', SecretAccessKey: 's', SessionToken: 't' }, undefined],
])('the profile of the prefix %j takes the place of the keys', (prefix, fields, asked) => {
  expect(plan({ leases: [leaseOf(fields, asked)] }).map((one) => one.prefix)).toEqual([prefix]);
});

const noToken = { AWS_ACCESS_KEY_ID: 'AKIAXXXXXXXXXXXXXXXX', AWS_SECRET_ACCESS_KEY: 's' };
const via = (proxy: string) => ({ ...DIRECT, proxy: sensitive(proxy) });
test.each<[string, Parameters<typeof plan>[0], number]>([
  ['renew is not asked for', { with: { leasing: { ...INPUTS.leasing, renew: false } } }, 0],
  ['there is no file', { with: { file: undefined } }, 0],
  ['the file is of another format', { with: { file: { path: 'x', format: 'env' } } }, 0],
  [
    'a script alone gets the values',
    { with: { run: { script: 'x', shell: undefined, workingDirectory: undefined } } },
    0,
  ],
  ['the workflow gave a token', { with: { credential: { token: sensitive('dp.st.x') } } }, 0],
  ['it is a cloud', { setId: undefined }, 0],
  ['the key is of a user, which the keeper renews', { leases: [leaseOf(noToken)] }, 0],
  ['the lease is no AWS credential', { leases: [leaseOf({ APP_DB_URL: 'x' })] }, 0],
  ['a proxy wants a login', { network: via('http://user:pass@proxy:1') }, 0],
  ['we show a certificate', { network: { ...DIRECT, client: { certificate: 'c', key: sensitive('k') } } }, 0],
  ['a proxy wants none', { network: via('http://proxy:1') }, 1],
  ['the CA is ours', { network: { ...DIRECT, ca: 'pem' } }, 1],
])('when %s', (_, job, count) => {
  expect(plan(job)).toHaveLength(count);
});
