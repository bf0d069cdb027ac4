// Where connections go and whom they believe: NO_PROXY as curl reads it, and what may carry a token.
import fc from 'fast-check';
import { DIRECT, mayCarryTokens, type Network, proxyFor } from '#client/network.js';
import { checkTrust } from '#client/trust.js';
import { Sensitive } from '#core/sensitive.js';
import { testCertificate } from '../support/certificate.ts';

const network = (noProxy: string): Network => ({ ...DIRECT, proxy: new Sensitive('http://proxy:3128'), noProxy });
const goesStraight = (address: string, noProxy: string) => proxyFor(new URL(address), network(noProxy)) === undefined;

test.each([
  ['https://api.example.com', 'example.com'],
  ['https://api.example.com', '.example.com'],
  ['https://api.example.com', '*.example.com'],
  ['https://example.com', '.example.com'],
  ['https://api.example.com', 'other, API.EXAMPLE.COM'],
  ['https://api.example.com', 'api.example.com:443'],
  ['http://api.example.com:8090', 'api.example.com:8090'],
  ['https://[2001:db8::1]', '[2001:db8::1]'],
  ['https://10.1.2.3', '10.1.2.3'],
  ['https://api.example.com', '*'],
])('%s goes straight with NO_PROXY=%s', (address, noProxy) => expect(goesStraight(address, noProxy)).toBe(true));

test.each([
  ['https://api.example.com', ''],
  ['https://api.example.com', 'ample.com'],
  ['https://api.example.com', 'api.example.com:8443'],
  ['https://example.com', 'api.example.com'],
  ['https://api.example.com', ', ,'],
])('%s goes through the proxy with NO_PROXY=%s', (address, noProxy) =>
  expect(goesStraight(address, noProxy)).toBe(false),
);

test('this very machine is never behind a proxy', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]'])
    expect(goesStraight(`https://${host}:8090`, '')).toBe(true);
});

test('an entry exempts its own domain and what lies below it, and nothing that only ends alike', () => {
  const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
  fc.assert(
    fc.property(label, label, label, fc.constantFrom('', '.', '*.'), (a, b, c, dot) => {
      const entry = `${dot}${b}.${c}`;
      expect(goesStraight(`https://${a}.${b}.${c}`, entry)).toBe(true);
      expect(goesStraight(`https://${a}${b}.${c}`, entry)).toBe(false);
    }),
  );
});

test('a text of any kind never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void goesStraight('https://api.example.com', text)));
});

test('a token leaves over https, over http to this machine, and over other http only where that is allowed', () => {
  const may = (address: string, allowInsecureHttp = false) => mayCarryTokens(new URL(address), { allowInsecureHttp });
  expect([may('https://a.example'), may('http://127.0.0.1:1'), may('http://a.example')]).toEqual([true, true, false]);
  expect([may('http://a.example', true), may('ftp://a.example', true)]).toEqual([true, false]);
});

test('certificates that cannot be used are named before anything is sent', () => {
  const made = testCertificate();
  const other = testCertificate();
  if (!made || !other) return;
  const client = { certificate: made.pem, key: new Sensitive(made.keyPem) };
  expect(() => checkTrust({ ca: made.pem, client })).not.toThrow();
  expect(() => checkTrust({ ca: 'no PEM', client })).toThrow('ca-certificate is not a certificate.');
  expect(() => checkTrust({ ca: undefined, client: { ...client, key: new Sensitive(other.keyPem) } })).toThrow(
    'client-certificate and client-key cannot be used together.',
  );
});
