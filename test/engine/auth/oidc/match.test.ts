// The claims of a token against the rules of an identity: which one fails, and what a wildcard cannot cross.
import fc from 'fast-check';
import { fitsPattern } from '#engine/auth/oidc/claim-pattern.js';
import { isGithubIssuer } from '#engine/auth/oidc/github.js';
import type { OidcIdentity } from '#engine/auth/oidc/identity.js';
import { findMismatch } from '#engine/auth/oidc/match.js';
import { GITHUB } from '../../../support/oidc-issuer.ts';

const claims = {
  aud: 'https://secrets.example',
  sub: 'repo:octo/hello:ref:refs/heads/main',
  event_name: 'push',
  repository: 'octo/hello',
  run_attempt: 2,
  protected: true,
  groups: ['dev', 'ops'],
};
const identity = (rules: Record<string, string[]>, claimsType: 'exact' | 'wildcard' = 'wildcard'): OidcIdentity => ({
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  name: 'deploy',
  discoveryUrl: GITHUB,
  claimsType,
  claims: { aud: ['https://secrets.example'], sub: ['repo:octo/hello:ref:refs/heads/main'], ...rules },
  ttlSec: 900,
  singleUse: false,
});
const mismatch = (rules: Record<string, string[]>, given: object = {}, issuer = GITHUB) =>
  findMismatch(identity(rules), issuer, { ...claims, ...given });

test('all claims fit', () => {
  expect(mismatch({})).toBeUndefined();
  expect(mismatch({ repository: ['other/x', 'octo/hello'], run_attempt: ['2'], protected: ['true'] })).toBeUndefined();
  expect(mismatch({ groups: ['ops'] })).toBeUndefined();
});

test.each([
  ['aud', { aud: ['https://other.example'] }, {}, 'claim_mismatch'],
  ['aud', {}, { aud: [] }, 'claim_missing'],
  ['aud', {}, { aud: 'https://secrets.example/' }, 'claim_mismatch'],
  ['sub', {}, { sub: 'repo:octo/hello:ref:refs/heads/other' }, 'claim_mismatch'],
  ['sub', {}, { sub: 'REPO:octo/hello:ref:refs/heads/main' }, 'claim_mismatch'],
  ['environment', { environment: ['prod'] }, {}, 'claim_missing'],
  ['environment', { environment: ['prod'] }, { environment: null }, 'claim_missing'],
  ['environment', { environment: ['prod'] }, { environment: { name: 'prod' } }, 'claim_missing'],
  ['groups', { groups: ['admin'] }, {}, 'claim_mismatch'],
  ['groups', { groups: ['admin'] }, { groups: [['admin']] }, 'claim_missing'],
  ['toString', { toString: ['x'] }, {}, 'claim_missing'],
])('names %s as the claim that fails', (claim, rules, given, reason) => {
  expect(mismatch(rules as Record<string, string[]>, given)).toEqual({ reason, claim });
});

test('aud may be one of several, and is never a pattern', () => {
  expect(mismatch({}, { aud: ['https://secrets.example', 'https://other.example'] })).toBeUndefined();
  expect(mismatch({ aud: ['https://*.example'] })).toEqual({ reason: 'claim_mismatch', claim: 'aud' });
});

test('in an exact identity a star is a star', () => {
  const rules = identity({ sub: ['repo:octo/hello:ref:refs/heads/*'] }, 'exact');
  expect(findMismatch(rules, GITHUB, claims)).toEqual({ reason: 'claim_mismatch', claim: 'sub' });
});

test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
  'github: %s is refused until it is named',
  (event_name) => {
    expect(mismatch({}, { event_name })).toEqual({ reason: 'event_refused', claim: 'event_name' });
    expect(mismatch({ event_name: [event_name] }, { event_name })).toBeUndefined();
    expect(mismatch({ event_name: ['push'] }, { event_name })).toEqual({
      reason: 'claim_mismatch',
      claim: 'event_name',
    });
    expect(mismatch({}, { event_name }, 'https://gitlab.example')).toBeUndefined();
  },
);

