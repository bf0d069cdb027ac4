// What a postgres integration and its dynamic secrets are made of: checked when declared, read back when used.
import { classifyAddress } from '../../address.ts';
import { Checker } from '../checker.ts';
import type { Checked, Declared } from '../integration.ts';
import { sensitive, type Sensitive } from '#core/sensitive.js';

/** NAMEDATALEN - 1. */
const NAME_BYTES = 63;
const PORT = 5432;
const CONNECTIONS = 10;

/** `owned`: what becomes of objects that a leased role made. Undefined: its groups may not make any. */
export type Owned = 'drop' | 'reassign' | undefined;

export type Connection = {
  host: string;
  port: number;
  database: string;
  username: string;
  password: Sensitive;
  /** `disable` only on loopback. */
  sslmode: 'verify-full' | 'disable';
  ca: string | undefined;
};

/** What one lease is made from and undone by. `database` is where the lock is taken, `databases` where it cleans up. */
export type RolePlan = {
  role: string;
  host: string;
  port: number;
  database: string;
  databases: readonly string[];
  /** Named in the leased credentials. */
  leasedDatabase: string;
  groupRoles: readonly string[];
  connectionLimit: number;
  owned: Owned;
};

/** `{host, port, database, username, password, sslmode?, ca?, databases?}` */
export function checkData(data: unknown): Checked {
  const check = new Checker(data, 'data');
  const host = check.text('host', {
    required: true,
    pattern: /^[A-Za-z0-9.:_-]+$/,
    says: 'must be a host name or address',
  });
  check.integer('port', { min: 1, max: 65_535, fallback: PORT });
  check.text('database', { required: true, maxLength: NAME_BYTES });
  check.text('username', { required: true, maxLength: NAME_BYTES });
  check.text('password', { required: true, maxLength: 1024 });
  const local = host !== undefined && isLoopbackName(host);
  const mode = check.oneOf('sslmode', ['verify-full', 'disable'], local ? 'disable' : 'verify-full');
  if (mode === 'disable' && host !== undefined && !local) check.problem('sslmode', 'may be disable on loopback only');
  check.text('ca', { maxLength: 100_000, pattern: /-----BEGIN CERTIFICATE-----/, says: 'must hold PEM certificates' });
  check.names('databases', { maxBytes: NAME_BYTES });
  return check.result();
}

/** `{group_role | group_roles, databases?, connection_limit?, owned?}` */
export function checkParameters(parameters: unknown): Checked {
  const check = new Checker(parameters, 'parameters');
  check.names('group_roles', { maxBytes: NAME_BYTES, alias: 'group_role', required: true });
  check.names('databases', { maxBytes: NAME_BYTES });
  check.integer('connection_limit', { min: 1, max: 1000, fallback: CONNECTIONS });
  check.oneOf('owned', ['drop', 'reassign']);
  return check.result();
}

/** `{group_roles, databases?, max_ttl_sec?}`; a role that is not listed cannot be leased. */
export function checkCeiling(ceiling: unknown): Checked {
  const check = new Checker(ceiling, 'ceiling');
  check.names('group_roles', { maxBytes: NAME_BYTES });
  check.names('databases', { maxBytes: NAME_BYTES });
  check.integer('max_ttl_sec', { min: 1, max: 366 * 24 * 3600 });
  return check.result();
}

/** Without listed databases the ceiling is what the integration itself names. */
export function aboveCeiling(ceiling: Declared, parameters: Declared, data: Declared): string[] {
  const roles = names(ceiling['group_roles']);
  const listed = names(ceiling['databases']);
  const databases = listed.length > 0 ? listed : ownDatabases(data);
  const outside = (allowed: readonly string[], wanted: readonly string[]) =>
    wanted.filter((name) => !allowed.includes(name));
  return [
    ...outside(roles, names(parameters['group_roles'])).map((name) => `The group role ${name} is not in its ceiling.`),
    ...outside(databases, names(parameters['databases'])).map((name) => `The database ${name} is not in its ceiling.`),
  ];
}

/** From data that `checkData` passed. */
export function readConnection(data: Declared): Connection {
  return {
    host: String(data['host']),
    port: Number(data['port']),
    database: String(data['database']),
    username: String(data['username']),
    password: sensitive(String(data['password'])),
    sslmode: data['sslmode'] === 'disable' ? 'disable' : 'verify-full',
    ca: typeof data['ca'] === 'string' ? data['ca'] : undefined,
  };
}

/** From data and parameters that were checked. */
export function planRole(role: string, data: Declared, parameters: Declared): RolePlan {
  const { host, port, database } = readConnection(data);
  const wanted = names(parameters['databases']);
  const owned = parameters['owned'];
  return {
    role,
    host,
    port,
    database,
    databases: [...new Set([...ownDatabases(data), ...wanted])],
    leasedDatabase: wanted[0] ?? database,
    groupRoles: names(parameters['group_roles']),
    connectionLimit: Number(parameters['connection_limit'] ?? CONNECTIONS),
    owned: owned === 'drop' || owned === 'reassign' ? owned : undefined,
  };
}

function ownDatabases(data: Declared): string[] {
  return [...new Set([String(data['database']), ...names(data['databases'])])];
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isLoopbackName(host: string): boolean {
  return host.toLowerCase() === 'localhost' || classifyAddress(host) === 'loopback';
}
