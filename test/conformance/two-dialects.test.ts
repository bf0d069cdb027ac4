// One store, two dialects: what either writes the other reads, each in its own words, and Doppler sees no folder.
import fc from 'fast-check';
import { openSealed } from '#crypto/sealing.js';
import { type PhaseEngine, restForm, startPhaseEngine } from '../support/phase/engine.ts';
import { unlock } from '../support/phase/unlock.ts';
import { must } from './must.ts';

let engine: PhaseEngine;
let at: string;
/** Of the config itself, not of a person. */
let writer: string;
beforeAll(async () => {
  engine = await startPhaseEngine();
  at = `app_id=${engine.app}&env=development`;
  writer = await engine.token('dev', 'read/write');
});
afterAll(() => engine.close());

type Item = Record<string, unknown> & { id: string; key: string; value: string };
type Value = Record<string, unknown> & { computed: string | null };
const CONFIG = 'project=app&config=dev';

const phase = async (method: string, body?: unknown, query = '', token = engine.tokens.account): Promise<Item[]> => {
  const sent = body === undefined ? {} : { body: { secrets: body } };
  const { status, text, body: items } = await engine.ask(`${method} /v1/secrets/?${at}${query}`, { ...sent, token });
  expect([status, text]).toEqual([200, expect.any(String)]);
  return items as Item[];
};
const doppler = async (request: string, body?: object, token = writer): Promise<Record<string, unknown>> => {
  const reply = await engine.send(token, request, body ? { body: { project: 'app', config: 'dev', ...body } } : {});
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  return reply.body;
};
const write = (changes: object[]) => doppler('POST /configs/config/secrets', { change_requests: changes });
const all = async (token = writer) =>
  (await doppler(`GET /configs/config/secrets?${CONFIG}`, undefined, token))['secrets'] as Record<string, Value>;
const one = async (name: string, token = writer) => must((await all(token))[name]);
const newest = async () =>
  must(((await doppler('GET /configs/config/logs'))['logs'] as { id: string; text: string }[])[0]);

const WORDS = [
  ['masked', 'secret'],
  ['unmasked', 'config'],
  ['restricted', 'sealed'],
] as const;

describe('visibility and type are one thing', () => {
  test.each(WORDS)('%s, written by Doppler, is %s to Phase', async (visibility, type) => {
    const name = `D_${visibility.toUpperCase()}`;
    await write([{ name, value: 'v', visibility, originalName: null }]);
    const [item] = await phase('GET', undefined, `&key=${name}`);
    expect(item).toMatchObject({ key: name, value: 'v', type, path: '/', version: 1, comment: '' });
  });

  test.each(WORDS)('%s is what Doppler reads where Phase has written %s', async (visibility, type) => {
    const key = `P_${type.toUpperCase()}`;
    await phase('POST', [{ key, value: 'v', type }]);
    expect(await one(key)).toMatchObject({ raw: 'v', computed: 'v', rawVisibility: visibility });
  });

  test('a restricted value is kept from users in both, and from nobody else', async () => {
    const key = 'BOTH_HIDE';
    await phase('POST', [{ key, value: 'hush-hush', type: 'sealed' }]);
    const user = engine.tokens.user;
    expect((await phase('GET', undefined, '', user)).map((item) => item.key)).not.toContain(key);
    expect((await engine.ask(`GET /v1/secrets/?${at}&key=${key}`, { token: user })).status).toBe(403);
    expect((await one(key, restForm(user))).computed).toBeNull();
    const keys = await unlock(engine, user, 'Development');
    const sealed = await engine.ask('GET /service/secrets/', { token: user, headers: { environment: keys.id } });
    const names = (sealed.body as Item[]).map((item) => openSealed(keys.pair, item.key).reveal());
    expect([names.includes('P_SECRET'), names.includes(key)]).toEqual([true, false]);
    expect((await one(key)).computed).toBe('hush-hush');
  });

  test('loosened by Doppler with a new value, it is open to Phase; its type never is by Phase', async () => {
    const [made] = await phase('POST', [{ key: 'LOOSENED', value: 'old', type: 'sealed' }]);
    const body = { secrets: [{ id: made?.id, type: 'config' }] };
    expect((await engine.ask(`PUT /v1/secrets/?${at}`, { body })).status).toBe(400);
    await write([{ name: 'LOOSENED', originalName: 'LOOSENED', value: 'new', visibility: 'unmasked' }]);
    expect((await phase('GET', undefined, '&key=LOOSENED', engine.tokens.user))[0]).toMatchObject({
      ...{ value: 'new', type: 'config', version: 2 },
    });
  });
});

