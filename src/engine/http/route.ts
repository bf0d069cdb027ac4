// A route: an address, the permission it needs, and a handler that decodes, calls a feature and encodes.
import * as z from 'zod/mini';
import { AppError } from '#core/errors.js';
import type { Caller, Origin } from '../auth/caller.ts';
import type { Action, Where } from '../auth/permissions.ts';
import type { Answer } from './answer.ts';

/** A request without a caller. */
export type OpenCall = {
  origin: Origin;
  /** Scheme, host and port as the client wrote them. */
  base: string;
  header(name: string): string | undefined;
  /** Path, query and body as one object, the path first, then the body. @throws AppError ERR_REQUEST_INVALID */
  input<Shape extends z.ZodMiniType>(shape: Shape): z.output<Shape>;
};
export type Call = OpenCall & {
  caller: Caller;
  /** Whether the same request would be let in there now: for answers that go on. */
  isAdmitted(where: Where): Promise<boolean>;
};

/** What a request says before its caller is known. */
export type Asked = { query: URLSearchParams; header(name: string): string | undefined };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type TokenRoute = {
  method: Method;
  path: string;
  /** What the caller must be allowed to do. */
  action: Action;
  handle(call: Call): Promise<Answer>;
  /** Whether a request to this address makes a credential, whatever its method says. */
  isMinting?(asked: Asked): boolean;
  /** Answers instead of `handle`, without a token, when the request carries a lease handle. */
  byHandle?(call: OpenCall, link: string): Promise<Answer>;
};
export type OpenRoute = { method: Method; path: string; action: 'open'; handleOpen(call: OpenCall): Promise<Answer> };
export type Route = TokenRoute | OpenRoute;

/** A route that needs a token. */
export function route(
  method: Method,
  path: string,
  action: Action,
  handle: TokenRoute['handle'],
  byHandle?: TokenRoute['byHandle'],
): TokenRoute {
  return { method, path: `/v3${path}`, action, handle, ...(byHandle && { byHandle }) };
}

/** Checks fields against a shape. The error names fields, never what was in them. */
export function decode<Shape extends z.ZodMiniType>(shape: Shape, fields: unknown): z.output<Shape> {
  const result = z.safeParse(shape, fields);
  if (result.success) return result.data;
  const wrong = [...new Set(result.error.issues.map(({ path }) => fieldName(path)))].slice(0, 10);
  throw new AppError('ERR_REQUEST_INVALID', `The request is missing or has a wrong value for: ${wrong.join(', ')}.`);
}

/** Only keys that the shapes themselves know: below them keys are the sender's text, and may be values by mistake. */
function fieldName(path: readonly PropertyKey[]): string {
  const known = path.filter((key, at) => at === 0 || typeof key === 'number' || typeof path[at - 1] === 'number');
  return known.map((key) => (typeof key === 'number' ? `[${key}]` : String(key))).join('.') || 'the body';
}
