// Every resource of ours lives through generated lives against a real engine, and keeps Terraform's own rules.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Attrs } from '#provider/framework/schema/attribute.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { objectType } from '#provider/framework/schema/wire-schema.js';
import { objectValue, type Value } from '#provider/wire/types.js';
import { configOf, liveThrough, type Subject } from '../support/conformance.ts';
import { type Core, coreOf, pack, told } from '../support/rpc-client.ts';
import { realProvider, SecretsWorld } from '../support/secrets-world.ts';

const provider = realProvider();
let world: SecretsWorld;
let core: Core;

beforeAll(async () => {
  world = await SecretsWorld.start();
  core = coreOf(providerServer(provider, { clock: systemClock, log: () => undefined }));
  const block = { host: world.url, token: world.token, oidc: null, read_only: null, max_retries: null };
  const config = pack(objectType(provider.attrs), block);
  expect(told(await core('ConfigureProvider', { terraform_version: '1.11.4', config }))).toEqual([]);
  for (const project of ['p1', 'p2']) {
    await world.engine.must('POST', '/v3/projects', { name: project, create_default_environments: false });
    await world.engine.must('POST', '/v3/environments', { project, name: 'Production', slug: 'prd' });
  }
  const shared = { project: 'p1', environment: 'prd', name: 'prd_shared' };
  await world.engine.must('POST', '/v3/configs', shared);
  await world.engine.must('POST', '/v3/configs/config/inheritable', {
    project: 'p1',
    config: 'prd_shared',
    inheritable: true,
  });
  const account = await world.engine.must('POST', '/v3/workplace/service_accounts', { name: 'ci' });
  accounts.push((account['service_account'] as { slug: string }).slug);
  const lent = { role_arns: [`${ARN}:role/a`], policy_arns: [`${ARN}:policy/read`], groups: ['readers'] };
  await world.engine.must('POST', '/v3/integrations', {
    type: 'aws',
    name: 'aws',
    data: { region: 'eu-central-1', access_key_id: 'AKIAAAAAAAAAAAAAAAAA', secret_access_key: 'planted' },
    allowed: ['p1', 'p2'],
    ceiling: { ...lent, permissions_boundary: `${ARN}:policy/b`, max_ttl_sec: 3600 },
  });
  await world.engine.must('POST', '/v3/integrations', {
    type: 'postgres',
    name: 'db',
    data: { host: world.database.host, port: world.database.port, database: 'shop', ...world.admin },
    allowed: ['p1', 'p2'],
    ceiling: { group_roles: ['shop_reader'], max_ttl_sec: 3600 },
  });
});
// All lives together are more than one token may ask in a minute: the rest would be waiting.
beforeEach(() => world.restartEngine());
afterAll(() => world?.stop());

type Given = Omit<Subject, 'core' | 'typeName' | 'attrs'>;
const one = (...values: readonly string[]): fc.Arbitrary<Value> => fc.constantFrom<Value>(...values);
const texts = (...values: readonly string[]): fc.Arbitrary<Value> =>
  fc.constantFrom<Value>([], [...values], values.slice(0, 1));
const place = { project: one('p1', 'p2'), config: fc.constant<Value>('prd') };
const unprotected = { deletion_protection: fc.constant<Value>(false) };

const generated = fc
  .tuple(fc.constantFrom<Value>(null, 8, 32), fc.constantFrom<Value>(null, 'hex', 'alphanumeric'))
  .map(([length, charset]) =>
    objectValue([
      ['length', length],
      ['charset', charset],
    ]),
  );
const ARN = 'arn:aws:iam::123456789012';
const CEILING = ['role_arns', 'policy_arns', 'groups', 'permissions_boundary', 'federation_token', 'max_ttl_sec'];
const ceiling = (held: Record<string, Value>): Value => objectValue(CEILING.map((name) => [name, held[name] ?? null]));
const leased = {
  ...place,
  integration: one('aws'),
  key_map: fc.constantFrom<Value>(null, new Map([['region', 'REGION']])),
};
const member = (role: string, environments: Value) =>
  objectValue([
    ['role', role],
    ['environments', environments],
  ]);
