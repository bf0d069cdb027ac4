// The inputs subject by subject: backend and places, credential, leasing, delivery, network, and Doppler's own names.
import fc from 'fast-check';
import { type Inputs, readInputs, readRevokeInputs } from '#action/inputs/inputs.js';
import { type DynamicAsk, parseDynamic } from '#action/inputs/leasing.js';
import { placeName } from '#action/inputs/place.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

const TOKEN = 'dp.st.dev.x';
/** With a backend, a place of Phase. */
const PLACE = { project: 'app-1', environment: 'Production' };
type Given = Record<string, string>;

const read = (inputs: Given): Promise<Inputs> => readInputs(new MemoryRunner({ token: TOKEN, ...inputs }));

async function problems(inputs: Given): Promise<string[]> {
  try {
    await read(inputs);
    return [];
  } catch (error) {
    return (error as { details: string[] }).details;
  }
}

const tokenOf = ({ credential }: Inputs) => ('token' in credential ? credential.token.reveal() : undefined);

describe('where', () => {
  test.each<[Given, string[]]>([
    [{}, ["the token's own config"]],
    [{ project: 'shop', config: 'prd' }, ['shop/prd']],
    [{ project: 'shop', config: 'prd\nstg' }, ['shop/prd', 'shop/stg']],
    [{ config: 'shop/prd, infra/prd' }, ['shop/prd', 'infra/prd']],
    [{ project: 'shop', config: 'prd\ninfra/prd\nprd' }, ['shop/prd', 'infra/prd']],
  ])('%j is %j', async (inputs, wanted) => expect((await read(inputs)).places.map(placeName)).toEqual(wanted));

  test.each<[Given, RegExp]>([
    [{ project: 'shop' }, /together/],
    [{ config: 'prd' }, /together.*project\/config/],
    [{ config: 'a/b/c' }, /'a\/b\/c'/],
    [{ config: 'a/' }, /'a\/'/],
    [{ project: 'a b', config: 'c' }, /project is not a name/],
    [{ environment: 'prod' }, /environment is for Phase \(backend: phase\)/],
    [{ path: '/x' }, /path is for Phase/],
    [{ project: 'p', config: Array.from({ length: 51 }, (_, n) => `c${n}`).join() }, /more than 50/],
  ])('%j is refused', async (inputs, text) => expect(await problems(inputs)).toEqual([expect.stringMatching(text)]));

  test.each<[Given, string]>([
    [{ token: 'pss_service:v2:a:b:c:d' }, 'the form of the token'],
    [{ token: `ServiceAccount ${'a'.repeat(64)}` }, 'a raw credential'],
    [{ token: `Bearer User ${'a'.repeat(64)}`, 'api-url': 'https://engine.example' }, 'a whole header'],
    [{ token: 'odd', 'api-url': 'https://api.phase.dev' }, 'the host'],
    [{ backend: 'phase' }, 'the word itself'],
  ])('%j is Phase by %s', async (inputs) => {
    const { backend, apiUrl } = await read({ ...PLACE, ...inputs });
    expect([backend, apiUrl]).toEqual(['phase', inputs['api-url'] ?? 'https://api.phase.dev']);
  });

  test('a token of Doppler makes it Doppler, whatever the host is called', async () => {
    expect((await read({ 'api-url': 'https://phase.dev' })).backend).toBe('doppler');
    expect(await problems({ backend: 'vault' })).toEqual(['backend is neither doppler nor phase.']);
  });
});

describe('who', () => {
  test('token and identity exclude each other, and one is needed', async () => {
    expect(await problems({ identity: 'id-1' })).toEqual([expect.stringContaining('exclude each other')]);
    expect(await problems({ token: '' })).toEqual([expect.stringMatching(/^token is empty/)]);
  });

  test.each<[Given, unknown]>([
    [{}, { identity: 'id-1', audience: 'https://api.doppler.com' }],
    [{ 'api-url': 'https://x.example:8443/base/v3' }, { identity: 'id-1', audience: 'https://x.example:8443' }],
    [{ 'oidc-audience': 'mine' }, { identity: 'id-1', audience: 'mine' }],
  ])('with %j an identity asks as %j', async (inputs, wanted) => {
    const given = await readRevokeInputs(new MemoryRunner({ identity: 'id-1', ...inputs }));
    expect(given.credential).toEqual(wanted);
  });
});

