// Who asks: the answer of `/v3/me`, and the kind of a token by its prefix (contracts/doppler.md 1.2, 1.5).
import { object, optionalText, word } from './decode.ts';
import { type WireRequest, bare, target } from './wire.ts';

/** Asks who the token is. */
export function meRequest(): WireRequest {
  return bare('GET', target('/me', {}));
}

export type Actor = { readonly type: string; readonly name: string; readonly slug: string };

/** The actor behind a token. */
export function readMe(body: unknown): Actor {
  const fields = object(body, 'the body');
  return {
    type: word(fields['type'], 'type'),
    name: optionalText(fields['name'], 'name') ?? '',
    slug: optionalText(fields['slug'], 'slug') ?? '',
  };
}

const KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['dp.ct.', 'CLI token'],
  ['dp.pt.', 'personal token'],
  ['dp.st.', 'service token'],
  ['dp.said.', 'service account identity token'],
  ['dp.sa.', 'service account token'],
  ['dp.scim.', 'SCIM token'],
  ['dp.audit.', 'audit token'],
];

/** What a token is called in a sentence, by its prefix; `token` when the prefix says nothing. */
export function tokenKind(token: string): string {
  return KINDS.find(([prefix]) => token.startsWith(prefix))?.[1] ?? 'token';
}
