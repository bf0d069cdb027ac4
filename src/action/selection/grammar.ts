// The grammar of `secrets`: which secrets of a config are delivered, under which names, and fields of JSON values.
import { isManagedName } from '#core/names.js';
import { NAME, entriesOf, problem, quoted } from '../inputs/scalars.ts';

/**
 * One line. `take` with a name as it is, under another (`as`), or a field of its JSON value (`field`, which always has
 * an `as`); patterns hold `*` for any run of characters; `drop` takes back what lines above it took.
 */
export type SelectionRule =
  | { readonly kind: 'take'; readonly name: string; readonly as?: string; readonly field?: readonly string[] }
  | { readonly kind: 'take-matching'; readonly pattern: string }
  | { readonly kind: 'drop'; readonly pattern: string };

const MAX_RULES = 1000;
const MAX_FIELD_DEPTH = 10;
const PATTERN = /^[A-Za-z0-9_*]{1,200}$/;
const SEGMENT = /^[^\u0000-\u0020\u007f,.]{1,200}$/;

/**
 * Parses all lines: `NAME`, `NAME as OTHER`, `DB_*`, `!NAME`, `!DB_*`, `NAME.field.inner as OTHER`.
 * @throws AppError naming every line that is none of these
 */
export function parseSelection(text: string, managed: 'refused' | 'allowed' = 'refused'): SelectionRule[] {
  const lines = entriesOf(text);
  if (lines.length > MAX_RULES)
    throw problem(`secrets has more than ${MAX_RULES} lines: use patterns like DB_*, or another step.`);
  const parsed = lines.map((line) => parseRule(line));
  const odd = lines.filter((_, index) => parsed[index] === undefined);
  if (odd.length > 0) {
    throw problem(
      `secrets takes lines like NAME, NAME as OTHER, DB_*, !NAME or NAME.field as OTHER; not that: ${odd.slice(0, 5).map(quoted).join(', ')}.`,
    );
  }
  const rules = parsed.filter((rule) => rule !== undefined);
  const own = rules.flatMap((rule) => (rule.kind === 'take' && isManagedName(rule.name) ? [rule.name] : []));
  if (managed === 'refused' && own.length > 0) {
    throw problem(`secrets: ${own.join(', ')} cannot be asked for: they only name the config.`);
  }
  return rules;
}

function parseRule(line: string): SelectionRule | undefined {
  if (line.startsWith('!')) {
    const pattern = line.slice(1).trim();
    return PATTERN.test(pattern) ? { kind: 'drop', pattern } : undefined;
  }
  const [source = '', as, ...more] = line.split(/\s+as\s+/);
  if (more.length > 0 || (as !== undefined && !NAME.test(as))) return undefined;
  const [name = '', ...field] = source.split('.');
  if (field.length > 0) return fieldRule(name, field, as);
  if (NAME.test(name)) return { kind: 'take', name, ...(as === undefined ? {} : { as }) };
  return as === undefined && name.includes('*') && PATTERN.test(name)
    ? { kind: 'take-matching', pattern: name }
    : undefined;
}

/** A field needs a name of its own: none that we could make up would be certain to stay free. */
function fieldRule(name: string, field: readonly string[], as: string | undefined): SelectionRule | undefined {
  if (as === undefined || !NAME.test(name) || field.length > MAX_FIELD_DEPTH) return undefined;
  return field.every((segment) => SEGMENT.test(segment)) ? { kind: 'take', name, as, field } : undefined;
}
