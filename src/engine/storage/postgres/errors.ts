// What PostgreSQL and the way to it can say, as the house's errors: by SQLSTATE, with what to do next and no value.
import { AppError, type ErrorCode } from '#core/errors.js';

type Meaning = readonly [code: ErrorCode, message: string, hint?: string];

/** Longest prefix wins (PostgreSQL documentation, appendix A). */
const BY_STATE: Readonly<Record<string, Meaning>> = {
  '22': ['ERR_REQUEST_INVALID', 'The store cannot hold one of the values: it has a character that text may not have.'],
  '23': ['ERR_CONFLICT', 'That conflicts with what is stored.'],
  '28': ['ERR_CONFIG_INVALID', 'The database refuses the login of SECRETS_DATABASE_URL.', 'Check user and password.'],
  '3D000': ['ERR_CONFIG_INVALID', 'The database that SECRETS_DATABASE_URL names does not exist.', 'Create it first.'],
  '42501': [
    'ERR_CONFIG_INVALID',
    'The login of SECRETS_DATABASE_URL may not do what the store needs.',
    'Make it the owner of its database.',
  ],
  '25006': [
    'ERR_UNAVAILABLE',
    'The database takes no writes.',
    'Point SECRETS_DATABASE_URL at the primary, not at a standby.',
  ],
  '53100': ['ERR_UNAVAILABLE', 'The disk of the store is full.', 'Free space; nothing was changed.'],
  '53300': ['ERR_UNAVAILABLE', 'The database has no connection left.', 'Raise max_connections, or run fewer engines.'],
  '54': ['ERR_REQUEST_INVALID', 'One of the values is too long for the store.'],
  '55P03': ['ERR_UNAVAILABLE', 'Another engine has been writing for too long.', 'Try again.'],
  '57014': ['ERR_UNAVAILABLE', 'The database took too long.', 'Try again.'],
};

/** Nothing was done and the same may well succeed in a moment: the way was lost, or others came in between. */
const PASSING = /^(?:08|40|57P0|25P03)/;

/** A newer engine changed the schema under a statement that this session had prepared: a fresh session prepares anew. */
function isStale(error: unknown): boolean {
  return sqlState(error) === '0A000' && /cached plan/.test(String((error as { message?: unknown }).message));
}

/** No SQLSTATE at all: it was the way to the server that failed, or the patience of the client. */
const AWAY: Meaning = ['ERR_UNAVAILABLE', 'The database cannot be reached.', 'Try again; see that it runs.'];

const NO_TLS: Meaning = ['ERR_CONFIG_INVALID', 'The database does not speak TLS.', 'Turn ssl on in its configuration.'];
const UNTRUSTED: Meaning = [
  'ERR_CONFIG_INVALID',
  'The certificate of the database cannot be verified.',
  'Name its authority with sslrootcert=FILE in SECRETS_DATABASE_URL, and the host as the certificate has it.',
];

/** SQLSTATE of an error of the server; empty for everything else. */
export function sqlState(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}

/** Whether a transaction that failed with this, before its COMMIT was sent, deserves another try. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AppError || tlsProblem(error)) return false;
  const state = sqlState(error);
  return state === '' ? isFromTheWay(error) : PASSING.test(state) || isStale(error);
}

/** Whether the error belongs to one operation, so that the others of its transaction can go on without it. */
export function isOwnFault(error: unknown): boolean {
  if (error instanceof AppError) return true;
  const state = sqlState(error);
  if (isStale(error)) return false;
  return state === '' ? !isFromTheWay(error) : /^(?:0A|2[1-3]|42|54|57014)/.test(state) && state !== '42501';
}

/** `error` as the house says it. */
export function postgresError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const state = sqlState(error);
  const known = Object.keys(BY_STATE).find((prefix) => state.startsWith(prefix));
  const away = state === '' ? isFromTheWay(error) : PASSING.test(state);
  const refused: Meaning = ['ERR_UNAVAILABLE', 'The store refused the operation.'];
  const said = known === undefined ? tlsProblem(error) : BY_STATE[known];
  const [code, message, hint] = said ?? (away ? AWAY : refused);
  return new AppError(code, message, hint === undefined ? { cause: error } : { hint, cause: error });
}

/** Node names what is wrong with a certificate by code, `pg` the lack of one by text. */
function tlsProblem(error: unknown): Meaning | undefined {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (/does not support SSL/.test(String(message))) return NO_TLS;
  return /CERT|^ERR_TLS|^UNABLE_TO/.test(String(code)) ? UNTRUSTED : undefined;
}

/** `pg` has no class for a lost connection: system errors have a code, its own have one of these texts. */
function isFromTheWay(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^E[A-Z]{3,}/.test(code)) return true;
  return typeof message === 'string' && /connection|timeout|not queryable|closed/i.test(message);
}
