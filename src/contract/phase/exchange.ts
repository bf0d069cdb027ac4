// What a Phase client sends to sign in with an OIDC token, in the manner of its other external identities (contracts/phase.md 1.6).
import * as z from 'zod/mini';

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const MAX_ENCODED = 24_000;

/** The token as it is, or in base64 as the one of Azure is sent there. */
const jwt = z.pipe(
  z.pipe(z.string().check(z.maxLength(MAX_ENCODED)), z.transform(plain)),
  z.string().check(z.regex(COMPACT)),
);
const id = z.string().check(z.minLength(1), z.maxLength(300));

/** Whose: an identity by its id, or an account, which may have several. */
export const oidcSignIn = z.pipe(
  z
    .object({
      account: z.optional(z.object({ type: z.optional(z.literal('service')), id })),
      identity: z.optional(id),
      oidc: z.object({ jwt }),
      tokenRequest: z.nullish(z.object({ ttl: z.nullish(z.int().check(z.minimum(1), z.maximum(999_999_999))) })),
    })
    .check(z.refine(({ account, identity }) => account !== undefined || identity !== undefined, { path: ['account'] })),
  z.transform(({ account, identity, oidc, tokenRequest }) => ({
    id: identity ?? account?.id ?? '',
    token: oidc.jwt,
    ttlSec: tokenRequest?.ttl ?? undefined,
  })),
);

function plain(text: string): string {
  return text.includes('.') ? text : Buffer.from(text, 'base64').toString('latin1');
}
