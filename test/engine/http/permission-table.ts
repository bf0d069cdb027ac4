// Who may do what, written down: every route that needs a token, and how it answers each standing.

/** Standings in the order of the columns: the kind of token in brackets. */
export const COLUMNS = [
  'read', // dp.st, reads one config
  'write', // dp.st, reads and writes it
  'admin', // dp.sa of the built-in account
  'owner', // dp.sa of an owner of the workplace
  'collab', // dp.ct of a collaborator, of the project too
  'viewer', // dp.pt of a viewer, of the project too
  'elsewhere', // dp.pt of the admin of another project
  'nobody', // dp.said of an account that holds nothing
  'scim',
  'audit',
] as const;

type Line = [request: string, body: unknown, statuses: string];

const AT = 'project=app&config=dev';
const BRANCH = { project: 'app', config: 'dev_gone{n}' };
const DYNAMIC = '/configs/config/dynamic_secrets';
const ONE = `${DYNAMIC}/dynamic_secret`;
const LEASE = `${AT}&dynamic_secret=DB`;
const GROUPS = '/workplace/groups';
const GROUP = `${GROUPS}/group/{group}`;
const MEMBERS = '/projects/project/members';
const MEMBER = `${MEMBERS}/member/service_account/{account}`;
const ACCOUNTS = '/workplace/service_accounts';
const ACCOUNT = `${ACCOUNTS}/service_account/{account}`;
const WISH = {
  name: 'ci',
  method: 'oidc',
  config: {
    discovery_url: 'https://issuer.example',
    claims_type: 'exact',
    claims: { aud: ['https://secrets.example'], sub: ['a:b:c'] },
  },
  ttl_seconds: 600,
};

function manyMembers(home: string): Line[] {
  return [
    [`GET ${home}?integration=pg`, undefined, '403 403 200 200 200 403 403 403 403 403'],
    [
      `POST ${home}?integration=pg`,
      { type: 'service_account', slug: '{account}', role: 'viewer' },
      '403 403 404 404 403 403 403 403 403 403',
    ],
  ];
}

function oneMember(address: string): Line[] {
  return [
    [`GET ${address}?integration=pg`, undefined, '403 403 404 404 404 403 403 403 403 403'],
    [`PATCH ${address}`, { integration: 'pg', role: 'viewer' }, '403 403 404 404 403 403 403 403 403 403'],
    [`DELETE ${address}?integration=pg`, undefined, '403 403 404 404 403 403 403 403 403 403'],
  ];
}

