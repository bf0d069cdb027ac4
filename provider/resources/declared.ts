// Between the attributes of a declaration and the JSON that the engine keeps of it: the same names on both sides.
import type { Declared } from '#client/management.js';
import type { AuthorObject } from '../framework/author-values.ts';
import type { Attrs, Spec } from '../framework/schema/attribute.ts';

/** The configured ones of `attrs` as fields; a write-only `secret_wo` is the field `secret`, its version is Terraform's alone. */
export function declaredOf(attrs: Attrs, config: AuthorObject): Declared {
  const entries = Object.entries(attrs).flatMap(([name, { spec }]) => {
    const held = config[name] ?? spec.default ?? null;
    return held === null || name.endsWith('_wo_version') ? [] : [[fieldOf(name), plain(held)] as const];
  });
  return Object.fromEntries(entries) as Declared;
}

function fieldOf(attribute: string): string {
  return attribute.endsWith('_wo') ? attribute.slice(0, -'_wo'.length) : attribute;
}

function plain(held: unknown): unknown {
  if (held instanceof Map) return Object.fromEntries(held);
  if (typeof held !== 'object' || held === null || Array.isArray(held) || isBoxed(held)) return held;
  return Object.fromEntries(Object.entries(held).flatMap(([name, one]) => (one === null ? [] : [[name, plain(one)]])));
}

/** A box keeps its value to itself; it is opened where it leaves. */
function isBoxed(held: object): boolean {
  return 'reveal' in held;
}

type Json = Readonly<Record<string, unknown>>;

/** The attributes out of what the engine tells. An empty collection and none mean the same to it: `before` decides. */
export function attributesOf(attrs: Attrs, told: Json, before: AuthorObject): AuthorObject {
  const entries = Object.entries(attrs).map(([name, { spec }]) => [
    name,
    attributeOf(spec, told[name] ?? null, before[name] ?? null),
  ]);
  return Object.fromEntries(entries) as AuthorObject;
}

function attributeOf(spec: Spec, told: unknown, before: unknown): unknown {
  const found = fits(spec, told) ? (spec.shape.kind === 'map' ? new Map(Object.entries(told as Json)) : told) : null;
  if (spec.shape.kind === 'object') return objectOf(spec, found, before);
  if (found === null) return isEmpty(before) ? before : (spec.default ?? null);
  return isEmpty(found) && spec.presence !== 'required' ? (isEmpty(before) ? before : null) : found;
}

function objectOf({ shape, presence }: Spec, found: unknown, before: unknown): unknown {
  if (shape.kind !== 'object') return null;
  const inner = attributesOf(shape.attrs, (found ?? {}) as Json, (before ?? {}) as AuthorObject);
  const isBare = Object.values(inner).every((one) => one === null);
  return isBare && before === null && presence !== 'required' ? null : inner;
}

/** What has another form than the schema is read as nothing, and shows as drift. */
function fits({ shape }: Spec, told: unknown): boolean {
  if (told === null) return false;
  switch (shape.kind) {
    case 'string':
      return typeof told === 'string';
    case 'bool':
      return typeof told === 'boolean';
    case 'int':
    case 'number':
      return typeof told === 'number';
    case 'list':
    case 'set':
      return Array.isArray(told) && told.every((one) => fits(shape.of, one));
    case 'map':
      return isObject(told) && Object.values(told).every((one) => fits(shape.of, one));
    case 'object':
      return isObject(told);
  }
}

function isObject(held: unknown): held is object {
  return typeof held === 'object' && held !== null && !Array.isArray(held);
}

function isEmpty(held: unknown): boolean {
  return Array.isArray(held) ? held.length === 0 : held instanceof Map && held.size === 0;
}
