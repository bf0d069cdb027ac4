// What several types demand of their attributes, and what several of them do alike at plan.
import { CONFIG_NAME, ENVIRONMENT_NAME, PROJECT_NAME, SECRET_NAME, isManagedName } from '#core/names.js';
import { parseTtl } from '#core/ttl.js';
import type { Diagnostic } from '../framework/diagnostics.ts';
import { bool, str } from '../framework/schema/words.ts';
import type { Session } from './session.ts';

export const projectName = str.matches(PROJECT_NAME, "have 2 to 80 letters, digits, '_', '-' or '.'");
export const environmentSlug = str.matches(ENVIRONMENT_NAME, "have 2 to 50 letters, digits, '_' or '-'");
export const configName = str.matches(CONFIG_NAME, "have 2 to 60 letters, digits, '_' or '-'");
export const secretName = str
  .matches(SECRET_NAME, 'be capital letters, digits and _, and not start with a digit')
  .rule((value) => (isManagedName(String(value)) ? 'The engine sets this name itself.' : undefined));

/** A length of time such as 15m, 1h30m or 900 (seconds). */
export const lengthOfTime = str.rule((value) => {
  try {
    parseTtl(String(value));
    return undefined;
  } catch {
    return 'It must be a length of time such as 30s, 15m, 1h30m or 900 (seconds).';
  }
});

/** The value means nothing: an unknown one makes Terraform wait. */
export const openAfter = str
  .optional()
  .describe('Set it to an attribute that is known after apply, to open only then and not at plan too.');

export const deletionProtection = bool
  .default(false)
  .describe('Refuses to delete or to replace it: at plan here, and by everybody else at the engine.');

/** The `refuseDelete` of what `deletion_protection` protects. */
export function refuseProtected({ prior }: { prior: { deletion_protection: boolean } }): string | undefined {
  return prior.deletion_protection
    ? 'It is protected: set deletion_protection to false and apply that first.'
    : undefined;
}

/** The `review` of a type that only an engine has. */
export function engineOnly(typeName: string) {
  return async ({ client, signal }: { client: Session | undefined; signal: AbortSignal }) =>
    client ? client.engineOnly(typeName, signal) : NOTHING;
}
const NOTHING: readonly Diagnostic[] = [];

/** A set of texts and none mean the same to the engine, but not to Terraform: what was there before stands. */
export function emptyAsBefore<T extends { readonly size: number } | { readonly length: number }>(
  found: T,
  before: T | null,
): T | null {
  const isEmpty = (held: T) => ('size' in held ? held.size : held.length) === 0;
  return isEmpty(found) ? (before !== null && isEmpty(before) ? before : null) : found;
}
