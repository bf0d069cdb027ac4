// Values from the JSON of a state file, read by type.
import { AppError } from '#core/errors.js';
import { fromText } from './number.ts';
import { objectValue, type Type, type Value } from './types.ts';

/**
 * Reads `json` as a value of `type`. Attributes that the type no longer has are dropped, missing ones are null: a
 * state file may be older than the schema.
 * @throws AppError ERR_CONTRACT when a value has another type
 */
export function valueFromJson(type: Type, json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (typeof type === 'string') return scalarFromJson(type, json);
  if ('list' in type || 'set' in type) return listFromJson('list' in type ? type.list : type.set, json);
  const record = recordOf(json);
  if ('map' in type) {
    return new Map(Object.entries(record).map(([key, held]) => [key, valueFromJson(type.map, held)] as const));
  }
  return objectValue(
    Object.entries(type.object).map(([name, inner]) => [
      name,
      Object.hasOwn(record, name) ? valueFromJson(inner, record[name]) : null,
    ]),
  );
}

function scalarFromJson(type: 'string' | 'number' | 'bool', json: unknown): Value {
  if (type === 'number') {
    const value = typeof json === 'number' || typeof json === 'string' ? fromText(String(json)) : undefined;
    if (value !== undefined) return value;
  } else if (type === 'string' ? typeof json === 'string' : typeof json === 'boolean') return json as string | boolean;
  throw misshapen();
}

function listFromJson(item: Type, json: unknown): Value {
  if (!Array.isArray(json)) throw misshapen();
  return json.map((held) => valueFromJson(item, held));
}

function recordOf(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw misshapen();
  return json as Record<string, unknown>;
}

function misshapen(): AppError {
  return new AppError('ERR_CONTRACT', 'The state holds a value of another type than the schema says.');
}
