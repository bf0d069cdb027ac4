// The keys that Phase's clients decrypt with: of environments, of accounts, and the share of an account's key in its tokens.
import { AppError } from '#core/errors.js';
import { ROOT_PATH } from '#core/folder.js';
import { keyDigest, saltedDigest } from '#crypto/key-digest.js';
import { type KeyPair, keyPairFromSeed } from '#crypto/key-exchange.js';
import { type TokenShare, wrapShare } from '#crypto/key-shares.js';
import { toHex } from '#crypto/hex.js';
import { isCiphertext, openSealed, sealerFor, type Sealer } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';
import type { Keyring } from '../keyring/keyring.ts';

/** What an environment's members hold: the seed of its key pair, and the salt of its name digests. */
export type EnvironmentKeys = { pair: KeyPair; seed: Sensitive; salt: Sensitive };

/**
 * Nothing of it is stored: each key is derived from a key of the keyring and the id it belongs to, so it comes and goes
 * with its environment, account or token. This is compatibility on the wire, not secrecy from the engine, which reads
 * every value anyway.
 */
export class PhaseKeys {
  readonly #keyring: Pick<Keyring, 'derive'>;

  constructor(keyring: Pick<Keyring, 'derive'>) {
    this.#keyring = keyring;
  }

  environment(environmentId: string): EnvironmentKeys {
    const seed = this.#derive('environment seed', environmentId);
    const pair = keyPairFromSeed(seed);
    return { pair, seed: new Sensitive(toHex(seed.reveal())), salt: this.#salt(environmentId) };
  }

  /** The pair of a user or a service account; all its tokens are shares of this one. */
  account(principalId: string): KeyPair {
    return keyPairFromSeed(this.#derive('account seed', principalId));
  }

  /** The secret half that the text of a token holds. */
  tokenShare(tokenId: string): TokenShare {
    return { share: this.#derive('token share', tokenId), wrapKey: this.#derive('token wrap key', tokenId) };
  }

  /** The other half, as the server hands it to whoever shows the token. */
  wrappedShare(tokenId: string, principalId: string): string {
    return wrapShare(this.account(principalId).privateKey, this.tokenShare(tokenId));
  }

  /** Seals for the account. */
  sealerForAccount(principalId: string): Sealer {
    return sealerFor(this.account(principalId).publicKey);
  }

  /** An environment's keys as an account gets them: its public key, and what it takes to open and to look up. */
  wrapped(environmentId: string, seal: Sealer): { publicKey: string; wrappedSeed: string; wrappedSalt: string } {
    const { pair, seed, salt } = this.environment(environmentId);
    return { publicKey: toHex(pair.publicKey), wrappedSeed: seal(seed), wrappedSalt: seal(salt) };
  }

  /** Seals for whoever holds the environment's keys. */
  sealerForEnvironment(environmentId: string): Sealer {
    return sealerFor(this.environment(environmentId).pair.publicKey);
  }

  /** Opens what its members sealed; nothing is the seal of nothing. @throws AppError ERR_REQUEST_INVALID */
  openerForEnvironment(environmentId: string): (sealed: string) => Sensitive {
    const { pair } = this.environment(environmentId);
    return (sealed) => {
      if (sealed === '') return new Sensitive('');
      if (!isCiphertext(sealed)) throw unopened();
      try {
        return openSealed(pair, sealed);
      } catch (cause) {
        // Whatever is wrong with it, it is the sender's.
        throw unopened(cause);
      }
    };
  }

  /** Whether a client has looked a name up by this; some of them forget to write it in upper case before. */
  isDigest(environmentId: string, name: string, digest: string): boolean {
    const salt = this.#salt(environmentId);
    const spellings = [name.toUpperCase(), name, name.toLowerCase()];
    return spellings.some((spelling) => saltedDigest(spelling, salt) === digest.toLowerCase());
  }

  /** The id of a folder, for clients that tell folders apart by ids; null for the root, which is none. */
  folder(environmentId: string, path: string): string | null {
    if (path === ROOT_PATH) return null;
    const hex = toHex(this.#keyring.derive(['phase', 'folder', environmentId, path]));
    const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
    return [...parts, hex.slice(20, 32)].join('-');
  }

  /** What the names of an environment are looked up by. */
  digesterOf(environmentId: string): (name: string) => string {
    const salt = this.#salt(environmentId);
    return (name) => keyDigest(name, salt);
  }

  #salt(environmentId: string): Sensitive {
    return new Sensitive(toHex(this.#derive('environment salt', environmentId).reveal()));
  }

  #derive(purpose: string, id: string): Sensitive<Uint8Array> {
    return new Sensitive(this.#keyring.derive(['phase', purpose, id]));
  }
}

function unopened(cause?: unknown): AppError {
  return new AppError('ERR_REQUEST_INVALID', 'Invalid ciphertext format', { cause });
}
