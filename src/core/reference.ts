// References between secrets, `${NAME}`: finding them in a text and resolving them, pure, with limits on depth and size.
import { type Visibility, strictest } from './visibility.ts';

/** contracts/doppler.md 4.2: `${NAME}`, `${config.NAME}`, `${project.config.NAME}`. */
const REFERENCE = /\$\{([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){0,2})\}/g;
const MAX_DEPTH = 10;
/** What one value may pull in through references, in all (4 Mi characters, 10,000 look-ups): doubling is a bomb. */
const MAX_COMPUTED = 4 * 1024 * 1024;
const MAX_STEPS = 10_000;
/** What all values of one answer may pull in: a thousand small bombs are a large one. */
const ANSWER_COMPUTED = 16 * 1024 * 1024;
const ANSWER_STEPS = 200_000;

/** What is left to spend on references. */
export type ReferenceBudget = { size: number; steps: number };

/** For one answer, shared by its values. */
export function answerBudget(): ReferenceBudget {
  return { size: ANSWER_COMPUTED, steps: ANSWER_STEPS };
}

export type Reference = { project?: string; config?: string; name: string };

export type Resolved = { value: string; visibility: Visibility };

/** What a reference points at, or undefined where it leads nowhere the reader may follow. */
export type Lookup<Scope> = (
  reference: Reference,
  scope: Scope,
) => { key: string; raw: string; visibility: Visibility; scope: Scope } | undefined;

/** The references in `text`, in order. */
export function findReferences(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map((match) => parse(match[1] ?? ''));
}

function parse(path: string): Reference {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  const config = parts.pop();
  const project = parts.pop();
  return { ...(project === undefined ? {} : { project }), ...(config === undefined ? {} : { config }), name };
}

/**
 * Replaces what can be resolved and leaves the rest literally, as Doppler does; a cycle stays literal where it closes.
 * The visibility is the strictest along the whole chain.
 */
export function resolveReferences<Scope>(
  start: { key: string; raw: string; visibility: Visibility; scope: Scope },
  lookup: Lookup<Scope>,
  shared: ReferenceBudget = answerBudget(),
): Resolved {
  const given = { size: Math.min(MAX_COMPUTED, shared.size), steps: Math.min(MAX_STEPS, shared.steps) };
  const budget = { ...given };
  const expand = (raw: string, own: Visibility, scope: Scope, trail: readonly string[]): Resolved => {
    if (!raw.includes('${') || trail.length > MAX_DEPTH) return { value: raw, visibility: own };
    let visibility = own;
    const value = raw.replace(REFERENCE, (literal, path: string) => {
      budget.steps -= 1;
      if (budget.steps < 0 || budget.size < 0) return literal;
      const target = lookup(parse(path), scope);
      if (!target || trail.includes(target.key)) return literal;
      const inner = expand(target.raw, target.visibility, target.scope, [...trail, target.key]);
      budget.size -= inner.value.length;
      visibility = strictest(visibility, inner.visibility);
      return inner.value;
    });
    return { value, visibility };
  };
  const resolved = expand(start.raw, start.visibility, start.scope, [start.key]);
  shared.size -= given.size - budget.size;
  shared.steps -= given.steps - budget.steps;
  return resolved;
}
