// The application: every request through one line of origin, caller, permission, body, handler, headers and log.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type * as z from 'zod/mini';
import { ENGINE_HEADER, LEASE_HANDLE_HEADER } from '#contract/doppler/wire.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { isLink } from '#core/lease-handle.js';
import type { Access } from '../auth/access.ts';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Origin } from '../auth/caller.ts';
import type { Log } from '../log.ts';
import type { Answer } from './answer.ts';
import { readBody } from './body.ts';
import { frames, httpProblem, problem } from './problem.ts';
import { decode, type OpenCall, type Route } from './route.ts';

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
];

/** What node-server hands over beside the request; absent when a test calls `fetch` itself. */
type Bindings = { incoming?: { socket?: { remoteAddress?: string } } };
export type Fetch = (request: Request, bindings?: Bindings) => Promise<Response>;

export type AppParts = { access: Access; authenticator: Authenticator; clock: Clock; log: Log; version: string };

export function createApp(routes: readonly Route[], parts: AppParts): Fetch {
  const app = new Hono<{ Bindings: Bindings }>();
  const pipeline = new Pipeline(parts);
  for (const route of routes) {
    app.on(route.method, route.path, (context) =>
      pipeline.run(context.req.raw, context.env, route.path, (request, origin) =>
        pipeline.serve(route, request, origin),
      ),
    );
  }
  app.notFound((context) => {
    const methods = routes.filter(({ path }) => path === context.req.path).map(({ method }) => method);
    const answer =
      methods.length > 0 ? httpProblem('notAllowed', [['allow', methods.join(', ')]]) : httpProblem('notFound');
    return pipeline.run(context.req.raw, context.env, '(none)', async () => answer);
  });
  return async (request, bindings = {}) => {
    // Hono would run the GET handler, and that may mint leases which nobody then sees.
    if (request.method === 'HEAD') {
      return pipeline.run(request, bindings, '(none)', async () => ({ ...httpProblem('notAllowed'), text: undefined }));
    }
    return app.fetch(request, bindings);
  };
}

type Serve = (request: Request, origin: Origin) => Promise<Answer>;

class Pipeline {
  readonly #parts: AppParts;

  constructor(parts: AppParts) {
    this.#parts = parts;
  }

  /** Never rejects: what is thrown becomes the dialect's error body. */
  async run(request: Request, bindings: Bindings | undefined, path: string, serve: Serve): Promise<Response> {
    const { clock, log } = this.#parts;
    const origin = { requestId: randomUUID(), ip: bindings?.incoming?.socket?.remoteAddress ?? '' };
    const started = clock.monotonic();
    const answer = await serve(request, origin).catch((thrown: unknown) => {
      const { answer: refusal, error } = problem(thrown);
      if (refusal.status >= 500) {
        log('error', 'request failed', { request_id: origin.requestId, code: error.code, frames: frames(thrown) });
      }
      return refusal;
    });
    const ms = Math.round(clock.monotonic() - started);
    log('info', 'request', { request_id: origin.requestId, method: request.method, path, status: answer.status, ms });
    try {
      return this.#respond(answer, origin);
    } catch (thrown) {
      // A header that HTTP does not allow: ours to mend, and not to be told in plain text by the framework.
      log('error', 'answer failed', { request_id: origin.requestId, frames: frames(thrown) });
      return this.#respond(problem(thrown).answer, origin);
    }
  }

  /** A route's own line: handle or token, permission, body, handler. */
  async serve(route: Route, request: Request, origin: Origin): Promise<Answer> {
    const link = request.headers.get(LEASE_HANDLE_HEADER);
    const isOpen = route.action === 'open';
    const byHandle = !isOpen && link !== null ? route.byHandle : undefined;
    const caller = isOpen || byHandle ? undefined : await this.#admit(route.action, request, origin);
    const body = await readBody(request, this.#parts.clock);
    if ('problem' in body) return httpProblem(body.problem);
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const call: OpenCall = {
      origin,
      header: (name) => request.headers.get(name) ?? undefined,
      input: <Shape extends z.ZodMiniType>(shape: Shape) => decode(shape, merge(query, body.fields)),
    };
    if (isOpen) return route.handleOpen(call);
    if (byHandle) return byHandle(call, checkedLink(link));
    if (!caller) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
    return route.handle({ ...call, caller, isAdmitted: () => this.#isAdmitted(route.action, request, origin) });
  }

  async #admit(action: Exclude<Route['action'], 'open'>, request: Request, origin: Origin) {
    const { authenticator, access } = this.#parts;
    const caller = await authenticator.authenticate(request.headers.get('authorization') ?? undefined, origin);
    await access.require(caller, action);
    return caller;
  }

  async #isAdmitted(action: Exclude<Route['action'], 'open'>, request: Request, origin: Origin): Promise<boolean> {
    try {
      await this.#admit(action, request, origin);
      return true;
    } catch {
      // Whatever the reason, what goes on without a caller ends.
      return false;
    }
  }

  #respond({ status, text, stream, contentType, headers }: Answer, origin: Origin): Response {
    const all = new Headers();
    if (text !== undefined || stream) all.set('content-type', contentType);
    for (const [name, value] of headers) all.append(name, value);
    all.set('x-request-id', origin.requestId);
    all.set(ENGINE_HEADER, `${this.#parts.version}; ${CAPABILITIES.join(', ')}`);
    all.set('x-content-type-options', 'nosniff');
    return new Response(stream ?? text ?? null, { status, headers: all });
  }
}

/** An empty project or config in one place does not hide the one in the other (contracts/doppler.md 2.1). */
function merge(query: Record<string, string>, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(body).filter(([key, value]) => (value !== '' && value !== null) || !query[key]);
  return { ...query, ...Object.fromEntries(given) };
}

function checkedLink(link: string | null): string {
  if (isLink(link)) return link;
  throw new AppError('ERR_REQUEST_INVALID', 'The lease handle is not one.');
}
