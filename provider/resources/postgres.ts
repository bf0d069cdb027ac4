// PostgreSQL: secrets_integration_postgres and secrets_dynamic_secret_postgres.
import { int, list, oneOf, set, str } from '../framework/schema/words.ts';
import { dynamicSecretType } from './dynamic-secret-type.ts';
import { integrationType } from './integration-type.ts';

const YEAR_SEC = 366 * 24 * 3600;

export const integrationPostgres = integrationType({
  type: 'postgres',
  describe: 'A PostgreSQL server and the role by which the engine leases others.',
  data: {
    host: str.required().replaces().describe('As the engine reaches it.'),
    port: int.default(5432).between(1, 65_535).replaces(),
    database: str.required().replaces().describe('Where the engine logs in.'),
    username: str.required().replaces(),
    password_wo: str.required().sensitive().writeOnly().replaces().describe('Never in a plan nor in state.'),
    password_wo_version: str.optional().replaces().describe('Change it together with the password.'),
    sslmode: oneOf('verify-full', 'disable').optional().replaces().describe('disable is for loopback only.'),
    ca: str.optional().replaces().describe('Certificates in PEM that the server is checked against.'),
    databases: list(str).optional().replaces().describe('Further databases in which leased roles may own things.'),
  },
  ceiling: {
    group_roles: set(str).required(),
    databases: set(str).optional(),
    max_ttl_sec: int.optional().between(1, YEAR_SEC),
  },
});

export const dynamicSecretPostgres = dynamicSecretType({
  kind: 'postgres',
  integration: 'postgres',
  describe: 'A dynamic secret: each lease of it is a login of its own, gone at the end.',
  parameters: {
    group_roles: set(str).required().describe('Roles whose rights a leased login inherits.'),
    databases: list(str).optional().describe('The first one is named in the leased values.'),
    connection_limit: int.default(10).between(1, 1000),
    owned: oneOf('drop', 'reassign').optional().describe('What becomes of what a leased login made.'),
  },
});
