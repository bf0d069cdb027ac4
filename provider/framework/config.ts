// A configuration as it arrives: judged against the rules of its schema, its secrets learned.
import { pathText, type Path } from '../wire/path.ts';
import { isObjectValue, type ObjectValue, type Value } from '../wire/types.ts';
import { UNKNOWN } from '../wire/unknown.ts';
import { type Diagnostic, problem } from './diagnostics.ts';
import type { Attrs, Spec } from './schema/attribute.ts';
import { walkAttrs } from './schema/walk.ts';
import type { Scrubber } from './scrub.ts';

/** Attributes of which exactly one must be set. */
export type Choice = readonly string[];

/** Every rule that the known part of a configuration breaks. Unknown values are judged when they are known. */
export function judgeConfig(attrs: Attrs, choices: readonly Choice[], config: Value): Diagnostic[] {
  const found: Diagnostic[] = [];
  walkAttrs(attrs, config, (spec, value, path) => {
    if (value !== null && value !== UNKNOWN) found.push(...judgeValue(spec, value, path));
  });
  if (isObjectValue(config)) for (const choice of choices) found.push(...judgeChoice(choice, config));
  return found;
}

function judgeValue(spec: Spec, value: Value, path: Path): Diagnostic[] {
  const texts = spec.rules.map((rule) => rule(value)).filter((text) => text !== undefined);
  const { kind } = spec.shape;
  if (kind === 'int' && !(typeof value === 'number' && Number.isSafeInteger(value))) {
    texts.push('It must be a whole number between -9007199254740991 and 9007199254740991.');
  }
  if (kind === 'number' && typeof value !== 'number') texts.push('It has more digits than can be kept.');
  return texts.map((text) => problem(`Invalid value for ${pathText(path)}`, text, path));
}

function judgeChoice(choice: Choice, config: ObjectValue): Diagnostic[] {
  const set = choice.filter((name) => (config[name] ?? null) !== null);
  const known = set.filter((name) => config[name] !== UNKNOWN);
  const words = choice.join(', ');
  const [, second] = known;
  if (second !== undefined) {
    return [problem('Conflicting attributes', `Set exactly one of ${words}.`, [{ attribute: second }])];
  }
  return set.length === 0 ? [problem('Missing attribute', `Set exactly one of ${words}.`)] : [];
}

/** Teaches the scrubber every value that must not be seen. */
export function learnSecrets(attrs: Attrs, value: Value, scrubber: Scrubber): void {
  walkAttrs(attrs, value, (spec, held) => {
    if (spec.sensitive || spec.writeOnly) scrubber.learn(held);
  });
}

/** Where write-only attributes are set; unknown counts, for it may become a value. */
export function writeOnlySet(attrs: Attrs, config: Value): Path[] {
  const found: Path[] = [];
  walkAttrs(attrs, config, (spec, value, path) => {
    if (spec.writeOnly && value !== null) found.push(path);
  });
  return found;
}
