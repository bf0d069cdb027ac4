// What our engine answers to Phase's clients (contracts/phase.md 1.4, 2.2, 3.2, 3.3), in camel case, and in snake case where asked.
import type { Sensitive } from '#core/sensitive.js';
import { KIND_RULES, type Kind } from '#core/kinds.js';
import { type LeaseState, isFinal } from '#core/lease.js';
import type { Visibility } from '#core/visibility.js';
import { formatDuration, formatInstant } from './duration.ts';
import { snakeCase } from './requests.ts';
import type { IssuedLeaseBody, LeaseBody, SecretBody } from './shapes.ts';
import { typeOf } from './secrets.ts';

/** How texts leave: as they are on the REST API, sealed for the environment's key where clients decrypt. */
export type Writing = {
  value(text: Sensitive): string;
  /** Names and comments, which are secret where values are. */
  text(text: string): string;
  digest(name: string): string;
};

export type StaticSecret = {
  id: string;
  name: string;
  /** Null where the reader has written it and may not read it. */
  value: Sensitive | null;
  note: string;
  visibility: Visibility;
  path: string;
  tags: readonly string[];
  override: { id: string; value: Sensitive; isActive: boolean; createdAt: number; updatedAt: number } | null;
  version: number;
  createdAt: number;
  updatedAt: number;
};
/** What is answered beyond what every reader needs. */
type Json = Readonly<Record<string, unknown>>;
type Home = { environmentId: string; path: string };

/** A static secret; `folder` is the id of its folder, null in the root. */
export function secretAnswer(
  secret: StaticSecret,
  { environmentId, folder }: { environmentId: string; folder: string | null },
  writing: Writing,
): SecretBody & Json {
  const { override } = secret;
  return {
    id: secret.id,
    key: writing.text(secret.name),
    value: secret.value && writing.value(secret.value),
    comment: secret.note === '' ? '' : writing.text(secret.note),
    tags: secret.tags,
    override: override && overrideAnswer(override, writing),
    type: typeOf(secret.visibility),
    lifecycle: 'static',
    path: secret.path,
    keyDigest: writing.digest(secret.name),
    version: secret.version,
    createdAt: formatInstant(secret.createdAt),
    updatedAt: formatInstant(secret.updatedAt),
    environment: environmentId,
    folder,
  };
}

/** Clients apply it: `value` beside it stays what everybody has (contracts/phase.md 2.2). */
function overrideAnswer(override: NonNullable<StaticSecret['override']>, writing: Writing) {
  const { id, value, isActive, createdAt, updatedAt } = override;
  const at = { createdAt: formatInstant(createdAt), updatedAt: formatInstant(updatedAt) };
  return { id, value: writing.value(value), isActive, ...at };
}

export type DynamicSecret = {
  id: string;
  name: string;
  kind: Kind;
  /** The name that each field is leased under. */
  names: ReadonlyMap<string, string>;
  defaultTtlSec: number;
  maxTtlSec: number;
  createdAt: number;
};

const PROVIDERS: Readonly<Record<Kind, string>> = { postgres: 'postgres', aws_sts: 'aws', aws_iam_user: 'aws' };
/** Fields that tell where and who, and open nothing. */
const PLAIN = new Set(['host', 'port', 'database', 'region', 'username', 'access_key_id']);

export function dynamicAnswer(secret: DynamicSecret, home: Home, writing: Writing, lease: object | null) {
  const { id, name, kind } = secret;
  const keyMap = KIND_RULES[kind].fields.map((field) => {
    const keyName = secret.names.get(field) ?? field;
    return { id: field, keyName: writing.text(keyName), keyDigest: writing.digest(keyName), masked: !PLAIN.has(field) };
  });
  return {
    ...{ id, name, type: 'dynamic', description: '', environment: home.environmentId, folder: null, path: home.path },
    defaultTtl: formatDuration(secret.defaultTtlSec),
    maxTtl: formatDuration(secret.maxTtlSec),
    provider: PROVIDERS[kind],
    keyMap,
    createdAt: formatInstant(secret.createdAt),
    updatedAt: formatInstant(secret.createdAt),
    deletedAt: null,
    lease,
  };
}

export type Lease = {
  id: string;
  name: string;
  dynamicSecretId: string;
  state: LeaseState;
  holder: {
    id: string;
    name: string;
    isUser: boolean;
    email?: string | null;
    role?: string | null;
    createdAt?: number | null;
  };
  createdAt: number;
  expiresAt: number;
  renewedAt: number | null;
  closedAt: number | null;
};

/** A lease; with its credentials in the one answer that makes it. */
export function leaseAnswer(
  lease: Lease,
  credentials: ReadonlyMap<string, Sensitive> = new Map(),
  writing = PLAINLY,
): LeaseBody & IssuedLeaseBody & Json {
  const { id, name, holder, createdAt, expiresAt } = lease;
  return {
    ...{ id, name, description: '', secret: lease.dynamicSecretId },
    ttl: formatDuration((expiresAt - createdAt) / 1000),
    status: statusOf(lease.state),
    owner: ownerAnswer(holder),
    credentials: [...credentials].map(([key, value]) => ({ key: writing.text(key), value: writing.value(value) })),
    createdAt: formatInstant(createdAt),
    renewedAt: instantOrNull(lease.renewedAt),
    expiresAt: formatInstant(expiresAt),
    revokedAt: instantOrNull(lease.closedAt),
    deletedAt: null,
  };
}

/** As written to a client that reads in clear; only the REST API lists leases with names. */
export const PLAINLY: Writing = {
  value: (text) => text.reveal(),
  text: (text) => text,
  digest: () => '',
};

/** Phase knows three; a lease whose end has begun is active until the target has ended it (contracts/phase.md 3.4). */
function statusOf(state: LeaseState): 'active' | 'revoked' | 'expired' {
  if (!isFinal(state)) return 'active';
  return state === 'expired' ? 'expired' : 'revoked';
}

/** Both kinds with their dates, which the pages of Phase show and its server leaves out for one (contracts/phase.md 9). */
function ownerAnswer({ id, name, isUser, email, role, createdAt }: Lease['holder']) {
  const type = isUser ? 'organisation_member' : 'service_account';
  const data = isUser ? { id, username: email ?? name, fullName: name, email: email ?? name } : { id, name };
  const since = instantOrNull(createdAt ?? null);
  const shown = role === undefined || role === null ? null : { id: role, name: role };
  return { type, data: { ...data, role: shown, createdAt: since, updatedAt: since, deletedAt: null } };
}

function instantOrNull(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

/** The same answer with its keys in snake case, as clients that decrypt want it; values are left alone. */
export function snakeAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(snakeAnswer);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [snakeCase(key), snakeAnswer(value)]));
}
