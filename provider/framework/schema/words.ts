// The starting points of attributes, and the shapes that hold others.
import { Attribute, type Attrs, bare, type Presence } from './attribute.ts';
import type { Nested } from './infer.ts';

export const str = bare<string>({ kind: 'string' });
/** A whole number that JavaScript holds exactly. */
export const int = bare<number>({ kind: 'int' });
export const num = bare<number>({ kind: 'number' });
export const bool = bare<boolean>({ kind: 'bool' });

export function list<V>(of: Attribute<V, Presence>): Attribute<readonly V[]> {
  return bare({ kind: 'list', of: of.spec });
}

/** Order and duplicates mean nothing. */
export function set<V>(of: Attribute<V, Presence>): Attribute<readonly V[]> {
  return bare({ kind: 'set', of: of.spec });
}

export function map<V>(of: Attribute<V, Presence>): Attribute<ReadonlyMap<string, V>> {
  return bare({ kind: 'map', of: of.spec });
}

/** A nested attribute. */
export function object<A extends Attrs>(attrs: A): Attribute<Nested<A>> {
  return bare({ kind: 'object', attrs });
}

/** A string out of a closed list. */
export function oneOf<const S extends string>(...choices: readonly S[]): Attribute<S> {
  const words = `It must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}.`;
  const isChoice = (value: unknown) => choices.some((choice) => choice === value);
  const { spec } = bare<S>({ kind: 'string' }).rule((value) => (isChoice(value) ? undefined : words));
  return new Attribute<S>({ ...spec, choices });
}
