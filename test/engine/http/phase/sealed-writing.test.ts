// What clients that encrypt write: opened with the environment's key, checked against its digests, whole batches or nothing.
import fc from 'fast-check';
import { saltedDigest } from '#crypto/key-digest.js';
import { openSealed, sealFor } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';
import { type EnvironmentKeys, unlock } from '../../../support/phase/unlock.ts';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';

let engine: PhaseEngine;
let keys: EnvironmentKeys;
let other: EnvironmentKeys;
beforeAll(async () => {
  engine = await startPhaseEngine();
  keys = await unlock(engine, engine.tokens.account, 'Development');
  other = await unlock(engine, engine.tokens.account, 'Production');
});
afterAll(() => engine.close());

const seal = (text: string, of = keys) => sealFor(of.pair.publicKey, new Sensitive(text));
const open = (text: unknown, of = keys) => openSealed(of.pair, String(text)).reveal();
const sealed = (key: string, value: string, more: object = {}) => ({
  ...{ key: seal(key), keyDigest: saltedDigest(key, keys.salt), value: seal(value), comment: seal('') },
  ...{ tags: [], path: '/', ...more },
});
type More = { token?: string; headers?: Record<string, string> };
const send = (method: string, secrets: unknown, { token, headers }: More = {}) =>
  engine.ask(`${method} /service/secrets/`, {
    ...(token === undefined ? {} : { token }),
    headers: { environment: keys.id, ...headers },
    body: { secrets },
  });
type Item = Record<string, unknown> & { id: string; override: Record<string, unknown> | null };
const read = async (headers: Record<string, string> = {}, token = engine.tokens.account) => {
  const { status, body } = await engine.ask('GET /service/secrets/', {
    token,
    headers: { environment: keys.id, ...headers },
  });
  expect(status).toBe(200);
  return body as Item[];
};
const named = async (key: string, token = engine.tokens.account) =>
  read({ keydigest: saltedDigest(key, keys.salt) }, token);

test('a batch is taken with 200 and nothing else, and read back sealed and in clear', async () => {
  const more = { path: '/api', tags: ['x'], comment: seal('why'), type: 'config' };
  const { status, text } = await send('POST', [sealed('ONE', 'value ü 🔐'), sealed('TWO', '', more)]);
  expect([status, text]).toEqual([200, '']);
  const [two] = await read({ path: '/api' });
  expect([open(two?.['key']), open(two?.['value']), open(two?.['comment'])]).toEqual(['TWO', '', 'why']);
  expect(two).toMatchObject({ path: '/api', tags: ['x'], type: 'config', version: 1, key_digest: expect.any(String) });
  const clear = await engine.ask(`GET /v1/secrets/?app_id=${engine.app}&env=dev&key=one`);
  expect(clear.body).toMatchObject([{ key: 'ONE', value: 'value ü 🔐', path: '/' }]);
});

test('an edit changes what it names, and one of another environment is not found', async () => {
  await send('POST', [sealed('EDIT', 'one', { tags: ['keep'] })]);
  const [{ id } = { id: '' }] = await named('EDIT');
  expect(await send('PUT', [{ id, value: seal('two') }])).toMatchObject({ status: 200, text: '' });
  const [edited] = await named('EDIT');
  expect([open(edited?.['value']), edited?.['tags'], edited?.['version']]).toEqual(['two', ['keep'], 2]);
  const elsewhere = await send('PUT', [{ id, value: seal('x', other) }], { headers: { environment: other.id } });
  expect([elsewhere.status, elsewhere.body]).toEqual([404, { error: `Secret not found: ${id}` }]);
  // Nothing of another environment is deleted either, though what is not there counts as deleted.
  const gone = await send('DELETE', [id, 'none'], { headers: { environment: other.id } });
  expect([gone.status, gone.text]).toEqual([200, '']);
  expect(await named('EDIT')).toHaveLength(1);
  expect((await send('DELETE', [id, 'none'])).status).toBe(200);
  expect(await named('EDIT')).toEqual([]);
});

test.each([
  ['a text that is none', () => ({ ...sealed('BAD', 'x'), value: 'ph:v1:zz:zz' })],
  ['a clear text', () => ({ ...sealed('BAD', 'x'), value: 'planted' })],
  ['a value sealed for another environment', () => ({ ...sealed('BAD', 'x'), value: seal('planted', other) })],
  ['a value with a changed end', () => ({ ...sealed('BAD', 'x'), value: bent(seal('planted')) })],
  ['a comment that does not open', () => ({ ...sealed('BAD', 'x'), comment: 'planted' })],
  ['an override that does not open', () => ({ ...sealed('BAD', 'x'), override: { value: 'planted', isActive: true } })],
  ['a key of low order', () => ({ ...sealed('BAD', 'x'), value: `ph:v1:${'0'.repeat(64)}:AAAA` })],
])('%s is an invalid ciphertext, and the batch stays undone', async (_, make) => {
  const refused = await send('POST', [sealed('GOOD', 'x'), make()]);
  expect([refused.status, refused.body]).toEqual([400, { error: 'Invalid ciphertext format' }]);
  expect(await named('GOOD')).toEqual([]);
});

test('a digest must be that of its key here; one of the lower-case key is forgiven', async () => {
  const wrong = await send('POST', [{ ...sealed('A_KEY', 'x'), keyDigest: saltedDigest('OTHER', keys.salt) }]);
  expect([wrong.status, wrong.body]).toEqual([400, { error: expect.stringContaining("'keyDigest'") }]);
  const foreign = await send('POST', [{ ...sealed('A_KEY', 'x'), keyDigest: saltedDigest('A_KEY', other.salt) }]);
  expect(foreign.status).toBe(400);
  const lower = await send('POST', [{ ...sealed('A_KEY', 'x'), keyDigest: saltedDigest('a_key', keys.salt) }]);
  expect(lower.status).toBe(200);
  expect((await named('A_KEY'))[0]?.['key_digest']).toBe(saltedDigest('A_KEY', keys.salt));
  const again = await send('POST', [sealed('A_KEY', 'y')]);
  expect([again.status, again.body]).toEqual([409, { error: 'Duplicate secret found' }]);
});

test('an override is its user’s own: sealed for him, and nobody else sees that there is one', async () => {
  const token = engine.tokens.user;
  await send('POST', [sealed('OVER', 'base')]);
  const [{ id } = { id: '' }] = await named('OVER');
  const override = { value: seal('mine'), isActive: true };
  expect((await send('PUT', [{ id, override }], { token })).status).toBe(200);
  const [mine] = await named('OVER', token);
  expect([open(mine?.['value']), open(mine?.override?.['value'])]).toEqual(['base', 'mine']);
  expect(mine?.override).toMatchObject({ is_active: true, created_at: expect.any(String) });
  // A service account has none, also when it sends one.
  expect((await send('PUT', [{ id, override }])).status).toBe(200);
  expect((await named('OVER'))[0]?.override).toBeNull();
});

test('any text that a client seals comes back as it was', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (value) => {
      const key = `ANY_${(n += 1)}`;
      expect((await send('POST', [sealed(key, value)])).status).toBe(200);
      expect(open((await named(key))[0]?.['value'])).toBe(value);
    }),
    { numRuns: 20 },
  );
});

/** With its last character but one changed. */
function bent(text: string): string {
  const at = text.length - 6;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
