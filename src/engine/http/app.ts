// The application: every request through one line of origin, caller, permission, body, handler, headers and log.
import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { ENGINE_HEADER, LEASE_HANDLE_HEADER } from '#contract/doppler/wire.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { isLink, nextLink } from '#core/lease-handle.js';
import type { Access } from '../auth/access.ts';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Origin } from '../auth/caller.ts';
import type { Where } from '../auth/permissions.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Answer, type Handle, json, type Reply, withType } from './answer.ts';
import { readBody } from './body.ts';
import { refusedBecause } from './doppler/refused.ts';
import { type Extensions, isExtension, isExtensionHeader } from './extensions.ts';
import { classOf, Meter } from './meter.ts';
import { routed, takesAnyType, writerOf } from './phase/wire.ts';
import { peerAddress } from './peer.ts';
import { frames, httpProblem, problem } from './problem.ts';
import type { HttpRequest } from './request.ts';
import { decode, type OpenCall, type Route, type TokenRoute } from './route.ts';
import { type Found, Routes } from './routes.ts';

/** What the engine can do beyond Doppler's API (design.md §6, Engine extensions). */
const CAPABILITIES = [
  'lease-handle',
  'lease-set',
  'lease-renew',
  'lease-headers',
  'idempotency',
  'dynamic-secrets',
  'secrets-metadata',
  'secrets-compare',
  'generate',
  'caller-keyed-tokens',
  'deletion-protection',
  'references',
  'phase',
];

export type AppParts = {
  access: Access;
  authenticator: Authenticator;
  limiter: RateLimiter;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  version: string;
  extensions: Extensions;
  /** Peers whose X-Forwarded-For is believed, as CIDR blocks. */
  proxies: readonly string[];
};

export function createApp(all: readonly Route[], parts: AppParts): Handle {
  const routes = new Routes(parts.extensions === 'on' ? all : all.filter((one) => !isExtension(one)));
  const pipeline = new Pipeline(parts);
  return (request) => {
    const path = routed(request.url.pathname);
    // A HEAD that ran the GET might mint leases, which nobody would then see.
    const found = request.method === 'HEAD' ? undefined : routes.find(request.method, path);
    if (found) {
      const { route } = found;
      return pipeline.run(request, route.path, (origin, meter) => pipeline.serve(found, request, origin, meter));
    }
    return pipeline.run(request, '(none)', async (_origin, meter) => {
      meter.takeAddress('read');
      return elsewhere(routes, request.method, path);
    });
  };
}

type Serve = (origin: Origin, meter: Meter) => Promise<Answer>;

class Pipeline {
  readonly #parts: AppParts;
  readonly #always: Answer['headers'];

  constructor(parts: AppParts) {
    this.#parts = parts;
    this.#always = [['x-content-type-options', 'nosniff']];
    if (parts.extensions === 'on') this.#always.push([ENGINE_HEADER, `${parts.version}; ${CAPABILITIES.join(', ')}`]);
  }

  /** Never rejects: what is thrown becomes the dialect's error body. */
  async run(request: HttpRequest, path: string, serve: Serve): Promise<Reply> {
    const { clock, log, limiter, metrics, proxies } = this.#parts;
    const origin = { requestId: randomUUID(), ip: peerAddress(request, proxies) };
    const meter = new Meter(limiter, clock, origin.ip);
    const started = clock.monotonic();
    const answer = await serve(origin, meter).catch((thrown: unknown) => {
      const { answer: refusal, error } = problem(thrown, writerOf(path));
      if (refusal.status >= 500) {
        // What an AppError says is printable; the frames are for what nobody foresaw.
        const why = error === thrown ? { message: error.line } : { frames: frames(thrown) };
        log('error', 'request failed', { request_id: origin.requestId, code: error.code, ...why });
      }
      return refusal;
    });
    const ms = Math.round(clock.monotonic() - started);
    metrics.request({ method: request.method, route: path, status: answer.status, ms });
    log('info', 'request', { request_id: origin.requestId, method: request.method, path, status: answer.status, ms });
    try {
      return this.#respond(answer, origin, meter);
    } catch (thrown) {
      // A header that HTTP does not allow: ours to mend, and not to be told in plain text by node:http.
      log('error', 'answer failed', { request_id: origin.requestId, frames: frames(thrown) });
      return this.#respond(problem(thrown, writerOf(path)).answer, origin, meter);
    }
  }

