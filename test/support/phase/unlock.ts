// What an SDK does with a Phase token: its private key from both halves, then the keys of an environment.
import { keyPairFromPrivate, keyPairFromSeed, type KeyPair } from '#crypto/key-exchange.js';
import { joinPrivateKey } from '#crypto/key-shares.js';
import { openSealed } from '#crypto/sealing.js';
import type { Sensitive } from '#core/sensitive.js';
import type { PhaseEngine } from './engine.ts';
import { box, hex } from './vectors.ts';

export type EnvironmentKeys = { id: string; pair: KeyPair; salt: Sensitive };
type Told = { wrapped_key_share: string; apps: { id: string; environment_keys: Record<string, string>[] }[] };

/** The keys of the environment of this name in project `app`. */
export async function unlock(engine: PhaseEngine, token: string, environment: string): Promise<EnvironmentKeys> {
  const { body } = await engine.ask('GET /service/secrets/tokens/', { token });
  const told = body as Told;
  const [, , , publicKey = '', share = '', wrapKey = ''] = token.split(':');
  const privateKey = joinPrivateKey({ share: box(share), wrapKey: box(wrapKey) }, told.wrapped_key_share);
  const account = keyPairFromPrivate(privateKey);
  const app = told.apps.find(({ id }) => id === engine.app);
  const keys = app?.environment_keys.find((one) => JSON.stringify(one).includes(`"${environment}"`));
  const pair = keyPairFromSeed(box(openSealed(account, keys?.['wrapped_seed'] ?? '').reveal()));
  // The public halves are told in the open, and clients seal with them: they must be those of what was unlocked.
  expect([hex(account.publicKey), hex(pair.publicKey)]).toEqual([publicKey, keys?.['identity_key']]);
  return { id: keys?.['id'] ?? '', pair, salt: openSealed(account, keys?.['wrapped_salt'] ?? '') };
}
