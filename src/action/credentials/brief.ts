// What main leaves for the credential process: where and as whom to lease again. No secret is in it.
import { AppError } from '#core/errors.js';
import { isLink } from '#core/lease-handle.js';
import type { Network } from '#client/network.js';
import type { Backend } from '#client/client.js';
import type { LeaseScope } from '../inputs/leasing.ts';

/** A network that anybody may read about. */
export type OpenNetwork = Omit<Network, 'proxy' | 'client'> & { readonly proxy: string | null };

export type Brief = {
  readonly backend: Backend;
  readonly apiUrl: string;
  readonly identity: string;
  /** null for the issuer's own default. */
  readonly audience: string | null;
  readonly scope: LeaseScope;
  readonly dynamic: string;
  readonly ttlSec: number;
  /** k2: what is leased under it ends with the job. */
  readonly setId: string;
  /** Epoch milliseconds; nothing is leased after that. */
  readonly until: number;
  readonly allowedAccountIds: readonly string[];
  readonly network: OpenNetwork;
  /** Digest of whom main believed; see the handoff. */
  readonly trust: string;
};

const VERSION = 1;

export function writeBrief(brief: Brief): string {
  return `${JSON.stringify({ v: VERSION, ...brief })}\n`;
}

/** @throws AppError ERR_CONTRACT when the text is no brief of ours */
export function readBrief(text: string): Brief {
  const { v, ...rest } = parse(text);
  if (v === VERSION && isBrief(rest)) return rest;
  throw broken();
}

function parse(text: string): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    throw broken();
  }
}

function isBrief(rest: Record<string, unknown>): rest is Brief {
  const {
    backend,
    apiUrl,
    identity,
    audience,
    scope,
    dynamic,
    ttlSec,
    setId,
    until,
    allowedAccountIds,
    network,
    trust,
  } = rest;
  const { project, config, path = '/' } = asRecord(scope);
  const { proxy, noProxy, ca, allowInsecureHttp } = asRecord(network);
  return (
    (backend === 'doppler' || backend === 'phase') &&
    [apiUrl, identity, project, config, path, dynamic, noProxy, trust].every(isText) &&
    URL.canParse(apiUrl as string) &&
    (audience === null || isText(audience)) &&
    [ttlSec, until].every(Number.isSafeInteger) &&
    isLink(setId) &&
    Array.isArray(allowedAccountIds) &&
    allowedAccountIds.every(isText) &&
    (proxy === null || (isText(proxy) && URL.canParse(proxy))) &&
    (ca === undefined || isText(ca)) &&
    typeof allowInsecureHttp === 'boolean'
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function broken(): AppError {
  return new AppError('ERR_CONTRACT', 'What this AWS profile renews itself by cannot be read.', {
    hint: 'It is there while the job runs that wrote the profile, for steps outside of containers.',
  });
}
