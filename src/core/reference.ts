// References between secrets, `${NAME}`, resolved, each text in its own grammar: pure, with limits on depth and size.
import { DOPPLER, type Grammar, type Reference } from './reference-grammar.ts';
import { type Visibility, strictest } from './visibility.ts';

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

export type Resolved = { value: string; visibility: Visibility };

/** A text that may refer to others, in a grammar that is Doppler's where none is named. */
export type Referring<Scope> = { key: string; raw: string; visibility: Visibility; scope: Scope; grammar?: Grammar };

/** What a reference points at, or undefined where it leads nowhere the reader may follow. */
export type Lookup<Scope> = (reference: Reference, scope: Scope) => Referring<Scope> | undefined;

/**
 * Replaces what can be resolved and leaves the rest literally, as both vendors do; a cycle stays literal where it closes.
 * The visibility is the strictest along the whole chain.
 */
export function resolveReferences<Scope>(
  start: Referring<Scope>,
  lookup: Lookup<Scope>,
  shared: ReferenceBudget = answerBudget(),
): Resolved {
  const given = { size: Math.min(MAX_COMPUTED, shared.size), steps: Math.min(MAX_STEPS, shared.steps) };
  const budget = { ...given };
  const expand = (text: Referring<Scope>, trail: readonly string[]): Resolved => {
    const { raw, scope, grammar = DOPPLER } = text;
    if (!raw.includes('${') || trail.length > grammar.maxDepth) return { value: raw, visibility: text.visibility };
    let { visibility } = text;
    const value = raw.replace(grammar.pattern, (literal, inner: string) => {
      budget.steps -= 1;
      if (budget.steps < 0 || budget.size < 0) return literal;
      const reference = grammar.parse(inner);
      const target = reference && lookup(reference, scope);
      if (!target || trail.includes(target.key)) return literal;
      const found = expand(target, [...trail, target.key]);
      budget.size -= found.value.length;
      visibility = strictest(visibility, found.visibility);
      return found.value;
    });
    return { value, visibility };
  };
  const resolved = expand(start, [start.key]);
  shared.size -= given.size - budget.size;
  shared.steps -= given.steps - budget.steps;
  return resolved;
}