  /** A route's own line: handle or token, permission, body, handler. */
  async serve({ route, params }: Found, request: HttpRequest, origin: Origin, meter: Meter): Promise<Answer> {
    const header = this.#headers(request);
    const link = header(LEASE_HANDLE_HEADER);
    const isOpen = route.action === 'open';
    const byHandle = !isOpen && link !== undefined ? route.byHandle : undefined;
    const caller = isOpen || byHandle ? undefined : await this.#admit(route, request, origin, meter);
    if (isOpen) countOpen(route, meter);
    if (byHandle) meter.take(`handle:${nextLink(checkedLink(link))}`, 'end');
    const body = await readBody(request, this.#parts.clock, takesAnyType(route.path));
    if ('problem' in body) return httpProblem(body.problem, [], writerOf(route.path));
    const fields = { ...merge(wordsOf(route, request.url), body.fields), ...params };
    const call: OpenCall = {
      origin,
      base: request.url.origin,
      header,
      input: <Shape extends z.ZodMiniType>(shape: Shape) => decode(shape, fields),
    };
    if (isOpen) return route.handleOpen(call);
    if (byHandle) return byHandle(call, checkedLink(link));
    if (!caller) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    return route.handle({ ...call, caller, isAdmitted: (where) => this.#isAdmitted(route, request, origin, where) });
  }

  async #admit(route: TokenRoute, request: HttpRequest, origin: Origin, meter: Meter) {
    const { authenticator, access } = this.#parts;
    const query = request.url.searchParams;
    const isMinting = route.isMinting?.({ query, header: this.#headers(request) }) ?? false;
    const kind = isMinting ? 'mint' : classOf(route, query);
    meter.peek(kind);
    const caller = await authenticator.authenticate(request.header('authorization'), origin).catch((error: unknown) => {
      if (error instanceof AppError && REFUSED.includes(error.code)) meter.takeAddress(kind);
      throw error;
    });
    meter.take(caller.tokenId, kind);
    await access.require(caller, route.action, 'somewhere');
    return caller;
  }

  #headers({ header }: HttpRequest): OpenCall['header'] {
    if (this.#parts.extensions === 'on') return header;
    return (name) => (isExtensionHeader(name) ? undefined : header(name));
  }

  /** Asked by the engine itself while an answer goes on: it counts for no limit. */
  async #isAdmitted({ action }: TokenRoute, request: HttpRequest, origin: Origin, where: Where): Promise<boolean> {
    const { authenticator, access } = this.#parts;
    try {
      await access.require(await authenticator.authenticate(request.header('authorization'), origin), action, where);
      return true;
    } catch {
      // Whatever the reason, what goes on without a caller ends.
      return false;
    }
  }

  /** @throws TypeError for a header that HTTP cannot carry */
  #respond(answer: Answer, origin: Origin, meter: Meter): Reply {
    const { extensions } = this.#parts;
    const reply = withType(answer);
    const own = reply.headers;
    if (own.some(([, value]) => UNFIT.test(value))) throw new TypeError('A header cannot carry what it should.');
    const headers = extensions === 'on' ? [...own] : own.filter(([name]) => !name.startsWith('x-secrets-'));
    headers.push(...meter.headers(), ['x-request-id', origin.requestId], ...this.#always);
    return { ...reply, headers };
  }
}

/** The answer where no route is: refused for now, another method, or nothing at all. */
function elsewhere(routes: Routes, method: string, path: string): Answer {
  // What a HEAD is told is in its headers.
  if (method === 'HEAD') return { ...elsewhere(routes, '', path), text: undefined };
  const refused = refusedBecause(path);
  const write = writerOf(path);
  if (refused !== undefined) return json(write([refused]), { status: 501 });
  const methods = routes.methodsAt(path);
  if (methods.length === 0) return httpProblem('notFound', [], write);
  return httpProblem('notAllowed', [['allow', methods.join(', ')]], write);
}

/** Doppler's clients name what they have no value for (contracts/doppler.md 1.2): an empty word was not said. */
function wordsOf({ path }: Route, { search, searchParams }: URL): Record<string, string> {
  if (search === '') return {};
  const words = [...searchParams];
  return Object.fromEntries(path.startsWith('/v3/') ? words.filter(([, word]) => word !== '') : words);
}

/** An empty project or config in one place does not hide the one in the other (contracts/doppler.md 2.1). */
function merge(query: Record<string, string>, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(body).filter(([key, value]) => (value !== '' && value !== null) || !query[key]);
  return { ...query, ...Object.fromEntries(given) };
}

/** What no header can carry. */
const UNFIT = /[^\t\x20-\x7e\x80-\xff]/;
/** What keeps a caller out before it is anybody: the token, or the address that it comes from. */
const REFUSED: readonly string[] = ['ERR_UNAUTHENTICATED', 'ERR_ACCESS_DENIED'];
/** Asked for by machines every few seconds: a stranger at the same address must not make them look dead. */
const UNCOUNTED = ['/healthz', '/readyz', '/metrics', '/', '/health/'];

/** Other open addresses count as what they do. */
function countOpen(route: Route, meter: Meter): void {
  if (UNCOUNTED.includes(route.path)) meter.tell('read');
  else meter.takeAddress(classOf(route, new URLSearchParams()));
}

function checkedLink(link: string | undefined): string {
  if (isLink(link)) return link;
  throw new AppError('ERR_REQUEST_INVALID', 'The lease handle is not one.');
}
