// The name of a leased role: the engine's prefix and the whole lease id, legal without quotes and never cut.
import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.js';

/** PostgreSQL cuts longer names silently, and two cut names collide (leases.md A7). */
const MAX_BYTES = 63;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ENGINE_ID = /^[a-z0-9]{4,16}$/;

/** Starts every role of the engine `engineId`. */
export function rolePrefix(engineId: string): string {
  return `lease_${engineId}_`;
}

/**
 * `lease_<engine>_<lease id without dashes>`: the same for the same lease, different for any other.
 * @throws AppError ERR_INTERNAL for ids that we did not make
 */
export function roleName(engineId: string, leaseId: string): string {
  const name = rolePrefix(engineId) + leaseId.replaceAll('-', '');
  if (!UUID.test(leaseId) || !ENGINE_ID.test(engineId) || name.length > MAX_BYTES) {
    throw new AppError('ERR_INTERNAL', 'A lease id cannot be made into a role name.');
  }
  return name;
}

/** Key of the advisory lock that create and revoke of one role share: 63 bits, as PostgreSQL's bigint in text. */
export function roleLockKey(role: string): string {
  const digest = createHash('sha256').update(`secrets-action lease role\n${role}`).digest();
  return (digest.readBigUInt64BE(0) >> 1n).toString();
}
