// The one error class of the house and its closed list of codes, with what each means at the edges.

/**
 * Closed list; a retired code is never used again.
 * `status` is the HTTP status the engine answers with; `retry` says whether a later try may succeed unchanged.
 */
export const ERROR_CODES = {
  ERR_CONFIG_INVALID: { status: 500, retry: false },
  ERR_REQUEST_INVALID: { status: 400, retry: false },
  ERR_UNAUTHENTICATED: { status: 401, retry: false },
  ERR_ACCESS_DENIED: { status: 403, retry: false },
  ERR_NOT_FOUND: { status: 404, retry: false },
  ERR_CONFLICT: { status: 409, retry: false },
  ERR_LEASE_NOT_RENEWABLE: { status: 409, retry: false },
  ERR_LEASE_EXPIRED: { status: 410, retry: false },
  ERR_TTL_EXCEEDED: { status: 400, retry: false },
  ERR_RATE_LIMITED: { status: 429, retry: true },
  ERR_INTERNAL: { status: 500, retry: false },
  ERR_DECRYPT: { status: 500, retry: false },
  ERR_INTEGRATION_FAILED: { status: 502, retry: false },
  ERR_LEASE_IRREVOCABLE: { status: 502, retry: false },
  ERR_CONTRACT: { status: 502, retry: false },
  ERR_UNAVAILABLE: { status: 503, retry: true },
  ERR_TIMEOUT: { status: 504, retry: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export type ErrorOptions = {
  /** What the reader should do next; one sentence without a value. */
  hint?: string;
  /** Every further problem of the same kind, each printable. */
  details?: readonly string[];
  /** For debug logs only; never printed to a user. */
  cause?: unknown;
  /** Seconds that the far side asked us to wait. */
  retryAfterSec?: number;
  /** The far side certainly did nothing: it was never reached. */
  hadNoEffect?: boolean;
};

/**
 * The only error that crosses a room. `message`, `hint` and `details` are always printable: no value, token, header
 * or body in them. Foreign errors are wrapped once, where they enter.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: readonly string[];
  readonly retryAfterSec: number | undefined;
  readonly hadNoEffect: boolean;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
    this.retryAfterSec = options.retryAfterSec;
    this.hadNoEffect = options.hadNoEffect ?? false;
  }

  /** HTTP status of this code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  /** Message, details and hint on one line. */
  get line(): string {
    const parts = [this.message, ...this.details];
    if (this.hint) parts.push(this.hint);
    return parts.map((part) => oneLine(part)).join(' ');
  }
}

/** The same error, with the knowledge that the far side certainly did nothing. */
export function withoutEffect(error: AppError): AppError {
  const { code, message, hint, details, cause, retryAfterSec } = error;
  return new AppError(code, message, {
    details,
    cause,
    hadNoEffect: true,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterSec === undefined ? {} : { retryAfterSec }),
  });
}

/** `error` as an AppError; anything foreign becomes ERR_INTERNAL with a fixed public text and the original as cause. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('ERR_INTERNAL', 'Something went wrong inside secrets-action.', {
    hint: 'Report it with the steps that led here.',
    cause: error,
  });
}

/** Text from elsewhere made fit for one line of a log: control characters become spaces, and it is cut at `limit`. */
export function oneLine(text: string, limit = 300): string {
  const flat = (isPrintable(text) ? text : text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')).trim();
  return flat.length > limit ? `${flat.slice(0, limit)}…` : flat;
}

/** For the many short texts of a start, a loop costs less than compiling a pattern. */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
