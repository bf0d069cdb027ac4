// The plan of one object, by one rule per attribute: what is configured, what is kept, what only the server can say.
import { sameValue } from '../wire/equal.ts';
import type { Path } from '../wire/path.ts';
import { isListValue, isMapValue, isObjectValue, objectValue, type ObjectValue, type Value } from '../wire/types.ts';
import { UNKNOWN } from '../wire/unknown.ts';
import { isTaken } from './adopting.ts';
import type { Attrs, Spec } from './schema/attribute.ts';
import { shapeType } from './schema/wire-schema.ts';

export type PlanInput = {
  attrs: Attrs;
  /** Null when there is nothing yet. */
  prior: ObjectValue | null;
  config: ObjectValue;
  /** Computed attributes whose prior value is known to be out of date. */
  differs?: readonly string[];
  /** It was imported: what is null in `prior` nobody could tell, so a configured value there replaces nothing. */
  adopting?: boolean;
};

export type Plan = { planned: ObjectValue; requiresReplace: readonly Path[]; changed: boolean };

/**
 * Plans an object. A computed value is unknown on create; on update it is kept when nothing changes, when it is
 * marked `keep`, and never when `differs` names it. What is configured stands as configured, which is what
 * Terraform's own check of plans demands.
 */
export function planObject({ attrs, prior, config, differs = [], adopting = false }: PlanInput): Plan {
  const stale = new Set(differs);
  const still = planAttrs(attrs, config, prior, { changing: prior === null, stale });
  const changed = prior === null || stale.size > 0 || !sameObject(attrs, still, prior);
  const planned = changed ? planAttrs(attrs, config, prior, { changing: true, stale }) : still;
  return { planned, requiresReplace: prior === null ? [] : replacing(attrs, planned, prior, adopting), changed };
}

type Mode = { changing: boolean; stale: ReadonlySet<string> };
const NONE: ReadonlySet<string> = new Set();

function planAttrs(attrs: Attrs, config: ObjectValue, prior: ObjectValue | null, mode: Mode): ObjectValue {
  return objectValue(
    Object.entries(attrs).map(([name, { spec }]) => {
      const before = prior?.[name] ?? null;
      if (mode.stale.has(name)) return [name, UNKNOWN];
      return [name, planValue(spec, config[name] ?? null, before, prior !== null, mode.changing)];
    }),
  );
}

function planValue(spec: Spec, config: Value, prior: Value, exists: boolean, changing: boolean): Value {
  if (spec.writeOnly) return null;
  if (config !== null) return planInside(spec, config, prior, changing);
  if (spec.default !== undefined) return normalDefault(spec);
  if (spec.presence !== 'computed' && spec.presence !== 'both') return null;
  return exists && (spec.keep || !changing) ? prior : UNKNOWN;
}

/** Elements are matched by index or key; the elements of sets compute nothing (the linter sees to it). */
function planInside({ shape }: Spec, config: Value, prior: Value, changing: boolean): Value {
  if (shape.kind === 'object') return planNested(shape.attrs, config, prior, changing);
  if (!('of' in shape) || shape.of.shape.kind !== 'object') return config;
  const { attrs } = shape.of.shape;
  if (isListValue(config)) {
    const before = shape.kind === 'list' && isListValue(prior) ? prior : [];
    return config.map((item, n) => planNested(attrs, item, before[n] ?? null, changing));
  }
  if (!isMapValue(config)) return config;
  const before = isMapValue(prior) ? prior : new Map<string, Value>();
  return new Map([...config].map(([key, item]) => [key, planNested(attrs, item, before.get(key) ?? null, changing)]));
}

function planNested(attrs: Attrs, config: Value, prior: Value, changing: boolean): Value {
  if (!isObjectValue(config)) return config;
  return planAttrs(attrs, config, isObjectValue(prior) ? prior : null, { changing, stale: NONE });
}

/** A default written as a plain object stands for one with every attribute of its shape. */
function normalDefault({ default: value = null, shape }: Spec): Value {
  if (shape.kind !== 'object' || typeof value !== 'object' || value === null) return value;
  const held = value as ObjectValue;
  return objectValue(Object.keys(shape.attrs).map((name) => [name, held[name] ?? null]));
}

function sameObject(attrs: Attrs, a: ObjectValue, b: ObjectValue): boolean {
  return Object.entries(attrs).every(
    ([name, { spec }]) => spec.writeOnly || sameValue(shapeType(spec.shape), a[name] ?? null, b[name] ?? null),
  );
}

/** An unknown value may turn out to be another one, so it asks for replacement too. */
function replacing(attrs: Attrs, planned: ObjectValue, prior: ObjectValue, adopting: boolean, path: Path = []): Path[] {
  return Object.entries(attrs).flatMap(([attribute, { spec }]) => {
    const after: Value = planned[attribute] ?? null;
    const before: Value = prior[attribute] ?? null;
    const where = [...path, { attribute }];
    if (isTaken(adopting, before, after)) return [];
    if (spec.replaces) return sameValue(shapeType(spec.shape), after, before) ? [] : [where];
    const isNested = spec.shape.kind === 'object' && isObjectValue(after) && isObjectValue(before);
    return isNested && spec.shape.kind === 'object' ? replacing(spec.shape.attrs, after, before, adopting, where) : [];
  });
}
