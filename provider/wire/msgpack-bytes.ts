// MessagePack's heads and bodies: the bytes below the typed value codec.
import { AppError } from '#core/errors.js';

/** What a head announces. Containers and strings carry a length; the body follows. */
export type Head =
  | { kind: 'nil' }
  | { kind: 'ext' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'str' | 'bin' | 'array' | 'map'; length: number };

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads heads and bodies from a bounded buffer; running past its end is ERR_CONTRACT. */
export class PackReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Uint8Array) {
    this.#buffer = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  atEnd(): boolean {
    return this.#at === this.#buffer.length;
  }

  /** The next head. An extension is skipped whole: of any type, it means unknown (terraform.md A6). */
  head(): Head {
    const byte = this.#take(1).readUInt8();
    if (byte < 0x80) return { kind: 'int', value: BigInt(byte) };
    if (byte < 0x90) return this.#sized('map', byte & 0x0f);
    if (byte < 0xa0) return this.#sized('array', byte & 0x0f);
    if (byte < 0xc0) return this.#sized('str', byte & 0x1f);
    if (byte >= 0xe0) return { kind: 'int', value: BigInt(byte - 0x100) };
    return this.#longHead(byte);
  }

  /** The body of a string head. */
  text(length: number): string {
    try {
      return UTF8.decode(this.#take(length));
    } catch (cause) {
      throw malformed(cause);
    }
  }

  #longHead(byte: number): Head {
    if (byte === 0xc0) return { kind: 'nil' };
    if (byte === 0xc2 || byte === 0xc3) return { kind: 'bool', value: byte === 0xc3 };
    if (byte >= 0xc4 && byte <= 0xc6) return this.#sized('bin', this.#unsigned(byte - 0xc4));
    if (byte >= 0xc7 && byte <= 0xc9) return this.#extension(this.#unsigned(byte - 0xc7));
    if (byte === 0xca) return { kind: 'float', value: this.#take(4).readFloatBE() };
    if (byte === 0xcb) return { kind: 'float', value: this.#take(8).readDoubleBE() };
    if (byte === 0xcf) return { kind: 'int', value: this.#take(8).readBigUInt64BE() };
    if (byte >= 0xcc && byte <= 0xce) return { kind: 'int', value: BigInt(this.#unsigned(byte - 0xcc)) };
    if (byte === 0xd3) return { kind: 'int', value: this.#take(8).readBigInt64BE() };
    if (byte >= 0xd0 && byte <= 0xd2) return { kind: 'int', value: BigInt(this.#signed(byte - 0xd0)) };
    if (byte >= 0xd4 && byte <= 0xd8) return this.#extension(1 << (byte - 0xd4));
    if (byte >= 0xd9 && byte <= 0xdb) return this.#sized('str', this.#unsigned(byte - 0xd9));
    if (byte === 0xdc || byte === 0xdd) return this.#sized('array', this.#unsigned(byte - 0xdb));
    if (byte === 0xde || byte === 0xdf) return this.#sized('map', this.#unsigned(byte - 0xdd));
    throw malformed();
  }

  /** Every announced item takes a byte at least, so a length beyond the rest is a lie found before it costs memory. */
  #sized(kind: 'str' | 'bin' | 'array' | 'map', length: number): Head {
    if (length > this.#buffer.length - this.#at) throw malformed();
    return { kind, length };
  }

  #extension(length: number): Head {
    this.#take(length + 1);
    return { kind: 'ext' };
  }

  #unsigned(power: number): number {
    return this.#take(1 << power).readUIntBE(0, 1 << power);
  }

  #signed(power: number): number {
    return this.#take(1 << power).readIntBE(0, 1 << power);
  }

  #take(count: number): Buffer {
    if (count > this.#buffer.length - this.#at) throw malformed();
    this.#at += count;
    return this.#buffer.subarray(this.#at - count, this.#at);
  }
}

/** Writes the shortest form of each head. */
export class PackWriter {
  readonly #chunks: Uint8Array[] = [];

  nil(): void {
    this.#chunks.push(Uint8Array.of(0xc0));
  }

  /** Extension type 0, the only form of unknown that we write. */
  unknown(): void {
    this.#chunks.push(Uint8Array.of(0xd4, 0, 0));
  }

  bool(value: boolean): void {
    this.#chunks.push(Uint8Array.of(value ? 0xc3 : 0xc2));
  }

  /** An integer of 64 bits at most. */
  int(value: number | bigint): void {
    const n = BigInt(value);
    if (n >= 0n) this.#positive(n);
    else if (n >= -32n) this.#chunks.push(Uint8Array.of(Number(n) & 0xff));
    else if (n >= -0x80n) this.#head(0xd0, n, 1);
    else if (n >= -0x8000n) this.#head(0xd1, n, 2);
    else if (n >= -0x80000000n) this.#head(0xd2, n, 4);
    else this.#head(0xd3, n, 8);
  }

  text(value: string): void {
    const body = Buffer.from(value, 'utf8');
    const length = body.length;
    if (length < 32) this.#chunks.push(Uint8Array.of(0xa0 | length));
    else if (length < 0x100) this.#head(0xd9, BigInt(length), 1);
    else this.#wide(0xda, length);
    this.#chunks.push(body);
  }

  array(length: number): void {
    if (length < 16) this.#chunks.push(Uint8Array.of(0x90 | length));
    else this.#wide(0xdc, length);
  }

  map(length: number): void {
    if (length < 16) this.#chunks.push(Uint8Array.of(0x80 | length));
    else this.#wide(0xde, length);
  }

  finish(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #positive(n: bigint): void {
    if (n < 0x80n) this.#chunks.push(Uint8Array.of(Number(n)));
    else if (n < 0x100n) this.#head(0xcc, n, 1);
    else if (n < 0x10000n) this.#head(0xcd, n, 2);
    else if (n < 0x100000000n) this.#head(0xce, n, 4);
    else this.#head(0xcf, n, 8);
  }

  #wide(head: number, length: number): void {
    if (length < 0x10000) this.#head(head, BigInt(length), 2);
    else this.#head(head + 1, BigInt(length), 4);
  }

  #head(head: number, value: bigint, size: number): void {
    const chunk = Buffer.alloc(9);
    chunk.writeBigUInt64BE(BigInt.asUintN(64, value), 1);
    chunk[8 - size] = head;
    this.#chunks.push(chunk.subarray(8 - size));
  }
}

function malformed(cause?: unknown): AppError {
  return new AppError('ERR_CONTRACT', 'A MessagePack value is malformed.', { cause });
}
