// Pure: what a job already has that would stand over a leased AWS key, and so must be blanked when that is exported.
import type { Delivery } from './naming.ts';

/** An SDK takes a left session token along with any key, or follows a profile before it looks at keys. */
const OVERRULING = ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const;

/** Variables to export empty beside these, since none can be unset in a job; only what is set, and only for a lease. */
export function overruledBy(deliveries: readonly Delivery[], variable: (name: string) => string | undefined): string[] {
  const isLeased = deliveries.some(({ name, expiresAt }) => name === 'AWS_ACCESS_KEY_ID' && expiresAt !== undefined);
  const given = new Set(deliveries.map(({ name }) => name));
  return isLeased ? OVERRULING.filter((name) => !given.has(name) && variable(name)) : [];
}
