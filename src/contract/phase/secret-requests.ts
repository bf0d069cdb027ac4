// What Phase's clients send to change secrets (contracts/phase.md 2.3–2.5, 2.7): one shape in clear and sealed, each error a sentence.
import { normalPath } from '#core/folder.js';
import { Sensitive } from '#core/sensitive.js';
import * as z from 'zod/mini';
import { visibilityOf } from './secrets.ts';

const MAX_SECRETS = 5000;
const MAX_TAGS = 50;
const MAX_TAG = 64;
/** Of a name or a comment, sealed or not; what they hold is bounded where it is clear. */
const MAX_TEXT = 16_384;

const NO_LIST = "'secrets' must be a non-empty list.";
const NO_KEY = "Each secret requires a non-empty 'key'.";
const NO_VALUE = "Each secret requires a 'value' string.";
const NO_TYPE = "Invalid 'type': it is secret, sealed or config.";
const NO_TAGS = `'tags' must be a list of at most ${MAX_TAGS} names of 1 to ${MAX_TAG} characters.`;
const NO_OVERRIDE = "An 'override' requires a 'value' string and a boolean 'isActive'.";
const NO_PATH = "'path' must be a string of at most 1000 characters.";
const NO_COMMENT = "'comment' must be a string.";
const NO_DIGEST = "'keyDigest' must be a string.";

const boxed = (error: string) =>
  z.pipe(
    z.string(error),
    z.transform((text) => new Sensitive(text)),
  );
const optional = <Shape extends z.ZodMiniType>(shape: Shape) =>
  z.pipe(
    z.nullish(shape),
    z.transform((given) => given ?? undefined),
  );
const key = z.string(NO_KEY).check(z.minLength(1, NO_KEY), z.maxLength(MAX_TEXT, NO_KEY));
const tag = z
  .string(NO_TAGS)
  .check(z.refine((name) => name.trim() !== '' && name.length <= MAX_TAG && name.isWellFormed(), NO_TAGS));

const more = {
  keyDigest: optional(z.string(NO_DIGEST).check(z.maxLength(200, NO_DIGEST))),
  comment: optional(z.string(NO_COMMENT).check(z.maxLength(MAX_TEXT, NO_COMMENT))),
  path: optional(z.pipe(z.string(NO_PATH).check(z.maxLength(1000, NO_PATH)), z.transform(normalPath))),
  tags: optional(z.array(tag, NO_TAGS).check(z.maxLength(MAX_TAGS, NO_TAGS))),
  type: optional(
    z.pipe(
      z.enum(['secret', 'sealed', 'config'], NO_TYPE),
      z.transform((type) => visibilityOf(type)),
    ),
  ),
  override: optional(z.object({ value: boxed(NO_OVERRIDE), isActive: z.boolean(NO_OVERRIDE) }, NO_OVERRIDE)),
};

const added = z.object({ key, value: boxed(NO_VALUE), ...more }, NO_KEY);
const NO_ID = 'Secret ID not provided';
const id = z.string(NO_ID).check(z.regex(/^[A-Za-z0-9-]{1,64}$/, NO_ID));
const edited = z.object({ id, key: optional(key), value: optional(boxed(NO_VALUE)), ...more }, NO_ID);

const batch = <Shape extends z.ZodMiniType>(shape: Shape) =>
  z.pipe(
    z.object({
      secrets: z
        .array(shape, NO_LIST)
        .check(z.minLength(1, NO_LIST), z.maxLength(MAX_SECRETS, `At most ${MAX_SECRETS} secrets are taken at once.`)),
    }),
    z.transform(({ secrets }) => secrets),
  );

/** The `id` that clients send along with a new secret is ignored. */
export const newSecrets = batch(added);
export const secretEdits = batch(edited);
export const secretIds = batch(id);

export type SecretAdded = z.output<typeof added>;
export type SecretEdited = z.output<typeof edited>;
