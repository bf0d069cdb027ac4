// How the data of an integration lies in the store: sealed JSON, bound to the integration and its revision.
import type { Keyring } from '../keyring/keyring.ts';
import type { Declared } from './integration.ts';

const SCOPE = 'integrations';

type Place = { id: string; revision: number };

/** @throws AppError ERR_UNAVAILABLE when the store cannot keep a new key */
export async function sealIntegration(keyring: Keyring, place: Place, data: Declared) {
  await keyring.prepare(SCOPE);
  return keyring.seal(SCOPE, context(place), Buffer.from(JSON.stringify(data)));
}

/** @throws AppError ERR_DECRYPT */
export function openIntegration(
  keyring: Keyring,
  place: Place,
  sealed: { keyId: string; sealed: Uint8Array },
): Declared {
  return JSON.parse(keyring.open(context(place), sealed).toString('utf8')) as Declared;
}

function context({ id, revision }: Place): string[] {
  return ['integration', id, String(revision)];
}
