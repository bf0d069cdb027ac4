// The managing client: what is repeated, what is told to be in doubt, and whose 404 counts.
import { connectManagementWith } from '#client/doppler-management.js';
import type { Outcome, SendRequest } from '#client/send.js';
import { AppError } from '#core/errors.js';
import { sensitive } from '#core/sensitive.js';

const TOKEN = 'dp.sa.planted-token';
const PLACE = { project: 'app', config: 'prd' };
const answer = (status: number, body: unknown): Outcome => ({
  answer: { status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) },
});
const CUT: Outcome = { failure: { kind: 'cut', mayHaveArrived: true, code: 'ECONNRESET' } };
const NEVER_LEFT: Outcome = { failure: { kind: 'connect', mayHaveArrived: false, code: 'ECONNREFUSED' } };
const PROJECT = answer(200, { project: { name: 'app', description: '' } });

function client(outcomes: readonly Outcome[], maxRetries = 4) {
  const sent: SendRequest[] = [];
  const left = [...outcomes];
  const send = async (request: SendRequest): Promise<Outcome> => {
    sent.push(request);
    return left.shift() ?? answer(500, { messages: ['no more answers'] });
  };
  const clock = { now: () => 0, monotonic: () => 0, sleep: async () => undefined };
  const connect = connectManagementWith({ send, clock, random: () => 0.5 });
  const engine = connect({ apiUrl: 'https://e.test', token: sensitive(TOKEN), maxRetries, budgetMs: 60_000 });
  return { engine, sent };
}

const failure = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => undefined).catch((caught: unknown) => caught);
  if (error instanceof AppError) return error;
  throw new Error('it did not fail with an AppError');
};

test('a read is repeated while that may help, as often as was allowed', async () => {
  const { engine, sent } = client([CUT, answer(503, { messages: ['x'] }), answer(429, { messages: ['x'] }), PROJECT]);
  expect(await engine.project('app')).toEqual({ name: 'app', description: '' });
  expect(sent).toHaveLength(4);
  const never = client([CUT, PROJECT], 0);
  expect((await failure(never.engine.project('app'))).code).toBe('ERR_UNAVAILABLE');
  expect(never.sent).toHaveLength(1);
});

test('a create is repeated only while it certainly did nothing; else the error says that it may be done', async () => {
  const asked = { name: 'app', description: '', usual: false };
  const lucky = client([NEVER_LEFT, answer(429, { messages: ['x'] }), PROJECT]);
  expect(await lucky.engine.createProject(asked)).toMatchObject({ name: 'app' });
  const lost = client([CUT, PROJECT]);
  expect((await failure(lost.engine.createProject(asked))).line).toMatch(/may have been done all the same/);
  expect(lost.sent).toHaveLength(1);
  const refused = client([answer(400, { messages: ['taken'] })]);
  expect((await failure(refused.engine.createProject(asked))).line).not.toMatch(/may have been done/);
});

test('only a 404 of the API itself means that something is not there', async () => {
  const gone = client([answer(404, { messages: ['Could not find'], success: false })]);
  expect((await failure(gone.engine.project('app'))).code).toBe('ERR_NOT_FOUND');
  const page = client([answer(404, '<html>')]);
  expect((await failure(page.engine.project('app'))).code).toBe('ERR_CONTRACT');
});

test('a change of a value is repeated, a rename is not; neither error shows value nor token', async () => {
  const value = sensitive('planted-value');
  const plain = client([CUT, answer(200, {})]);
  await plain.engine.changeSecrets(PLACE, [{ name: 'A', value, visibility: 'masked' }]);
  expect(plain.sent.map(({ body }) => body)).toEqual([plain.sent[0]?.body, plain.sent[0]?.body]);
  const rename = client([answer(500, { messages: [`oops ${TOKEN}`] })]);
  const changes = [{ name: 'B', from: 'A', value, visibility: 'masked' as const }];
  const error = await failure(rename.engine.changeSecrets(PLACE, changes));
  expect(rename.sent).toHaveLength(1);
  expect(error.line).not.toMatch(/planted/);
});

test('an engine that cannot compare says nothing, and no error', async () => {
  const { engine } = client([answer(404, { messages: ['no such route'] })]);
  expect(await engine.compareSecrets(PLACE, new Map([['A', sensitive('v')]]))).toBeUndefined();
});

test('a token whose answer was lost is deleted by its name', async () => {
  const tokens = [
    { slug: 'other', name: 'ci' },
    { slug: 'lost', name: 'terraform-1' },
  ];
  const { engine, sent } = client([CUT, answer(200, { tokens }), answer(200, {})]);
  const asked = { name: 'terraform-1', access: 'read' as const, expiresAt: 60_000 };
  expect((await failure(engine.createToken(PLACE, asked))).code).toBe('ERR_UNAVAILABLE');
  expect(sent.map(({ method, url }) => `${method} ${new URL(url).search}`).at(-1)).toMatch(/^DELETE .*slug=lost/);
});

test('a lease in doubt is asked for again under its own key, to replace what may be there', async () => {
  const issued = answer(200, { success: true, id: 'l1', expires_at: '2030-01-01T00:00:00Z', value: { A: 'x' } });
  const { engine, sent } = client([NEVER_LEFT, CUT, issued]);
  const lease = await engine.issueLease({ ...PLACE, dynamic: 'DB', ttlSec: 60, setId: 'set', key: 'key' });
  expect([lease.id, [...lease.fields.keys()]]).toEqual(['l1', ['A']]);
  expect(sent.map(({ url }) => new URL(url).searchParams.get('replace'))).toEqual([null, null, 'true']);
  expect(new Set(sent.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['key']));
});
