// Phase's addresses and errors: one path for each route however it is mounted, and the error body of that dialect.
import { problemBody as dopplerProblem } from '#contract/doppler/problem.js';
import { problemBody } from '#contract/phase/problem.js';
import { snakeCase } from '#contract/phase/requests.js';
import { AppError } from '#core/errors.js';
import type { Action } from '../../auth/permissions.ts';
import type { WriteProblem } from '../problem.ts';
import { type Asked, decode, type OpenCall, type Route, type TokenRoute } from '../route.ts';
import * as z from 'zod/mini';

/** Mounted at `/`, `/public`, `/service` and `/service/public`, where no other route of ours lies. */
const MOUNTED = /^(?:\/service)?(?:\/public)?(\/(?:v1|secrets)(?:\/.*)?)$/;
const OURS = /^\/(?:v1|secrets)\//;

/** The path that routes are found by: Phase's without its mount and with its last slash, others as they are. */
export function routed(path: string): string {
  const [, ours] = MOUNTED.exec(path) ?? [];
  return ours === undefined ? path : `${ours.replace(/\/+$/, '')}/`;
}

/** Phase's clients name any type of content, or none, for the JSON that they send (contracts/phase.md 2). */
export function takesAnyType(path: string): boolean {
  return OURS.test(path);
}

/** How errors of an address are written. */
export function writerOf(path: string): WriteProblem {
  return OURS.test(path) ? (messages) => problemBody(messages.join(' ')) : dopplerProblem;
}

type Options = Pick<TokenRoute, 'isMinting'>;

/** A route of this dialect; `path` ends with a slash. */
export function phaseRoute(
  method: TokenRoute['method'],
  path: `/${string}/`,
  action: Action,
  handle: TokenRoute['handle'],
  options: Options = {},
): Route {
  return { method, path, action, handle, ...options };
}

/** Whether a read also leases: any value of `lease` but `false`, in the query or, from clients that decrypt, a header. */
export function leases({ query, header }: Asked): boolean {
  // Every spelling and repetition counts, since any may be the one that is read.
  const said = [...query].flatMap(([key, value]) => (snakeCase(key) === 'lease' ? [value] : []));
  return [...said, header('lease')].some((one) => one !== undefined && one.toLowerCase() !== 'false');
}

/** What a client that decrypts says in headers, which the same client elsewhere says in the query. */
const HEADERS = {
  path: ['path'],
  key_digest: ['keydigest', 'key-digest'],
  tags: ['tags'],
  dynamic: ['dynamic'],
  lease: ['lease'],
  lease_ttl: ['lease-ttl', 'lease_ttl'],
} as const;

/** The input of a request whose query is in its headers. @throws AppError ERR_REQUEST_INVALID */
export function headerInput<Shape extends z.ZodMiniType>({ header }: OpenCall, shape: Shape): z.output<Shape> {
  const fields = Object.entries(HEADERS).flatMap(([field, names]) => {
    const found = names.map((name) => header(name)).find((value) => value !== undefined && value !== '');
    return found === undefined ? [] : [[field, found] as const];
  });
  return decode(shape, Object.fromEntries(fields));
}

/** The input of a request, its first mistake told in the shape's own words. @throws AppError ERR_REQUEST_INVALID */
export function inputSaying<Shape extends z.ZodMiniType>({ input }: OpenCall, shape: Shape): z.output<Shape> {
  const result = z.safeParse(shape, input(z.looseObject({})));
  if (result.success) return result.data;
  throw new AppError('ERR_REQUEST_INVALID', result.error.issues[0]?.message ?? 'Invalid input');
}
