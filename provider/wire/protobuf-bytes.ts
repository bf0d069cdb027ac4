// Varints, tags and length-delimited spans: the bytes below the protobuf tables.
import { AppError } from '#core/errors.js';

const MAX_FIELD = 0x1fffffff;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads from a bounded span; running past its end is ERR_CONTRACT. */
export class ByteReader {
  readonly #buffer: Uint8Array;
  #at = 0;

  constructor(buffer: Uint8Array) {
    this.#buffer = buffer;
  }

  atEnd(): boolean {
    return this.#at >= this.#buffer.length;
  }

  tag(): { no: number; wire: number } {
    const tag = Number(this.#varint());
    const no = Math.floor(tag / 8);
    if (no < 1 || no > MAX_FIELD) throw malformed();
    return { no, wire: tag % 8 };
  }

  /** A signed 64-bit integer, refused outside the safe range. */
  integer(): number {
    const value = Number(BigInt.asIntN(64, this.#varint()));
    if (!Number.isSafeInteger(value)) throw malformed();
    return value;
  }

  bytes(): Uint8Array {
    const length = Number(this.#varint());
    const start = this.#at;
    if (length > this.#buffer.length - start) throw malformed();
    this.#at = start + length;
    return this.#buffer.subarray(start, this.#at);
  }

  text(): string {
    const span = this.bytes();
    try {
      return UTF8.decode(span);
    } catch (cause) {
      throw malformed(cause);
    }
  }

  skip(wire: number): void {
    if (wire === 0) this.#varint();
    else if (wire === 2) this.bytes();
    else if (wire === 1) this.#advance(8);
    else if (wire === 5) this.#advance(4);
    else throw malformed();
  }

  #advance(count: number): void {
    if (count > this.#buffer.length - this.#at) throw malformed();
    this.#at += count;
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#buffer[this.#at++];
      if (byte === undefined) throw malformed();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed();
  }
}

/** Gathers chunks; `finish` joins them. */
export class ByteWriter {
  readonly #chunks: Uint8Array[] = [];

  integer(no: number, value: number): void {
    if (!Number.isSafeInteger(value)) throw new AppError('ERR_INTERNAL', 'A protobuf integer is not a safe integer.');
    this.#chunks.push(varint(BigInt(no) << 3n), varint(BigInt.asUintN(64, BigInt(value))));
  }

  bytes(no: number, value: Uint8Array): void {
    this.#chunks.push(varint((BigInt(no) << 3n) | 2n), varint(BigInt(value.length)), value);
  }

  text(no: number, value: string): void {
    this.bytes(no, Buffer.from(value, 'utf8'));
  }

  finish(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

function malformed(cause?: unknown): AppError {
  return new AppError('ERR_CONTRACT', 'A protobuf message is malformed.', { cause });
}
