// What a handler returned against what was promised in the plan, found here before Terraform finds it.
import { isKnown, sameValue } from '../wire/equal.ts';
import type { Path } from '../wire/path.ts';
import { isListValue, isMapValue, isObjectValue, objectValue, type ObjectValue, type Value } from '../wire/types.ts';
import { UNKNOWN } from '../wire/unknown.ts';
import { type Diagnostic, mistake } from './diagnostics.ts';
import type { Attrs, Spec } from './schema/attribute.ts';
import { shapeType } from './schema/wire-schema.ts';

export type Conformed = { state: ObjectValue; found: readonly Diagnostic[] };

/**
 * The state after a change: what the plan knew stands, what it left open comes from `returned`. Anything returned
 * that contradicts the plan, and anything still open, is a finding at its path.
 */
export function conformToPlan(attrs: Attrs, planned: ObjectValue, returned: ReadonlyMap<string, Value>): Conformed {
  const found: Diagnostic[] = [];
  const entries = Object.entries(attrs).map(([attribute, { spec }]): [string, Value] => {
    const promised = planned[attribute] ?? null;
    const path: Path = [{ attribute }];
    if (spec.writeOnly) return [attribute, null];
    if (!returned.has(attribute)) return [attribute, unanswered(promised, path, found)];
    return [attribute, settle(spec, promised, returned.get(attribute) ?? null, path, found)];
  });
  return { state: objectValue(entries), found };
}

function unanswered(promised: Value, path: Path, found: Diagnostic[]): Value {
  if (isKnown(promised)) return promised;
  found.push(mistake('It did not say the value of a computed attribute.', path));
  return null;
}

function settle(spec: Spec, promised: Value, returned: Value, path: Path, found: Diagnostic[]): Value {
  if (!isKnown(returned)) return unanswered(returned, path, found);
  if (fits(spec, promised, returned)) return returned;
  found.push(mistake('It returned another value than it had planned.', path));
  return isKnown(promised) ? promised : returned;
}

/** Whether `returned` is `promised` with every unknown filled in. */
function fits(spec: Spec, promised: Value, returned: Value): boolean {
  if (isKnown(promised)) return sameValue(shapeType(spec.shape), promised, returned);
  const { shape } = spec;
  if (shape.kind === 'object' && isObjectValue(promised)) return fitsObject(shape.attrs, promised, returned);
  if (!('of' in shape)) return true;
  const { of } = shape;
  if (shape.kind === 'list' && isListValue(promised)) {
    if (!isListValue(returned) || returned.length !== promised.length) return false;
    return promised.every((item, n) => fits(of, item, returned[n] ?? null));
  }
  if (!isMapValue(promised)) return true;
  if (!isMapValue(returned) || returned.size !== promised.size) return false;
  return [...promised].every(([key, item]) => returned.has(key) && fits(of, item, returned.get(key) ?? null));
}

function fitsObject(attrs: Attrs, promised: ObjectValue, returned: Value): boolean {
  if (!isObjectValue(returned)) return false;
  return Object.entries(attrs).every(([name, { spec }]) => fits(spec, promised[name] ?? null, returned[name] ?? null));
}

/**
 * What a data source or an ephemeral resource answers: what is configured stands, what is computed comes from
 * `returned`. Its result must be known and, where it is configured, equal to the configuration.
 */
export function conformToConfig(attrs: Attrs, config: ObjectValue, returned: ReadonlyMap<string, Value>): Conformed {
  const planned = objectValue(
    Object.entries(attrs).map(([name, { spec }]) => [
      name,
      openOrConfigured(spec, config[name] ?? null, returned.has(name)),
    ]),
  );
  return conformToPlan(attrs, planned, returned);
}

function openOrConfigured(spec: Spec, config: Value, isReturned: boolean): Value {
  if (config !== null || spec.presence === 'required' || spec.presence === 'optional') return config;
  return isReturned ? UNKNOWN : (spec.default ?? (spec.presence === 'both' ? null : UNKNOWN));
}
