// The same answers as zod/mini shapes, for the engine, the CLI and the provider; never part of the action's bundle.
import * as z from 'zod/mini';

const optionalText = z.nullish(z.string());
const word = z.string().check(z.minLength(1));
/** A date that cannot be read must not cost the id beside it. */
const anyDate = z.optional(z.unknown());
const count = z.int().check(z.nonnegative());

/** One secret with its raw and computed value. */
export const secretValueShape = z.object({
  raw: optionalText,
  computed: optionalText,
  note: optionalText,
  rawVisibility: optionalText,
  computedVisibility: optionalText,
});

/** `GET /configs/config/secrets`. */
export const secretListShape = z.object({ secrets: z.record(z.string(), secretValueShape) });

/** `GET /configs/config/secret`. */
export const secretShape = z.object({ name: word, value: secretValueShape });

/** `GET /configs/config/secrets/download?format=json`. */
export const downloadShape = z.record(z.string(), z.string());

/** `POST …/leases`. */
export const issuedLeaseShape = z.object({
  id: word,
  expires_at: anyDate,
  value: z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()]))),
});

/** `DELETE /leases` (engine extension). */
export const revokedSetShape = z.object({
  leases: z.array(z.object({ id: word, dynamic_secret: word, state: word, expires_at: anyDate })),
  revoked: count,
  left: count,
});

/** `GET /me`. */
export const meShape = z.object({ type: word, name: optionalText, slug: optionalText });

/** Every error. */
export const problemShape = z.object({ messages: z.array(z.string()) });
