// Every route with hostile fields, bodies, paths and headers: a success or the dialect's error, never a 500, never a hang.
import fc from 'fast-check';
import { type PeopleEngine, startPeopleEngine } from '../../support/people.ts';
import type { Reply } from '../../support/engine.ts';
import { BENT, fieldNames, hostile } from '../../support/fuzz/hostile.ts';

/** Another seed finds other things: `FUZZ_SEED=1 npm test -- test/engine/http/fuzz.test.ts`. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_722);
const HANG_MS = 30_000;
const FIELDS = fieldNames();

let engine: PeopleEngine;
let callers: (string | undefined)[];
beforeAll(async () => {
  engine = await startPeopleEngine();
  const { owner, write, viewer, scim } = engine.tokens;
  callers = [engine.admin, owner, write, viewer, scim, undefined];
  await engine.ok(engine.admin, 'POST /configs/config/dynamic_secrets', {
    ...{ project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' },
  });
}, 60_000);
afterAll(() => engine.close());

const at = ({ method, path }: { method: string; path: string }, params: readonly string[]) => {
  let n = 0;
  const filled = path.replace(/:\w+/g, () => encodeURIComponent((params[n++] ?? 'x').toWellFormed()) || '%20');
  return `${method} ${filled.replace(/^\/v3/, '')}`;
};

/** The answer, or a failure of the test where none comes. */
async function answered(reply: Promise<Reply>): Promise<Reply> {
  let late: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error('no answer')), HANG_MS);
  });
  return Promise.race([reply, hang]).finally(() => clearTimeout(late));
}

function expectGood({ status, headers, body, text }: Reply): void {
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('secrets-engine')).toMatch(/^1\.0\.0; /);
  if (status < 400) return expect([200, 202, 204, 304]).toContain(status);
  expect(status).toBeLessThan(500);
  expect([headers.get('content-type'), body]).toEqual([
    'application/json',
    { messages: expect.arrayContaining([expect.any(String)]), success: false },
  ]);
  // One line each, whatever was in the request.
  expect(JSON.parse(text).messages.join('')).not.toMatch(/[\r\n\u0000]/);
}

test('the names of the fields are read from the shapes', () => {
  expect(FIELDS).toEqual(expect.arrayContaining(['project', 'change_requests', 'ttl_sec', 'discovery_url', 'payload']));
});

test.each(BENT)('a body %s breaks no route', async (_what, raw) => {
  for (const route of engine.engine.routes.filter(({ method }) => method !== 'GET')) {
    const isLarge = raw.length > 100_000;
    for (const token of isLarge ? [engine.admin] : [engine.admin, engine.tokens.write]) {
      expectGood(await answered(engine.send(token, at(route, ['x', 'y']), { raw })));
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
        const place = isPlaced ? { project: 'app', config: 'dev', dynamic_secret: 'DB' } : {};
        const search = new URLSearchParams({ ...query, ...place });
        const sent = route.method === 'GET' ? { headers } : { headers, body };
        expectGood(await answered(engine.send(callers[who], `${at(route, params)}?${search}`, sent)));
        // What an attack deleted is there again for the next one.
        if (route.method !== 'GET') await engine.send(engine.admin, 'POST /projects', { body: { name: 'app' } });
      },
    ),
    { seed: SEED, numRuns: 1500, endOnFailure: false },
  );
});

test('after all of that the engine serves as before', async () => {
  expect((await engine.send(engine.admin, 'GET /me')).status).toBe(200);
  expect((await engine.send(engine.admin, 'GET /configs?project=app')).status).toBe(200);
  expect(engine.logged.filter((line) => /ERR_INTERNAL|answer failed/.test(line))).toEqual([]);
});
