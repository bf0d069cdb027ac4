// What a failure of PostgreSQL means: one printable line, and through its code whether to try again.
import { AppError } from '#core/errors.js';
import type { RolePlan } from './settings.ts';
import { SqlError } from './sql.ts';

/** `commit`: sent and not answered, so that nobody knows; anything else has had no lasting effect. */
export type Step = 'connect' | 'create' | 'commit' | 'revoke' | 'extend';

type Where = { host: string; port: number };

/** TLS failures of Node: they mean settings, not a server that is away. */
const TLS_CODES = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const THROTTLED = new Set(['53300', '53400']);
const TRANSIENT = new Set(['40001', '40P01', '55P03', '55006', '57014', '57P01', '57P02', '57P03', '25P03', '25P02']);

/**
 * `error` as an AppError whose text holds no value: the server's own words may quote a statement and stay in `cause`.
 * Its code carries the verdict (integration.ts `classify`).
 */
export function postgresFault(error: unknown, { host, port }: Where, step: Step): AppError {
  if (error instanceof AppError) return error;
  const at = `PostgreSQL at ${host}:${port}`;
  const fault = (code: AppError['code'], says: string, hint: string) =>
    new AppError(code, `${at} ${says}.`, { hint, cause: error });
  if (!(error instanceof SqlError) || !error.fromServer) return lineFault(error, at, step);
  const { code } = error;
  if (code.startsWith('28')) {
    return fault(
      'ERR_INTEGRATION_FAILED',
      "refused the login of the integration's user",
      'Check its username and password.',
    );
  }
  if (code === '3D000') return fault('ERR_INTEGRATION_FAILED', 'has no such database', 'Check the database names.');
  if (THROTTLED.has(code)) return fault('ERR_RATE_LIMITED', 'has no connection left', 'Try again in a moment.');
  if (code === '2BP01') {
    return fault(
      'ERR_INTEGRATION_FAILED',
      'keeps the leased role, because objects or grants that we may not touch depend on it',
      "Its login is closed. Revoke what others granted it and list all databases in 'databases'; we retry.",
    );
  }
  if (code === '42501') {
    return fault(
      'ERR_INTEGRATION_FAILED',
      "does not let the integration's user manage the role",
      'It needs CREATEROLE and, from PostgreSQL 16 on, ADMIN OPTION on each group role.',
    );
  }
  if (TRANSIENT.has(code) || code.startsWith('08') || code.startsWith('53') || code.startsWith('58')) {
    return fault('ERR_UNAVAILABLE', `could not do it now (${code})`, 'We retry.');
  }
  return fault(
    'ERR_INTEGRATION_FAILED',
    `refused to ${step === 'commit' ? 'create' : step} the role (${code})`,
    "See the server's log.",
  );
}

function lineFault(cause: unknown, at: string, step: Step): AppError {
  const code = cause instanceof SqlError ? cause.code : '';
  const message = cause instanceof SqlError ? cause.message : '';
  if (TLS_CODES.test(code) || /SSL/.test(message)) {
    return new AppError('ERR_INTEGRATION_FAILED', `${at} has no TLS certificate that we trust.`, {
      hint: "Set 'ca' to the certificate authority of the server and 'host' to the name in its certificate.",
      cause,
    });
  }
  if (step === 'commit') {
    return new AppError('ERR_TIMEOUT', `${at} did not say whether the role was made; it is being removed.`, { cause });
  }
  return new AppError('ERR_UNAVAILABLE', `${at} cannot be reached.`, { hint: 'Check that it runs.', cause });
}

/** The time to make it has passed. */
export function tooLate({ host, port }: Where): AppError {
  return new AppError('ERR_UNAVAILABLE', `PostgreSQL at ${host}:${port} was too slow to make the role.`, {
    hint: 'Try again.',
  });
}

/** The groups of a lease that may create objects, while nobody said what becomes of these. */
export function ownedMissing(plan: RolePlan): AppError {
  return new AppError('ERR_INTEGRATION_FAILED', `The group role ${plan.groupRoles.join(', ')} may create objects.`, {
    hint: "State 'owned: drop' or 'owned: reassign' in the dynamic secret's parameters.",
  });
}

/** On this server a member can become the group, and so set its password or use what it may do: that would last. */
export function groupActs({ host, port }: Where, name: string): AppError {
  return new AppError(
    'ERR_INTEGRATION_FAILED',
    `The group role ${name} on PostgreSQL at ${host}:${port} can log in or manage roles or databases.`,
    { hint: 'Lease from a group without LOGIN and other attributes, or use PostgreSQL 16 or newer.' },
  );
}

/** A group of the lease is not there. */
export function groupMissing({ host, port }: Where, name: string): AppError {
  return new AppError('ERR_INTEGRATION_FAILED', `PostgreSQL at ${host}:${port} has no group role ${name}.`, {
    hint: 'Create it, or change the dynamic secret.',
  });
}
