// Values inside messages: bytes to values of a type and back.
import { AppError } from '#core/errors.js';
import { valueFromJson } from '../../wire/json-value.ts';
import { isObjectValue, type ObjectValue, type Type, type Value } from '../../wire/types.ts';
import { decodeValue, encodeValue } from '../../wire/value-codec.ts';

type Dynamic = { msgpack: Uint8Array; json: Uint8Array } | undefined;

/** Reads either form; nothing at all is null. */
export function readDynamic(type: Type, dynamic: Dynamic): Value {
  if (!dynamic) return null;
  if (dynamic.msgpack.length > 0) return decodeValue(type, dynamic.msgpack);
  return dynamic.json.length > 0 ? valueFromJson(type, parseJson(dynamic.json)) : null;
}

/** As `readDynamic` for a block, which is an object or null. */
export function readBlock(type: Type, dynamic: Dynamic): ObjectValue | null {
  const value = readDynamic(type, dynamic);
  return isObjectValue(value) ? value : null;
}

/** @throws AppError ERR_CONTRACT when there is no object where there must be one */
export function mustReadBlock(type: Type, dynamic: Dynamic): ObjectValue {
  const block = readBlock(type, dynamic);
  if (!block) throw new AppError('ERR_CONTRACT', 'Terraform sent no configuration.');
  return block;
}

export function writeDynamic(type: Type, value: Value): { msgpack: Uint8Array } {
  return { msgpack: encodeValue(type, value) };
}

/** @throws AppError ERR_CONTRACT when it is no JSON object */
export function parseJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // The parser's message quotes the text, which may hold a value.
  }
  throw new AppError('ERR_CONTRACT', 'Terraform sent a state that is no JSON object.');
}
