// What the engine answers, from our words to Doppler's wire names; the only place where an answer's values are opened.
import { iso, isoOrNull } from '#core/clock.js';
import type { Kind } from '#core/kinds.js';
import { isFinal, type LeaseState } from '#core/lease.js';
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import { WORKPLACE_ID } from './people-answers.ts';
import type { IssuedLeaseBody, MeBody, RevokedSetBody, SecretValueBody } from './shapes.ts';

type Json = Readonly<Record<string, unknown>>;

/** id, slug and name are all the name, as on the live service (contracts/doppler.md 2.1). */
export function projectAnswer(project: {
  name: string;
  description: string;
  isProtected: boolean;
  createdAt: number;
}): Json {
  const { name, description, isProtected, createdAt } = project;
  return { id: name, slug: name, name, description, deletion_protection: isProtected, created_at: iso(createdAt) };
}

export function environmentAnswer(environment: {
  slug: string;
  name: string;
  project: string;
  personalConfigs: boolean;
  createdAt: number;
  initialFetchAt: number | null;
}): Json {
  const { slug, name, project, personalConfigs, createdAt, initialFetchAt } = environment;
  return {
    id: slug,
    slug,
    name,
    initial_fetch_at: isoOrNull(initialFetchAt),
    created_at: iso(createdAt),
    project,
    personal_configs: personalConfigs,
  };
}

const MISSING = {
  raw: null,
  computed: null,
  note: '',
  rawVisibility: null,
  computedVisibility: null,
  rawValueType: null,
  computedValueType: null,
};

/** The seven fields of a secret; a missing one has them all null, which is how terraform knows (2.5). */
export function secretAnswer(
  secret: (Secret & { valueType: string; isProtected: boolean }) | undefined,
): Json & SecretValueBody {
  if (!secret) return MISSING;
  return {
    raw: secret.raw?.reveal() ?? null,
    computed: secret.computed?.reveal() ?? null,
    note: secret.note,
    rawVisibility: secret.rawVisibility,
    computedVisibility: secret.computedVisibility,
    rawValueType: { type: secret.valueType },
    computedValueType: { type: secret.valueType },
    ...(secret.isProtected && { deletion_protection: true }),
  };
}

/** A leased field in the list shape (3.2). */
export function leasedSecretAnswer(value: Sensitive): Json & SecretValueBody {
  const text = value.reveal();
  const type = { type: 'string' };
  return {
    raw: text,
    computed: text,
    note: '',
    rawVisibility: 'masked',
    computedVisibility: 'masked',
    rawValueType: type,
    computedValueType: type,
  };
}

/** Values by name, opened for the wire. */
export function openedValues(values: ReadonlyMap<string, Sensitive>): Map<string, string> {
  return new Map([...values].map(([name, value]) => [name, value.reveal()]));
}

export function tokenAnswer(token: {
  slug: string;
  name: string;
  access: string;
  createdAt: number;
  expiresAt: number | null;
  project: string;
  environment: string;
  config: string;
  key?: Sensitive;
}): Json {
  const { name, slug, access, createdAt, expiresAt, project, environment, config, key } = token;
  return {
    name,
    slug,
    created_at: iso(createdAt),
    config,
    environment,
    project,
    expires_at: isoOrNull(expiresAt),
    access,
    ...(key && { key: key.reveal() }),
  };
}

type Integration = {
  slug: string;
  name: string;
  type: string;
  scope: { allowed: readonly string[]; ceiling: Json };
  createdAt: number;
};

/** The scope, an extension of ours, only where it is asked for. */
export function integrationAnswer({ slug, name, type, scope, createdAt }: Integration, withScope: boolean): Json {
  const { allowed, ceiling } = scope;
  return {
    slug,
    name,
    type,
    kind: 'dynamicSecrets',
    enabled: true,
    syncs: [],
    ...(withScope && { allowed, ceiling }),
    created_at: iso(createdAt),
  };
}

type DynamicSecret = {
  slug: string;
  name: string;
  kind: Kind;
  integration: string;
  parameters: Json;
  keyMap: Readonly<Record<string, string>>;
  defaultTtlSec: number;
  maxTtlSec: number;
  maxLiveLeases: number;
  liveLeases: number;
  createdAt: number;
};