test('github: a token that does not say its event is refused', () => {
  expect(mismatch({}, { event_name: undefined })).toEqual({ reason: 'claim_missing', claim: 'event_name' });
  expect(mismatch({}, { event_name: ['push'] })).toEqual({ reason: 'claim_missing', claim: 'event_name' });
});

test.each([
  [GITHUB, true],
  [`${GITHUB}/octo-enterprise`, true],
  ['https://token.actions.octo.ghe.com', true],
  ['https://ghes.example/_services/token', true],
  ['https://token.actions.githubusercontent.com.evil.example', false],
  ['https://gitlab.example', false],
])('%s is GitHub: %s', (issuer, isGithub) => expect(isGithubIssuer(issuer)).toBe(isGithub));

test('github: the two forms of sub are two subjects; the audit log is told when only the ids differ', () => {
  const [named, immutable] = [
    'repo:octo/hello:ref:refs/heads/main',
    'repo:octo@583231/hello@1296269:ref:refs/heads/main',
  ];
  expect(mismatch({ sub: [immutable] }, { sub: immutable })).toBeUndefined();
  expect(mismatch({ sub: ['repo:octo@583231/hello@1296269:ref:refs/heads/*'] }, { sub: immutable })).toBeUndefined();
  const form = { reason: 'subject_form', claim: 'sub' };
  expect(mismatch({ sub: [named] }, { sub: immutable })).toEqual(form);
  expect(mismatch({ sub: [immutable] }, { sub: named })).toEqual(form);
  expect(mismatch({ sub: [immutable] }, { sub: immutable.replace('583231', '1') })).toEqual(form);
  expect(mismatch({ sub: [immutable] }, { sub: 'repo:evil@583231/hello@1296269:ref:refs/heads/main' })).toEqual({
    reason: 'claim_mismatch',
    claim: 'sub',
  });
});

test.each([
  ['repo:octo/hello:ref:refs/heads/*', 'repo:octo/hello:ref:refs/heads/main', true],
  ['repo:octo/hello:ref:refs/heads/*', 'repo:octo/hello:ref:refs/heads/feature/x', false],
  ['repo:octo/hello:ref:refs/heads/*', 'repo:octo/hello:ref:refs/tags/v1', false],
  ['repo:octo/hello:*', 'repo:octo/hello:pull_request', true],
  ['repo:octo/hello:*', 'repo:octo/hello:ref:refs/heads/main', false],
  ['repo:octo/hello:environment:*', 'repo:octo/hello:environment:prod:eu', false],
  ['release-*-v*.x', 'release-a-v1.x', true],
  ['release-*-v*.x', 'release-v1.x', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*', '', true],
  ['**', 'x', true],
  ['*', 'x:y', false],
  ['a.c', 'abc', false],
  ['(a+)+$', '(a+)+$', true],
])('%s against %s: %s', (pattern, value, fits) => expect(fitsPattern(pattern, value)).toBe(fits));

test('the matcher agrees with the regular expression that it stands for, and crosses no separator', () => {
  const piece = fc.constantFrom('a', 'b', '*', ':', '/', '.');
  const text = (unit: fc.Arbitrary<string>) => fc.string({ unit, maxLength: 10 });
  fc.assert(
    fc.property(text(piece), text(fc.constantFrom('a', 'b', ':', '/', '.')), (pattern, value) => {
      const regex = pattern.replaceAll('.', '\\.').replace(/\*+/g, '[^:/]*');
      expect(fitsPattern(pattern, value)).toBe(new RegExp(`^${regex}$`).test(value));
    }),
    { numRuns: 5000 },
  );
});

test('a pattern made to backtrack is answered at once', () => {
  expect(fitsPattern(`${'*a'.repeat(500)}b`, 'a'.repeat(16_000))).toBe(false);
});
