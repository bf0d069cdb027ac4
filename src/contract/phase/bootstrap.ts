// What a client that decrypts by itself is told first: its key share, and every environment's keys sealed for it (contracts/phase.md 1.4); and new tokens.
import { formatInstant } from './duration.ts';
import { authorization, type PhaseToken, writeToken } from './token.ts';

export type EnvironmentKeys = {
  id: string;
  name: string;
  slug: string;
  index: number;
  createdAt: number;
  publicKey: string;
  wrappedSeed: string;
  wrappedSalt: string;
};
export type Bootstrap = {
  principalId: string;
  isUser: boolean;
  wrappedShare: string;
  organisation: { id: string; name: string };
  apps: readonly { id: string; name: string; environments: readonly EnvironmentKeys[] }[];
};

/** `GET /service/secrets/tokens/`, in snake case whatever is asked. */
export function bootstrapAnswer({ principalId, isUser, wrappedShare, organisation, apps }: Bootstrap) {
  return {
    wrapped_key_share: wrappedShare,
    [isUser ? 'user_id' : 'account_id']: principalId,
    offline_enabled: false,
    organisation,
    apps: apps.map(({ id, name, environments }) => ({
      id,
      name,
      // The server can read them too, which is what this word says.
      encryption: 'SSE',
      environment_keys: environments.map((keys) => environmentAnswer(keys, { principalId, isUser })),
    })),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ dev: 'dev', stg: 'staging', prd: 'prod' },
  ...{ development: 'dev', staging: 'staging', prod: 'prod', production: 'prod' },
};

/** Phase's word for an environment of this slug. */
export function environmentType(slug: string): string {
  return (Object.hasOwn(TYPES, slug) && TYPES[slug]) || 'custom';
}

function environmentAnswer(keys: EnvironmentKeys, who: { principalId: string; isUser: boolean }) {
  const at = { created_at: formatInstant(keys.createdAt), updated_at: formatInstant(keys.createdAt) };
  const { id, name, slug, index } = keys;
  return {
    id,
    environment: { id, name, env_type: environmentType(slug), index, ...at },
    paths: null,
    // The environment's key, not the account's: clients seal with it (contracts/phase.md 1.4).
    identity_key: keys.publicKey,
    wrapped_seed: keys.wrappedSeed,
    wrapped_salt: keys.wrappedSalt,
    ...at,
    deleted_at: null,
    user: who.isUser ? who.principalId : null,
    service_account: who.isUser ? null : who.principalId,
  };
}

type WholeToken = PhaseToken & { readonly keys: NonNullable<PhaseToken['keys']> };
type NewToken = WholeToken & {
  slug: string;
  name: string;
  createdAt: number;
  expiresAt: number | null;
};

/** The one time that a token is told (contracts/phase.md 1.7). */
export function newTokenAnswer(token: NewToken) {
  return {
    id: token.slug,
    name: token.name,
    createdAt: formatInstant(token.createdAt),
    expiresAt: token.expiresAt === null ? null : formatInstant(token.expiresAt),
    ...told(token),
  };
}

/** A token that was exchanged for another's, in the envelope of contracts/phase.md 1.6. */
export function exchangedAnswer(token: WholeToken, { ttlSec, maxTtlSec }: { ttlSec: number; maxTtlSec: number }) {
  return { authentication: { tokenType: token.type, ...told(token), TTL: ttlSec, maxTTL: maxTtlSec } };
}

function told(token: WholeToken) {
  return {
    token: writeToken(token).reveal(),
    bearerToken: authorization(token)
      .reveal()
      .replace(/^Bearer /, ''),
  };
}
