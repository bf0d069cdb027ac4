// The keyring: one root key outside the store, and under it random keys that seal values and digest names and tokens.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { Store } from '../storage/store.ts';
import { rootKeyId, unwrapKey, wrapKey } from './wrapping.ts';

/** Which thing a ciphertext belongs to; part of the seal, so that ciphertexts cannot be moved (leases.md B6). */
export type SealContext = readonly string[];
export type Sealed = { keyId: string; sealed: Uint8Array };

const SCOPES = { names: 'names', tokens: 'tokens', audit: 'audit', etag: 'etag', derived: 'derived' } as const;
const NONCE = 12;
const TAG = 16;

type Keys = Pick<Store, 'read' | 'write'> & Partial<Pick<Store, 'watchKeys'>>;

export class Keyring {
  readonly #store: Keys;
  readonly #rootKey: Uint8Array;
  /** Key objects: with raw bytes each call would import the key again, at five times the cost of the cipher. */
  readonly #byId = new Map<string, KeyObject>();
  readonly #byScope = new Map<string, string>();
  readonly #now: () => number;

  private constructor(store: Keys, rootKey: Uint8Array, now: () => number) {
    this.#store = store;
    this.#rootKey = rootKey;
    this.#now = now;
  }

  /**
   * Unwraps every key of the store, and makes the ones that every store needs.
   * @throws AppError ERR_DECRYPT when the root key is not the one that wrapped them
   */
  static async open(store: Keys, rootKey: Uint8Array, now: () => number): Promise<Keyring> {
    const keyring = new Keyring(store, rootKey, now);
    await keyring.#learn();
    store.watchKeys?.(() => keyring.#learn());
    for (const scope of Object.values(SCOPES)) await keyring.#current(scope);
    return keyring;
  }

  /** Key of the audit chain. */
  get auditKey(): Uint8Array {
    return new Uint8Array(this.#ready(SCOPES.audit).export());
  }

  /** Lookup digest of a name inside `within` (an id): equal names give equal digests there and nowhere else. */
  digestName(within: string, name: string): string {
    return mac(this.#ready(SCOPES.names), `${within}\n${name}`).toString('base64url');
  }

  /** What a token is stored and looked up as. */
  hashToken(token: string): string {
    return mac(this.#ready(SCOPES.tokens), token).toString('base64url');
  }

  /** Opaque entity tag over `text`. */
  etag(text: string): string {
    return mac(this.#ready(SCOPES.etag), text).toString('base64url').slice(0, 32);
  }

  /**
   * 32 bytes that belong to `context` and to nothing else: for keys that outsiders hold a part of, so that none of them
   * has to be stored (HMAC-SHA-256 under a key of their own; the context is part of it as it is of a seal).
   */
  derive(context: SealContext): Uint8Array {
    return new Uint8Array(createHmac('sha256', this.#ready(SCOPES.derived)).update(associated(context)).digest());
  }

  /** Makes the key of `scope` if there is none, so that `seal` can be synchronous. */
  async prepare(scope: string): Promise<void> {
    await this.#current(scope);
  }

  /**
   * Seals bytes under the scope's current key: AES-256-GCM, random nonce, `context` as associated data.
   * @throws AppError ERR_INTERNAL when the scope was not prepared
   */
  seal(scope: string, context: SealContext, plain: Uint8Array): Sealed {
    const keyId = this.#byScope.get(scope);
    if (!keyId) throw new AppError('ERR_INTERNAL', 'A key was used before it was made.');
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key(keyId), nonce, { authTagLength: TAG });
    cipher.setAAD(associated(context));
    const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { keyId, sealed: new Uint8Array(sealed) };
  }

  /**
   * Opens what `seal` made; who opens a thing often may hand in its context as `associated` writes it.
   * @throws AppError ERR_DECRYPT, with one face for every cause
   */
  open(context: SealContext | Uint8Array, { keyId, sealed }: Sealed): Buffer {
    try {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      // authTagLength is explicit: without it Node accepts a truncated tag (leases.md B6).
      const decipher = createDecipheriv('aes-256-gcm', this.#key(keyId), bytes.subarray(0, NONCE), {
        authTagLength: TAG,
      });
      decipher.setAAD(context instanceof Uint8Array ? context : associated(context));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
      const head = decipher.update(bytes.subarray(NONCE, bytes.length - TAG));
      const tail = decipher.final();
      return tail.length === 0 ? head : Buffer.concat([head, tail]);
    } catch (cause) {
      throw new AppError('ERR_DECRYPT', 'A stored value cannot be opened.', { cause });
    }
  }

  /** Every key of the store that is not known yet. */
  async #learn(): Promise<void> {
    for (const row of await this.#store.read.listDataKeys({})) {
      if (!this.#byId.has(row.id)) this.#byId.set(row.id, createSecretKey(unwrapKey(this.#rootKey, row)));
      if (row.retired_at === null) this.#byScope.set(row.scope, row.id);
    }
  }

  async #current(scope: string): Promise<void> {
    if (this.#byScope.has(scope)) return;
    const id = randomUUID();
    const fresh = { id, scope, root_key_id: rootKeyId(this.#rootKey), created_at: this.#now() };
    const wrapped = wrapKey(this.#rootKey, fresh, randomBytes(32));
    const row = await this.#store.write.addDataKey({ ...fresh, wrapped });
    this.#byId.set(row.id, createSecretKey(unwrapKey(this.#rootKey, row)));
    this.#byScope.set(scope, row.id);
  }

  #ready(scope: string): KeyObject {
    return this.#key(this.#byScope.get(scope) ?? '');
  }

  #key(id: string): KeyObject {
    const key = this.#byId.get(id);
    if (!key) throw new AppError('ERR_DECRYPT', 'A stored value cannot be opened.');
    return key;
  }
}

function mac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Length-prefixed, so that no two contexts share an encoding. */
export function associated(context: SealContext): Buffer {
  return Buffer.from(['v1', ...context].map((part) => `${Buffer.byteLength(part)}:${part}`).join('|'));
}
