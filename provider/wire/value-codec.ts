// Values to MessagePack and back, driven by our own types: nothing is guessed from the bytes or from JavaScript.
import { AppError } from '#core/errors.js';
import { type Head, PackReader, PackWriter } from './msgpack-bytes.ts';
import { Decimal, fromDouble, fromInteger, fromText, type NumberValue } from './number.ts';
import { type Path, pathText } from './path.ts';
import { isListValue, isMapValue, objectValue, type Type, type Value } from './types.ts';
import { UNKNOWN } from './unknown.ts';

/**
 * Reads a value of `type`. Extensions of any kind are unknown; a missing attribute is null.
 * @throws AppError ERR_CONTRACT when the bytes hold something else, an attribute the type lacks, or more than one value
 */
export function decodeValue(type: Type, bytes: Uint8Array): Value {
  const reader = new PackReader(bytes);
  const value = readValue(type, reader, []);
  if (!reader.atEnd()) throw mismatch('one value', []);
  return value;
}

/**
 * Writes a value of `type`; undefined becomes null, an attribute left out becomes null.
 * @throws AppError ERR_INTERNAL that names the path when the value is of another type
 */
export function encodeValue(type: Type, value: Value | undefined): Buffer {
  const writer = new PackWriter();
  writeValue(type, value, writer, []);
  return writer.finish();
}

function readValue(type: Type, reader: PackReader, path: Path): Value {
  const head = reader.head();
  if (head.kind === 'nil') return null;
  if (head.kind === 'ext') return UNKNOWN;
  if (type === 'string') return head.kind === 'str' ? reader.text(head.length) : mismatched('a string', path);
  if (type === 'bool') return head.kind === 'bool' ? head.value : mismatched('a bool', path);
  if (type === 'number') return readNumber(head, reader) ?? mismatched('a number', path);
  if ('list' in type || 'set' in type) return readList('list' in type ? type.list : type.set, head, reader, path);
  return 'map' in type ? readMap(type.map, head, reader, path) : readObject(type.object, head, reader, path);
}

function readNumber(head: Head, reader: PackReader): NumberValue | undefined {
  if (head.kind === 'int') return fromInteger(head.value);
  if (head.kind === 'float') return fromDouble(head.value);
  return head.kind === 'str' ? fromText(reader.text(head.length)) : undefined;
}

function readList(item: Type, head: Head, reader: PackReader, path: Path): Value {
  if (head.kind !== 'array') return mismatched('a list', path);
  const out: Value[] = [];
  for (let index = 0; index < head.length; index++) out.push(readValue(item, reader, [...path, { index }]));
  return out;
}

function readMap(item: Type, head: Head, reader: PackReader, path: Path): Value {
  if (head.kind !== 'map') return mismatched('a map', path);
  const out = new Map<string, Value>();
  for (let n = 0; n < head.length; n++) {
    const key = readKey(reader, path);
    out.set(key, readValue(item, reader, [...path, { key }]));
  }
  return out;
}

function readObject(types: Readonly<Record<string, Type>>, head: Head, reader: PackReader, path: Path): Value {
  if (head.kind !== 'map') return mismatched('an object', path);
  const found = new Map<string, Value>();
  for (let n = 0; n < head.length; n++) {
    const attribute = readKey(reader, path);
    const type = Object.hasOwn(types, attribute) ? types[attribute] : undefined;
    if (type === undefined) throw mismatch('an attribute of the schema', [...path, { attribute }]);
    found.set(attribute, readValue(type, reader, [...path, { attribute }]));
  }
  return objectValue(Object.keys(types).map((name) => [name, found.get(name) ?? null]));
}

function readKey(reader: PackReader, path: Path): string {
  const head = reader.head();
  if (head.kind !== 'str') throw mismatch('a string key', path);
  return reader.text(head.length);
}

function writeValue(type: Type, value: Value | undefined, writer: PackWriter, path: Path): void {
  if (value === null || value === undefined) writer.nil();
  else if (value === UNKNOWN) writer.unknown();
  else if (type === 'string') writer.text(typeof value === 'string' ? value : misfit('a string', path));
  else if (type === 'bool') writer.bool(typeof value === 'boolean' ? value : misfit('a bool', path));
  else if (type === 'number') writeNumber(value, writer, path);
  else if ('object' in type) writeObject(type.object, value, writer, path);
  else if ('map' in type) writeMap(type.map, value, writer, path);
  else writeList('list' in type ? type.list : type.set, value, writer, path);
}

function writeNumber(value: Value, writer: PackWriter, path: Path): void {
  if (value instanceof Decimal) writer.text(value.text);
  else if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) === value) writer.int(value);
    else writer.text(value.toString());
  } else if (typeof value !== 'number' || !Number.isFinite(value)) misfit('a finite number', path);
  else if (Number.isSafeInteger(value)) writer.int(value);
  else writer.text(Number.isInteger(value) ? BigInt(value).toString() : String(value));
}

function writeList(item: Type, value: Value, writer: PackWriter, path: Path): void {
  if (!isListValue(value)) return misfit('a list', path);
  writer.array(value.length);
  value.forEach((held, index) => writeValue(item, held, writer, [...path, { index }]));
}

function writeMap(item: Type, value: Value, writer: PackWriter, path: Path): void {
  if (!isMapValue(value)) return misfit('a Map', path);
  writer.map(value.size);
  for (const [key, held] of value) {
    writer.text(key);
    writeValue(item, held, writer, [...path, { key }]);
  }
}

function writeObject(types: Readonly<Record<string, Type>>, value: Value, writer: PackWriter, path: Path): void {
  if (typeof value !== 'object' || isListValue(value) || isMapValue(value) || value instanceof Decimal) {
    return misfit('an object', path);
  }
  const held = value as Readonly<Record<string, Value>>;
  const extra = Object.keys(held).find((name) => !Object.hasOwn(types, name));
  if (extra !== undefined) misfit('an attribute of the schema', [...path, { attribute: extra }]);
  writer.map(Object.keys(types).length);
  for (const [attribute, type] of Object.entries(types)) {
    writer.text(attribute);
    writeValue(type, Object.hasOwn(held, attribute) ? held[attribute] : null, writer, [...path, { attribute }]);
  }
}

function mismatched(wanted: string, path: Path): never {
  throw mismatch(wanted, path);
}

function mismatch(wanted: string, path: Path): AppError {
  return new AppError('ERR_CONTRACT', `Terraform sent something other than ${wanted}${where(path)}.`);
}

function misfit(wanted: string, path: Path): never {
  throw new AppError('ERR_INTERNAL', `The provider returned something other than ${wanted}${where(path)}.`, {
    hint: 'This is a mistake of the provider. Report it.',
  });
}

function where(path: Path): string {
  return path.length === 0 ? '' : ` at ${pathText(path)}`;
}
