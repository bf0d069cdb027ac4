// Lengthening a lease with k0 of its handle, and nothing else: all that a keeper can ask for (engine extension).
import { readRenewal } from '#contract/doppler/management-answers.js';
import { renewLeaseRequest } from '#contract/doppler/management-lending.js';
import type { Sensitive } from '#core/sensitive.js';
import { Http, type HttpOptions } from './http.ts';
import { failureError, isOk, readJson, statusError } from './problem.ts';

export type RenewOptions = Omit<HttpOptions, 'baseUrl'> & { readonly apiUrl: string; readonly renewKey: Sensitive };

/** Sets the end of a lease `ttlSec` from now; `capped`: it can be moved no further. */
export type Renew = (lease: { id: string; ttlSec: number }) => Promise<{ expiresAt: number; capped: boolean }>;

/**
 * A Renew; each call has the whole budget. It rejects with AppError: ERR_CONFLICT for a kind that cannot be renewed,
 * ERR_NOT_FOUND and ERR_LEASE_EXPIRED for a lease that is over.
 */
export function renewWith({ apiUrl, renewKey, ...options }: RenewOptions): Renew {
  return async (lease) => {
    const http = new Http({ ...options, baseUrl: apiUrl });
    const { authorized: _, ...request } = renewLeaseRequest(renewKey, lease);
    const outcome = await http.safe(request);
    if ('failure' in outcome) throw failureError(outcome.failure, http.host);
    if (isOk(outcome.answer)) return readRenewal(readJson(outcome.answer, http.host));
    const doing = `renew lease ${lease.id}`;
    const redact = (text: string) => text;
    const asked = { host: http.host, doing, tokenKind: 'lease handle', now: options.clock.now(), redact };
    throw statusError(outcome.answer, asked);
  };
}
