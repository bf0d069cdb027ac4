// Ids of leases: UUIDs that begin with the time, so that leases which end together lie together in every index.
import { randomBytes } from 'node:crypto';

const TIME_BYTES = 6;

/**
 * A version 7 UUID (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Sorts by time as text. It opens nothing
 * and tells nothing but when the lease began, which every listing says.
 * @param at epoch milliseconds
 */
export function newLeaseId(at: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, TIME_BYTES);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
