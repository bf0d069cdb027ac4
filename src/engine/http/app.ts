// The application: every request through one line of origin, caller, permission, body, handler, headers and log.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
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
import { type Answer, json } from './answer.ts';
import { readBody } from './body.ts';
import { refusedBecause } from './doppler/refused.ts';
import { type Extensions, isExtension, isExtensionHeader } from './extensions.ts';
import { classOf, Meter } from './meter.ts';
import { routed, takesAnyType, writerOf } from './phase/wire.ts';
import { type Bindings, peerAddress } from './peer.ts';
import { frames, httpProblem, problem } from './problem.ts';
import { decode, type OpenCall, type Route, type TokenRoute } from './route.ts';

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

export type Fetch = (request: Request, bindings?: Bindings) => Promise<Response>;

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

export function createApp(all: readonly Route[], parts: AppParts): Fetch {
  const routes = parts.extensions === 'on' ? all : all.filter((one) => !isExtension(one));
  const app = new Hono<{ Bindings: Bindings }>({ getPath: (request) => routed(new URL(request.url).pathname) });
  const pipeline = new Pipeline(parts);
  for (const route of routes) {
    app.on(route.method, route.path, (context) =>
      pipeline.run(context.req.raw, context.env, route.path, (request, origin, meter) =>
        pipeline.serve(route, { request, params: context.req.param() }, origin, meter),
      ),
    );
  }
  app.notFound((context) => {
    const answer = elsewhere(routes, context.req.method, context.req.path);
    return pipeline.run(context.req.raw, context.env, '(none)', async (_request, _origin, meter) => {
      meter.takeAddress('read');
      return answer;
    });
  });
  return async (request, bindings = {}) => {
    // Hono would run the GET handler, and that may mint leases which nobody then sees.
    if (request.method === 'HEAD') {
      return pipeline.run(request, bindings, '(none)', async (_request, _origin, meter) => {
        meter.takeAddress('read');
        return { ...httpProblem('notAllowed'), text: undefined };
      });
    }
    return app.fetch(request, bindings);
  };
}

/** `params`: the named parts of the path, which nothing in query or body can stand in for. */
type Received = { request: Request; params: Readonly<Record<string, string>> };
type Serve = (request: Request, origin: Origin, meter: Meter) => Promise<Answer>;

class Pipeline {
  readonly #parts: AppParts;

  constructor(parts: AppParts) {
    this.#parts = parts;
  }

  /** Never rejects: what is thrown becomes the dialect's error body. */
  async run(request: Request, bindings: Bindings | undefined, path: string, serve: Serve): Promise<Response> {
    const { clock, log, limiter, metrics, proxies } = this.#parts;
    const origin = { requestId: randomUUID(), ip: peerAddress(request, bindings, proxies) };
    const meter = new Meter(limiter, clock, origin.ip);
    const started = clock.monotonic();
    const write = writerOf(path);
    const answer = await serve(request, origin, meter).catch((thrown: unknown) => {
      const { answer: refusal, error } = problem(thrown, write);
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
      // A header that HTTP does not allow: ours to mend, and not to be told in plain text by the framework.
      log('error', 'answer failed', { request_id: origin.requestId, frames: frames(thrown) });
      return this.#respond(problem(thrown, write).answer, origin, meter);
    }
  }

  /** A route's own line: handle or token, permission, body, handler. */
  async serve(route: Route, { request, params }: Received, origin: Origin, meter: Meter): Promise<Answer> {
    const header = this.#headers(request);
    const link = header(LEASE_HANDLE_HEADER);
    const isOpen = route.action === 'open';
    const byHandle = !isOpen && link !== undefined ? route.byHandle : undefined;
    const caller = isOpen || byHandle ? undefined : await this.#admit(route, request, origin, meter);
    if (isOpen) countOpen(route, meter);
    if (byHandle) meter.take(`handle:${nextLink(checkedLink(link))}`, 'end');
    const body = await readBody(request, this.#parts.clock, takesAnyType(route.path));
    if ('problem' in body) return httpProblem(body.problem, [], writerOf(route.path));
    const url = new URL(request.url);
    const query = Object.fromEntries(url.searchParams);
    const call: OpenCall = {
      origin,
      base: url.origin,
      header,
      input: <Shape extends z.ZodMiniType>(shape: Shape) => decode(shape, { ...merge(query, body.fields), ...params }),
    };
    if (isOpen) return route.handleOpen(call);
    if (byHandle) return byHandle(call, checkedLink(link));
    if (!caller) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    return route.handle({ ...call, caller, isAdmitted: (where) => this.#isAdmitted(route, request, origin, where) });
  }

  async #admit(route: TokenRoute, request: Request, origin: Origin, meter: Meter) {
    const { authenticator, access } = this.#parts;
    const query = new URL(request.url).searchParams;
    const isMinting = route.isMinting?.({ query, header: this.#headers(request) }) ?? false;
    const kind = isMinting ? 'mint' : classOf(route, query);
    meter.peek(kind);
    const caller = await authenticator.authenticate(authorization(request), origin).catch((error: unknown) => {
      if (error instanceof AppError && REFUSED.includes(error.code)) meter.takeAddress(kind);
      throw error;
    });
    meter.take(caller.tokenId, kind);
    await access.require(caller, route.action, 'somewhere');
    return caller;
  }

  #headers(request: Request): OpenCall['header'] {
    const isDeaf = this.#parts.extensions === 'off';
    return (name) => (isDeaf && isExtensionHeader(name) ? undefined : (request.headers.get(name) ?? undefined));
  }

  /** Asked by the engine itself while an answer goes on: it counts for no limit. */
  async #isAdmitted({ action }: TokenRoute, request: Request, origin: Origin, where: Where): Promise<boolean> {
    const { authenticator, access } = this.#parts;
    try {
      await access.require(await authenticator.authenticate(authorization(request), origin), action, where);
      return true;
    } catch {
      // Whatever the reason, what goes on without a caller ends.
      return false;
    }
  }

  #respond({ status, text, stream, contentType, headers }: Answer, origin: Origin, meter: Meter): Response {
    const { version, extensions } = this.#parts;
    const all = new Headers();
    if (text !== undefined || stream) all.set('content-type', contentType);
    for (const [name, value] of [...headers, ...meter.headers()]) {
      if (extensions === 'on' || !name.startsWith('x-secrets-')) all.append(name, value);
    }
    all.set('x-request-id', origin.requestId);
    if (extensions === 'on') all.set(ENGINE_HEADER, `${version}; ${CAPABILITIES.join(', ')}`);
    all.set('x-content-type-options', 'nosniff');
    return new Response(stream ?? text ?? null, { status, headers: all });
  }
}

function authorization(request: Request): string | undefined {
  return request.headers.get('authorization') ?? undefined;
}

/** The answer where no route is: refused for now, another method, or nothing at all. */
function elsewhere(routes: readonly Route[], method: string, path: string): Answer {
  const refused = refusedBecause(method, path);
  const write = writerOf(path);
  if (refused !== undefined) return json(write([refused]), { status: 501 });
  const methods = routes.filter((one) => fits(one.path, path)).map((one) => one.method);
  if (methods.length === 0) return httpProblem('notFound', [], write);
  return httpProblem('notAllowed', [['allow', methods.join(', ')]], write);
}

/** Whether an address is one of a route's. */
function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at]);
}

/** An empty project or config in one place does not hide the one in the other (contracts/doppler.md 2.1). */
function merge(query: Record<string, string>, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(body).filter(([key, value]) => (value !== '' && value !== null) || !query[key]);
  return { ...query, ...Object.fromEntries(given) };
}

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
