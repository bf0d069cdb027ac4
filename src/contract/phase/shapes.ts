// The same answers as zod/mini shapes: the engine's answers are typed by them, the hot decoders are tested against them.
import * as z from 'zod/mini';

const optionalText = z.nullish(z.string());
const word = z.string().check(z.minLength(1));
/** A date or length of time that cannot be read must not cost the id beside it. */
const loose = z.optional(z.unknown());

/** One static secret (contracts/phase.md 2.2). */
export const secretShape = z.object({
  key: word,
  value: optionalText,
  comment: optionalText,
  type: optionalText,
  override: z.nullish(z.object({ value: z.string(), isActive: z.boolean() })),
});

/** `GET /v1/secrets/`: static ones, and dynamic ones that are told apart by their type alone. */
export const secretListShape = z.array(z.union([z.object({ type: z.literal('dynamic') }), secretShape]));

/** `GET /v1/secrets/dynamic/`. */
export const dynamicListShape = z.array(z.object({ id: word, name: word, path: optionalText }));

const issuedLeaseShape = z.object({
  id: word,
  expiresAt: loose,
  credentials: z.array(z.object({ key: word, value: z.string() })),
});

/** `GET /v1/secrets/dynamic/?lease=true`. */
export const issuedLeasesShape = z.array(
  z.union([z.object({ lease: z.nullish(z.null()) }), z.object({ id: word, lease: issuedLeaseShape })]),
);

const leaseShape = z.object({
  id: word,
  status: optionalText,
  ttl: loose,
  createdAt: loose,
  expiresAt: loose,
  renewedAt: loose,
});

/** `GET /v1/secrets/dynamic/leases/`. */
export const leaseListShape = z.array(leaseShape);

/** `PUT` and `DELETE /v1/secrets/dynamic/leases/`. */
export const messageShape = z.object({ message: z.string() });

export type SecretBody = z.infer<typeof secretShape>;
export type IssuedLeaseBody = z.infer<typeof issuedLeaseShape>;
export type LeaseBody = z.infer<typeof leaseShape>;
