// A second project beside the shop, with a database login of its own, and a service account that reads both.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { field } from './people.ts';
import type { World } from './scenario.ts';

export type SecondProject = {
  /** Of a service account that reads and leases in `shop/prd` and `infra/prd`. */
  token: string;
  /** The values of `infra/prd`; DATABASE is JSON. */
  values: { REGION: string; DATABASE: string };
  /** The password in DATABASE. */
  password: string;
};

/** Declares `infra/prd` with REGION (unmasked), DATABASE and the dynamic secret INFRA_DB. */
export async function declareSecondProject(world: World): Promise<SecondProject> {
  const { engine } = world;
  const password = `pw-${randomBytes(15).toString('base64url')}`;
  const values = {
    REGION: 'eu-central-1',
    DATABASE: JSON.stringify({ user: { name: 'reporting', password }, port: 5432 }),
  };
  await engine.must('POST', '/v3/projects', { name: 'infra', create_default_environments: false });
  await engine.must('POST', '/v3/environments', { project: 'infra', name: 'Production', slug: 'prd' });
  await engine.must('POST', '/v3/configs/config/secrets', {
    project: 'infra',
    config: 'prd',
    change_requests: [
      { name: 'REGION', originalName: null, value: values.REGION, visibility: 'unmasked' },
      { name: 'DATABASE', originalName: null, value: values.DATABASE, visibility: 'masked' },
    ],
  });
  await engine.must('POST', '/v3/integrations', {
    type: 'postgres',
    name: 'infra-database',
    data: { host: world.database.host, port: world.database.port, database: 'shop', ...(await engineRole(world)) },
    allowed: ['infra/prd'],
    ceiling: { group_roles: ['shop_reader'], max_ttl_sec: 3600 },
  });
  await engine.must('POST', '/v3/configs/config/dynamic_secrets', {
    project: 'infra',
    config: 'prd',
    name: 'INFRA_DB',
    kind: 'postgres',
    integration: 'infra-database',
    parameters: { group_role: 'shop_reader' },
    default_ttl_sec: 900,
    max_ttl_sec: 3600,
  });
  return { token: await account(world), values, password };
}

async function engineRole(world: World): Promise<{ username: string; password: string }> {
  const password = randomBytes(18).toString('base64url');
  const client = new Client({ connectionString: world.database.url('postgres') });
  await client.connect();
  try {
    await client.query(`create role infra_engine login createrole password '${password}'`);
    await client.query('grant shop_reader to infra_engine with admin option');
  } finally {
    await client.end();
  }
  return { username: 'infra_engine', password };
}

async function account({ engine }: World): Promise<string> {
  const accounts = '/v3/workplace/service_accounts';
  const made = await engine.must('POST', accounts, { name: 'ci', workplace_role: { identifier: 'no_access' } });
  const slug = field(made, 'service_account.slug');
  for (const project of ['shop', 'infra']) {
    const member = { project, type: 'service_account', slug, role: 'collaborator' };
    await engine.must('POST', '/v3/projects/project/members', member);
  }
  return field(await engine.must('POST', `${accounts}/service_account/${slug}/tokens`, { name: 'ci' }), 'api_key');
}
