// OIDC identities of service accounts: whose tokens they accept, kept by the rules of auth/oidc.
import { randomUUID } from 'node:crypto';
import { type Caller, done } from '../auth/caller.ts';
import { type ClaimsType, type OidcIdentity, validIdentity } from '../auth/oidc/identity.ts';
import type { IdentityRow } from '../storage/operations/identities.ts';
import type { Ceiling } from './ceiling.ts';
import { missing, type Page, type Parts, range } from './parts.ts';

export type IdentityView = OidcIdentity & { createdAt: number; lastSeenAt: number | null };
export type IdentityWish = {
  name: string;
  discoveryUrl: string;
  claimsType: string;
  claims: Readonly<Record<string, readonly string[]>>;
  ttlSec: number;
  singleUse: boolean;
};

export class Identities {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;

  constructor(parts: Parts, ceiling: Ceiling) {
    this.#parts = parts;
    this.#ceiling = ceiling;
  }

  /** @throws AppError ERR_NOT_FOUND */
  async list(account: string, page: Page): Promise<IdentityView[]> {
    await this.#account(account);
    const rows = await this.#parts.store.read.listIdentities({ principalId: account, ...range(page) });
    return rows.map(identityView);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(account: string, id: string): Promise<IdentityView> {
    return identityView(await this.#row(account, id));
  }

  /** @throws AppError ERR_REQUEST_INVALID with every problem, ERR_NOT_FOUND, ERR_ACCESS_DENIED */
  async create(caller: Caller, account: string, wanted: IdentityWish): Promise<IdentityView> {
    await this.#account(account);
    const now = this.#parts.clock.now();
    const identity = toRow(wanted, { id: randomUUID(), principal_id: account, created_at: now, last_seen_at: null });
    await this.#ceiling.checkAccount(caller, account);
    const event = done(caller, now, 'identities.create', `identity:${identity.id}`, { principal: account });
    await this.#parts.store.write.createIdentity({ identity, event });
    return identityView(identity);
  }

  /** @throws AppError as `create` */
  async update(caller: Caller, account: string, id: string, wanted: IdentityWish): Promise<IdentityView> {
    const identity = toRow(wanted, await this.#row(account, id));
    await this.#ceiling.checkAccount(caller, account);
    const event = done(caller, this.#parts.clock.now(), 'identities.update', `identity:${id}`);
    await this.#parts.store.write.updateIdentity({ identity, event });
    return identityView(identity);
  }

  /** With the tokens that were given for it. @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, account: string, id: string): Promise<void> {
    await this.#row(account, id);
    const at = this.#parts.clock.now();
    const event = done(caller, at, 'identities.delete', `identity:${id}`);
    await this.#parts.store.write.deleteIdentity({ id, at, event });
  }

  async #row(account: string, id: string): Promise<IdentityRow> {
    const row = await this.#parts.store.read.findIdentity({ id });
    if (!row || row.principal_id !== account) throw missing('identity');
    return row;
  }

  async #account(id: string): Promise<void> {
    if (!(await this.#parts.store.read.findAccount({ kind: 'service_account', id }))) throw missing('service account');
  }
}

type Kept = Pick<IdentityRow, 'id' | 'principal_id' | 'created_at' | 'last_seen_at'>;

function toRow(wanted: IdentityWish, { id, principal_id, created_at, last_seen_at }: Kept): IdentityRow {
  // What is neither word is refused by the rules, together with every other problem.
  const valid = validIdentity({ ...wanted, id, claimsType: wanted.claimsType as ClaimsType });
  return {
    ...{ id, principal_id, created_at, last_seen_at },
    name: valid.name,
    discovery_url: valid.discoveryUrl,
    claims_type: valid.claimsType,
    claims: JSON.stringify(valid.claims),
    ttl_sec: valid.ttlSec,
    single_use: valid.singleUse ? 1 : 0,
  };
}

/** An identity as it was stored. */
export function identityView(row: IdentityRow): IdentityView {
  const identity: OidcIdentity = {
    id: row.id,
    name: row.name,
    discoveryUrl: row.discovery_url,
    claimsType: row.claims_type as ClaimsType,
    claims: JSON.parse(row.claims) as OidcIdentity['claims'],
    ttlSec: Number(row.ttl_sec),
    singleUse: Number(row.single_use) === 1,
  };
  return { ...identity, createdAt: row.created_at, lastSeenAt: row.last_seen_at };
}
