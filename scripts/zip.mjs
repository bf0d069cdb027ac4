// Writes a zip whose bytes depend on its files alone: fixed time, given order, Unix modes (PKWARE APPNOTE 6.3).
import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;
/** Version 2.0, made on Unix, so that the mode counts. */
const VERSION = 20;
const UNIX = 3;
/** 1980-01-01, the first day that the format knows. */
const DATE = 0x21;
const UTF8 = 0x800;

/** The bytes of a zip of `entries`: `{name, bytes, mode}`, mode as of chmod. */
export function zip(entries) {
  let offset = 0;
  const packed = entries.map(({ name, bytes, mode }) => {
    const file = {
      name: Buffer.from(name),
      mode,
      crc: crc32(bytes),
      size: bytes.length,
      data: deflateRawSync(bytes, { level: 9 }),
    };
    const local = Buffer.concat([header(LOCAL, file), file.name, file.data]);
    const at = offset;
    offset += local.length;
    return { ...file, at, local };
  });
  const directory = Buffer.concat(packed.map((file) => Buffer.concat([header(CENTRAL, file), file.name])));
  return Buffer.concat([
    ...packed.map(({ local }) => local),
    directory,
    ending(packed.length, directory.length, offset),
  ]);
}

function header(signature, { name, mode, crc, size, data, at }) {
  const isCentral = signature === CENTRAL;
  const fields = [
    [4, signature],
    ...(isCentral ? [[2, (UNIX << 8) | VERSION]] : []),
    ...[
      [2, VERSION],
      [2, UTF8],
      [2, DEFLATE],
      [2, 0],
      [2, DATE],
    ],
    ...[
      [4, crc],
      [4, data.length],
      [4, size],
      [2, name.length],
      [2, 0],
    ],
    ...(isCentral
      ? [
          [2, 0],
          [2, 0],
          [2, 0],
          [4, ((0o100000 | mode) << 16) >>> 0],
          [4, at],
        ]
      : []),
  ];
  return packedFields(fields);
}

function ending(count, length, offset) {
  return packedFields([
    [4, END],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, length],
    [4, offset],
    [2, 0],
  ]);
}

/** Little-endian, each of its width in bytes. */
function packedFields(fields) {
  const out = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) at = out.writeUIntLE(value, at, width);
  return out;
}
