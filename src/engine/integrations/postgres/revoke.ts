// Ending a leased role: its login, its sessions, what it owns in every database, then the role; each step repeatable.
import type { RevokeOutcome } from '../integration.ts';
import { postgresFault, type Step } from './faults.ts';
import { roleLockKey } from './role-name.ts';
import {
  connectionOf,
  identifier,
  joinRole,
  literal,
  LOCK_WAIT_MS,
  type Opening,
  type Work,
  withSession,
} from './session.ts';
import type { RolePlan } from './settings.ts';
import { SqlError } from './sql.ts';

const TERMINATE_ROUNDS = 4;
const TERMINATE_WAIT_MS = 2000;
/** How long the row of a role is waited for before its sessions are ended for it, and how often it is tried then. */
const CLOSE_WAIT_MS = 500;
const CLOSE_ROUNDS = 3;
/** Somebody else holds the lock, or has just changed the row. */
const CONTENDED = new Set(['55P03', 'XX000']);
/** The role is gone, or the same has been granted, or is being granted, by somebody else. */
const OVERTAKEN = new Set(['42704', '23505', 'XX000']);

/** From here on a view can be made to read with its reader's rights. */
const INVOKER_VIEWS_VERSION = 150_000;

type Role = { name: string; oid: string };

/**
 * Removes the role, waiting for a create of it that is under way. The lock is the session's, so that every step
 * stands by itself: the login stays closed even when a later step fails. The role is closed before the lock is asked
 * for: anybody may compute and hold an advisory lock, the holder of the lease too, and a role that is seen is made.
 */
export async function revokeRole(opening: Opening, plan: RolePlan): Promise<RevokeOutcome> {
  let step: Step = 'connect';
  try {
    return await withSession(opening, async (on) => {
      step = 'revoke';
      const seen = await findRole(on, plan.role);
      const isShut = seen !== undefined && (await shutBeside(opening, on, seen));
      await takeLock(on, plan.role, seen !== undefined);
      const role = await findRole(on, plan.role);
      if (!role) return seen ? 'done' : 'not_found';
      if (!isShut) await shut(opening, on, role);
      // A revoke that is not in line yet may be changing the same rows, once.
      await removeRole(opening, on, plan, role).catch((error: unknown) => {
        if (!isOvertaken(error)) throw error;
        return removeRole(opening, on, plan, role);
      });
      return 'done';
    });
  } catch (error) {
    throw postgresFault(error, plan, step);
  }
}

async function findRole({ session }: Work, name: string): Promise<Role | undefined> {
  const [found] = await session.query('select oid::text as oid from pg_catalog.pg_roles where rolname = $1', [name]);
  return found && { name, oid: String(found['oid']) };
}

/** It orders this behind a create and another revoke; neither can be what holds it where `mayGoOn`. */
async function takeLock({ session }: Work, role: string, mayGoOn: boolean): Promise<void> {
  try {
    await session.query('select pg_advisory_lock($1::bigint)', [roleLockKey(role)]);
  } catch (error) {
    if (!mayGoOn || !isContended(error)) throw error;
  }
}

