// The conformance harness: a resource against Terraform's own checks, over generated configurations and without Terraform.
import fc from 'fast-check';
import type { Attrs, Spec } from '#provider/framework/schema/attribute.js';
import { objectType } from '#provider/framework/schema/wire-schema.js';
import { isKnown, sameValue } from '#provider/wire/equal.js';
import { isObjectValue, objectValue, type ObjectValue, type Value } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';
import { planFaults, resultFaults } from './plan-oracle.ts';
import { type Core, pack, told, unpack } from './rpc-client.ts';

export type Subject = {
  core: Core;
  typeName: string;
  attrs: Attrs;
  /** Values for attributes whose rules a generator cannot guess; others come from their type. */
  values?: Readonly<Record<string, fc.Arbitrary<Value>>>;
  /** Makes a generated configuration one that validation accepts. */
  settle?: (config: Record<string, Value>) => void;
  /** Whether reading back may be compared: false for attributes that no server tells. */
  unread?: readonly string[];
};

const NOTHING: fc.Arbitrary<Value> = fc.constant(null);

/** Any configuration of a schema. */
export function configOf({ attrs, values = {}, settle }: Subject): fc.Arbitrary<ObjectValue> {
  const names = Object.keys(attrs);
  const parts = names.map((name) => {
    const spec = attrs[name]?.spec;
    return spec === undefined || spec.presence === 'computed'
      ? NOTHING
      : optional(spec, values[name] ?? valueFor(spec));
  });
  return fc.tuple(...parts).map((held: readonly Value[]) => {
    const config = Object.fromEntries(names.map((name, n): [string, Value] => [name, held[n] ?? null]));
    settle?.(config);
    return objectValue(Object.entries(config));
  });
}

function optional(spec: Spec, value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return spec.presence === 'required' ? value : fc.oneof(fc.constant(null), value);
}

/** A rule over text cannot be guessed by chance: `values` must say what fits. */
function valueFor(spec: Spec): fc.Arbitrary<Value> {
  if (spec.choices.length > 0) return fc.constantFrom(...spec.choices);
  if (spec.shape.kind === 'string' && spec.rules.length > 0)
    throw new Error('give values for an attribute with a rule');
  const fits = (value: Value) => spec.rules.every((rule) => rule(value) === undefined);
  return bareValue(spec).filter(fits);
}

function bareValue({ shape }: Spec): fc.Arbitrary<Value> {
  if (shape.kind === 'string') return fc.string({ maxLength: 12 });
  if (shape.kind === 'bool') return fc.boolean();
  if (shape.kind === 'int') return fc.integer({ min: 0, max: 500 });
  if (shape.kind === 'number') return fc.constantFrom(0, 0.1, 1.5, -3);
  if (shape.kind === 'object') return configOf({ attrs: shape.attrs } as Subject);
  if (!('of' in shape)) return fc.constant(null);
  const items = fc.array(valueFor(shape.of), { maxLength: 3 });
  if (shape.kind !== 'map') return items;
  return items.map((held) => new Map(held.map((item, n) => [n === 0 ? '__proto__' : `k${n}`, item])));
}

/**
 * Creates an object from one configuration, plans again (nothing changes), reads (nothing drifts), updates it to a
 * second one and deletes it. Every plan and every result is held against Terraform's rules.
 */
export async function liveThrough(subject: Subject, first: ObjectValue, second: ObjectValue): Promise<void> {
  const created = await change(subject, null, first);
  const again = await plan(subject, created, first);
  expect({ step: 'plan again', value: again.planned }).toEqual({ step: 'plan again', value: created });
  await readBack(subject, created);
  const next = await plan(subject, created, second);
  const updated = await follow(subject, created, second, next);
  await readBack(subject, updated);
  expect(await apply(subject, updated, null, null)).toBeNull();
}

/** As Terraform does: a plan without a change is not applied. */
async function follow(subject: Subject, prior: Value, config: ObjectValue, next: Planning): Promise<Value> {
  if (next.replaces > 0) return replace(subject, prior, config);
  const isSame = sameValue(objectType(subject.attrs), next.planned, prior);
  return isSame ? prior : apply(subject, prior, config, next.planned);
}

async function replace(subject: Subject, prior: Value, config: ObjectValue): Promise<Value> {
  await apply(subject, prior, null, null);
  return change(subject, null, config);
}

async function change(subject: Subject, prior: Value, config: ObjectValue): Promise<Value> {
  const { planned } = await plan(subject, prior, config);
  return apply(subject, prior, config, planned);
}

type Planning = { planned: Value; replaces: number };

async function plan({ core, typeName, attrs }: Subject, prior: Value, config: ObjectValue): Promise<Planning> {
  const type = objectType(attrs);
  const response = await core('PlanResourceChange', {
    type_name: typeName,
    prior_state: pack(type, prior),
    config: pack(type, config),
    proposed_new_state: pack(type, config),
  });
  // A warning is advice; Terraform goes on.
  expect(told(response).filter((line) => !line.startsWith('warning'))).toEqual([]);
  const planned = unpack(type, response.planned_state);
  expect(planFaults(attrs, { prior, config, planned })).toEqual([]);
  return { planned, replaces: response.requires_replace.length };
}

async function apply(
  { core, typeName, attrs }: Subject,
  prior: Value,
  config: ObjectValue | null,
  planned: Value,
): Promise<Value> {
  const type = objectType(attrs);
  const response = await core('ApplyResourceChange', {
    type_name: typeName,
    prior_state: pack(type, prior),
    config: pack(type, config),
    planned_state: pack(type, planned),
  });
  expect(told(response)).toEqual([]);
  const state = unpack(type, response.new_state);
  if (isObjectValue(planned)) expect(resultFaults(attrs, planned, state)).toEqual([]);
  return state;
}

async function readBack({ core, typeName, attrs, unread = [] }: Subject, state: Value): Promise<void> {
  const type = objectType(attrs);
  const response = await core('ReadResource', { type_name: typeName, current_state: pack(type, state) });
  expect(told(response)).toEqual([]);
  const read = unpack(type, response.new_state);
  expect(isKnown(read)).toBe(true);
  const drifted = Object.entries(type.object).filter(([name, inner]) => {
    if (unread.includes(name) || !isObjectValue(read) || !isObjectValue(state)) return false;
    return !sameValue(inner, read[name] ?? null, state[name] ?? null);
  });
  expect(drifted.map(([name]) => name)).toEqual([]);
}

/** The same configuration with some attributes unknown, as in a first plan. */
export function withUnknowns(attrs: Attrs, config: ObjectValue, hidden: readonly string[]): ObjectValue {
  return objectValue(
    Object.entries(config).map(([name, value]): [string, Value] => {
      const hide = hidden.includes(name) && attrs[name]?.spec.presence !== 'computed' && value !== null;
      return [name, hide ? UNKNOWN : value];
    }),
  );
}
