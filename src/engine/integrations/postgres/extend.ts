// Moving the end of a leased role forward, on the database's own clock and under the role's lock.
import { AppError } from '#core/errors.js';
import { postgresFault, type Step } from './faults.ts';
import { roleLockKey } from './role-name.ts';
import { SKEW_MS } from './create.ts';
import { identifier, type Opening, timestamp, withSession } from './session.ts';
import type { RolePlan } from './settings.ts';

/** Never shortens: a renewal that arrives late must not undo a longer one. */
export async function extendRole(opening: Opening, plan: RolePlan, expiresAt: number): Promise<void> {
  let step: Step = 'connect';
  try {
    await withSession(opening, async ({ session, toDatabaseTime }) => {
      step = 'extend';
      const until = timestamp(toDatabaseTime(expiresAt) + SKEW_MS);
      await session.query('select pg_advisory_lock($1::bigint)', [roleLockKey(plan.role)]);
      const [role] = await session.query(
        `select rolvaliduntil >= ${until}::timestamptz as covered from pg_catalog.pg_roles where rolname = $1`,
        [plan.role],
      );
      if (!role) {
        throw new AppError('ERR_LEASE_NOT_RENEWABLE', 'The leased role is no longer there.', {
          hint: 'Issue a new one.',
        });
      }
      if (!role['covered']) await session.query(`alter role ${identifier(plan.role)} valid until ${until}`);
    });
  } catch (error) {
    throw postgresFault(error, plan, step);
  }
}