describe('what else belongs to a secret', () => {
  test('a note is a comment, whoever wrote it last', async () => {
    const [made] = await phase('POST', [{ key: 'NOTED', value: '', comment: 'by phase' }]);
    expect((await one('NOTED'))['note']).toBe('by phase');
    await doppler('POST /configs/config/secrets/note', { secret: 'NOTED', note: 'by doppler' });
    expect((await phase('GET', undefined, '&key=NOTED'))[0]?.['comment']).toBe('by doppler');
    await phase('PUT', [{ id: made?.id, comment: '' }]);
    expect((await one('NOTED'))['note']).toBe('');
  });

  test('a comment in a folder is no note of a name', async () => {
    await phase('POST', [{ key: 'NOTED', value: '', path: '/n', comment: 'in the folder' }]);
    expect((await one('NOTED'))['note']).toBe('');
    expect((await phase('GET', undefined, '&path=/n'))[0]?.['comment']).toBe('in the folder');
  });

  test('tags and overrides are Phase’s alone and live through what Doppler does', async () => {
    const [made] = await phase('POST', [{ key: 'TAGGED', value: '1', tags: ['t'] }]);
    const own = { id: made?.id, override: { value: 'for me alone', isActive: true } };
    await phase('PUT', [own], '', engine.tokens.user);
    await write([{ name: 'RETAGGED', originalName: 'TAGGED', value: '2', visibility: 'unmasked' }]);
    const [item] = await phase('GET', undefined, '&tags=t', engine.tokens.user);
    expect(item).toMatchObject({ id: made?.id, key: 'RETAGGED', value: '2', type: 'config', tags: ['t'], version: 3 });
    expect(item?.['override']).toMatchObject({ value: 'for me alone', isActive: true });
    expect(JSON.stringify(await all())).not.toContain('for me alone');
    expect((await phase('GET', undefined, '&tags=t'))[0]?.['override']).toBeNull();
  });

  test('an edit or an end by one is one to the other', async () => {
    await write([{ name: 'SHARED', value: '1', originalName: null }]);
    const [item] = await phase('GET', undefined, '&key=SHARED');
    await phase('PUT', [{ id: item?.id, key: 'SHARED_2', value: '2' }]);
    expect((await one('SHARED_2')).computed).toBe('2');
    expect((await all())['SHARED']).toBeUndefined();
    expect((await engine.send(writer, 'DELETE /configs/config/secret?name=SHARED_2')).status).toBe(204);
    expect(await phase('GET', undefined, '&key=SHARED_2')).toEqual([]);
  });
});

describe('Doppler sees the root and no folder', () => {
  const everywhere = async () => {
    const texts = await Promise.all(
      ['', '/names', '/metadata', '/download'].map((more) => engine.send(writer, `GET /configs/config/secrets${more}`)),
    );
    return texts.map(({ text }) => text).join('\n');
  };

  test('not in a list, a download, the names or the metadata, and not by its name', async () => {
    await phase('POST', [{ key: 'DEEP', value: 'planted-deep', path: '/x/y' }]);
    expect(await everywhere()).not.toMatch(/DEEP|planted-deep|\/x/);
    const got = await engine.send(writer, 'GET /configs/config/secret?name=DEEP');
    expect((got.body['value'] as Value).computed).toBeNull();
    expect((await phase('GET')).map(({ path }) => path)).toContain('/x/y');
  });

  test('no log tells of a folder; one that moves out of it is added, and one that moves in is deleted', async () => {
    const before = (await newest()).id;
    const [made] = await phase('POST', [{ key: 'WANDERS', value: '1', path: '/w' }]);
    await phase('PUT', [{ id: made?.id, value: '2' }]);
    expect((await newest()).id).toBe(before);
    await phase('PUT', [{ id: made?.id, path: '/' }]);
    expect((await newest()).text).toBe('Added 1 secret');
    expect((await one('WANDERS')).computed).toBe('2');
    await phase('PUT', [{ id: made?.id, path: '/w' }]);
    const log = await newest();
    expect([log.text, (await all())['WANDERS']]).toEqual(['Deleted 1 secret', undefined]);
    // Undone, the root has it again; the folder keeps its own.
    await doppler(`POST /configs/config/logs/log/rollback?log=${log.id}`, {});
    expect((await one('WANDERS')).computed).toBe('2');
    expect(await phase('GET', undefined, '&key=WANDERS')).toHaveLength(2);
  });

  test('a clone holds the root alone, and the folders stay with the environment', async () => {
    await doppler(`POST /configs/config/clone?${CONFIG}`, { name: 'dev_copy' }, engine.admin);
    const copy = await engine.token('dev_copy');
    const { text } = await engine.send(copy, 'GET /configs/config/secrets');
    expect(text).toContain('"P_SECRET"');
    expect(text).not.toMatch(/DEEP|planted-deep/);
  });

  test('a whole upload of Doppler’s leaves folders alone, and its limits do not count them', async () => {
    const secrets = Array.from({ length: 1300 }, (_, n) => ({ key: `N${n}`, value: '', path: '/many' }));
    await phase('POST', secrets);
    await doppler('POST /configs/config/secrets/upload', { file: 'UPLOADED="1"\n' });
    expect(await phase('GET', undefined, '&path=/many')).toHaveLength(1300);
    const over = { secrets: secrets.map((item) => ({ ...item, path: '/' })) };
    const refused = await engine.ask(`POST /v1/secrets/?${at}`, { body: over });
    expect([refused.status, refused.body]).toEqual([400, { error: expect.stringContaining('at most 1200') }]);
  });
});

test('any value that one writes the other reads, and rewrites, as it is', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 100 }).filter((value) => !value.includes('${'));
  await phase('POST', [{ key: 'ANY', value: '' }]);
  await fc.assert(
    fc.asyncProperty(text, text, async (byPhase, byDoppler) => {
      const [item] = await phase('GET', undefined, '&key=ANY');
      await phase('PUT', [{ id: item?.id, value: byPhase }]);
      expect((await one('ANY')).computed).toBe(byPhase);
      await write([{ name: 'ANY', originalName: 'ANY', value: byDoppler }]);
      expect((await phase('GET', undefined, '&key=ANY'))[0]?.value).toBe(byDoppler);
    }),
    { numRuns: 15 },
  );
}, 60_000);
