// Ending a leased role: its login, its sessions, what it owns in every database, then the role; each step repeatable.
import type { RevokeOutcome } from '../integration.ts';
import { postgresFault, type Step } from './faults.ts';
import { roleLockKey } from './role-name.ts';
import { connectionOf, identifier, joinRole, type Opening, type Work, withSession } from './session.ts';
import type { RolePlan } from './settings.ts';
import { SqlError } from './sql.ts';

const TERMINATE_ROUNDS = 4;
const TERMINATE_WAIT_MS = 2000;

/**
 * Removes the role, waiting for a create of it that is under way. The lock is the session's, so that every step
 * stands by itself: the login stays closed even when a later step fails.
 */
export async function revokeRole(opening: Opening, plan: RolePlan): Promise<RevokeOutcome> {
  let step: Step = 'connect';
  try {
    return await withSession(opening, async (on) => {
      step = 'revoke';
      await on.session.query('select pg_advisory_lock($1::bigint)', [roleLockKey(plan.role)]);
      const [found] = await on.session.query('select oid::text as oid from pg_catalog.pg_roles where rolname = $1', [
        plan.role,
      ]);
      if (!found) return 'not_found';
      await on.session.query(`alter role ${identifier(plan.role)} nologin`);
      await joinRole(on, plan.role);
      await terminateSessions(on, String(found['oid']));
      await clearEveryDatabase(opening, on, plan);
      await on.session.query(`drop role if exists ${identifier(plan.role)}`);
      return 'done';
    });
  } catch (error) {
    throw postgresFault(error, plan, step);
  }
}

/** Repeats, because a login that was being checked when it was closed shows up a moment later. */
async function terminateSessions({ session }: Work, roleOid: string): Promise<void> {
  for (let round = 0; round < TERMINATE_ROUNDS; round += 1) {
    const ended = await session.query(
      'select pg_terminate_backend(pid, $2) from pg_catalog.pg_stat_activity where usesysid = $1::oid',
      [roleOid, TERMINATE_WAIT_MS],
    );
    if (ended.length === 0) return;
  }
  throw new SqlError('sessions remain', { code: '55006', fromServer: true });
}

async function clearEveryDatabase(opening: Opening, main: Work, plan: RolePlan): Promise<void> {
  if (plan.owned === 'reassign') await joinRole(main, heir(plan));
  await clearDatabase(main, plan);
  for (const database of plan.databases.filter((name) => name !== plan.database)) {
    const target = connectionOf(opening.target, plan, database);
    await withSession({ ...opening, target }, (on) => clearDatabase(on, plan));
  }
}

async function clearDatabase(on: Work, plan: RolePlan): Promise<void> {
  const role = identifier(plan.role);
  if (plan.owned === 'reassign') {
    await disarmRoutines(on, plan.role);
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

/** Who inherits reassigned objects. */
function heir(plan: RolePlan): string {
  return plan.groupRoles[0] ?? 'current_user';
}