/** Without the lock. Answers whether it did: another revoke may have been faster, and is waited for then. */
async function shutBeside(opening: Opening, on: Work, role: Role): Promise<boolean> {
  try {
    await shut(opening, on, role);
    return true;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    await waitForLocks(on, LOCK_WAIT_MS);
    return false;
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof SqlError && error.fromServer && OVERTAKEN.has(error.code);
}

async function removeRole(opening: Opening, on: Work, plan: RolePlan, role: Role): Promise<void> {
  await clearEveryDatabase(opening, on, plan, role);
  await on.session.query(`drop role if exists ${identifier(plan.role)}`);
}

/** No login and no session. A holder that is changing its own role has its row locked, until its session is ended. */
async function shut(opening: Opening, on: Work, role: Role): Promise<void> {
  await waitForLocks(on, CLOSE_WAIT_MS);
  const failure = await closeLogin(on, role);
  await waitForLocks(on, LOCK_WAIT_MS);
  await joinRole(on, role.name);
  if (failure) {
    await rollBackPrepared(opening, on, role);
    await closeContested(opening, on, role);
  }
  await terminateSessions(on, role);
  await rollBackPrepared(opening, on, role);
}

/** A prepared transaction outlives its session and keeps its locks; only its owner may end it, and only where it was. */
async function rollBackPrepared(opening: Opening, on: Work, role: Role): Promise<void> {
  const prepared = await on.session.query(
    'select gid, database::text as database from pg_catalog.pg_prepared_xacts where owner = $1',
    [role.name],
  );
  for (const { gid, database } of prepared) {
    const target = { ...opening.target, database: String(database) };
    await withSession({ ...opening, target }, async ({ session }) => {
      await session.query(`set role ${identifier(role.name)}`);
      await session.query(`rollback prepared ${literal(String(gid))}`);
    });
  }
}

/** Keeps its place in the queue for the row while another session ends whoever holds it, also those that come back. */
async function closeContested(opening: Opening, on: Work, role: Role): Promise<void> {
  await withSession(opening, async (other) => {
    let isClosing = true;
    const closing = closeLogin(on, role, CLOSE_ROUNDS).finally(() => {
      isClosing = false;
    });
    // Awaited below; until then nobody may take its failure for an unhandled one.
    closing.catch(() => undefined);
    while (isClosing) {
      await terminate(other, role, 0);
      await other.session.query('select pg_sleep(0.02)');
    }
    const failure = await closing;
    if (failure) throw failure;
  });
}

/** Answers why not, where others are in the way. */
async function closeLogin({ session }: Work, { name }: Role, rounds = 1): Promise<SqlError | undefined> {
  let failure: SqlError | undefined;
  for (let round = 0; round < rounds; round += 1) {
    try {
      await session.query(`alter role ${identifier(name)} nologin`);
      return undefined;
    } catch (error) {
      if (!isContended(error)) throw error;
      failure = error;
    }
  }
  return failure;
}

async function waitForLocks({ session }: Work, ms: number): Promise<void> {
  await session.query("select set_config('lock_timeout', $1, false)", [`${ms}ms`]);
}

function isContended(error: unknown): error is SqlError {
  return error instanceof SqlError && error.fromServer && CONTENDED.has(error.code);
}

/** Repeats, because a login that was being checked when it was closed shows up a moment later. */
async function terminateSessions(on: Work, role: Role): Promise<void> {
  for (let round = 0; round < TERMINATE_ROUNDS; round += 1) {
    if ((await terminate(on, role)) === 0) return;
  }
  throw new SqlError('sessions remain', { code: '55006', fromServer: true });
}

/** Ends the sessions that are there; answers how many there were. */
async function terminate({ session }: Work, { oid }: Role, waitMs = TERMINATE_WAIT_MS): Promise<number> {
  const ended = await session.query(
    'select pg_terminate_backend(pid, $2) from pg_catalog.pg_stat_activity where usesysid = $1::oid',
    [oid, waitMs],
  );
  return ended.length;
}

async function clearEveryDatabase(opening: Opening, main: Work, plan: RolePlan, role: Role): Promise<void> {
  if (plan.owned === 'reassign') await joinRole(main, heir(plan));
  await clearDatabase(main, plan);
  const all = new Set([...plan.databases, ...(await databasesOf(main, role))]);
  all.delete(plan.database);
  for (const database of all) {
    const target = connectionOf(opening.target, plan, database);
    await withSession({ ...opening, target }, (on) => clearDatabase(on, plan));
  }
}

/** Where it owns something or was granted something: a large object needs no right but to connect. */
async function databasesOf({ session }: Work, { oid }: Role): Promise<string[]> {
  const rows = await session.query(
    `select d.datname::text as name from pg_catalog.pg_database d
     where d.datallowconn and has_database_privilege(d.oid, 'CONNECT') and exists (
       select 1 from pg_catalog.pg_shdepend s where s.dbid = d.oid
         and s.refclassid = 'pg_catalog.pg_authid'::regclass and s.refobjid = $1::oid)`,
    [oid],
  );
  return rows.map(({ name }) => String(name));
}

async function clearDatabase(on: Work, plan: RolePlan): Promise<void> {
  const role = identifier(plan.role);
  if (plan.owned === 'reassign') {
    await disarmRoutines(on, plan.role);
    await disarmViews(on, plan.role);
    await on.session.query(`reassign owned by ${role} to ${identifier(heir(plan))}`);
  }
  await on.session.query(`drop owned by ${role}`);
}

/**
 * A SECURITY DEFINER routine that is handed to the group would run with the group's rights for whoever may call it
 * (design.md §5, Reassigned objects).
 */
async function disarmRoutines({ session }: Work, role: string): Promise<void> {
  const routines = await session.query(
    `select p.oid::regprocedure::text as routine, p.prosecdef as definer, p.prokind as kind
     from pg_catalog.pg_proc p join pg_catalog.pg_roles r on r.oid = p.proowner where r.rolname = $1`,
    [role],
  );
  for (const { routine, definer } of routines) {
    // regprocedure quotes by itself, and is schema-qualified because search_path is empty.
    if (definer) await session.query(`alter routine ${String(routine)} security invoker`);
    await session.query(`revoke all on routine ${String(routine)} from public`);
  }
}

/** A view reads with its owner's rights unless it says otherwise; servers before 15 have no such word. */
async function disarmViews({ session, version }: Work, role: string): Promise<void> {
  const views = await session.query(
    `select c.oid::regclass::text as view, array(select distinct coalesce(nullif(a.grantee, 0)::regrole::text, 'public')
       from aclexplode(c.relacl) a where a.grantee <> c.relowner) as readers
     from pg_catalog.pg_class c join pg_catalog.pg_roles r on r.oid = c.relowner
     where c.relkind = 'v' and r.rolname = $1`,
    [role],
  );
  for (const { view, readers } of views) {
    if (version >= INVOKER_VIEWS_VERSION) {
      await session.query(`alter view ${String(view)} set (security_invoker = true)`);
    } else if (Array.isArray(readers) && readers.length > 0) {
      await session.query(`revoke all on ${String(view)} from ${readers.join(', ')} cascade`);
    }
  }
}

/** Who inherits reassigned objects. */
function heir(plan: RolePlan): string {
  return plan.groupRoles[0] ?? 'current_user';
}
