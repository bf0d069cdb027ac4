// The model beside a public simulator (emulate), for what both have: the same calls, the same answers and refusals.
import { randomUUID } from 'node:crypto';
import { createEmulator, type Emulator } from 'emulate';
import fc from 'fast-check';
import type { AwsError, AwsSession, CallName, Calls } from '#engine/integrations/aws/calls.js';
import type { Endpoints } from '#engine/integrations/aws/connection.js';
import { ADMIN, type Callers, callersAt, callersOf, given } from './caller.ts';
import { type AwsModel, startAwsModel } from './model.ts';
import { credentialsOf, localIntegration, policy } from './shop.ts';

/** The key that the simulator always has; it verifies no signature. */
const SIMULATED = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const ROLE = 'arn:aws:iam::123456789012:role/deploy';

const HOUR_MS = 3_600_000;

let simulator: Emulator;
let model: AwsModel;
let callers: Callers[];
let sides: AwsSession[];
let endpoints: Endpoints;
beforeEach(async () => {
  model = await startAwsModel();
  const admin = model.addUser('admin', ADMIN);
  const trust = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  model.addRole('deploy', { trust, policy: ADMIN, maxSessionSec: 3600 });
  simulator = await createEmulator({
    service: 'aws',
    port: 0,
    seed: { aws: { iam: { roles: [{ role_name: 'deploy' }] } } },
  });
  const url = simulator.url.replace('localhost', '127.0.0.1');
  endpoints = { sts: `${url}/sts/`, iam: `${url}/iam/` };
  const there = callersAt({ endpoints, now: Date.now });
  const here = callersOf(model);
  callers = [here, there];
  sides = [await here.as(admin), await there.as(SIMULATED)];
});
afterEach(async () => {
  for (const caller of callers) caller.end();
  await simulator.close();
  await model.close();
});

/** What each says of a call, ours first: its answer as `read` sees it, or the code of the refusal. */
async function both<Name extends CallName>(
  name: Name,
  input: Calls[Name][0] | ((side: number) => Calls[Name][0]),
  read: (answer: Calls[Name][1]) => unknown = () => 'done',
): Promise<unknown[]> {
  const said: unknown[] = [];
  for (const [side, session] of sides.entries()) {
    const asked = session.call(name, typeof input === 'function' ? input(side) : input);
    said.push(await asked.then(read, (error: AwsError) => error.code.replace(/Exception$/, '')));
  }
  return said;
}

const USERS = ['lease-a', 'lease-b'];
const STEPS = ['create', 'delete', 'key', 'unkey', 'keys', 'users'] as const;
const stepOf = fc.record({ user: fc.constantFrom(...USERS), what: fc.constantFrom(...STEPS) });
type Step = { user: string; what: (typeof STEPS)[number] };
/** By user: of each key its id at either side. */
type Keys = Map<string, string[][]>;

/**
 * Left out is where it is known to be lax: a third key (LimitExceeded), a user who has one (DeleteConflict), a key that
 * is not there (NoSuchEntity).
 */
async function take({ user: UserName, what }: Step, keys: Keys): Promise<unknown[]> {
  const had = keys.get(UserName) ?? [];
  if (what === 'create') {
    return both('iam:CreateUser', { UserName, Path: '/leases/' }, ({ User }) => [
      User?.UserName,
      User?.Path,
      User?.Arn,
    ]);
  }
  if (what === 'delete' && had.length === 0) return both('iam:DeleteUser', { UserName });
  if (what === 'key' && had.length < 2) {
    const ids: string[] = [];
    const said = await both('iam:CreateAccessKey', { UserName }, ({ AccessKey }) => {
      const AccessKeyId = AccessKey?.AccessKeyId ?? '';
      ids.push(AccessKeyId);
      return [
        AccessKey?.UserName,
        AccessKey?.Status,
        /^AKIA[A-Z0-9]{16}$/.test(AccessKeyId),
        AccessKey?.SecretAccessKey?.length,
      ];
    });
    if (ids.length > 0) keys.set(UserName, [...had, ids]);
    return said;
  }
  const [first, ...others] = had;
  if (what === 'unkey' && first) {
    keys.set(UserName, others);
    return both('iam:DeleteAccessKey', (side) => ({ UserName, AccessKeyId: first[side] }));
  }
  if (what === 'users') {
    const named = (one: { UserName?: string | undefined }) => one.UserName ?? '';
    return both('iam:ListUsers', {}, ({ Users = [] }) =>
      Users.map(named)
        .filter((name) => USERS.includes(name))
        .sort(),
    );
  }
  return both('iam:ListAccessKeys', { UserName }, ({ AccessKeyMetadata = [] }) =>
    AccessKeyMetadata.map((one) => [one.UserName, one.Status]),
  );
}

test('users and their keys: any calls have the same answers and refusals at both', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf, { minLength: 4, maxLength: 16 }), async (steps) => {
      const keys: Keys = new Map();
      for (const step of steps) {
        const [ours, theirs] = await take(step, keys);
        expect({ step, said: ours }).toEqual({ step, said: theirs });
      }
      for (const user of USERS) {
        while ((keys.get(user) ?? []).length > 0) await take({ user, what: 'unkey' }, keys);
        await take({ user, what: 'delete' }, keys);
      }
    }),
    { numRuns: 20 },
  );
});

test('roles and sessions: who one is, a role, and a session of it have the same shape at both', async () => {
  const account = ({ Account, Arn }: { Account?: string | undefined; Arn?: string | undefined }) => [Account, Arn];
  const answers = [
    await both('sts:GetCallerIdentity', {}, account),
    await both('iam:GetRole', { RoleName: 'deploy' }, ({ Role }) => [Role?.RoleName, Role?.Arn, Role?.Path]),
    await both('iam:GetRole', { RoleName: 'nobody' }),
    await both('sts:AssumeRole', { RoleArn: ROLE, RoleSessionName: 'lease-x' }, ({ AssumedRoleUser, ...answer }) => {
      const { accessKeyId, sessionToken = '' } = given(answer);
      return [
        /^ASIA[A-Z0-9]{16}$/.test(accessKeyId),
        sessionToken !== '',
        AssumedRoleUser?.AssumedRoleId?.split(':')[1],
      ];
    }),
  ];
  for (const [ours, theirs] of answers) expect(ours).toEqual(theirs);
});

test('a session is leased from the simulator as from the model', async () => {
  const integration = localIntegration({ now: Date.now });
  const { accessKeyId: access_key_id, secretAccessKey: secret_access_key } = SIMULATED;
  const data = { region: 'eu-central-1', access_key_id, secret_access_key, endpoints };
  const parameters = integration.checkParameters('aws_sts', { role_arn: ROLE }).value;
  const about = { leaseId: randomUUID(), engineId: 'test0001', kind: 'aws_sts', data, parameters } as const;
  const { plan } = integration.plan(about);
  const at = Date.now();
  const times = { expiresAt: at + HOUR_MS, hardExpiresAt: at + HOUR_MS, deadlineAt: at + HOUR_MS };
  const fields = await integration.create({ plan, data, ...times }, new AbortController().signal);
  const { accessKeyId, sessionToken } = credentialsOf(fields);
  expect([accessKeyId.slice(0, 4), sessionToken === undefined, fields.get('region')?.reveal()]).toEqual([
    ...['ASIA', false, 'eu-central-1'],
  ]);
});
