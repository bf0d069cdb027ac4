// A connection of one role's work: opened with limits, its clock compared with ours, closed whatever happens.
import pg from 'pg';
import type { Connection, RolePlan } from './settings.ts';
import { type Sql, SqlError, type SqlSession } from './sql.ts';

export const identifier = pg.escapeIdentifier;
export const literal = pg.escapeLiteral;

/** From here on a member needs its INHERIT and SET options stated (leases.md A7). */
export const GRANT_OPTIONS_VERSION = 160_000;

export type Work = {
  session: SqlSession;
  /** `server_version_num`. */
  version: number;
  /** Our instant on the database's clock, never later than it truly is. */
  toDatabaseTime(ourEpochMs: number): number;
};

export type Opening = { sql: Sql; now: () => number; target: Connection; signal: AbortSignal };

/** How long a statement waits for a lock of others, unless it says otherwise. */
export const LOCK_WAIT_MS = 5000;

// Limits on the server's side: a process of ours that is paused must not hold the role's lock for ever.
const OPEN = `select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as clock,
  current_setting('server_version_num')::int as version,
  set_config('lock_timeout', '${LOCK_WAIT_MS}ms', false), set_config('statement_timeout', '20s', false),
  set_config('idle_in_transaction_session_timeout', '15s', false), set_config('search_path', '', false)`;

/** Runs `work` on a connection of its own. */
export async function withSession<Result>(opening: Opening, work: (on: Work) => Promise<Result>): Promise<Result> {
  const session = await opening.sql.connect(opening.target, opening.signal);
  try {
    const [row] = await session.query(OPEN);
    // Read after the answer: the offset comes out too small by the way back, which makes deadlines earlier, not later.
    const offset = Number(row?.['clock']) - opening.now();
    return await work({
      session,
      version: Number(row?.['version']),
      toDatabaseTime: (ourEpochMs) => ourEpochMs + offset,
    });
  } finally {
    await session.end();
  }
}

/** Makes the integration's user a member of `role` with its rights, which terminating and dropping need. */
export async function joinRole({ session, version }: Work, role: string): Promise<void> {
  const options = version >= GRANT_OPTIONS_VERSION ? ' with inherit true, set true' : '';
  await session.query(`grant ${identifier(role)} to current_user${options}`);
}

/** The connection of a plan: where it was planned, with the credential of today. */
export function connectionOf(today: Connection, plan: RolePlan, database = plan.database): Connection {
  return { ...today, host: plan.host, port: plan.port, database };
}

/** A timestamptz literal; our own digits only. */
export function timestamp(epochMs: number): string {
  if (!Number.isFinite(epochMs)) throw new SqlError('no time', { code: 'CLOCK', fromServer: false });
  return literal(new Date(epochMs).toISOString());
}