const NAME = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/).filter((name) => !['TRUE', 'FALSE'].includes(name));
const PART = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
const ask: fc.Arbitrary<DynamicAsk> = fc
  .record(
    {
      name: NAME,
      place: fc.record({ project: PART, config: PART }),
      prefix: NAME,
      ttlSec: fc.integer({ min: 1, max: 86_400 }),
    },
    { requiredKeys: ['name', 'ttlSec'] },
  )
  .map((one) => one as DynamicAsk);
const written = ({ name, place, prefix, ttlSec }: DynamicAsk) =>
  `${place ? `${place.project}/${place.config}/` : ''}${name}${prefix === undefined ? '' : ` as ${prefix}`} ttl=${ttlSec}`;

describe('leases', () => {
  test.each<[string, unknown]>([
    ['false', []],
    ['FALSE', []],
    ['true', 'all'],
    ['DB', [{ name: 'DB', ttlSec: 60 }]],
    ['DB as ADMIN_', [{ name: 'DB', prefix: 'ADMIN_', ttlSec: 60 }]],
    ['DB ttl=15m', [{ name: 'DB', ttlSec: 900 }]],
    [
      'DB as X_ ttl=1h30m, AWS',
      [
        { name: 'DB', prefix: 'X_', ttlSec: 5400 },
        { name: 'AWS', ttlSec: 60 },
      ],
    ],
    ['shop/prd/DB', [{ name: 'DB', place: { project: 'shop', config: 'prd' }, ttlSec: 60 }]],
  ])('%j is %j', (text, wanted) => expect(parseDynamic(text, 60)).toEqual(wanted));

  test.each([
    'DB as',
    'DB X_',
    'DB as 1X',
    'as X',
    'prd/DB',
    'a/b/c/DB',
    '/a/DB',
    'DB ttl=15m as X_',
    'DB ttl=1 ttl=2',
  ])('%j is refused by name', (text) => expect(() => parseDynamic(text, 60)).toThrow(/not that: '|not a length/));

  test('a ttl that is none is told with its lease, and one dynamic secret is leased once', () => {
    expect(() => parseDynamic('DB ttl=soon', 60)).toThrow(/ttl of DB 'soon'/);
    expect(() => parseDynamic('DB\nDB as X_', 60)).toThrow('dynamic names DB twice: name each once.');
    expect(parseDynamic('a/b/DB\nDB', 60)).toHaveLength(2);
  });

  test('what is written is what is read', () => {
    const different = { selector: ({ name, place }: DynamicAsk) => JSON.stringify([name, place]), maxLength: 8 };
    fc.assert(
      fc.property(fc.uniqueArray(ask, { ...different, minLength: 1 }), (asks) => {
        expect(parseDynamic(asks.map(written).join('\n'), 1)).toEqual(asks);
      }),
    );
  });

  test.each<[Given, RegExp]>([
    [{ ttl: 'soon' }, /ttl 'soon'/],
    [{ 'renew-for': '200h' }, /renew-for is longer than 120h/],
    [{ renew: 'perhaps' }, /renew is neither/],
    [{ 'wait-usable': '1' }, /wait-usable is neither/],
    [{ 'allowed-account-ids': '12345' }, /'12345'/],
    [{ 'on-revoke-failure': 'ignore' }, /none of warn, error/],
  ])('%j is refused', async (inputs, text) => expect(await problems(inputs)).toEqual([expect.stringMatching(text)]));
});

describe('delivery and network', () => {
  test.each<[Given, RegExp]>([
    [{ 'file-format': 'json' }, /give file too/],
    [{ file: 'a', 'file-format': 'ini' }, /none of env, json/],
    [{ file: 'a\u0007b' }, /file is not a path/],
    [{ shell: 'bash' }, /shell says how.*give run too/],
    [{ 'working-directory': 'x' }, /working-directory says how/],
    [{ run: 'true', shell: 'fish' }, /none of bash/],
    [{ run: 'true', 'export-env': 'true' }, /choose one/],
    [{ proxy: 'socks5://x' }, /proxy is not an address/],
    [{ 'ca-certificate': 'MIIB' }, /ca-certificate is not the text of a PEM/],
    [{ 'client-certificate': '-----BEGIN CERTIFICATE-----\nx' }, /go together/],
    [{ 'api-url': 'http://example.com' }, /allow-insecure-http/],
    [{ 'allow-insecure-http': 'yes' }, /neither true nor false/],
  ])('%j is refused', async (inputs, text) => expect(await problems(inputs)).toEqual([expect.stringMatching(text)]));

  test('no problem repeats a proxy, a key or a certificate', async () => {
    const secret = 'hidden-word';
    for (const name of ['proxy', 'client-key', 'client-certificate', 'ca-certificate', 'token', 'identity']) {
      expect((await problems({ [name]: `${secret} of mine` })).join()).not.toContain(secret);
    }
  });

  test('http leaves this machine only when the workflow says so', async () => {
    const given = { 'api-url': 'http://example.com', 'allow-insecure-http': 'true' };
    expect((await readRevokeInputs(new MemoryRunner({ token: TOKEN, ...given }))).apiUrl).toBe('http://example.com');
  });
});

describe("the names of Doppler's own action", () => {
  const dropIn = (inputs: Given) => read({ token: '', ...inputs });

  test('are other names of ours, and bring its behaviour', async () => {
    const inputs = await dropIn({
      'doppler-token': 'dp.sa.mine',
      'doppler-project': 'shop',
      'doppler-config': 'prd',
      'doppler-api-domain': 'secrets.example:8443',
      'inject-env-vars': 'true',
    });
    expect(tokenOf(inputs)).toBe('dp.sa.mine');
    expect(inputs).toMatchObject({
      apiUrl: 'https://secrets.example:8443',
      places: [{ project: 'shop', config: 'prd' }],
      exportEnv: true,
      overwrite: true,
      dropIn: true,
    });
  });

  test('a service token is bound to its config, whatever is named beside it', async () => {
    const inputs = await dropIn({ 'doppler-token': TOKEN, 'doppler-project': 'elsewhere' });
    expect(inputs.places).toEqual([{}]);
  });

  test.each([
    ['true', true],
    ['True', false],
    ['yes', false],
    ['false', false],
  ])('inject-env-vars %s exports: %s', async (text, wanted) => {
    expect((await dropIn({ 'doppler-token': TOKEN, 'inject-env-vars': text })).exportEnv).toBe(wanted);
  });

  test('auth-method says which credential counts, and the audience is the usual one unless told', async () => {
    const both = { 'doppler-token': TOKEN, 'doppler-identity-id': 'id-1' };
    const credential = async (more: Given) =>
      (await readRevokeInputs(new MemoryRunner({ ...both, ...more }))).credential;
    expect(await credential({ 'auth-method': 'oidc' })).toEqual({ identity: 'id-1', audience: undefined });
    expect(await credential({ 'auth-method': 'oidc', 'oidc-audience': 'a' })).toEqual({
      identity: 'id-1',
      audience: 'a',
    });
    expect(await credential({ 'auth-method': 'token' })).toEqual({ token: expect.anything() });
    expect(await credential({})).toEqual({ token: expect.anything() });
  });

  test.each<[Given, RegExp]>([
    [{ 'doppler-token': TOKEN, token: TOKEN }, /doppler-token and token are the same input/],
    [{ 'doppler-token': TOKEN, 'inject-env-vars': 'true', 'export-env': 'true' }, /the same input/],
    [{ 'doppler-token': TOKEN, 'doppler-api-domain': 'https://x' }, /not a host name/],
    [{ 'doppler-token': TOKEN, 'doppler-api-domain': 'x/path' }, /not a host name/],
    [{ 'doppler-token': TOKEN, 'auth-method': 'saml' }, /neither token nor oidc/],
    [{ 'auth-method': 'oidc' }, /needs doppler-identity-id/],
  ])('%j is refused', async (inputs, text) => {
    expect(await problems({ token: '', ...inputs })).toContainEqual(expect.stringMatching(text));
  });
});
