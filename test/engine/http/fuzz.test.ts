// Every route with hostile fields, bodies, paths and headers: a success or the dialect's error, never a 500, never a hang.
import fc from 'fast-check';
import { type PeopleEngine, startPeopleEngine } from '../../support/people.ts';
import { dialectMessages } from '../../support/fuzz/dialect.ts';
import { BENT, fieldNames, hostile } from '../../support/fuzz/hostile.ts';

/** Another seed finds other things: `FUZZ_SEED=1 npm test -- test/engine/http/fuzz.test.ts`. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_722);
const HANG_MS = 30_000;
const FIELDS = fieldNames();

let engine: PeopleEngine;
let callers: (string | undefined)[];
/** The id of project `app`; another one when an attack has deleted it. */
let app: string;
const findApp = async () => (await engine.store.read.findProject({ name: 'app' }))?.id ?? '';
beforeAll(async () => {
  engine = await startPeopleEngine();
  const { owner, write, viewer, scim } = engine.tokens;
  app = await findApp();
  callers = [engine.admin, owner, write, viewer, scim, undefined];
  await engine.ok(engine.admin, 'POST /configs/config/dynamic_secrets', {
    ...{ project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' },
  });
}, 60_000);
afterAll(() => engine.close());

const at = ({ method, path }: { method: string; path: string }, params: readonly string[]) => {
  let n = 0;
  return `${method} ${path.replace(/:\w+/g, () => encodeURIComponent((params[n++] ?? 'x').toWellFormed()) || '%20')}`;
};

type Sent = { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> };
type Heard = { status: number; headers: Headers; text: string };

/** The answer at the whole path, or a failure of the test where none comes. */
async function ask(token: string | undefined, request: string, { headers = {}, body }: Sent): Promise<Heard> {
  const [method = '', path = ''] = request.split(' ');
  const all = new Headers({ 'content-type': 'application/json', ...headers });
  if (token !== undefined) all.set('authorization', `Bearer ${token}`);
  const answer = (async () => {
    const init = { method, headers: all, ...(body === undefined ? {} : { body }) };
    const response = await engine.fetch(new Request(`http://engine${path}`, init));
    // A stream of events has no end to wait for.
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    if (isStream) await response.body?.cancel();
    return { status: response.status, headers: response.headers, text: isStream ? '' : await response.text() };
  })();
  let late: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`no answer to ${request}`)), HANG_MS);
  });
  return Promise.race([answer, hang]).finally(() => clearTimeout(late));
}

function expectGood({ status, headers, text }: Heard, request: string): void {
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('secrets-engine')).toMatch(/^1\.0\.0; /);
  if (status < 400) return expect([200, 201, 202, 204, 304]).toContain(status);
  expect([request, status < 500]).toEqual([request, true]);
  expect(headers.get('content-type')).toBe('application/json');
  // One line each, whatever was in the request.
  for (const message of dialectMessages(request, text)) expect(message).not.toMatch(/[\r\n\u0000]/);
}

test('the names of the fields are read from the shapes', () => {
  expect(FIELDS).toEqual(
    expect.arrayContaining(['project', 'change_requests', 'ttl_sec', 'discovery_url', 'payload', 'lease_id', 'jwt']),
  );
});

test.each(BENT)('a body %s breaks no route', async (_what, raw) => {
  for (const route of engine.engine.routes.filter(({ method }) => method !== 'GET')) {
    const isLarge = raw.length > 100_000;
    for (const token of isLarge ? [engine.admin] : [engine.admin, engine.tokens.write]) {
      const request = at(route, ['x', 'y']);
      expectGood(await ask(token, request, { body: raw }), request);
    }
  }
});

test('no fields, parameters or headers of any kind break a route', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...engine.engine.routes),
      hostile(FIELDS),
      fc.integer({ min: 0, max: callers.length - 1 }),
      fc.boolean(),
      async (route, { query, body, params, headers }, who, isPlaced) => {
        const place = isPlaced ? { project: 'app', config: 'dev', dynamic_secret: 'DB', app_id: app, env: 'dev' } : {};
        const search = new URLSearchParams({ ...query, ...place });
        const sent = route.method === 'GET' ? { headers } : { headers, body: JSON.stringify(body) };
        const request = `${at(route, params)}?${search}`;
        expectGood(await ask(callers[who], request, sent), request);
        // What an attack deleted is there again for the next one.
        if (route.method === 'GET') return;
        await engine.send(engine.admin, 'POST /projects', { body: { name: 'app' } });
        app = await findApp();
      },
    ),
    { seed: SEED, numRuns: 1200, endOnFailure: false },
  );
}, 300_000);

test('after all of that the engine serves as before', async () => {
  expect((await engine.send(engine.admin, 'GET /me')).status).toBe(200);
  expect((await engine.send(engine.admin, 'GET /configs?project=app')).status).toBe(200);
  expect(engine.logged.filter((line) => /ERR_INTERNAL|answer failed/.test(line))).toEqual([]);
});
