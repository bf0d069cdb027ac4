// What the engine answers about configs, their logs, references and trusted addresses, in Doppler's wire names.
import { iso, isoOrNull } from '#core/clock.js';
import type { Sensitive } from '#core/sensitive.js';

type Json = Readonly<Record<string, unknown>>;
type ConfigRef = { project: string; config: string };

/** C of contracts/doppler.md 2.4; `deletion_protection` is the engine's. */
export function configAnswer(config: {
  slug: string;
  name: string;
  project: string;
  environment: string;
  root: boolean;
  locked: boolean;
  inheritable: boolean;
  isProtected: boolean;
  inherits: readonly ConfigRef[];
  inheritedBy: readonly ConfigRef[];
  createdAt: number;
  initialFetchAt: number | null;
  lastFetchAt: number | null;
}): Json {
  const { createdAt, isProtected, initialFetchAt, lastFetchAt, ...same } = config;
  return {
    ...same,
    inheriting: config.inherits.length > 0,
    initial_fetch_at: isoOrNull(initialFetchAt),
    last_fetch_at: isoOrNull(lastFetchAt),
    deletion_protection: isProtected,
    created_at: iso(createdAt),
  };
}

type Log = {
  id: string;
  text: string;
  isRollback: boolean;
  at: number;
  project: string;
  environment: string | null;
  config: string | null;
  actor: string;
};

/** L of 2.8 under both sets of names that clients read. */
export function logAnswer({ id, text, isRollback, at, project, environment, config, actor }: Log): Json {
  return {
    ...{ id, text, project, environment, config },
    html: escaped(text),
    rollback: isRollback,
    created_at: iso(at),
    enclave_project: project,
    enclave_environment: environment,
    enclave_config: config,
    user: { email: '', name: actor, username: '', profile_image_url: '' },
  };
}

/** `null` is a value that the caller may not have. */
export function logDiffAnswer(diff: { name: string; added?: Sensitive | null; removed?: Sensitive | null }): Json {
  const { name, added, removed } = diff;
  return {
    name,
    ...(added === undefined ? {} : { added: added?.reveal() ?? null }),
    ...(removed === undefined ? {} : { removed: removed?.reveal() ?? null }),
  };
}

export function metadataAnswer(secret: {
  version: number;
  visibility: string;
  valueType: string;
  note: string;
  isProtected: boolean;
  isOwn: boolean;
}): Json {
  const { version, visibility, valueType, note, isProtected, isOwn } = secret;
  return {
    version,
    visibility,
    valueType: { type: valueType },
    note,
    deletion_protection: isProtected,
    inherited: !isOwn,
  };
}

export function referenceAnswer(reference: {
  slug: string;
  name: string | null;
  source: { project: string; config: string; secret: string };
  createdAt: number;
  createdBy: string;
}): Json {
  const { slug, name, source, createdAt, createdBy } = reference;
  return { slug, name, source, created_at: iso(createdAt), created_by: createdBy };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
