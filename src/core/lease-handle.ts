// The lease handle: three links of a hash chain, so that what a job leaves behind can end its leases and do nothing else.
import { createHash, randomBytes } from 'node:crypto';
import { Sensitive } from './sensitive.ts';

/** 32 bytes as unpadded base64url. */
const LINK = /^[A-Za-z0-9_-]{43}$/;

/**
 * design.md §4. `renewKey` (k0) may renew and revoke the set, `revokeKey` (k1) may only revoke it, `setId` (k2) is
 * public and goes with each minting request. Each link is the SHA-256 of the one before it.
 */
export type LeaseHandle = { renewKey: Sensitive; revokeKey: Sensitive; setId: string };

/** A fresh handle. */
export function newLeaseHandle(): LeaseHandle {
  const renewKey = randomBytes(32).toString('base64url');
  const revokeKey = nextLink(renewKey);
  return { renewKey: new Sensitive(renewKey), revokeKey: new Sensitive(revokeKey), setId: nextLink(revokeKey) };
}

/** The following link. */
export function nextLink(link: string): string {
  return createHash('sha256').update(Buffer.from(link, 'base64url')).digest('base64url');
}

/** Whether `text` has the form of a link. */
export function isLink(text: unknown): text is string {
  return typeof text === 'string' && LINK.test(text);
}
