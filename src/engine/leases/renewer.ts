// Renewing a lease: the target's own end first, then the expiry on disk by compare-and-swap, never past the hard limit.
import { AppError } from '#core/errors.js';
import { isKind, KIND_RULES } from '#core/kinds.js';
import { renewedExpiry } from '#core/lease.js';
import type { LeaseRow } from '../storage/operations/leases.ts';
import type { Cause, WorkRow } from '../storage/operations/lease-rows.ts';
import { authorize, causeOf } from './access.ts';
import type { Renewal } from './lease-service.ts';
import { integrationOf, type LeaseParts, openTarget } from './parts.ts';
import { CREATE_DEADLINE_MS, withDeadline } from './timing.ts';

/** How often a renewal that lost against another one looks again. */
const TRIES = 3;

export type Renewed = { id: string; expiresAt: number; capped: boolean };

/**
 * A crash between target and disk leaves a credential that lives longer by itself than its row: the sweep ends it by
 * the row. Call it one at a time per lease.
 */
export async function renewLease(parts: LeaseParts, request: Renewal): Promise<Renewed> {
  const { id, ttlSec, isAdded = false, actor } = request;
  if (!Number.isSafeInteger(ttlSec) || ttlSec < 1) {
    throw new AppError('ERR_REQUEST_INVALID', 'The ttl must be a whole number of seconds.');
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const lease = authorize(await parts.store.read.getLease({ id }), request, 'renew');
    const row = renewable(await parts.store.read.getLeaseWork({ id }));
    const renewed = await attemptRenewal(parts, { lease, row, ttlSec, isAdded, cause: causeOf(actor) });
    if (renewed) return renewed;
  }
  throw new AppError('ERR_CONFLICT', 'The lease is being changed by others.', { hint: 'Try again.' });
}

type Attempt = { lease: LeaseRow; row: WorkRow; ttlSec: number; isAdded: boolean; cause: Cause };

async function attemptRenewal(parts: LeaseParts, attempt: Attempt): Promise<Renewed | undefined> {
  const { lease, row, ttlSec, isAdded, cause } = attempt;
  const { id, expires_at: from, hard_expires_at: hardExpiresAt } = lease;
  const { expiresAt, capped } = renewedExpiry({ now: parts.now(), ttlSec, expiresAt: from, hardExpiresAt, isAdded });
  if (expiresAt === from) return { id, expiresAt, capped };
  const integration = integrationOf(parts, row.integration_type);
  const target = openTarget(parts, row);
  await withDeadline(parts.clock, CREATE_DEADLINE_MS, async (signal) => {
    await integration.extend?.({ ...target, expiresAt }, signal);
  });
  const swapped = await parts.store.write.renewLease({ id, from, to: expiresAt, at: parts.now(), cause });
  return swapped ? { id, expiresAt, capped } : undefined;
}

function renewable(row: WorkRow | undefined): WorkRow {
  if (!row) throw new AppError('ERR_NOT_FOUND', 'There is no such lease.');
  if (isKind(row.kind) && !KIND_RULES[row.kind].renewable) {
    throw new AppError('ERR_LEASE_NOT_RENEWABLE', 'Leases of this kind cannot be renewed.', {
      hint: 'Issue a new one.',
    });
  }
  if (row.state === 'pending') throw new AppError('ERR_CONFLICT', 'The lease is still being issued.');
  if (row.state !== 'active') {
    throw new AppError('ERR_LEASE_EXPIRED', 'The lease has ended.', { hint: 'Issue a new one.' });
  }
  return row;
}
