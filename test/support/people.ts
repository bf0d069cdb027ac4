// People for tests: an engine with an OIDC issuer, and a token of every kind for accounts of every standing.
import { startTestEngine, type TestEngine } from './engine.ts';
import { GITHUB, signingKey, TestIssuer } from './oidc-issuer.ts';

export type Standing =
  | 'read'
  | 'write'
  | 'admin'
  | 'owner'
  | 'collab'
  | 'viewer'
  | 'elsewhere'
  | 'nobody'
  | 'scim'
  | 'audit';
export type PeopleEngine = TestEngine & {
  issuer: TestIssuer;
  tokens: Record<Standing, string>;
  /** Slugs of the accounts: users `collab` and `viewer`, service accounts `owner` and `nobody`. */
  slugs: Record<'collab' | 'viewer' | 'owner' | 'nobody', string>;
  /** The fields of an answer, once it is one of success. */
  ok(token: string, request: string, body?: unknown): Promise<Record<string, unknown>>;
  user(email: string, access?: string): Promise<string>;
  serviceAccount(name: string, role?: string): Promise<string>;
  accountToken(account: string): Promise<string>;
  identity(account: string, more?: { claims?: object; single_use?: boolean; ttl?: number }): Promise<string>;
  exchange(identity: string, jwt: string): Promise<{ status: number; body: Record<string, unknown> }>;
  member(type: string, slug: string, role: string, environments?: readonly string[]): Promise<void>;
};

export const AUDIENCE = 'https://secrets.example';
const ACCOUNTS = '/workplace/service_accounts';

/** `identity.slug` and the like out of an answer. */
export function field(body: Record<string, unknown>, path: string): string {
  const found = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], body);
  if (typeof found !== 'string') throw new Error(`no text at ${path}`);
  return found;
}

export async function startPeopleEngine(): Promise<PeopleEngine> {
  const issuer = new TestIssuer(GITHUB, signingKey('rsa-1', 'RS256'));
  const engine = await startTestEngine({ fetchJson: issuer.fetchJson });
  issuer.clock.time = engine.now();
  const { admin } = engine;
  const ok: PeopleEngine['ok'] = async (token, request, body) => {
    const reply = await engine.send(token, request, { body });
    if (reply.status >= 300) throw new Error(`${request}: ${reply.status} ${reply.text}`);
    return reply.body;
  };
  const user: PeopleEngine['user'] = async (email, access = 'no_access') =>
    field(await ok(admin, 'POST /workplace/users', { email, access }), 'workplace_user.id');
  const serviceAccount: PeopleEngine['serviceAccount'] = async (name, role = 'no_access') =>
    field(await ok(admin, `POST ${ACCOUNTS}`, { name, workplace_role: { identifier: role } }), 'service_account.slug');
  const accountToken: PeopleEngine['accountToken'] = async (account) =>
    field(await ok(admin, `POST ${ACCOUNTS}/service_account/${account}/tokens`, { name: 'test' }), 'api_key');
  const identity: PeopleEngine['identity'] = async (account, { claims = {}, single_use, ttl = 900 } = {}) => {
    const all = { aud: [AUDIENCE], sub: ['repo:octo/hello:ref:refs/heads/main'], ...claims };
    const config = { discovery_url: GITHUB, claims_type: 'exact', claims: all, single_use };
    const body = { name: 'ci', method: 'oidc', config, ttl_seconds: ttl };
    return field(await ok(admin, `POST ${ACCOUNTS}/service_account/${account}/identities`, body), 'identity.slug');
  };
  const exchange: PeopleEngine['exchange'] = (id, token) =>
    engine.send(undefined, 'POST /auth/oidc', { body: { identity: id, token } });
  const member: PeopleEngine['member'] = async (type, slug, role, environments) =>
    void (await ok(admin, 'POST /projects/project/members', { project: 'app', type, slug, role, environments }));
  const parts = { engine, issuer, ok, user, serviceAccount, accountToken, identity, exchange, member };
  return { ...engine, ...parts, engine: engine.engine, ...(await everybody(parts)) };
}

type Making = Omit<PeopleEngine, keyof TestEngine | 'tokens' | 'slugs'> & { engine: TestEngine };

async function everybody(making: Making): Promise<Pick<PeopleEngine, 'tokens' | 'slugs'>> {
  const { engine, issuer, ok, user, serviceAccount, member } = making;
  const { admin } = engine;
  const slugs = {
    collab: await user('collab@example.com', 'collaborator'),
    viewer: await user('viewer@example.com', 'viewer'),
    owner: await serviceAccount('owner', 'owner'),
    nobody: await serviceAccount('nobody'),
  };
  await member('workplace_user', slugs.collab, 'collaborator');
  await member('workplace_user', slugs.viewer, 'viewer');
  const elsewhere = await user('elsewhere@example.com');
  await ok(admin, 'POST /projects', { name: 'elsewhere' });
  const host = { project: 'elsewhere', type: 'workplace_user', slug: elsewhere, role: 'admin' };
  await ok(admin, 'POST /projects/project/members', host);
  const exchanged = await making.exchange(await making.identity(slugs.nobody), issuer.token({ jti: 'nobody' }));
  const directory = async (kind: string) =>
    field(await ok(admin, 'POST /workplace/tokens', { kind, name: kind }), 'api_key');
  const personal = async (slug: string) =>
    field(await ok(admin, `POST /workplace/users/${slug}/tokens`, { name: 'laptop' }), 'api_key');
  const tokens = {
    read: await engine.token('dev', 'read'),
    write: await engine.token('dev', 'read/write'),
    admin,
    owner: await making.accountToken(slugs.owner),
    collab: await login(making, slugs.collab),
    viewer: await personal(slugs.viewer),
    elsewhere: await personal(elsewhere),
    nobody: field(exchanged.body, 'token'),
    scim: await directory('scim'),
    audit: await directory('audit'),
  };
  return { slugs, tokens };
}

async function login({ engine, ok }: Making, slug: string): Promise<string> {
  const asked = (await engine.send(undefined, 'GET /auth/cli/generate/2?hostname=laptop')).body;
  await ok(engine.admin, 'POST /auth/cli/approve', { code: asked['code'], user: slug });
  const body = { code: asked['polling_code'] };
  return field((await engine.send(undefined, 'POST /auth/cli/authorize', { body })).body, 'token');
}
