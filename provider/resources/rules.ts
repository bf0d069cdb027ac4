// What several types demand of their attributes, and the refusal of a change that the engine cannot make in place.
import { CONFIG_NAME, ENVIRONMENT_NAME, PROJECT_NAME, SECRET_NAME, isManagedName } from '#core/names.js';
import { parseTtl } from '#core/ttl.js';
import { type Diagnostic, problem } from '../framework/diagnostics.ts';
import { str } from '../framework/schema/words.ts';
import { known } from '../framework/unknown.ts';

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

export type Fields = Readonly<Record<string, unknown>>;

/** Findings for every attribute of `names` that would change: replacing the object instead would lose what it holds. */
export function refuseChange(
  { prior, planned }: { prior: Fields | null; planned: Fields },
  names: readonly string[],
  holds: string,
): readonly Diagnostic[] {
  if (!prior) return [];
  const changed = names.filter((name) => known(planned[name]) !== undefined && planned[name] !== prior[name]);
  return changed.map((attribute) =>
    problem(
      `The engine cannot change ${attribute} of what exists`,
      `Put it back to what it was. To make the object anew, and lose ${holds}, run terraform apply -replace.`,
      [{ attribute }],
    ),
  );
}
