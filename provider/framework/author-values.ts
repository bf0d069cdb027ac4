// Between the wire's values and the author's: boxes around what is sensitive, and nothing half known.
import { sensitive, Sensitive } from '#core/sensitive.js';
import { isKnown } from '../wire/equal.ts';
import type { Path } from '../wire/path.ts';
import { isListValue, isMapValue, isObjectValue, objectValue, type ObjectValue, type Value } from '../wire/types.ts';
import { UNKNOWN } from '../wire/unknown.ts';
import { atPath, mistakeError } from './diagnostics.ts';
import type { Attrs, Spec } from './schema/attribute.ts';

export type AuthorObject = { readonly [name: string]: unknown };
/** Which attributes a handler gets to see. */
export type View = 'config' | 'state';

/** An object for a handler. An attribute that is unknown anywhere inside is UNKNOWN as a whole. */
export function toAuthor(attrs: Attrs, value: ObjectValue, view: View): AuthorObject {
  const seen = Object.entries(attrs).filter(([, { spec }]) =>
    view === 'config' ? spec.presence !== 'computed' : !spec.writeOnly,
  );
  return Object.fromEntries(seen.map(([name, { spec }]) => [name, authorPart(spec, value[name] ?? null)]));
}

function authorPart(spec: Spec, value: Value): unknown {
  if (value === null) return null;
  if (!isKnown(value)) return UNKNOWN;
  return spec.sensitive ? sensitive(value) : value;
}

/**
 * What a handler returned, attribute by attribute; what it left out is absent.
 * @throws AppError ERR_INTERNAL at the path of an attribute that the schema lacks or that has no such form
 */
export function fromAuthor(attrs: Attrs, returned: AuthorObject, path: Path = []): ReadonlyMap<string, Value> {
  const out = new Map<string, Value>();
  for (const [attribute, held] of Object.entries(returned)) {
    if (held === undefined) continue;
    const spec = Object.hasOwn(attrs, attribute) ? attrs[attribute]?.spec : undefined;
    const where = [...path, { attribute }];
    if (!spec || spec.writeOnly) throw atPath(where, mistakeError('It returned an attribute that cannot be stored.'));
    out.set(attribute, wireValue(spec, held, where));
  }
  return out;
}

function wireValue(spec: Spec, held: unknown, path: Path): Value {
  const open = held instanceof Sensitive ? (held.reveal() as unknown) : held;
  if (open === null || open === undefined) return null;
  const { shape } = spec;
  if (shape.kind === 'object') return nestedValue(shape.attrs, open, path);
  if ('of' in shape) return collectionValue(shape.kind, shape.of, open, path);
  const isRight =
    shape.kind === 'string' ? isText(open) : shape.kind === 'bool' ? typeof open === 'boolean' : isNumber(open);
  return isRight ? (open as Value) : wrongForm(path);
}

function nestedValue(attrs: Attrs, held: unknown, path: Path): Value {
  if (typeof held !== 'object' || held === null) return wrongForm(path);
  const inner = fromAuthor(attrs, held as AuthorObject, path);
  return objectValue(Object.keys(attrs).map((name) => [name, inner.get(name) ?? null]));
}

function collectionValue(kind: 'list' | 'set' | 'map', of: Spec, held: unknown, path: Path): Value {
  if (kind === 'map') {
    if (!(held instanceof Map)) return wrongForm(path);
    const entries = [...(held as ReadonlyMap<string, unknown>)];
    return new Map(entries.map(([key, item]) => [key, wireValue(of, item, [...path, { key }])]));
  }
  return Array.isArray(held) ? held.map((item, index) => wireValue(of, item, [...path, { index }])) : wrongForm(path);
}

/** A lone surrogate would come back as three replacement characters: a change that nobody made. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed();
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function wrongForm(path: Path): never {
  throw atPath(path, mistakeError('It returned a value of another form than the schema says.'));
}

/** Fills what is left out of `partial` from `base`; write-only attributes are null. */
export function overlay(attrs: Attrs, partial: ReadonlyMap<string, Value>, base: Value): ObjectValue {
  const under = isObjectValue(base) ? base : objectValue([]);
  return objectValue(
    Object.entries(attrs).map(([name, { spec }]) => [
      name,
      spec.writeOnly ? null : partial.has(name) ? (partial.get(name) ?? null) : (under[name] ?? null),
    ]),
  );
}

/** `value` with what is unknown as null: the most that may be stored when a create ended half-way. */
export function knownPart(value: Value): Value {
  if (value === UNKNOWN) return null;
  if (isListValue(value)) return value.map(knownPart);
  if (isMapValue(value)) return new Map([...value].map(([key, item]) => [key, knownPart(item)]));
  return isObjectValue(value)
    ? objectValue(Object.entries(value).map(([name, item]) => [name, knownPart(item)]))
    : value;
}
