// Who may do what at once in a shared database: advisory locks for being there, for being alone, and for taking turns.
import { AppError } from '#core/errors.js';
import type { Steps } from '../operation.ts';
import { one } from '../operation.ts';
import type { PostgresConnection } from './connection.ts';

/** Our corner of the server's lock numbers; PostgreSQL keeps them apart by database. */
const CLASS = 0x53_41_43_54;
const PRESENCE = 1;
const TURN = 2;
const SCHEMA = 3;
const BESIDE = 4;
const ALONGSIDE = 5;

/**
 * `shared`: engines, side by side. `alongside`: an engine's other sessions, which must not count as other engines.
 * `alone`: commands during which no engine may run, in neither of its sessions.
 */
export type Presence = 'shared' | 'alongside' | 'alone';

const IS_THERE: Record<Presence, readonly { lock: number; call: string }[]> = {
  shared: [{ lock: PRESENCE, call: 'pg_try_advisory_lock_shared' }],
  alongside: [{ lock: ALONGSIDE, call: 'pg_try_advisory_lock_shared' }],
  alone: [PRESENCE, ALONGSIDE].map((lock) => ({ lock, call: 'pg_try_advisory_lock' })),
};

const BEGIN = 'begin isolation level read committed; select';

/** Begins a transaction that writes alone, as in SQLite; what it reads is everything that others committed before. */
export const BEGIN_TURN = `${BEGIN} pg_advisory_xact_lock(${CLASS},${TURN})`;

/** Begins a transaction that needs no turn: a note, or a claim (operations.ts). */
export const BEGIN_BESIDE = `${BEGIN} pg_advisory_xact_lock_shared(${CLASS},${BESIDE})`;

/** Begins a transaction after every one that goes on without a turn. */
export const BEGIN_AFTER_BESIDE = `${BEGIN} pg_advisory_xact_lock(${CLASS},${BESIDE})`;

/** One process at a time changes the schema; until the end of the session. */
export const LOCK_SCHEMA = `select pg_advisory_lock(${CLASS},${SCHEMA})`;

const holders = (...locks: readonly number[]) => `from pg_locks l where l.locktype = 'advisory' and l.granted
  and l.classid = ${CLASS} and l.objid in (${locks.join(',')}) and l.objsubid = 2 and l.pid <> pg_backend_pid()
  and l.database = (select oid from pg_database where datname = current_database())`;

/**
 * Held until the session ends, however it ends.
 * @throws AppError ERR_CONFLICT naming who is in the way
 */
export async function takePresence(connection: PostgresConnection, presence: Presence): Promise<void> {
  let isFree = true;
  for (const { lock, call } of IS_THERE[presence]) {
    const [got] = await connection.query<{ ok: boolean }>(`select ${call}(${CLASS},${lock}) as ok`);
    isFree &&= got?.ok === true;
  }
  if (isFree) return;
  const others = await connection.query<{ name: string }>(
    `select distinct coalesce(nullif(a.application_name, ''), 'a session') || ' from '
       || coalesce(host(a.client_addr), 'this machine') as name
     from pg_stat_activity a where a.pid in (select l.pid ${holders(PRESENCE, ALONGSIDE)}) order by name limit 10`,
  );
  const names = others.map(({ name }) => name).join(', ') || 'somebody';
  throw new AppError('ERR_CONFLICT', `The database is in use by ${names}.`, {
    hint: presence === 'alone' ? 'Stop every engine on it first.' : 'Wait until that command is done.',
  });
}

/** Counts the other engines and commands that are there, whatever they are doing. */
export function* countOthers(): Steps<number> {
  const row = yield* one<{ others: number }>(`select count(*) as others ${holders(PRESENCE)}`);
  return row?.others ?? 0;
}
