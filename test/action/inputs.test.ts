// Inputs: every problem at once, nothing of a token in any of them, and action.yml says the same as the code.
import { readFileSync } from 'node:fs';
import { INPUT_DEFAULTS, readInputs, readRevokeInputs } from '#action/inputs.js';
import { MemoryRunner } from '../support/memory-runner.ts';

const read = (inputs: Record<string, string>) => readInputs(new MemoryRunner({ token: 'dp.st.dev.x', ...inputs }));
const problems = (inputs: Record<string, string>): readonly string[] => {
  try {
    read(inputs);
    return [];
  } catch (error) {
    return (error as { details: string[] }).details;
  }
};

test('has working values for everything but the token', () => {
  const inputs = read({});
  expect(inputs).toMatchObject({
    scope: {},
    apiUrl: 'https://api.doppler.com',
    secrets: [],
    dynamic: [],
    ttlSec: 1800,
    exportEnv: false,
    maskMinLength: 4,
    timeoutMs: 60_000,
  });
  expect(Object.isFrozen(inputs)).toBe(true);
});

test('reads names one a line or between commas, each once', () => {
  const inputs = read({ secrets: 'A, B\n\n C \r\nA', dynamic: 'DB\nAWS', require: 'A' });
  expect(inputs.secrets).toEqual(['A', 'B', 'C']);
  expect(inputs.dynamic).toEqual(['DB', 'AWS']);
  expect(inputs.require).toEqual(['A']);
});

test('reports every problem at once', () => {
  const found = problems({
    token: '',
    project: 'p',
    'api-url': 'ftp://x',
    secrets: 'a b',
    dynamic: 'true',
    ttl: 'soon',
    'export-env': 'yes',
    'mask-min-length': '0',
    timeout: '2h',
  });
  expect(found).toHaveLength(9);
  expect(found.join('\n')).toMatch(/token is empty[^]*together[^]*https[^]*'a b'[^]*name them[^]*ttl[^]*neither/);
});

test.each([
  ['http://127.0.0.1:8090/', 'http://127.0.0.1:8090'],
  ['https://secrets.example/base/v3/', 'https://secrets.example/base'],
  ['http://[::1]:1', 'http://[::1]:1'],
])('takes the address %s', (given, wanted) => expect(read({ 'api-url': given }).apiUrl).toBe(wanted));

test.each(['http://example.com', 'https://u:hidden@x', 'https://x?token=hidden', 'nowhere', 'http://127.evil.com'])(
  'refuses the address %s without repeating it',
  (given) => {
    expect(problems({ 'api-url': given })).toHaveLength(1);
    expect(problems({ 'api-url': given }).join()).not.toContain('hidden');
  },
);

test('never repeats a token', () => {
  expect(problems({ token: 'dp.st.dev.x y' })).toEqual([expect.not.stringContaining('dp.st')]);
});

test('says that the names of the config itself are not delivered', () => {
  expect(problems({ secrets: 'DOPPLER_PROJECT' })[0]).toContain('DOPPLER_PROJECT');
  expect(problems({ project: 'a/b', config: 'c' })[0]).toContain('project is not a name');
});

test('post takes what it can use and nothing else', () => {
  const given = readRevokeInputs(new MemoryRunner({ token: 't', 'api-url': 'https://x/' }));
  expect([given.token?.reveal(), given.apiUrl]).toEqual(['t', 'https://x']);
  expect(readRevokeInputs(new MemoryRunner({}))).toEqual({ token: undefined, apiUrl: undefined });
});

test('action.yml names the same inputs with the same defaults', () => {
  const yml = readFileSync('action.yml', 'utf8');
  const block = yml.slice(yml.indexOf('\ninputs:\n'), yml.indexOf('\noutputs:\n'));
  const found = [...block.matchAll(/^ {2}([a-z-]+):\n([^]*?)(?=^ {2}\S|$(?![^]))/gm)].map(([, name, body = '']) => [
    name,
    /^ {4}default: (.*)$/m.exec(body)?.[1]?.replace(/^'(.*)'$/, '$1') ?? '',
  ]);
  expect(Object.fromEntries(found)).toEqual(INPUT_DEFAULTS);
});
