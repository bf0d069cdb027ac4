// Tokens of accounts and of the workplace: made, listed, ended; a token's end leaves its account's leases alive.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { type Caller, type Doer, done } from '../auth/caller.ts';
import type { TokenForm } from '../auth/token-format.ts';
import { checkTokenWish, hashOf, mintToken } from '../auth/token-mint.ts';
import type { TokenRow } from '../storage/operations/tokens.ts';
import type { Ceiling } from './ceiling.ts';
import { missing, type Parts } from './parts.ts';

export type TokenView = {
  slug: string;
  name: string;
  preview: string;
  createdAt: number;
  lastSeenAt: number | null;
  expiresAt: number | null;
};
export type TokenWish = { name: string; expiresAt: number | null; form?: TokenForm };
type Made = TokenView & { key: Sensitive };

const PERSONAL_OR_DIRECTORY = ['personal', 'cli', 'scim', 'audit'];

export class AccountTokens {
  readonly #parts: Parts;
  readonly #ceiling: Ceiling;

  constructor(parts: Parts, ceiling: Ceiling) {
    this.#parts = parts;
    this.#ceiling = ceiling;
  }

  /** A token of a service account; the only time that its key is told. @throws AppError ERR_NOT_FOUND */
  async create(caller: Doer, account: string, wish: TokenWish): Promise<Made> {
    await this.#account(account);
    await this.#ceiling.checkAccount(caller, account);
    return this.#add(caller, 'service_account', account, wish);
  }

  /** A user's personal token. @throws AppError ERR_NOT_FOUND */
  async createPersonal(doer: Doer, user: string, wish: TokenWish): Promise<Made> {
    await this.#ceiling.checkAccount(doer, user);
    return this.#add(doer, 'personal', user, wish);
  }

  /** A SCIM or audit token, which is an account of its own. */
  async createDirectory(doer: Doer, kind: 'scim' | 'audit', wish: TokenWish): Promise<Made> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    checkTokenWish(wish, now);
    const { row, key } = mintToken(keyring, { kind, ...wish, now });
    const event = done(doer, now, 'tokens.create', `token:${row.id}`, { kind });
    await store.write.createToken({
      token: row,
      principal: { kind: 'service_token', name: wish.name, builtin: false },
      event,
    });
    return { ...view(row), key };
  }

  /** @throws AppError ERR_NOT_FOUND */
  async list(account: string): Promise<TokenView[]> {
    await this.#account(account);
    return (await this.#rows(account)).map(view);
  }

  /** Of a user, or of the workplace. */
  async listOf(of: { user: string } | { kind: 'scim' | 'audit' }): Promise<TokenView[]> {
    const { read } = this.#parts.store;
    const rows =
      'user' in of
        ? await read.listPrincipalTokens({ principalId: of.user, kind: 'personal' })
        : await read.listTokensOfKind(of);
    return rows.map(view);
  }

  /** @throws AppError ERR_NOT_FOUND in Doppler's words (contracts/doppler.md 2.1) */
  async get(account: string, slug: string): Promise<TokenView> {
    await this.#account(account);
    const row = (await this.#rows(account)).find(({ id }) => id === slug);
    if (!row) throw new AppError('ERR_NOT_FOUND', 'Service account API token does not exist');
    return view(row);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, account: string, slug: string): Promise<void> {
    await this.get(account, slug);
    await this.#end(caller, slug);
  }

  /** Ends a user's token or one of the workplace's. @throws AppError ERR_NOT_FOUND for one of another kind */
  async endPersonalOrDirectory(doer: Doer, slug: string): Promise<void> {
    const row = await this.#parts.store.read.findTokenById({ id: slug });
    if (!row || !PERSONAL_OR_DIRECTORY.includes(row.kind)) throw missing('token');
    await this.#end(doer, slug);
  }

  /**
   * Ends the token that is shown: who has it may end it.
   * @param kinds those that may be ended like this
   * @throws AppError ERR_UNAUTHENTICATED for an unknown one, ERR_REQUEST_INVALID for one of another kind
   */
  async endShown(token: Sensitive, origin: { requestId: string; ip: string }, kinds: readonly string[]): Promise<void> {
    const { store, keyring, clock } = this.#parts;
    const row = await store.read.findToken({ hash: hashOf(keyring, token) });
    if (!row) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    if (!kinds.includes(row.kind) || Number(row.builtin) === 1) {
      throw endedElsewhere();
    }
    const at = clock.now();
    const event = { ...done('engine', at, 'tokens.revoke', `token:${row.id}`), ...origin, actor: `token:${row.id}` };
    await store.write.revokeToken({ id: row.id, at, event });
  }

  /** Ends the token of the caller himself. @throws AppError ERR_REQUEST_INVALID for one that was not exchanged */
  async endOwn(caller: Caller): Promise<void> {
    if (caller.kind !== 'service_account_identity') throw endedElsewhere();
    await this.#end(caller, caller.tokenId);
  }

  /** Ending an ended one is the same. */
  async #end(doer: Doer, slug: string): Promise<void> {
    const at = this.#parts.clock.now();
    const event = done(doer, at, 'tokens.revoke', `token:${slug}`);
    await this.#parts.store.write.revokeToken({ id: slug, at, event });
  }

  async #add(doer: Doer, kind: 'service_account' | 'personal', principalId: string, wish: TokenWish): Promise<Made> {
    const { store, keyring, clock } = this.#parts;
    const now = clock.now();
    checkTokenWish(wish, now);
    const { row, key } = mintToken(keyring, { kind, principalId, ...wish, now });
    const event = done(doer, now, 'tokens.create', `token:${row.id}`, { kind, principal: principalId });
    await store.write.addAccountToken({ token: row, event });
    return { ...view(row), key };
  }

  #rows(principalId: string) {
    return this.#parts.store.read.listPrincipalTokens({ principalId, kind: 'service_account' });
  }

  /** The built-in admin is no account of this kind: nobody makes it a second token. */
  async #account(id: string): Promise<void> {
    if (!(await this.#parts.store.read.findAccount({ kind: 'service_account', id }))) throw missing('service account');
  }
}

function endedElsewhere(): AppError {
  return new AppError('ERR_REQUEST_INVALID', 'A token of this kind is ended where it was made.');
}

function view(row: Omit<TokenRow, 'last_used_at' | 'revoked_at' | 'identity_id'> & { last_used_at?: number | null }) {
  const { id, name, preview, created_at, expires_at, last_used_at } = row;
  return { slug: id, name, preview, createdAt: created_at, lastSeenAt: last_used_at ?? null, expiresAt: expires_at };
}