export function dynamicSecretAnswer(
  secret: DynamicSecret,
  { project, config }: { project: string; config: string },
): Json {
  return {
    slug: secret.slug,
    project,
    config,
    name: secret.name,
    kind: secret.kind,
    integration: secret.integration,
    parameters: secret.parameters,
    key_map: secret.keyMap,
    default_ttl_sec: secret.defaultTtlSec,
    max_ttl_sec: secret.maxTtlSec,
    max_live_leases: secret.maxLiveLeases,
    live_leases: secret.liveLeases,
    created_at: iso(secret.createdAt),
  };
}

export function issuedLeaseAnswer(lease: {
  id: string;
  expiresAt: number;
  usableAfter?: number;
  values: ReadonlyMap<string, Sensitive>;
}): Json & IssuedLeaseBody {
  const value = Object.fromEntries(openedValues(lease.values));
  const usable = lease.usableAfter === undefined ? {} : { usable_after: iso(lease.usableAfter) };
  return { success: true, id: lease.id, expires_at: iso(lease.expiresAt), ...usable, value };
}

type Lease = {
  id: string;
  dynamicSecret: string;
  project: string;
  config: string;
  state: LeaseState;
  createdAt: number;
  expiresAt: number;
  closedAt: number | null;
  credentialValidUntil?: number;
};

export function leaseAnswer(lease: Lease): Json & RevokedSetBody['leases'][number] {
  const { id, dynamicSecret, project, config, state, createdAt, expiresAt, closedAt } = lease;
  const valid = lease.credentialValidUntil;
  return {
    id,
    slug: id,
    dynamic_secret: dynamicSecret,
    project,
    config,
    state,
    created_at: iso(createdAt),
    expires_at: iso(expiresAt),
    closed_at: isoOrNull(closedAt),
    ...(valid === undefined ? {} : { credential_valid_until: iso(valid) }),
  };
}

/** A lease whose revocation fails (engine extension). */
export function stuckLeaseAnswer(
  lease: Lease & { externalRef: string; error: string; failingSince: number | null; nextTryAt: number | null },
): Json {
  return {
    ...leaseAnswer(lease),
    external_ref: lease.externalRef,
    error: lease.error,
    failing_since: isoOrNull(lease.failingSince),
    next_try_at: isoOrNull(lease.nextTryAt),
  };
}

/** How one lease ended; `credential_valid_until` where its credential goes on by itself. */
export function endedLeaseAnswer(lease: Pick<Lease, 'state' | 'credentialValidUntil'>): Json {
  const { state, credentialValidUntil: valid } = lease;
  return { success: true, state, ...(valid === undefined ? {} : { credential_valid_until: iso(valid) }) };
}

/** How a set ended: `left` counts the leases that are not final yet. */
export function revokedSetAnswer(leases: readonly Lease[]): Json & RevokedSetBody {
  const left = leases.filter(({ state }) => !isFinal(state)).length;
  return { success: true, leases: leases.map(leaseAnswer), revoked: leases.length - left, left };
}

/** `workplace` is its name. */
export function actorAnswer(
  actor: {
    tokenId: string;
    principalId: string;
    kind: string;
    name: string;
    preview: string;
    createdAt: number;
    lastSeenAt: number | null;
  },
  workplace: string,
): Json & MeBody {
  return {
    slug: actor.tokenId,
    name: actor.name,
    created_at: iso(actor.createdAt),
    last_seen_at: isoOrNull(actor.lastSeenAt),
    type: actor.kind,
    token_preview: actor.preview,
    workplace: { slug: WORKPLACE_ID, name: workplace },
    principal: { type: PRINCIPALS[actor.kind] ?? actor.kind, slug: actor.principalId },
  };
}

/** Whom a token stands for, where that is not the token itself. */
const PRINCIPALS: Readonly<Record<string, string>> = {
  cli: 'workplace_user',
  personal: 'workplace_user',
  service_account_identity: 'service_account',
};
