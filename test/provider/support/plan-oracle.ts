// What Terraform demands of plans and results, written down again so that it can be asked without Terraform.
import type { Attrs, Spec } from '#provider/framework/schema/attribute.js';
import { shapeType } from '#provider/framework/schema/wire-schema.js';
import { isKnown, sameValue } from '#provider/wire/equal.js';
import { type Path, pathText } from '#provider/wire/path.js';
import { isListValue, isMapValue, isObjectValue, type ObjectValue, type Value } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';

type Trio = { prior: Value; config: Value; planned: Value };

/** Where a plan is not valid: a configured value changed, or something planned that nobody may compute. */
export function planFaults(attrs: Attrs, { prior, config, planned }: Trio, path: Path = []): string[] {
  if (!isObjectValue(config) || !isObjectValue(planned)) return sameNullness(config, planned, path);
  return Object.entries(attrs).flatMap(([attribute, { spec }]) => {
    const before: Value = isObjectValue(prior) ? (prior[attribute] ?? null) : null;
    const trio: Trio = { prior: before, config: config[attribute] ?? null, planned: planned[attribute] ?? null };
    return attributeFaults(spec, trio, [...path, { attribute }]);
  });
}

function attributeFaults(spec: Spec, trio: Trio, path: Path): string[] {
  const { prior, config, planned } = trio;
  const type = shapeType(spec.shape);
  if (spec.writeOnly) return planned === null ? [] : [`${pathText(path)}: write-only but planned`];
  if (sameValue(type, planned, config)) return [];
  if (config !== null && prior !== null && sameValue(type, planned, prior)) return [];
  if (config === null) {
    return spec.presence === 'computed' || spec.presence === 'both'
      ? []
      : [`${pathText(path)}: planned but not computed`];
  }
  const { shape } = spec;
  if (shape.kind === 'object') return planFaults(shape.attrs, trio, path);
  if ('of' in shape && shape.of.shape.kind === 'object') return elementFaults(shape.of.shape.attrs, trio, path);
  return [`${pathText(path)}: neither configured nor prior`];
}

function elementFaults(attrs: Attrs, { prior, config, planned }: Trio, path: Path): string[] {
  if (isListValue(config) && isListValue(planned)) {
    if (config.length !== planned.length) return [`${pathText(path)}: another length`];
    const before = isListValue(prior) ? prior : [];
    return config.flatMap((item, index) =>
      planFaults(attrs, { prior: before[index] ?? null, config: item, planned: planned[index] ?? null }, [
        ...path,
        { index },
      ]),
    );
  }
  if (isMapValue(config) && isMapValue(planned)) {
    if ([...config.keys()].join() !== [...planned.keys()].join()) return [`${pathText(path)}: other keys`];
    const before = isMapValue(prior) ? prior : new Map<string, Value>();
    return [...config].flatMap(([key, item]) =>
      planFaults(attrs, { prior: before.get(key) ?? null, config: item, planned: planned.get(key) ?? null }, [
        ...path,
        { key },
      ]),
    );
  }
  return [`${pathText(path)}: another shape`];
}

/** Where a result is not what was planned: a known value changed, something left unknown, a write-only value kept. */
export function resultFaults(attrs: Attrs, planned: ObjectValue, actual: Value): string[] {
  if (!isObjectValue(actual)) return ['the result is no object'];
  return Object.entries(attrs).flatMap(([name, { spec }]) => {
    const value = actual[name] ?? null;
    if (spec.writeOnly) return value === null ? [] : [`${name}: write-only but stored`];
    if (!isKnown(value)) return [`${name}: unknown after apply`];
    return compatible(spec, planned[name] ?? null, value) ? [] : [`${name}: not as planned`];
  });
}

function compatible(spec: Spec, planned: Value, actual: Value): boolean {
  if (planned === UNKNOWN) return true;
  const { shape } = spec;
  if (isKnown(planned)) return sameValue(shapeType(shape), planned, actual);
  if (shape.kind === 'object') return isObjectValue(planned) && resultFaults(shape.attrs, planned, actual).length === 0;
  if (!('of' in shape)) return false;
  if (isListValue(planned) && isListValue(actual)) {
    return (
      planned.length === actual.length && planned.every((item, n) => compatible(shape.of, item, actual[n] ?? null))
    );
  }
  if (!isMapValue(planned) || !isMapValue(actual) || planned.size !== actual.size) return false;
  return [...planned].every(([key, item]) => actual.has(key) && compatible(shape.of, item, actual.get(key) ?? null));
}

function sameNullness(config: Value, planned: Value, path: Path): string[] {
  return config === planned ? [] : [`${pathText(path) || 'the object'}: null on one side only`];
}
