// Phase's tokens: which texts are one, what of them is sent, and that no part of one is ever quoted.
import fc from 'fast-check';
import { authorization, readToken, tokenKind, withoutTokens, writeToken } from '#contract/phase/token.js';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [string, string, string, string];
const sent = (text: string) => {
  const token = readToken(text);
  return token && authorization(token).reveal();
};

test.each([
  [`pss_user:v1:${A}:${B}:${C}:${D}`, `Bearer User ${A}`],
  [`pss_service:v1:${A}:${B}:${C}:${D}`, `Bearer Service ${A}`],
  [`pss_service:v2:${A}:${B}:${C}:${D}`, `Bearer ServiceAccount ${A}`],
  [`ServiceAccount ${A}`, `Bearer ServiceAccount ${A}`],
  [`Bearer  ServiceAccount  ${A}`, `Bearer ServiceAccount ${A}`],
  [`bearer user ${A}`, `Bearer User ${A}`],
])('%s is sent as %s', (text, header) => expect(sent(text)).toBe(header));

test.each([
  '',
  'dp.st.dev.abc',
  `pss_user:v1:${A}:${B}:${C}`,
  `pss_user:v1:${A}:${B}:${C}:${D}:${D}`,
  `pss_user:v1:${A}:${B}:${C}:${D}x`,
  `pss_service:${A}:${B}:${C}:${D}`,
  `pss_admin:v1:${A}:${B}:${C}:${D}`,
  `Robot ${A}`,
  `User ${A}\n`,
  A,
])('%p is no token of Phase', (text) => expect(readToken(text)).toBeUndefined());

test('a whole token comes back from its parts', () => {
  const part = fc.stringMatching(/^[a-f0-9]{64}$/);
  fc.assert(
    fc.property(
      fc.constantFrom('pss_user:v1', 'pss_service:v1', 'pss_service:v2'),
      part,
      part,
      part,
      part,
      (...parts) => {
        const text = parts.join(':');
        const token = readToken(text);
        expect(token?.keys && writeToken({ ...token, keys: token.keys }).reveal()).toBe(text);
      },
    ),
  );
});

test('what the far side says is shown without tokens, whole or in parts', () => {
  const said = withoutTokens(`bad pss_user:v1:${A}:${B}:${C}:${D} and ServiceAccount ${C}, pss_service:v2:${A}`);
  expect(said).toBe('bad [token] and ServiceAccount [token], [token]');
});

test('a token prints nowhere', () => {
  expect(JSON.stringify(readToken(`pss_user:v1:${A}:${B}:${C}:${D}`))).not.toMatch(/a{8}|c{8}|d{8}/);
  expect(tokenKind('ServiceAccount')).toBe('Phase service account token');
});
