// Store operations of command line logins: asked for, approved by a short code, and picked up once by the polling code.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { one, run, type WriteOperation } from '../operation.ts';
import { requireAccount } from './accounts.ts';
import { checkCount, type CountLimit } from './configs.ts';
import { insertToken, type NewToken } from './tokens.ts';

export type NewLogin = {
  id: string;
  codeHash: string;
  pollingHash: string;
  name: string;
  createdAt: number;
  expiresAt: number;
};

/** Drops what has expired. False: as many are waiting as may. */
const openLogin: WriteOperation<{ login: NewLogin; max: number }, boolean> = function* (_, { login, max }) {
  yield* run('delete from cli_logins where expires_at <= $1', login.createdAt);
  const row = yield* one<{ rows: number }>('select count(*) as rows from cli_logins');
  if (Number(row?.rows ?? 0) >= max) return false;
  yield* run(
    'insert into cli_logins(id, code_hash, polling_hash, name, created_at, expires_at) values($1,$2,$3,$4,$5,$6)',
    login.id,
    login.codeHash,
    login.pollingHash,
    login.name,
    login.createdAt,
    login.expiresAt,
  );
  return true;
};

type Decision = {
  codeHash: string;
  /** Null: refused. */
  principalId: string | null;
  at: number;
  maxAttempts: number;
  event: AuditEvent;
};

/**
 * Approves or refuses the login of a short code. A wrong code costs every waiting login one of its attempts, so that
 * codes cannot be tried out.
 * @returns the name that the asking machine gave itself, or undefined where no such login waits
 */
const decideLogin: WriteOperation<Decision, string | undefined> = function* (context, args) {
  const { codeHash, principalId, at, maxAttempts, event } = args;
  if (principalId !== null) yield* requireAccount(principalId);
  const login = yield* one<{ id: string; name: string }>(
    `select id, name from cli_logins where code_hash = $1 and expires_at > $2 and attempts < $3
     and approved_by is null and refused_at is null`,
    codeHash,
    at,
    maxAttempts,
  );
  if (!login) {
    yield* run('update cli_logins set attempts = attempts + 1 where approved_by is null');
    return undefined;
  }
  yield* run(
    'update cli_logins set approved_by = $2, refused_at = $3 where id = $1',
    login.id,
    principalId,
    principalId === null ? at : null,
  );
  yield* context.audit({ ...event, target: `login:${login.id}` });
  return login.name;
};

export type Pickup =
  | { state: 'pending' }
  | { state: 'refused' }
  | { state: 'unknown' }
  | { state: 'done'; name: string };
type PickupArgs = {
  pollingHash: string;
  at: number;
  /** What of it is not known before the login is found is filled in here. */
  token: Omit<NewToken, 'principal_id' | 'name'>;
  limit?: CountLimit;
  event: AuditEvent;
};

/**
 * Hands out the token of an approved login and forgets the login: a polling code opens once.
 * @throws AppError ERR_REQUEST_INVALID when the user has as many as there may be; the login then waits on
 */
const pickUpLogin: WriteOperation<PickupArgs, Pickup> = function* (context, args) {
  const { pollingHash, at, token, limit, event } = args;
  const login = yield* one<{ id: string; name: string; approved_by: string | null; refused_at: number | null }>(
    'select id, name, approved_by, refused_at from cli_logins where polling_hash = $1 and expires_at > $2',
    pollingHash,
    at,
  );
  if (!login) return { state: 'unknown' };
  if (login.approved_by === null && login.refused_at === null) return { state: 'pending' };
  yield* run('delete from cli_logins where id = $1', login.id);
  if (login.approved_by === null) return { state: 'refused' };
  yield* requireAccount(login.approved_by);
  const user = yield* one<{ name: string }>('select name from principals where id = $1', login.approved_by);
  if (!user) throw new AppError('ERR_NOT_FOUND', 'Could not find requested user');
  yield* checkCount(
    limit,
    `select count(*) as count from tokens where principal_id = $1 and kind = 'cli' and revoked_at is null
     and (expires_at is null or expires_at > $2)`,
    login.approved_by,
    at,
  );
  yield* insertToken({ ...token, principal_id: login.approved_by, name: login.name });
  yield* context.audit({ ...event, actor: `principal:${login.approved_by}` });
  return { state: 'done', name: user.name };
};

export const loginWrites = { openLogin, decideLogin, pickUpLogin };
