// One way to visit the values below a schema together with what the schema says of each.
import type { Path } from '../../wire/path.ts';
import { isListValue, isMapValue, isObjectValue, objectValue, type ObjectValue, type Value } from '../../wire/types.ts';
import type { Attrs, Spec } from './attribute.ts';

export type Visit = (spec: Spec, value: Value, path: Path) => void;

/** Calls `visit` for every attribute and every element, outermost first. */
export function walkAttrs(attrs: Attrs, value: Value, visit: Visit, path: Path = []): void {
  if (!isObjectValue(value)) return;
  for (const [attribute, { spec }] of Object.entries(attrs)) {
    walkSpec(spec, value[attribute] ?? null, visit, [...path, { attribute }]);
  }
}

function walkSpec(spec: Spec, value: Value, visit: Visit, path: Path): void {
  visit(spec, value, path);
  const { shape } = spec;
  if (shape.kind === 'object') walkAttrs(shape.attrs, value, visit, path);
  else if (!('of' in shape)) return;
  else if (isListValue(value)) value.forEach((item, index) => walkSpec(shape.of, item, visit, [...path, { index }]));
  else if (isMapValue(value)) for (const [key, item] of value) walkSpec(shape.of, item, visit, [...path, { key }]);
}

/** The same object with every write-only value null: what may stand in a plan or in state. */
export function withoutWriteOnly(attrs: Attrs, value: ObjectValue): ObjectValue {
  return objectValue(
    Object.entries(attrs).map(([name, { spec }]) => [
      name,
      spec.writeOnly ? null : storedPart(spec, value[name] ?? null),
    ]),
  );
}

function storedPart({ shape }: Spec, value: Value): Value {
  if (shape.kind === 'object') return isObjectValue(value) ? withoutWriteOnly(shape.attrs, value) : value;
  if (!('of' in shape)) return value;
  const { of } = shape;
  if (isListValue(value)) return value.map((item) => storedPart(of, item));
  return isMapValue(value) ? new Map([...value].map(([key, item]) => [key, storedPart(of, item)])) : value;
}
