// The names of what a lease makes at AWS: the engine's id and the whole lease id, legal everywhere and never cut.
import { AppError } from '#core/errors.js';

/** IAM user names and role session names have at most 64 characters, names of federated users 32, of policies 128. */
const MAX_NAME = 64;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ENGINE_ID = /^[a-z0-9]{4,16}$/;
const UNTIL = /-until-(\d{10})$/;

/** Starts every name of the engine `engineId`. */
export function namePrefix(engineId: string): string {
  return `lease-${engineId}-`;
}

/**
 * `lease-<engine>-<lease id without dashes>`: the same for the same lease, different for any other, in one case only,
 * since IAM compares without it.
 * @throws AppError ERR_INTERNAL for ids that we did not make
 */
export function leaseName(engineId: string, leaseId: string): string {
  const name = namePrefix(engineId) + leaseId.replaceAll('-', '');
  if (!UUID.test(leaseId) || !ENGINE_ID.test(engineId) || name.length > MAX_NAME) {
    throw new AppError('ERR_INTERNAL', 'A lease id cannot be made into an AWS name.');
  }
  return name;
}

/** A federated user's name has room for the lease id alone. */
export function federatedName(leaseId: string): string {
  if (!UUID.test(leaseId)) throw new AppError('ERR_INTERNAL', 'A lease id cannot be made into an AWS name.');
  return leaseId.replaceAll('-', '');
}

/** Name of the policy that denies a session, with the instant from which it is of no use any more. */
export function denyName(session: string, endsAt: number): string {
  return `${session}-until-${String(Math.ceil(endsAt / 1000)).padStart(10, '0')}`;
}

/** Whether `name` is such a policy of this engine, and its session is over at `now`. */
export function isSpentDeny(name: string, prefix: string, now: number): boolean {
  const until = name.startsWith(prefix) ? UNTIL.exec(name)?.[1] : undefined;
  return until !== undefined && Number(until) * 1000 < now;
}

/** The last part of a role's ARN, which is what IAM calls want, and its account. */
export function roleOf(arn: string): { account: string; name: string } {
  const [, , , , account = '', resource = ''] = arn.split(':');
  return { account, name: resource.slice(resource.lastIndexOf('/') + 1) };
}
