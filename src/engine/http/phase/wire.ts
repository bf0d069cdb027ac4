// Phase's addresses and errors: one path for each route however it is mounted, and the error body of that dialect.
import { problemBody as dopplerProblem } from '#contract/doppler/problem.js';
import { problemBody } from '#contract/phase/problem.js';
import { snakeCase } from '#contract/phase/requests.js';
import { AppError } from '#core/errors.js';
import type { Action } from '../../auth/permissions.ts';
import type { Answer } from '../answer.ts';
import { httpProblem, type WriteProblem } from '../problem.ts';
import { type Asked, decode, type OpenCall, type OpenRoute, type Route, type TokenRoute } from '../route.ts';
import * as z from 'zod/mini';

/** Mounted at `/`, `/public`, `/service` and `/service/public`, where no other route of ours lies. */
const MOUNTED = /^(?:\/service)?(?:\/public)?(\/(?:v1|secrets|identities|health)(?:\/.*)?)$/;
const MOUNT = /^(?:\/service)?(?:\/public)?\/?$/;
const OURS = /^\/(?:v1|secrets|identities)\//;

/** The path that routes are found by: Phase's without its mount and with its last slash, others as they are. */
export function routed(path: string): string {
  if (MOUNT.test(path)) return '/';
  const [, ours] = MOUNTED.exec(path) ?? [];
  if (ours === undefined) return path;
  // Strangers' paths come by here before anything is counted, and `/\/+$/` is quadratic in slashes.
  let end = ours.length;
  while (ours.endsWith('/', end)) end -= 1;
  return `${ours.slice(0, end)}/`;
}

/** Phase's clients name any type of content, or none, for the JSON that they send (contracts/phase.md 2). */
export function takesAnyType(path: string): boolean {
  return OURS.test(path);
}

/** How errors of an address are written. */
export function writerOf(path: string): WriteProblem {
  return OURS.test(path) ? writeProblem : dopplerProblem;
}

const writeProblem: WriteProblem = (messages) => problemBody(messages.join(' '));

type Options = Pick<TokenRoute, 'isMinting'>;

/** A route of this dialect; `path` ends with a slash. */
export function phaseRoute(
  method: TokenRoute['method'],
  path: `/${string}/`,
  action: Action,
  handle: TokenRoute['handle'],
  options: Options = {},
): Route {
  return { method, path, action, handle: inJson(handle), ...options };
}

/** One that takes no token. */
export function openPhaseRoute(
  method: OpenRoute['method'],
  path: '/' | `/${string}/`,
  handleOpen: OpenRoute['handleOpen'],
): Route {
  return { method, path, action: 'open', handleOpen: inJson(handleOpen) };
}

/** Nothing is done for who could not read the answer: that might be a lease. */
function inJson<Asking extends OpenCall>(handle: (call: Asking) => Promise<Answer>) {
  return async (call: Asking): Promise<Answer> =>
    takesJson(call.header('accept')) ? handle(call) : httpProblem('notAcceptable', [], writeProblem);
}

/** RFC 9110, 12.5.1, as far as one type of content needs it. */
function takesJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return JSON_RANGES.has(type) && !parameters.some((one) => /^q=0(?:\.0*)?$/.test(one));
  });
}
const JSON_RANGES: ReadonlySet<string> = new Set(['*/*', 'application/*', 'application/json']);

const PAGE = 1000;

/** The whole of what is listed by page: this dialect has no pages. */
export async function everyPage<Item>(
  list: (page: { page: number; perPage: number }) => Promise<readonly Item[]>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page++) {
    const some = await list({ page, perPage: PAGE });
    all.push(...some);
    if (some.length < PAGE) return all;
  }
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
