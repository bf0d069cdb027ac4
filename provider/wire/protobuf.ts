// A proto3 codec driven by tables: field numbers and kinds on one side, plain objects on the other.
import { AppError } from '#core/errors.js';
import { ByteReader, ByteWriter } from './protobuf-bytes.ts';

type Scalar = 'string' | 'bytes' | 'bool' | 'int64';
type Shape = 'single' | 'presence' | 'repeated' | 'map';

/** One row of a table. The phantom `type` carries what the field decodes to. */
export type Field<T> = {
  readonly no: number;
  readonly kind: Scalar | (() => Message<unknown>);
  readonly shape: Shape;
  readonly type?: T;
};

/** A message table. */
export type Message<T> = {
  readonly fields: Readonly<Record<string, Field<unknown>>>;
  readonly byNumber: ReadonlyMap<number, readonly [string, Field<unknown>]>;
  readonly type?: T;
};

/** What a table decodes to: every field is there, absent ones as their proto3 default. */
export type Decoded<M> = M extends Message<infer T> ? T : never;

/** What may be encoded: any part of the decoded form. */
export type Draft<T> = T extends Uint8Array | string | number | boolean | undefined
  ? T
  : T extends readonly (infer U)[]
    ? readonly Draft<U>[]
    : T extends ReadonlyMap<string, infer V>
      ? ReadonlyMap<string, Draft<V>>
      : { readonly [K in keyof T]?: Draft<T[K]> | undefined };

const MAX_DEPTH = 64;
const VARINT = 0;
const BYTES = 2;

export const string = (no: number): Field<string> => ({ no, kind: 'string', shape: 'single' });
export const bytes = (no: number): Field<Uint8Array> => ({ no, kind: 'bytes', shape: 'single' });
export const bool = (no: number): Field<boolean> => ({ no, kind: 'bool', shape: 'single' });
/** Also for enums. Values outside the safe integers are refused. */
export const int64 = (no: number): Field<number> => ({ no, kind: 'int64', shape: 'single' });
export const nested = <T>(no: number, table: () => Message<T>): Field<T | undefined> => ({
  no,
  kind: table,
  shape: 'presence',
});
/** A field whose presence counts: `optional`, or an arm of a oneof. */
export const maybe = <T>(field: Field<T>): Field<T | undefined> =>
  ({ ...field, shape: 'presence' }) as Field<T | undefined>;
/** A repeated field of a length-delimited kind. */
export const many = <T>(field: Field<T>): Field<readonly Exclude<T, undefined>[]> =>
  ({ ...field, shape: 'repeated' }) as Field<readonly Exclude<T, undefined>[]>;
/** A map with string keys. */
export const mapOf = <T>(field: Field<T>): Field<ReadonlyMap<string, Exclude<T, undefined>>> =>
  ({ ...field, shape: 'map' }) as Field<ReadonlyMap<string, Exclude<T, undefined>>>;

/** Builds a table; two fields of one number are a mistake of ours. */
export function message<S extends Record<string, Field<unknown>>>(
  fields: S,
): Message<{ -readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never }> {
  const byNumber = new Map(Object.entries(fields).map(([name, field]) => [field.no, [name, field] as const]));
  if (byNumber.size !== Object.keys(fields).length)
    throw new AppError('ERR_INTERNAL', 'A message table repeats a field number.');
  return { fields, byNumber };
}

/**
 * Reads a message. Fields that the table does not name are skipped.
 * @throws AppError ERR_CONTRACT when the bytes are no proto3 message of this table
 */
export function decode<T>(table: Message<T>, buffer: Uint8Array): T {
  return decodeAt(table, buffer, 0) as T;
}

/** Writes a message; defaults are left out as proto3 asks. */
export function encode<T>(table: Message<T>, value: Draft<T>): Buffer {
  const writer = new ByteWriter();
  encodeInto(writer, table, value as Record<string, unknown>);
  return writer.finish();
}

