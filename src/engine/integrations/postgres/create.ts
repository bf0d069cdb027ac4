// Making a leased role: one transaction under the role's lock, which does nothing once its deadline has passed.
import { randomBytes } from 'node:crypto';
import { withoutEffect } from '#core/errors.js';
import { sensitive, type Sensitive } from '#core/sensitive.js';
import { groupActs, groupMissing, ownedMissing, postgresFault, type Step, tooLate } from './faults.ts';
import { roleLockKey } from './role-name.ts';
import { scramVerifier } from './scram.ts';
import {
  connectionOf,
  GRANT_OPTIONS_VERSION,
  identifier,
  literal,
  type Opening,
  timestamp,
  type Work,
  withSession,
} from './session.ts';
import type { Connection, RolePlan } from './settings.ts';

/** Given to the holder beyond the expiry, because clocks differ (leases.md C3). */
export const SKEW_MS = 30_000;
const PASSWORD_BYTES = 24;

export type Making = { plan: RolePlan; expiresAt: number; deadlineAt: number };

// One row per group: whether it exists, whether its members could leave objects behind, and whether it could do more
// than they, or be logged in to, once they have taken its place.
const GROUPS = `select g.name, r.oid is not null as found, coalesce(
    exists (select 1 from pg_catalog.pg_namespace n
      where n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(r.oid, n.oid, 'CREATE'))
    or exists (select 1 from pg_catalog.pg_database d
      where d.datallowconn and has_database_privilege(r.oid, d.oid, 'CREATE')), false) as creates,
    coalesce(r.rolcanlogin or r.rolcreaterole or r.rolcreatedb or r.rolsuper or r.rolreplication or r.rolbypassrls,
      false) as acts,
    extract(epoch from clock_timestamp()) * 1000 > $2::numeric as late
  from unnest($1::text[]) g(name) left join pg_catalog.pg_roles r on r.rolname = g.name`;

/**
 * Creates the role and answers with its fields.
 * @throws AppError; ERR_TIMEOUT when the commit was not answered, otherwise nothing was made
 */
export async function createRole(opening: Opening, making: Making): Promise<ReadonlyMap<string, Sensitive>> {
  const { plan } = making;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const verifier = await scramVerifier(password);
  let step: Step = 'connect';
  try {
    await checkOtherDatabases(opening, plan);
    await withSession(opening, async (on) => {
      step = 'create';
      await on.session.query('begin');
      await on.session.query('select pg_advisory_xact_lock($1::bigint)', [roleLockKey(plan.role)]);
      await checkGroups(on, plan, on.toDatabaseTime(making.deadlineAt));
      for (const statement of createStatements(on, plan, verifier, on.toDatabaseTime(making.expiresAt) + SKEW_MS)) {
        await on.session.query(statement);
      }
      step = 'commit';
      await on.session.query('commit');
    });
  } catch (error) {
    const fault = postgresFault(error, plan, step);
    throw step === 'connect' ? withoutEffect(fault) : fault;
  }
  return leasedFields(opening.target, plan, password);
}

/** Where the server can tell them apart, a member has the group's rights and cannot become it. */
function createStatements({ version }: Work, plan: RolePlan, verifier: string, validUntil: number): string[] {
  const role = identifier(plan.role);
  const groups = plan.groupRoles.map(identifier).join(', ');
  const options = version >= GRANT_OPTIONS_VERSION ? ' with inherit true, set false' : '';
  return [
    `create role ${role} login password ${literal(verifier)}
      valid until ${timestamp(validUntil)} connection limit ${plan.connectionLimit}`,
    `grant ${groups} to ${role}${options}`,
  ];
}

async function checkGroups(on: Work, plan: RolePlan, databaseDeadline: number): Promise<void> {
  const rows = await on.session.query(GROUPS, [plan.groupRoles, Math.floor(databaseDeadline)]);
  if (rows.some((row) => row['late'])) throw tooLate(plan);
  const missing = rows.find((row) => !row['found']);
  if (missing) throw groupMissing(plan, String(missing['name']));
  const acting = on.version < GRANT_OPTIONS_VERSION && rows.find((row) => row['acts']);
  if (acting) throw groupActs(plan, String(acting['name']));
  if (plan.owned === undefined && rows.some((row) => row['creates'])) throw ownedMissing(plan);
}

/** Schemas are seen from inside their database only. */
async function checkOtherDatabases(opening: Opening, plan: RolePlan): Promise<void> {
  if (plan.owned !== undefined) return;
  for (const database of plan.databases.filter((name) => name !== plan.database)) {
    const target = connectionOf(opening.target, plan, database);
    await withSession({ ...opening, target }, (on) => checkGroups(on, plan, Number.MAX_SAFE_INTEGER));
  }
}

function leasedFields(target: Connection, plan: RolePlan, password: string): ReadonlyMap<string, Sensitive> {
  const { host, port, leasedDatabase, role } = plan;
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const query = target.sslmode === 'disable' ? '' : '?sslmode=verify-full';
  const url = `postgresql://${role}:${password}@${bracketed}:${port}/${encodeURIComponent(leasedDatabase)}${query}`;
  const fields = { host, port: String(port), database: leasedDatabase, username: role, password, url };
  return new Map(Object.entries(fields).map(([field, value]) => [field, sensitive(value)]));
}