const claims = (sub: string): Value =>
  new Map<string, Value>([
    ['aud', ['https://secrets.example']],
    ['sub', [sub]],
  ]);
/** The account that the test makes; known only then. */
const accounts: string[] = [];

const GIVEN: Readonly<Record<string, Given>> = {
  project: {
    values: { name: one('made', 'other'), description: one('', 'd'), ...unprotected },
  },
  environment: {
    values: {
      project: place.project,
      slug: one('stg', 'dev'),
      name: one('Staging', 'Stage'),
      ...unprotected,
    },
  },
  config: {
    values: {
      project: place.project,
      environment: one('prd'),
      name: one('prd_a', 'prd_b'),
      inherits: texts('p1/prd_shared'),
      ...unprotected,
    },
    settle: (held) => {
      // What inherits is not inherited from.
      if (Array.isArray(held['inherits']) && held['inherits'].length > 0) held['inheritable'] = false;
    },
  },
  secret: {
    values: {
      ...place,
      name: one('A', 'B_1'),
      value_wo: one('v1', 'v2'),
      external: fc.constant<Value>(null),
      generate: fc.option(generated),
      ...unprotected,
    },
    settle: (held) => {
      if (held['generate'] === null) held['value_wo'] ??= 'v0';
      else held['value_wo'] = null;
    },
  },
  service_token: {
    values: {
      ...place,
      name: one('ci', 'cd'),
      expires_at: one('2099-01-31T12:00:00Z', '2099-01-31T12:00:00.000Z'),
      // No key is taken twice.
      key_wo: fc.constant(null).map(() => `dp.st.prd.${randomBytes(20).toString('hex')}`),
      key_wo_version: one('1', '2'),
    },
  },
  service_account: {
    values: {
      name: one('ci', 'deploy'),
      workplace_role: one('viewer', 'no_access'),
      permissions: texts('create_enclave_project'),
      projects: fc.constantFrom<Value>(
        new Map(),
        new Map([['p1', member('viewer', null)]]),
        new Map([
          ['p1', member('collaborator', ['prd'])],
          ['p2', member('admin', null)],
        ]),
      ),
    },
    settle: (held) => {
      if (held['workplace_role'] !== null) held['permissions'] = null;
    },
  },
  oidc_identity: {
    values: {
      service_account: fc.constant(null).map(() => accounts[0] ?? ''),
      name: one('github', 'gitlab'),
      discovery_url: one('https://token.actions.githubusercontent.com', 'https://gitlab.example'),
      claims: fc.constantFrom<Value>(
        claims('repo:org/app:ref:refs/heads/main'),
        claims('repo:org/app:environment:prd'),
      ),
      ttl_sec: fc.constantFrom<Value>(60, 900),
    },
  },
  integration_aws: {
    values: {
      name: one('aws1', 'aws2'),
      region: one('eu-central-1', 'us-east-1'),
      access_key_id: one('AKIAAAAAAAAAAAAAAAAA'),
      secret_access_key_wo: one('k1', 'k2'),
      secret_access_key_wo_version: one('1', '2'),
      session_token_wo: fc.constant<Value>(null),
      role_arn: one(`${ARN}:role/engine`),
      external_id: one('shop-7'),
      endpoints: fc.constant<Value>(null),
      allowed: texts('p1', 'p1/prd'),
      ceiling: fc.constantFrom<Value>(
        ceiling({}),
        ceiling({ role_arns: [`${ARN}:role/a`], federation_token: true }),
        ceiling({ policy_arns: [`${ARN}:policy/read`], groups: ['readers'], permissions_boundary: `${ARN}:policy/b` }),
      ),
    },
  },
  dynamic_secret_aws_sts: {
    values: {
      ...leased,
      name: one('STS_A', 'STS_B'),
      method: one('assume_role'),
      role_arn: one(`${ARN}:role/a`),
      external_id: one('shop-8'),
      source_identity: one('ci'),
      policy: one('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'),
      policy_arns: texts(`${ARN}:policy/read`),
      session_tags: fc.constant<Value>(new Map([['team', 'web']])),
      transitive_tag_keys: fc.constantFrom<Value>(null, ['team']),
      default_ttl_sec: fc.constantFrom<Value>(900, 1800),
      max_ttl_sec: fc.constantFrom<Value>(1800, 3600),
    },
    settle: (held) => {
      held['role_arn'] ??= `${ARN}:role/a`;
      held['max_ttl_sec'] ??= 3600;
      if (held['transitive_tag_keys'] !== null) held['session_tags'] ??= new Map([['team', 'web']]);
    },
  },
  dynamic_secret_aws_iam_user: {
    values: {
      ...leased,
      name: one('USER_A', 'USER_B'),
      policy_arns: texts(`${ARN}:policy/read`),
      groups: texts('readers'),
      policy: fc.constant<Value>(null),
      permissions_boundary: one(`${ARN}:policy/b`),
      tags: fc.constant<Value>(new Map([['team', 'web']])),
      default_ttl_sec: fc.constantFrom<Value>(60, 600),
      max_ttl_sec: fc.constantFrom<Value>(600, 3600),
    },
    settle: (held) => {
      held['groups'] = ['readers'];
      held['permissions_boundary'] = `${ARN}:policy/b`;
      held['max_ttl_sec'] ??= 3600;
    },
  },
  integration_postgres: {
    values: {
      name: one('own', 'two'),
      password_wo_version: one('1', '2'),
      host: one('127.0.0.1'),
      database: one('shop'),
      username: one('u'),
      sslmode: one('disable'),
      ca: fc.constant<Value>(null),
      password_wo: one('pw1', 'pw2'),
      databases: texts('a', 'b'),
      allowed: texts('p1', 'p1/prd'),
      ceiling: fc
        .tuple(texts('r1', 'r2'), fc.option(texts('shop')), fc.option(fc.integer({ min: 1, max: 3600 })))
        .map(([roles, databases, longest]) =>
          objectValue([
            ['group_roles', roles],
            ['databases', databases],
            ['max_ttl_sec', longest],
          ]),
        ),
    },
  },
  dynamic_secret_postgres: {
    values: {
      ...place,
      name: one('DB_A', 'DB_B'),
      integration: one('db'),
      group_roles: fc.constant<Value>(['shop_reader']),
      databases: texts('shop'),
      owned: one('drop', 'reassign'),
      key_map: fc.constantFrom<Value>(new Map(), new Map([['url', 'DATABASE_URL']])),
      default_ttl_sec: fc.constantFrom<Value>(60, 600),
      max_ttl_sec: fc.constantFrom<Value>(600, 3600),
    },
    settle: (held) => {
      held['max_ttl_sec'] ??= 3600;
    },
  },
};

test('there is a row for every resource', () => {
  expect(provider.resources?.map(({ name }) => name).sort()).toEqual(Object.keys(GIVEN).sort());
});

test.each(Object.keys(GIVEN))('every generated life of %s keeps the rules of Terraform', async (name) => {
  const found = provider.resources?.find((resource) => resource.name === name);
  const attrs = found?.words.attrs as Attrs;
  const subject: Subject = { core, typeName: `secrets_${name}`, attrs, ...GIVEN[name] };
  await fc.assert(
    fc.asyncProperty(configOf(subject), configOf(subject), (first, second) => liveThrough(subject, first, second)),
    // What a failed life leaves in the engine would fail every smaller one too.
    { numRuns: 15, endOnFailure: true },
  );
});
