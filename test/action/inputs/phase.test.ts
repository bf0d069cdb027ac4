// The inputs where Phase is the backend: its places, its dynamic secrets, and what belongs to Doppler alone.
import fc from 'fast-check';
import { type Inputs, readInputs, readRevokeInputs } from '#action/inputs/inputs.js';
import { type DynamicAsk, parseDynamic, scopeName } from '#action/inputs/leasing.js';
import { parsePhaseAsk } from '#action/inputs/phase.js';
import { placeName } from '#action/inputs/place.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

const TOKEN = `ServiceAccount ${'a'.repeat(64)}`;
const PLACE = { project: 'app-1', environment: 'Production' };
type Given = Record<string, string>;

const read = (inputs: Given): Promise<Inputs> => readInputs(new MemoryRunner({ token: TOKEN, ...inputs }));
const problems = async (inputs: Given): Promise<string[]> =>
  read(inputs).then(
    () => [],
    (error: { details: string[] }) => error.details,
  );

describe('places', () => {
  test.each<[Given, string[]]>([
    [PLACE, ['app-1/Production']],
    [{ ...PLACE, path: '/backend//db/' }, ['app-1/Production/backend/db']],
    [{ ...PLACE, path: '/\n/backend\n/backend/' }, ['app-1/Production', 'app-1/Production/backend']],
    [{ project: 'a', environment: 'prod, b/prod' }, ['a/prod', 'b/prod']],
    [{ environment: 'a/prod' }, ['a/prod']],
    [{ ...PLACE, environment: 'x\ny', path: '/\n/p' }, ['app-1/x', 'app-1/x/p', 'app-1/y', 'app-1/y/p']],
  ])('%j is %j', async (inputs, wanted) => expect((await read(inputs)).places.map(placeName)).toEqual(wanted));

  test.each<[Given, RegExp]>([
    [{ project: 'a' }, /project \(the app id\) and environment are needed/],
    [{ environment: 'prod' }, /project \(the app id\) is needed, or environment as app\/environment/],
    [{ ...PLACE, config: 'prd' }, /^config is for Doppler: with Phase a place is project/],
    [{ ...PLACE, path: 'backend' }, /path starts with a slash; not so: 'backend'/],
    [{ ...PLACE, environment: 'a/b/c' }, /'a\/b\/c'/],
    [{ ...PLACE, environment: 'two words' }, /'two words'/],
    [{ ...PLACE, environment: 'x\ny', path: Array.from({ length: 26 }, (_, n) => `/${n}`).join() }, /more than 50/],
    [{ ...PLACE, backend: 'phase', 'doppler-project': 'x', project: '', environment: 'x/y' }, /for Doppler/],
  ])('%j is refused in one sentence', async (inputs, text) => {
    expect(await problems(inputs)).toEqual([expect.stringMatching(text)]);
  });

  test('names that Doppler keeps for itself are ordinary ones here: asked for, and renamed like any other', async () => {
    const { selection, rename } = await read({ ...PLACE, secrets: 'DOPPLER_CONFIG', prefix: 'X_' });
    expect([selection?.exactNames, rename('DOPPLER_CONFIG')]).toEqual([['DOPPLER_CONFIG'], 'X_DOPPLER_CONFIG']);
  });
});

describe('identity', () => {
  const asIdentity = { ...PLACE, backend: 'phase', token: '', identity: 'id-1' };
  test.each(['', 'https://api.phase.dev', 'https://console.phase.dev'])(
    'at %j is refused, with what works',
    async (url) => {
      expect(await problems({ ...asIdentity, 'api-url': url })).toEqual([
        expect.stringMatching(/^identity cannot be used with Phase's cloud.*service account.*engine of your own/),
      ]);
    },
  );
  test('towards an engine it has the audience of that engine', async () => {
    const { credential } = await read({ ...asIdentity, 'api-url': 'https://engine.example/base' });
    expect(credential).toEqual({ identity: 'id-1', audience: 'https://engine.example' });
  });
});

test.each<[Given, string | undefined, string | undefined]>([
  [{ token: TOKEN }, 'phase', 'https://api.phase.dev'],
  [{ token: TOKEN, 'api-url': 'https://engine.example/' }, 'phase', 'https://engine.example'],
  [{ token: 'dp.st.x' }, 'doppler', 'https://api.doppler.com'],
  [{ token: TOKEN, backend: 'vault' }, undefined, undefined],
])('post reads %j as %j at %j', async (inputs, backend, apiUrl) => {
  expect(await readRevokeInputs(new MemoryRunner(inputs))).toMatchObject({ backend, apiUrl });
});

const NAME = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,12}[A-Za-z0-9]$/).filter((text) => {
  return !/ {2}/.test(text) && !/(?:^| )(?:as|ttl=\S*)(?: |$)/.test(text) && !/^(?:true|false)$/i.test(text);
});
const PART = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const ask: fc.Arbitrary<DynamicAsk> = fc
  .record(
    {
      name: NAME,
      place: fc.record({
        project: PART,
        config: PART,
        path: fc.array(PART, { maxLength: 3 }).map((all) => `/${all.join('/')}`),
      }),
      prefix: fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/),
      ttlSec: fc.integer({ min: 1, max: 86_400 }),
    },
    { requiredKeys: ['name', 'ttlSec'] },
  )
  .map((one) => one as DynamicAsk);
const written = ({ name, place, prefix, ttlSec }: DynamicAsk) =>
  `${place ? `${scopeName(place)}/` : ''}${name}${prefix === undefined ? '' : ` as ${prefix}`} ttl=${ttlSec}`;

describe('dynamic', () => {
  test('what is written is what is read: names with blanks, ids, apps, environments, folders, prefixes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ask, { selector: written, minLength: 1, maxLength: 5 }), (asks) => {
        const keys = asks.map(({ place, name }) => (place ? `${scopeName(place)}/${name}` : name));
        fc.pre(new Set(keys).size === keys.length);
        expect(parseDynamic(asks.map(written).join('\n'), 60, parsePhaseAsk)).toEqual(asks);
      }),
    );
  });

  test.each(['deploy bot as', 'as X_', 'bot as 1X', 'bot ttl= as X', '/bot', 'app/bot', 'app//bot', 'app/env/'])(
    '%j is no line of it',
    (line) => expect(() => parseDynamic(line, 60, parsePhaseAsk)).toThrow(/takes true, false, or lines like/),
  );

  test('a lifetime that is none is told with the name', () => {
    expect(() => parseDynamic('deploy bot ttl=soon', 60, parsePhaseAsk)).toThrow(/ttl of 'deploy bot'/);
  });

  test('one dynamic secret twice is refused, and the same name in two folders is not', () => {
    expect(() => parseDynamic('a/b/p/bot\na/b/p/bot ttl=60', 1, parsePhaseAsk)).toThrow('a/b/p/bot twice');
    expect(parseDynamic('a/b/p/bot\na/b/bot', 1, parsePhaseAsk)).toHaveLength(2);
  });
});
