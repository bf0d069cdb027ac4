// What a log remembers of a secret before and after a change: the version and its form, the name still sealed.
import * as z from 'zod/mini';
import type { Visibility } from '#core/visibility.js';
import type { Sealing } from './sealing.ts';

export type SecretState = {
  name: string;
  version: number;
  visibility: Visibility;
  valueType: string;
};

const shape = z.object({
  name: z.string(),
  key: z.string(),
  digest: z.string(),
  version: z.int(),
  visibility: z.enum(['unmasked', 'masked', 'restricted']),
  valueType: z.string(),
});

type Where = { sealing: Sealing; projectId: string; secretId: string };

/** The state as stored text. */
export function writeState(state: SecretState, { sealing, projectId, secretId }: Where): string {
  const { keyId, sealed } = sealing.sealName(projectId, secretId, state.name);
  return JSON.stringify({
    ...state,
    name: Buffer.from(sealed).toString('base64'),
    key: keyId,
    digest: sealing.digest(secretId, state.name),
  });
}

/** Undefined where there was none, or where a later version wrote something else. */
export function readState(text: string | null, { sealing, secretId }: Omit<Where, 'projectId'>) {
  if (text === null) return undefined;
  const parsed = z.safeParse(shape, JSON.parse(text));
  if (!parsed.success) return undefined;
  const { name, key, digest, ...state } = parsed.data;
  const row = {
    id: secretId,
    name_digest: digest,
    name_sealed: new Uint8Array(Buffer.from(name, 'base64')),
    name_key_id: key,
  };
  return { ...state, name: sealing.openName(row) } satisfies SecretState;
}