function decodeAt(table: Message<unknown>, buffer: Uint8Array, depth: number): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new AppError('ERR_CONTRACT', 'A protobuf message is nested too deeply.');
  const reader = new ByteReader(buffer);
  const out = emptyMessage(table);
  while (!reader.atEnd()) {
    const { no, wire } = reader.tag();
    const row = table.byNumber.get(no);
    if (!row || wire !== wireOf(row[1])) reader.skip(wire);
    else readField(out, row[0], row[1], reader, depth);
  }
  return out;
}

function emptyMessage(table: Message<unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(table.fields)) out[name] = emptyField(field);
  return out;
}

function emptyField({ shape, kind }: Field<unknown>): unknown {
  if (shape === 'repeated') return [];
  if (shape === 'map') return new Map();
  if (shape === 'presence' || typeof kind === 'function') return undefined;
  return { string: '', bytes: new Uint8Array(0), bool: false, int64: 0 }[kind];
}

function wireOf({ kind, shape }: Field<unknown>): number {
  return shape === 'map' || (kind !== 'bool' && kind !== 'int64') ? BYTES : VARINT;
}

function readField(
  out: Record<string, unknown>,
  name: string,
  field: Field<unknown>,
  reader: ByteReader,
  depth: number,
) {
  if (field.shape === 'map') {
    const [key, value] = readEntry(field, reader.bytes(), depth);
    (out[name] as Map<string, unknown>).set(key, value);
    return;
  }
  const value = readValue(field, reader, depth);
  if (field.shape === 'repeated') (out[name] as unknown[]).push(value);
  else out[name] = value;
}

function readValue({ kind }: Field<unknown>, reader: ByteReader, depth: number): unknown {
  if (typeof kind === 'function') return decodeAt(kind(), reader.bytes(), depth + 1);
  if (kind === 'string') return reader.text();
  if (kind === 'bytes') return reader.bytes();
  return kind === 'bool' ? reader.integer() !== 0 : reader.integer();
}

function readEntry(field: Field<unknown>, entry: Uint8Array, depth: number): [string, unknown] {
  const reader = new ByteReader(entry);
  let key = '';
  let value = typeof field.kind === 'function' ? emptyMessage(field.kind()) : emptyField({ ...field, shape: 'single' });
  while (!reader.atEnd()) {
    const { no, wire } = reader.tag();
    if (no === 1 && wire === BYTES) key = reader.text();
    else if (no === 2 && wire === wireOf({ ...field, shape: 'single' })) value = readValue(field, reader, depth);
    else reader.skip(wire);
  }
  return [key, value];
}

function encodeInto(writer: ByteWriter, table: Message<unknown>, value: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(table.fields)) {
    const held = value[name];
    if (held === undefined) continue;
    if (field.shape === 'repeated') for (const item of held as unknown[]) writeValue(writer, field.no, field, item);
    else if (field.shape === 'map') writeMap(writer, field, held as ReadonlyMap<string, unknown>);
    else if (field.shape === 'presence' || !isDefault(held)) writeValue(writer, field.no, field, held);
  }
}

function writeMap(writer: ByteWriter, field: Field<unknown>, entries: ReadonlyMap<string, unknown>): void {
  for (const [key, item] of entries) {
    const entry = new ByteWriter();
    entry.text(1, key);
    writeValue(entry, 2, field, item);
    writer.bytes(field.no, entry.finish());
  }
}

function writeValue(writer: ByteWriter, no: number, { kind }: Field<unknown>, value: unknown): void {
  if (typeof kind === 'function') {
    const inner = new ByteWriter();
    encodeInto(inner, kind(), value as Record<string, unknown>);
    writer.bytes(no, inner.finish());
  } else if (kind === 'string') writer.text(no, value as string);
  else if (kind === 'bytes') writer.bytes(no, value as Uint8Array);
  else writer.integer(no, Number(value));
}

function isDefault(value: unknown): boolean {
  return value === '' || value === false || value === 0 || (value instanceof Uint8Array && value.length === 0);
}
