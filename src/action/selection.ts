// Pure: which secrets of a config the lines of `secrets` take, and under which names.
import type { Secret } from '#core/secret.js';
import type { Selection, SelectionRule } from './inputs/selection.ts';

/** One delivery to be: a secret, perhaps under a name that a line gives, perhaps a field of it. */
export type Pick = {
  readonly secret: Secret;
  readonly as: string | undefined;
  readonly field: readonly string[] | undefined;
};

export type Picks = {
  readonly picks: readonly Pick[];
  /** The lines that took something. */
  readonly used: ReadonlySet<SelectionRule>;
};

type Taken = Pick & { readonly exact: boolean };

/**
 * Applies the lines from top to bottom. Nothing is taken before the first line, unless that drops: then everything is.
 * A line that names a secret exactly decides its name against every pattern, wherever it stands.
 */
export function pick(secrets: readonly Secret[], selection: Selection): Picks {
  const byName = new Map(secrets.map((secret) => [secret.name, secret]));
  const used = new Set<SelectionRule>();
  const everything = selection[0] === undefined || selection[0].kind === 'drop';
  let taken: Taken[] = everything ? secrets.map(whole) : [];
  for (const rule of selection) {
    if (rule.kind === 'drop') {
      taken = taken.filter(({ secret }) => !matches(rule.pattern, secret.name));
      continue;
    }
    const found = rule.kind === 'take' ? exact(byName.get(rule.name), rule) : matching(secrets, rule.pattern);
    if (found.length > 0) used.add(rule);
    taken.push(...found);
  }
  return { picks: withoutRepeats(taken), used };
}

/** What to ask an API for that filters by name; undefined when only the whole config will do. */
export function exactNames(selection: Selection): readonly string[] | undefined {
  const names = selection.flatMap((rule) => (rule.kind === 'take' ? [rule.name] : []));
  const all = selection.length === 0 || selection.some(({ kind }) => kind === 'take-matching');
  return all || selection[0]?.kind === 'drop' ? undefined : [...new Set(names)];
}

/** The line as a reader wrote it, but for its spaces. */
export function ruleText(rule: SelectionRule): string {
  if (rule.kind !== 'take') return rule.kind === 'drop' ? `!${rule.pattern}` : rule.pattern;
  const source = [rule.name, ...(rule.field ?? [])].join('.');
  return rule.as === undefined ? source : `${source} as ${rule.as}`;
}

/** Whether `name` is of this pattern, where `*` stands for any run of characters; linear but for the last star. */
export function matches(pattern: string, name: string): boolean {
  let [at, from, star, resume] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[from] === '*') {
      star = from++;
      resume = at;
    } else if (pattern[from] === name[at]) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[from] === '*') from++;
  return from === pattern.length;
}

function whole(secret: Secret): Taken {
  return { secret, as: undefined, field: undefined, exact: false };
}

function exact(secret: Secret | undefined, rule: SelectionRule & { kind: 'take' }): Taken[] {
  return secret === undefined ? [] : [{ secret, as: rule.as, field: rule.field, exact: true }];
}

function matching(secrets: readonly Secret[], pattern: string): Taken[] {
  return secrets.filter(({ name }) => matches(pattern, name)).map(whole);
}

/** A pattern gives way to a line that names the secret itself, and to a pattern above it. */
function withoutRepeats(taken: readonly Taken[]): Taken[] {
  const named = new Set(
    taken.filter(({ exact, field }) => exact && field === undefined).map(({ secret }) => secret.name),
  );
  const seen = new Set<string>();
  return taken.filter(({ exact, secret }) => {
    if (exact) return true;
    if (named.has(secret.name) || seen.has(secret.name)) return false;
    seen.add(secret.name);
    return true;
  });
}
