// secrets_integration_postgres: the login by which the engine makes and drops database roles, and who may use it.
import { int, list, object, oneOf, set, str } from '../framework/schema/words.ts';
import { resource } from './session.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_. -]{0,79}$/;

export const integrationPostgres = resource('integration_postgres', {
  describe: 'A PostgreSQL server and the role by which the engine leases others. Every change makes another one.',
  attrs: {
    id: str.computed().keep(),
    name: str.required().replaces().matches(NAME, "have 1 to 80 letters, digits, spaces, '_', '.' or '-'"),
    host: str.required().replaces().describe('As the engine reaches it.'),
    port: int.default(5432).between(1, 65_535).replaces(),
    database: str.required().replaces().describe('Where the engine logs in.'),
    username: str.required().replaces(),
    password_wo: str.required().sensitive().writeOnly().replaces().describe('Never in a plan nor in state.'),
    password_wo_version: str.optional().replaces().describe('Change it together with the password.'),
    sslmode: oneOf('verify-full', 'disable').optional().replaces().describe('disable is for loopback only.'),
    ca: str.optional().replaces().describe('Certificates in PEM that the server is checked against.'),
    databases: list(str).optional().replaces().describe('Further databases in which leased roles may own things.'),
    allowed: set(str).required().replaces().describe('Who may use it: project, or project/config.'),
    ceiling: object({
      group_roles: set(str).required(),
      databases: set(str).optional(),
      max_ttl_sec: int.between(1, 366 * 24 * 3600).optional(),
    })
      .required()
      .replaces()
      .describe('What no dynamic secret over it may exceed.'),
  },
  create: async ({ client, config }) => {
    const { ceiling, password_wo: password } = config;
    const made = await client.write((engine) =>
      engine.createPostgres({
        name: config.name,
        host: config.host,
        port: config.port ?? 5432,
        database: config.database,
        username: config.username,
        password,
        sslmode: config.sslmode ?? undefined,
        ca: config.ca ?? undefined,
        databases: config.databases ?? undefined,
        allowed: config.allowed,
        ceiling: {
          groupRoles: ceiling.group_roles,
          databases: ceiling.databases ?? [],
          maxTtlSec: ceiling.max_ttl_sec ?? undefined,
        },
      }),
    );
    return { id: made.slug };
  },
  // The engine tells nothing of the login: of that, state holds what was configured.
  read: async ({ client, prior, signal }) => {
    const found = await client.read((engine) => engine.integration(prior.id ?? prior.name ?? '', signal));
    const { groupRoles, databases, maxTtlSec } = found.ceiling;
    const before = prior.ceiling?.databases ?? null;
    return {
      id: found.slug,
      name: found.name,
      allowed: found.allowed,
      ceiling: {
        group_roles: groupRoles,
        databases: databases.length === 0 && (before === null || before.length === 0) ? before : databases,
        max_ttl_sec: maxTtlSec ?? null,
      },
    };
  },
  delete: async ({ client, prior }) => client.write((engine) => engine.deleteIntegration(prior.id)),
});
