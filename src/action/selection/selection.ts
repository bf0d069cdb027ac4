// Pure: which secrets of a config the lines of `secrets` take, and under which names.
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import type { SelectionRule } from './grammar.ts';
import { jsonField } from './json-field.ts';

/** One delivery to be: a secret, perhaps under a name that a line gives, perhaps a field of it. */
export type Pick = {
  readonly secret: Secret;
  readonly as?: string | undefined;
  readonly field?: Field | undefined;
};

/** A field of a JSON value; reading it tells what is wrong, without a value, when it is not there. */
export type Field = {
  readonly path: string;
  readonly read: (value: Sensitive) => Sensitive | { readonly wrong: string };
};

type Taken = Pick & { readonly exact: boolean };

export class Selection {
  readonly #rules: readonly SelectionRule[];
  readonly #used = new Set<SelectionRule>();

  constructor(rules: readonly SelectionRule[]) {
    this.#rules = rules;
  }

  /** What to ask an API for that filters by name; undefined when only the whole config will do. */
  get exactNames(): readonly string[] | undefined {
    const names = this.#rules.flatMap((rule) => (rule.kind === 'take' ? [rule.name] : []));
    const all = this.#startsWithAll || this.#rules.some(({ kind }) => kind === 'take-matching');
    return all ? undefined : [...new Set(names)];
  }

  /** The lines that took nothing from any config so far. */
  get idle(): string[] {
    return this.#rules.filter((rule) => rule.kind !== 'drop' && !this.#used.has(rule)).map(ruleText);
  }

  /**
   * Applies the lines from top to bottom. Nothing is taken before the first line, unless that drops: then everything
   * is. A line that names a secret exactly decides its name against every pattern, wherever it stands.
   */
  pick(secrets: readonly Secret[]): Pick[] {
    const byName = new Map(secrets.map((secret) => [secret.name, secret]));
    let taken: Taken[] = this.#startsWithAll ? secrets.map(whole) : [];
    for (const rule of this.#rules) {
      if (rule.kind === 'drop') {
        taken = taken.filter(({ secret }) => !matches(rule.pattern, secret.name));
        continue;
      }
      const found = rule.kind === 'take' ? exact(byName.get(rule.name), rule) : matching(secrets, rule.pattern);
      if (found.length > 0) this.#used.add(rule);
      taken.push(...found);
    }
    return withoutRepeats(taken);
  }

  get #startsWithAll(): boolean {
    return this.#rules[0] === undefined || this.#rules[0].kind === 'drop';
  }
}

/** The line as a reader wrote it, but for its spaces. */
function ruleText(rule: SelectionRule): string {
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
  return { secret, exact: false };
}

function exact(secret: Secret | undefined, { as, field }: SelectionRule & { kind: 'take' }): Taken[] {
  if (secret === undefined) return [];
  if (field === undefined) return [{ secret, as, exact: true }];
  return [{ secret, as, field: { path: field.join('.'), read: (value) => jsonField(value, field) }, exact: true }];
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
