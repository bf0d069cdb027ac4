// Wrapping: how a random key lies in the store under the root key, and how the root key is told by its id.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '#core/errors.js';

export type WrappedKey = { id: string; scope: string; root_key_id: string };

const NONCE = 12;
const TAG = 16;

/** Public name of a root key: a digest from which nothing can be opened. */
export function rootKeyId(rootKey: Uint8Array): string {
  return createHash('sha256').update('secrets-action root key id\n').update(rootKey).digest('hex').slice(0, 16);
}

/** AES-256-GCM of `key` under the root key, bound to the key's id and scope. */
export function wrapKey(rootKey: Uint8Array, { id, scope }: WrappedKey, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', rootKey, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(`wrap|${id}|${scope}`));
  return new Uint8Array(Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]));
}

/** The keys of a store as they lie under another root key. @throws AppError ERR_DECRYPT */
export function rewrapKeys<Row extends WrappedKey & { wrapped: Uint8Array }>(
  rows: readonly Row[],
  from: Uint8Array,
  to: Uint8Array,
): Row[] {
  const root_key_id = rootKeyId(to);
  return rows.map((row) => ({ ...row, root_key_id, wrapped: wrapKey(to, row, unwrapKey(from, row)) }));
}

/** @throws AppError ERR_DECRYPT naming both root keys when this is not the one that wrapped it */
export function unwrapKey(rootKey: Uint8Array, row: WrappedKey & { wrapped: Uint8Array }): Uint8Array {
  try {
    const bytes = Buffer.from(row.wrapped);
    const decipher = createDecipheriv('aes-256-gcm', rootKey, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(`wrap|${row.id}|${row.scope}`));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
    return new Uint8Array(
      Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]),
    );
  } catch (cause) {
    const given = rootKeyId(rootKey);
    throw new AppError(
      'ERR_DECRYPT',
      `The root key ${given} does not open this store (it was made with ${row.root_key_id}).`,
      {
        hint: 'Start with the key that init wrote for this data folder.',
        cause,
      },
    );
  }
}