/** `{…}` is what was made for the column beforehand. */
export const TABLE: Line[] = [
  ['GET /me', undefined, '200 200 200 200 200 200 200 200 200 200'],
  ['GET /workplace', undefined, '200 200 200 200 200 200 200 200 403 403'],
  ['POST /workplace', { security_email: 'security@example.com' }, '403 403 200 200 403 403 403 403 403 403'],
  ['GET /projects', undefined, '200 200 200 200 200 200 200 200 403 403'],
  [
    'POST /projects',
    { name: 'made-{n}', create_default_environments: false },
    '403 403 200 200 200 403 403 403 403 403',
  ],
  [
    'POST /workplace/template/import',
    { template: 'projects:\n  - name: template-{n}\n' },
    '403 403 200 200 200 403 403 403 403 403',
  ],
  ['GET /projects/project?project=app', undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['POST /projects/project', { project: 'app', name: 'app' }, '403 403 200 200 403 403 404 403 403 403'],
  ['DELETE /projects/project?project=gone-{n}', undefined, '403 403 200 200 404 403 404 403 403 403'],
  ['GET /workplace/tags', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['POST /workplace/tags', { name: 'made {n}' }, '403 403 200 200 403 403 403 403 403 403'],
  ['GET /workplace/tags/tag/gone_{n}', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['PATCH /workplace/tags/tag/gone_{n}', { color: 'red' }, '403 403 200 200 403 403 403 403 403 403'],
  ['GET /projects/project/tags?project=app', undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['POST /projects/project/tags?project=app', { tag: 'gone_{n}' }, '403 403 200 200 200 403 404 403 403 403'],
  ['DELETE /projects/project/tags?project=app&tag=gone_{n}', undefined, '403 403 204 204 204 403 404 403 403 403'],
  ['DELETE /projects/project/tags/tag/nope?project=app', undefined, '403 403 404 404 404 403 404 403 403 403'],
  ['DELETE /workplace/tags/tag/gone_{n}', undefined, '403 403 204 204 403 403 403 403 403 403'],
  ['GET /environments?project=app', undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['POST /environments', { project: 'app', name: 'Test', slug: 'made{n}' }, '403 403 200 200 403 403 404 403 403 403'],
  ['GET /environments/environment?project=app&environment=dev', undefined, '403 403 200 200 200 200 404 404 403 403'],
  [
    'PUT /environments/environment',
    { project: 'app', environment: 'gone{n}', name: 'Tests' },
    '403 403 200 200 403 403 404 403 403 403',
  ],
  [
    'DELETE /environments/environment?project=app&environment=gone{n}',
    undefined,
    '403 403 200 200 403 403 404 403 403 403',
  ],
  ['GET /configs?project=app', undefined, '200 200 200 200 200 200 404 404 403 403'],
  [
    'POST /configs',
    { project: 'app', environment: 'dev', name: 'dev_made{n}' },
    '403 403 200 200 200 403 404 403 403 403',
  ],
  [`GET /configs/config?${AT}`, undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['POST /configs/config/clone', { ...BRANCH, name: 'dev_copy{n}' }, '403 403 200 200 200 403 404 403 403 403'],
  ['POST /configs/config', { ...BRANCH, name: 'dev_gone{n}' }, '403 403 200 200 200 403 404 403 403 403'],
  ['POST /configs/config/lock', BRANCH, '403 403 200 200 200 403 404 403 403 403'],
  ['POST /configs/config/unlock', BRANCH, '403 403 200 200 200 403 404 403 403 403'],
  ['POST /configs/config/inheritable', { ...BRANCH, inheritable: false }, '403 403 200 200 200 403 404 403 403 403'],
  ['POST /configs/config/inherits', { ...BRANCH, inherits: [] }, '403 403 200 200 200 403 404 403 403 403'],
  [`GET /configs/config/trusted_ips?${AT}`, undefined, '403 403 200 200 403 403 404 403 403 403'],
  [`POST /configs/config/trusted_ips?${AT}`, { ip: '0.0.0.0/0' }, '403 403 204 204 403 403 404 403 403 403'],
  [`DELETE /configs/config/trusted_ips?${AT}`, { ip: '10.0.0.0/8' }, '403 403 404 404 403 403 404 403 403 403'],
  [`GET /configs/config/references?${AT}`, undefined, '403 200 200 200 200 403 404 403 403 403'],
  [`DELETE /configs/config/references?${AT}&slug=unknown`, undefined, '403 404 404 404 404 403 404 403 403 403'],
  ['DELETE /configs/config?project=app&config=dev_gone{n}', undefined, '403 403 200 200 200 403 404 403 403 403'],
  [`GET /configs/config/ping?${AT}`, undefined, '200 200 200 200 200 200 404 404 403 403'],
  [
    'POST /configs/config/secrets',
    { project: 'app', config: 'dev', secrets: { A: 'x' } },
    '403 200 200 200 200 403 404 403 403 403',
  ],
  [`GET /configs/config/secrets?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`GET /configs/config/secrets/download?${AT}`, undefined, '200 200 403 200 200 200 404 403 403 403'],
  [`GET /configs/config/secrets/names?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`POST /configs/config/secrets/upload?${AT}`, { file: 'A="x"' }, '403 200 200 200 200 403 404 403 403 403'],
  [`POST /configs/config/secrets/compare?${AT}`, { values: { A: 'x' } }, '403 200 200 200 200 403 404 403 403 403'],
  [`POST /configs/config/secrets/note?${AT}`, { secret: 'A', note: 'n' }, '403 200 200 200 200 403 404 403 403 403'],
  ['POST /projects/project/note?project=app', { secret: 'A', note: 'n' }, '403 200 200 200 200 403 404 403 403 403'],
  [`GET /configs/config/secrets/metadata?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`GET /configs/config/secrets/watch?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`GET /configs/config/logs?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`GET /configs/config/logs/log?${AT}&log=unknown`, undefined, '404 404 404 404 404 404 404 403 403 403'],
  [`POST /configs/config/logs/log/rollback?${AT}&log=unknown`, undefined, '403 404 404 404 404 403 404 403 403 403'],
  ['GET /logs', undefined, '403 403 200 200 200 200 403 403 403 403'],
  ['GET /logs/log?log=unknown', undefined, '403 403 404 404 404 404 403 403 403 403'],
  [`GET /configs/config/secret?${AT}&name=A`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`DELETE /configs/config/secret?${AT}&name=GONE{n}`, undefined, '403 204 204 204 204 403 404 403 403 403'],
  [`GET /configs/config/tokens?${AT}`, undefined, '403 403 200 200 403 403 404 403 403 403'],
  [
    'POST /configs/config/tokens',
    { project: 'app', config: 'dev', name: 'ci' },
    '403 403 200 200 403 403 404 403 403 403',
  ],
  [`DELETE /configs/config/tokens/token?${AT}&slug=unknown`, undefined, '403 403 404 404 403 403 404 403 403 403'],
  ['GET /integrations', undefined, '403 403 200 200 200 403 403 403 403 403'],
  ['POST /integrations', { type: 'postgres', name: 'pg', data: {} }, '403 403 200 200 403 403 403 403 403 403'],
  ['POST /integrations/generate_external_id', { type: 'aws' }, '403 403 200 200 403 403 403 403 403 403'],
  ['GET /integrations/integration?integration=pg', undefined, '403 403 200 200 200 403 403 403 403 403'],
  ['PUT /integrations/integration?integration=pg', { name: 'pg' }, '403 403 200 200 403 403 403 403 403 403'],
  ...['/integrations/integration/members', '/workplace/integrations/integration/members'].flatMap(manyMembers),
  ...['/integrations/integration/members/group/x', '/integrations/integration/members/member/group/x'].flatMap(
    oneMember,
  ),
  ...oneMember('/workplace/integrations/integration/members/group/x'),
  ['DELETE /integrations/integration?integration=pg', undefined, '403 403 200 200 403 403 403 403 403 403'],
  [
    `POST ${DYNAMIC}?${AT}`,
    { name: 'DB{n}', kind: 'postgres', integration: 'pg' },
    '403 403 200 200 403 403 404 403 403 403',
  ],
  [`GET ${DYNAMIC}?${AT}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`GET ${ONE}?${LEASE}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`PUT ${ONE}?${AT}`, { name: 'DB', max_ttl_sec: 3600 }, '403 403 200 200 403 403 404 403 403 403'],
  [`DELETE ${ONE}?${AT}&dynamic_secret=DB`, undefined, '403 403 200 200 403 403 404 403 403 403'],
  [`POST ${ONE}/leases?${AT}`, { dynamic_secret: 'DB', ttl_sec: 60 }, '200 200 403 200 200 200 404 403 403 403'],
  [`GET ${ONE}/leases?${LEASE}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`PUT ${ONE}/leases/lease?${LEASE}`, { slug: 'unknown', ttl_sec: 60 }, '404 404 404 404 404 404 404 403 403 403'],
  [`DELETE ${ONE}/leases/lease?${LEASE}&slug=unknown`, undefined, '404 404 404 404 404 404 404 403 403 403'],
  ['GET /leases/stuck', undefined, '403 403 200 200 403 403 403 403 403 403'],
  ['POST /leases/lease/force_close', { slug: 'unknown' }, '403 403 404 404 403 403 403 403 403 403'],
  ['DELETE /leases', undefined, '400 400 400 400 400 400 400 403 403 403'],
  ['GET /workplace/users', undefined, '403 403 200 200 200 200 403 403 200 200'],
  ['GET /workplace/users/{user}', undefined, '403 403 200 200 200 200 403 403 200 200'],
  ['PATCH /workplace/users/{user}', { access: 'no_access' }, '403 403 200 200 403 403 403 403 200 403'],
  ['GET /workplace/invites', undefined, '403 403 200 200 200 200 403 403 200 200'],
  ['POST /workplace/users', { email: 'made{n}@example.com' }, '403 403 200 200 403 403 403 403 200 403'],
  ['GET /workplace/users/{user}/tokens', undefined, '403 403 200 403 403 403 403 403 403 403'],
  ['POST /workplace/users/{user}/tokens', { name: 'laptop' }, '403 403 200 403 403 403 403 403 403 403'],
  ['DELETE /workplace/users/{user}', undefined, '403 403 204 204 403 403 403 403 204 403'],
  ['GET /workplace/tokens?kind=scim', undefined, '403 403 200 403 403 403 403 403 403 403'],
  ['POST /workplace/tokens', { kind: 'audit', name: 'made' }, '403 403 200 403 403 403 403 403 403 403'],
  ['DELETE /workplace/tokens/token/unknown', undefined, '403 403 404 403 403 403 403 403 403 403'],
  [
    'POST /auth/cli/approve',
    { code: 'AAAA-AAAA', user: 'viewer@example.com' },
    '403 403 404 403 403 403 403 403 403 403',
  ],
  [`GET ${GROUPS}`, undefined, '403 403 200 200 200 200 403 403 200 200'],
  [`POST ${GROUPS}`, { name: 'made{n}' }, '403 403 200 200 403 403 403 403 200 403'],
  [`GET ${GROUP}`, undefined, '403 403 200 200 200 200 403 403 200 200'],
  [`PATCH ${GROUP}`, { name: 'renamed{n}' }, '403 403 200 200 403 403 403 403 200 403'],
  [`GET ${GROUP}/members`, undefined, '403 403 200 200 200 200 403 403 200 200'],
  [`POST ${GROUP}/members`, { type: 'workplace_user', slug: '{friend}' }, '403 403 204 204 403 403 403 403 204 403'],
  [
    `PUT ${GROUP}/members`,
    { members: [{ type: 'workplace_user', slug: '{friend}' }] },
    '403 403 200 200 403 403 403 403 200 403',
  ],
  [`GET ${GROUP}/members/workplace_user/{friend}`, undefined, '403 403 204 204 404 404 403 403 204 404'],
  [`DELETE ${GROUP}/members/workplace_user/{friend}`, undefined, '403 403 204 204 403 403 403 403 204 403'],
  [`DELETE ${GROUP}`, undefined, '403 403 204 204 403 403 403 403 204 403'],
  ['GET /workplace/permissions', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['GET /workplace/roles', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['POST /workplace/roles', { name: 'made {n}', permissions: ['team'] }, '403 403 200 200 403 403 403 403 403 403'],
  ['GET /workplace/roles/role/viewer', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['PATCH /workplace/roles/role/gone_{n}', { permissions: ['logs'] }, '403 403 200 200 403 403 403 403 403 403'],
  ['DELETE /workplace/roles/role/gone_{n}', undefined, '403 403 204 204 403 403 403 403 403 403'],
  ['GET /projects/permissions', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['GET /projects/roles', undefined, '403 403 200 200 200 200 200 200 403 403'],
  [
    'POST /projects/roles',
    { name: 'made {n}', permissions: ['enclave_config_logs'] },
    '403 403 200 200 403 403 403 403 403 403',
  ],
  ['GET /projects/roles/role/viewer', undefined, '403 403 200 200 200 200 200 200 403 403'],
  [
    'PATCH /projects/roles/role/gone_{n}',
    { permissions: ['enclave_config_logs'] },
    '403 403 200 200 403 403 403 403 403 403',
  ],
  ['DELETE /projects/roles/role/gone_{n}', undefined, '403 403 204 204 403 403 403 403 403 403'],
  [`GET ${MEMBERS}?project=app`, undefined, '403 403 200 200 200 200 404 404 403 403'],
  [
    `POST ${MEMBERS}`,
    { project: 'app', type: 'workplace_user', slug: '{friend}', role: 'viewer' },
    '403 403 200 200 403 403 404 403 403 403',
  ],
  [`GET ${MEMBER}?project=app`, undefined, '403 403 200 200 200 200 404 404 403 403'],
  [`PATCH ${MEMBER}`, { project: 'app', role: 'viewer' }, '403 403 200 200 403 403 404 403 403 403'],
  [`DELETE ${MEMBER}?project=app`, undefined, '403 403 204 204 403 403 404 403 403 403'],
  [`GET ${ACCOUNTS}`, undefined, '403 403 200 200 200 200 403 403 403 403'],
  [`POST ${ACCOUNTS}`, { name: 'made' }, '403 403 200 200 403 403 403 403 403 403'],
  [`GET ${ACCOUNT}`, undefined, '403 403 200 200 200 200 403 403 403 403'],
  [`PATCH ${ACCOUNT}`, { name: 'renamed' }, '403 403 200 200 403 403 403 403 403 403'],
  [`GET ${ACCOUNT}/tokens`, undefined, '403 403 200 200 403 403 403 403 403 403'],
  [`POST ${ACCOUNT}/tokens`, { name: 'made' }, '403 403 200 200 403 403 403 403 403 403'],
  [`GET ${ACCOUNT}/tokens/token/{token}`, undefined, '403 403 200 200 403 403 403 403 403 403'],
  [`DELETE ${ACCOUNT}/tokens/token/{token}`, undefined, '403 403 204 204 403 403 403 403 403 403'],
  [`GET ${ACCOUNT}/identities`, undefined, '403 403 200 200 403 403 403 403 403 403'],
  [`POST ${ACCOUNT}/identities`, WISH, '403 403 200 200 403 403 403 403 403 403'],
  [`GET ${ACCOUNT}/identities/identity/{identity}`, undefined, '403 403 200 200 403 403 403 403 403 403'],
  [`PUT ${ACCOUNT}/identities/identity/{identity}`, WISH, '403 403 200 200 403 403 403 403 403 403'],
  [`DELETE ${ACCOUNT}/identities/identity/{identity}`, undefined, '403 403 204 204 403 403 403 403 403 403'],
  [`DELETE ${ACCOUNT}`, undefined, '403 403 204 204 403 403 403 403 403 403'],
  ['GET /webhooks?project=app', undefined, '403 403 200 200 403 403 404 403 403 403'],
  ['POST /webhooks', { project: 'app', url: 'https://example.com/hook' }, '403 403 200 200 403 403 404 403 403 403'],
  ['GET /webhooks/webhook/:slug?project=app', undefined, '403 403 404 404 403 403 404 403 403 403'],
  ['PATCH /webhooks/webhook/:slug', { project: 'app' }, '403 403 404 404 403 403 404 403 403 403'],
  ['POST /webhooks/webhook/:slug/enable', { project: 'app' }, '403 403 404 404 403 403 404 403 403 403'],
  ['POST /webhooks/webhook/:slug/disable', { project: 'app' }, '403 403 404 404 403 403 404 403 403 403'],
  ['DELETE /webhooks/webhook/:slug?project=app', undefined, '403 403 404 404 403 403 404 403 403 403'],
];
