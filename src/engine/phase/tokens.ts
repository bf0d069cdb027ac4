// Tokens for Phase's clients: an account's token with the half of its key that only the token holds.
import { toHex } from '#crypto/hex.js';
import { Sensitive } from '#core/sensitive.js';
import type { Doer } from '../auth/caller.ts';
import type { AccountTokens, TokenView } from '../people/account-tokens.ts';
import type { PhaseKeys } from './keys.ts';

type Wish = { name: string; expiresAt: number | null };

/** Told once. `bearer` is what goes into the header; the rest lets a client decrypt by itself. */
export type WholePhaseToken = {
  bearer: Sensitive;
  keys: { publicKey: string; share: Sensitive; wrapKey: Sensitive };
};
export type NewPhaseToken = TokenView & WholePhaseToken;

export class PhaseTokens {
  readonly #tokens: AccountTokens;
  readonly #keys: PhaseKeys;

  constructor(tokens: AccountTokens, keys: PhaseKeys) {
    this.#tokens = tokens;
    this.#keys = keys;
  }

  /** A token of a service account. @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID, ERR_ACCESS_DENIED */
  async create(doer: Doer, account: string, wish: Wish): Promise<NewPhaseToken> {
    return this.#complete(account, await this.#tokens.create(doer, account, { ...wish, form: 'phase' }));
  }

  /** A user's personal token. @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID */
  async createPersonal(doer: Doer, user: string, wish: Wish): Promise<NewPhaseToken> {
    return this.#complete(user, await this.#tokens.createPersonal(doer, user, { ...wish, form: 'phase' }));
  }

  /** The rest of a token that is in this dialect's form already. */
  whole({ principalId, tokenId, token }: { principalId: string; tokenId: string; token: Sensitive }): WholePhaseToken {
    const { share, wrapKey } = this.#keys.tokenShare(tokenId);
    const hex = (bytes: Sensitive<Uint8Array>) => new Sensitive(toHex(bytes.reveal()));
    const publicKey = toHex(this.#keys.account(principalId).publicKey);
    const bearer = new Sensitive(token.reveal().replace(/^\w+ /, ''));
    return { bearer, keys: { publicKey, share: hex(share), wrapKey: hex(wrapKey) } };
  }

  #complete(principalId: string, { key, ...view }: TokenView & { key: Sensitive }): NewPhaseToken {
    return { ...view, ...this.whole({ principalId, tokenId: view.slug, token: key }) };
  }
}
