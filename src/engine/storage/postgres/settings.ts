// SECRETS_DATABASE_URL: read strictly, with TLS that is verified everywhere but on this machine, and told without its password.
import { readFileSync } from 'node:fs';
import { AppError } from '#core/errors.js';
import { type Sensitive, sensitive } from '#core/sensitive.js';

export type DatabaseSettings = {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Sensitive | undefined;
  /** Undefined: plain, on loopback or a socket. `ca`: PEM text; the machine's own authorities where it is undefined. */
  readonly tls: { readonly ca: string | undefined } | undefined;
};

const PARAMETERS = new Set(['sslmode', 'sslrootcert', 'host']);
const MODES = new Set(['', 'disable', 'verify-full']);
const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|\/.*)$/;

/**
 * `postgres://user:password@host:port/database?sslmode=verify-full&sslrootcert=FILE`; the folder of a
 * socket goes into `?host=/var/run/postgresql`. Anything else that a client might take is refused, because what is ignored is believed.
 * @throws AppError ERR_CONFIG_INVALID with what is wrong, and never with the URL itself
 */
export function readDatabaseUrl(text: string): DatabaseSettings {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol)) throw bad('is not postgres://user:password@host/database');
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.has(name)) throw bad(`has a parameter '${name.slice(0, 40)}' that is not known`);
  }
  const host = (url.searchParams.get('host') ?? decoded(url.hostname)).replace(/^\[(.*)\]$/, '$1');
  const [database, user] = [decoded(url.pathname.slice(1)), decoded(url.username)];
  if (host === '' || database === '' || user === '') throw bad('needs a host, a database and a user');
  const password = decoded(url.password);
  return Object.freeze({
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    password: password === '' ? undefined : sensitive(password),
    tls: readTls(host, url.searchParams),
  });
}

/** The database as it is told to people. */
export function databaseName({ host, port, database }: DatabaseSettings): string {
  return `the database ${database} at ${host}:${port}`;
}

function readTls(host: string, parameters: URLSearchParams): DatabaseSettings['tls'] {
  const mode = parameters.get('sslmode') ?? '';
  const file = parameters.get('sslrootcert') ?? undefined;
  const isLocal = LOOPBACK.test(host);
  if (!MODES.has(mode)) throw bad('has an sslmode other than verify-full', 'Use sslmode=verify-full.');
  if (mode === 'disable' && !isLocal) {
    throw bad('turns TLS off for a database that is not on this machine', 'Use sslmode=verify-full.');
  }
  if (mode === 'disable' && file !== undefined) throw bad('turns TLS off and names an sslrootcert');
  if (mode !== 'verify-full' && file === undefined && isLocal) return undefined;
  return Object.freeze({ ca: file === undefined ? undefined : readCa(file) });
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `The sslrootcert ${file} of SECRETS_DATABASE_URL cannot be read.`, {
      cause,
    });
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw bad('has a % that begins no character', 'Write a % in a password as %25.');
  }
}

function bad(what: string, hint?: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', `SECRETS_DATABASE_URL ${what}.`, hint === undefined ? {} : { hint });
}
