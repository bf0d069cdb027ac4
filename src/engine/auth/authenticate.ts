// From an Authorization header to a caller: both header forms, a look-up by keyed hash, expiry and revocation.
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { Store } from '../storage/store.ts';
import type { TokenSighting } from '../storage/operations/tokens.ts';
import type { Caller, Origin, Role } from './caller.ts';
import { type Grants, NO_GRANTS, readGrants } from './grants.ts';
import { LastSeen } from './last-seen.ts';
import { knownKind, tokenKind, type TokenKind } from './token-format.ts';
import { isTrusted } from './trusted-ips.ts';

const SCHEME = /^(bearer|basic) +(\S{1,200})$/i;
/** Phase's header has two words after the scheme; the type is case-sensitive, blanks may be doubled (phase.md 1.1, 9). */
const PHASE = /^[Bb][Ee][Aa][Rr][Ee][Rr] +(User|ServiceAccount) +([a-f0-9]{64})$/;

/** Doppler's own words (contracts/doppler.md 2.1). */
function unauthenticated(): AppError {
  return new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
}

/**
 * The token of a header: `Bearer <token>`, `Basic base64("<token>:")` or, as some write it, `Basic <token>`
 * (contracts/doppler.md 1.1); or Phase's `Bearer ServiceAccount <hex>`.
 */
export function readAuthorization(header: string | undefined): string | undefined {
  const [, type, bearer] = PHASE.exec(header?.trim() ?? '') ?? [];
  if (type !== undefined) return `${type} ${bearer}`;
  const [, scheme = '', credential = ''] = SCHEME.exec(header?.trim() ?? '') ?? [];
  if (tokenKind(credential)) return credential;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [user = ''] = Buffer.from(credential, 'base64').toString('latin1').split(':', 1);
  return tokenKind(user) ? user : undefined;
}

export class Authenticator {
  readonly #store: Store;
  readonly #keyring: Keyring;
  readonly #clock: Clock;
  readonly #lastSeen: LastSeen;

  constructor({ store, keyring, clock }: { store: Store; keyring: Keyring; clock: Clock }) {
    this.#store = store;
    this.#keyring = keyring;
    this.#clock = clock;
    this.#lastSeen = new LastSeen({ store, clock });
  }

  /** Resolves when nothing of it is being written any more. */
  settled(): Promise<void> {
    return this.#lastSeen.settled();
  }

  /**
   * One face for every failure. A token that was good once is audited; anything else is no actor and would only let
   * strangers fill the log.
   * @throws AppError ERR_UNAUTHENTICATED, ERR_ACCESS_DENIED for a good token from an address that its config does not trust
   */
  async authenticate(header: string | undefined, origin: Origin): Promise<Caller> {
    const token = readAuthorization(header);
    if (token === undefined) throw unauthenticated();
    const hash = this.#keyring.hashToken(token);
    const row = await this.#store.read.findToken({ hash });
    const kind = row && knownKind(row.kind, token);
    if (!row || !kind || !sameHash(hash, row.hash)) throw unauthenticated();
    const role = roleOf(row, kind);
    const isAlive = role !== undefined && this.#isAlive(row);
    const caller = isAlive ? toCaller(row, { kind, role, grants: await this.#grants(row, role), origin }) : undefined;
    const isFromTrusted = isTrusted(row.trusted_ips, origin.ip);
    if (caller && isFromTrusted) {
      this.#lastSeen.note(row.id, row.last_used_at);
      return caller;
    }
    await this.#auditRefusal(row, origin);
    if (!caller) throw unauthenticated();
    throw new AppError('ERR_ACCESS_DENIED', 'This token may not be used from your IP address.', {
      hint: "Add the address to the config's trusted IPs.",
    });
  }

  async #auditRefusal({ id }: TokenSighting, origin: Origin): Promise<void> {
    const who = { actor: `token:${id}`, target: `token:${id}` };
    await this.#store.write.recordAudit({
      events: [{ at: this.#clock.now(), action: 'auth', outcome: 'denied', ...who, ...origin }],
    });
  }

  /** What an account holds is read each time: what is taken from it is gone with the next request. */
  async #grants({ principal_id: principalId }: TokenSighting, role: Role): Promise<Grants> {
    return role === 'account' ? readGrants(await this.#store.read.findGrants({ principalId })) : NO_GRANTS;
  }

  #isAlive(row: TokenSighting): boolean {
    if (row.revoked_at !== null || row.principal_deleted_at !== null) return false;
    return row.expires_at === null || this.#clock.now() < row.expires_at;
  }
}

function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const ROLES: Record<TokenKind, readonly Role[]> = {
  cli: ['account'],
  personal: ['account'],
  service_token: ['read', 'read/write'],
  service_account: ['account', 'admin'],
  service_account_identity: ['account'],
  scim: ['scim'],
  audit: ['audit'],
};

/** Undefined when the row says something that this version does not understand: then it opens nothing. */
function roleOf(row: TokenSighting, kind: TokenKind): Role | undefined {
  const role = ROLES[kind].find((known) => known === row.access);
  // Only the account that `init` made is above accounts.
  return role === 'admin' && Number(row.builtin) !== 1 ? undefined : role;
}

type Seen = { kind: TokenKind; role: Role; grants: Grants; origin: Origin };

function toCaller(row: TokenSighting, { kind, role, grants, origin }: Seen): Caller | undefined {
  const caller: Caller = {
    ...origin,
    tokenId: row.id,
    principalId: row.principal_id,
    kind,
    role,
    isUser: kind === 'cli' || kind === 'personal',
    grants,
    name: row.name,
    preview: row.preview,
    createdAt: row.created_at,
    lastSeenAt: row.last_used_at,
  };
  if (kind !== 'service_token') return caller;
  if (!row.project_id || !row.config_id || !row.environment_id || !row.project || !row.config || !row.environment) {
    return undefined;
  }
  const bound = {
    projectId: row.project_id,
    project: row.project,
    environmentId: row.environment_id,
    environment: row.environment,
    configId: row.config_id,
    config: row.config,
    rootConfigId: row.root_config_id,
  };
  return { ...caller, bound };
}
