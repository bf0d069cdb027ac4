// What main leaves for post: where the leases live and how to end them; no secret but a key that can only revoke.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Backend } from '#client/client.js';
import type { Network } from '#client/network.js';
import { AppError } from '#core/errors.js';
import { isLink } from '#core/lease-handle.js';
import { Sensitive } from '#core/sensitive.js';
import type { ProcessIdentity } from './processes.ts';
import type { Runner } from './runner.ts';

/** The name of the state; a roof looks for it before it loads anything. */
const STATE = 'handoff';
const VERSION = 1;

export type HandedLease = {
  readonly dynamic: string;
  readonly project: string;
  readonly config: string;
  /** Phase only. */
  readonly path?: string;
  readonly id: string;
  readonly expiresAt: number;
};

/** What may have been leased without our hearing of it, where the far side can be asked for it. */
export type Doubt = { readonly since: number; readonly asks: readonly Omit<HandedLease, 'id' | 'expiresAt'>[] };

export type Handoff = {
  readonly backend: Backend;
  readonly apiUrl: string;
  /** k2; salts the digest of network and trust settings too. */
  readonly setId: string;
  /** k1; only towards an engine, elsewhere nothing would take it. */
  readonly revokeKey: Sensitive | undefined;
  /** Names that were, or were about to be, asked for. */
  readonly asked: readonly string[];
  readonly leases: readonly HandedLease[];
  /** While main asks a cloud of Phase; null otherwise. */
  readonly doubt: Doubt | null;
  /** No lease of this job lives longer, whatever was lost. */
  readonly until: number;
  /** Whether main went through a proxy; if not, nor does post, whatever is set by then. */
  readonly proxied: boolean;
  /** The longest ttl of what is renewed while the job runs, and so may end that long from any moment; null for nothing. */
  readonly renewedSec: number | null;
  /** The process that renews the leases, if there is one. */
  readonly keeper: ProcessIdentity | null;
};

/** Settings of the environment that decide whom TLS believes or where a connection goes. */
const TRUST_SETTINGS = [
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'NODE_USE_ENV_PROXY',
  'NODE_OPTIONS',
  'OPENSSL_CONF',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
] as const;

/** Saves it in one entry; a later one replaces it. The caller has masked the revoke key. */
export function saveHandoff(runner: Runner, handoff: Handoff, network: Network): void {
  const { revokeKey, ...rest } = handoff;
  const trust = trustDigest(runner, handoff, network);
  runner.saveState(STATE, JSON.stringify({ v: VERSION, ...rest, trust, key: revokeKey?.reveal() ?? null }));
}

export type Left = {
  readonly handoff: Handoff;
  /**
   * Whether this network and this environment are those that main had: a later step can point TLS or a proxy
   * elsewhere. State holds a salted digest of them and no secret.
   */
  readonly trusts: (network: Network) => boolean;
};

/**
 * What main left, or undefined when it left nothing.
 * @throws AppError ERR_CONTRACT when the state is not ours
 */
export function loadHandoff(runner: Runner): Left | undefined {
  const text = runner.state(STATE);
  if (text === '') return undefined;
  const { v, key, trust, ...rest } = parse(text);
  if (v !== VERSION || !isHandoff(rest)) throw broken();
  const revokeKey = isLink(key) ? new Sensitive(key) : undefined;
  return { handoff: { ...rest, revokeKey }, trusts: (network) => trust === trustDigest(runner, rest, network) };
}

/** Whom TLS believes and where connections go, salted with the set id, so that equal settings cannot be told by it. */
export function trustDigest(
  runner: Pick<Runner, 'variable'>,
  { setId, proxied }: Pick<Handoff, 'setId' | 'proxied'>,
  network: Network,
): string {
  const { proxy, noProxy, ca, client, allowInsecureHttp } = network;
  const settings = TRUST_SETTINGS.map((name) => runner.variable(name) ?? '');
  const way = proxied ? [proxy?.reveal(), noProxy] : [];
  const shown = [ca, client?.certificate, client?.key.reveal(), allowInsecureHttp];
  return createHash('sha256')
    .update(JSON.stringify([setId, settings, way, shown, textOf(runner.variable('NODE_EXTRA_CA_CERTS'))]))
    .digest('base64url');
}

const MAX_AUTHORITIES = 4 * 1024 * 1024;

/** The same path may hold other authorities later; or, put there to hold up post, a pipe or what never ends. */
function textOf(path: string | undefined): string {
  try {
    const about = path ? statSync(path) : undefined;
    if (!path || !about?.isFile() || about.size > MAX_AUTHORITIES) return about ? 'no file of authorities' : '';
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Falls through: a state that is no JSON is as little ours as one of another shape.
  }
  throw broken();
}

function isHandoff(rest: Record<string, unknown>): rest is Omit<Handoff, 'revokeKey'> {
  const { backend, apiUrl, setId, asked, leases, doubt, until, proxied, renewedSec, keeper } = rest;
  return (
    (backend === 'doppler' || backend === 'phase') &&
    typeof apiUrl === 'string' &&
    URL.canParse(apiUrl) &&
    isLink(setId) &&
    Array.isArray(asked) &&
    asked.every((name) => typeof name === 'string') &&
    Array.isArray(leases) &&
    leases.every(isHandedLease) &&
    (doubt === null || isDoubt(doubt)) &&
    isInstant(until) &&
    typeof proxied === 'boolean' &&
    (renewedSec === null || isTtl(renewedSec)) &&
    (keeper === null || isProcess(keeper))
  );
}

function isHandedLease(value: unknown): value is HandedLease {
  if (typeof value !== 'object' || value === null) return false;
  const { id, expiresAt } = value as Record<string, unknown>;
  return isAsk(value) && typeof id === 'string' && isInstant(expiresAt);
}

function isAsk(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { dynamic, project, config, path = '/' } = value as Record<string, unknown>;
  return [dynamic, project, config, path].every((text) => typeof text === 'string');
}

function isDoubt(value: unknown): value is Doubt {
  if (typeof value !== 'object' || value === null) return false;
  const { since, asks } = value as Record<string, unknown>;
  return isInstant(since) && Array.isArray(asks) && asks.every(isAsk);
}

function isProcess(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object') return false;
  const { pid, startedAt } = value as Record<string, unknown>;
  return Number.isSafeInteger(pid) && (pid as number) > 1 && typeof startedAt === 'string';
}

/** No target lends for as much as a year. */
function isTtl(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 366 * 86_400;
}

/** Within what Date can hold, so that printing it cannot throw. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function broken(): AppError {
  return new AppError('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
    hint: 'Leases that it may have taken end by themselves at their ttl.',
  });
}
