// gRPC's words on top of HTTP/2: the five-byte prefix, the status trailers, the status codes.
import { AppError, type ErrorCode } from '#core/errors.js';

/** The status codes that we send. */
export const STATUS = {
  ok: 0,
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

const STATUS_OF: Partial<Record<ErrorCode, number>> = {
  ERR_CONTRACT: STATUS.invalidArgument,
  ERR_REQUEST_INVALID: STATUS.invalidArgument,
  ERR_TIMEOUT: STATUS.deadlineExceeded,
  ERR_UNAVAILABLE: STATUS.unavailable,
};

/** The status of a failed call; what has no better one is internal. */
export function statusOf(code: ErrorCode): number {
  return STATUS_OF[code] ?? STATUS.internal;
}

const PREFIX = 5;
/** Above this a peer is broken or hostile; Terraform itself allows 64 MiB for a schema answer. */
export const MAX_MESSAGE = 256 * 1024 * 1024;

/** One message with its prefix, not compressed. */
export function frame(body: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(PREFIX + body.length);
  out.writeUInt8(0, 0);
  out.writeUInt32BE(body.length, 1);
  out.set(body, PREFIX);
  return out;
}

/** Gathers one unary message from pieces cut anywhere. */
export class FrameGatherer {
  readonly #pieces: Buffer[] = [];
  #size = 0;

  /** @throws AppError ERR_CONTRACT when it grows past what its prefix or our limit allows */
  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size > MAX_MESSAGE + PREFIX) throw broken('is too large');
  }

  /** The message, once the stream has half-closed. @throws AppError ERR_CONTRACT when it is not exactly one */
  message(): Buffer {
    const whole = Buffer.concat(this.#pieces, this.#size);
    if (whole.length < PREFIX) throw broken('was cut off');
    if (whole[0] !== 0) throw broken('is compressed');
    if (whole.readUInt32BE(1) !== whole.length - PREFIX) throw broken('has another length than announced');
    return whole.subarray(PREFIX);
  }
}

/** `grpc-message` is percent-encoded UTF-8; printable ASCII but `%` stands for itself. */
export function encodeMessage(text: string): string {
  return [...Buffer.from(text.toWellFormed(), 'utf8')]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

function broken(how: string): AppError {
  return new AppError('ERR_CONTRACT', `The gRPC message ${how}.`);
}
