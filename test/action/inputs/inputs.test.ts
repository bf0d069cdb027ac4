// Inputs: every problem at once, nothing of a token in any of them, and action.yml says the same as the code.
import { readFileSync } from 'node:fs';
import { readInputs, readRevokeInputs } from '#action/inputs/inputs.js';
import { INPUT_DEFAULTS } from '#action/inputs/table.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

const read = (inputs: Record<string, string>) => readInputs(new MemoryRunner({ token: 'dp.st.dev.x', ...inputs }));
const problems = async (inputs: Record<string, string>): Promise<readonly string[]> => {
  try {
    await read(inputs);
    return [];
  } catch (error) {
    return (error as { details: string[] }).details;
  }
};

test('has working values for everything but the token', async () => {
  const inputs = await read({});
  expect(inputs).toEqual({
    backend: 'doppler',
    apiUrl: 'https://api.doppler.com',
    credential: { token: expect.anything() },
    places: [{}],
    selection: undefined,
    rename: expect.any(Function),
    leasing: {
      dynamic: [],
      ttlSec: 1800,
      renew: false,
      renewForSec: 21_600,
      waitUsable: true,
      allowedAccountIds: [],
    },
    exportEnv: false,
    file: undefined,
    run: undefined,
    require: [],
    allowNames: [],
    overwrite: false,
    maskMinLength: 4,
    onRevokeFailure: 'warn',
    timeoutMs: 60_000,
    dryRun: false,
    network: { proxy: undefined, caCertificate: undefined, client: undefined, allowInsecureHttp: false },
    dropIn: false,
  });
  expect(Object.isFrozen(inputs)).toBe(true);
});

test('reads names one a line or between commas, each once', async () => {
  const inputs = await read({ require: 'A, B\n\n C \r\nA', 'allow-names': 'PATH' });
  expect(inputs.require).toEqual(['A', 'B', 'C']);
  expect(inputs.allowNames).toEqual(['PATH']);
});

test('reports every problem at once', async () => {
  const found = await problems({
    token: '',
    project: 'p',
    'api-url': 'ftp://x',
    secrets: 'a b',
    dynamic: 'a b',
    ttl: 'soon',
    'export-env': 'yes',
    'mask-min-length': '0',
    timeout: '2h',
  });
  expect(found).toHaveLength(9);
  expect(found.join('\n')).toMatch(
    /https[^]*token is empty[^]*together[^]*secrets takes[^]*'a b'[^]*ttl[^]*dynamic takes[^]*neither/,
  );
});

test.each([
  ['http://127.0.0.1:8090/', 'http://127.0.0.1:8090'],
  ['https://secrets.example/base/v3/', 'https://secrets.example/base'],
  ['http://[::1]:1', 'http://[::1]:1'],
])('takes the address %s', async (given, wanted) => expect((await read({ 'api-url': given })).apiUrl).toBe(wanted));

test.each(['http://example.com', 'https://u:hidden@x', 'https://x?token=hidden', 'nowhere', 'http://127.evil.com'])(
  'refuses the address %s without repeating it',
  async (given) => {
    expect(await problems({ 'api-url': given })).toHaveLength(1);
    expect((await problems({ 'api-url': given })).join()).not.toContain('hidden');
  },
);

test('never repeats a token', async () => {
  expect(await problems({ token: 'dp.st.dev.x y' })).toEqual([expect.not.stringContaining('dp.st')]);
});

test('says that the names of the config itself are not delivered', async () => {
  expect((await problems({ secrets: 'DOPPLER_PROJECT' }))[0]).toContain('DOPPLER_PROJECT');
  expect((await problems({ project: 'a/b', config: 'c' }))[0]).toContain('project is not a name');
});

test('post takes what it can use and nothing else', async () => {
  const given = await readRevokeInputs(new MemoryRunner({ token: 't', 'api-url': 'https://x/' }));
  expect(given).toMatchObject({
    credential: { token: expect.anything() },
    apiUrl: 'https://x',
    onRevokeFailure: 'warn',
  });
  expect(await readRevokeInputs(new MemoryRunner({ 'api-url': 'nowhere', 'ca-certificate': 'none' }))).toEqual({
    backend: 'doppler',
    credential: undefined,
    apiUrl: undefined,
    network: undefined,
    onRevokeFailure: 'warn',
  });
});

test('action.yml names the same inputs with the same defaults', async () => {
  const yml = readFileSync('action.yml', 'utf8');
  const block = yml.slice(yml.indexOf('\ninputs:\n'), yml.indexOf('\noutputs:\n'));
  const found = [...block.matchAll(/^ {2}([a-z-]+):\n([^]*?)(?=^ {2}\S|$(?![^]))/gm)].map(([, name, body = '']) => [
    name,
    /^ {4}default: (.*)$/m.exec(body)?.[1]?.replace(/^'(.*)'$/, '$1') ?? '',
  ]);
  expect(Object.fromEntries(found)).toEqual(INPUT_DEFAULTS);
});
