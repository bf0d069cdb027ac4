// An identity says whom it trusts, or it is refused with every reason at once.
import { isIdentityId, type OidcIdentity, validIdentity } from '#engine/auth/oidc/identity.js';
import { GITHUB } from '../../../support/oidc-issuer.ts';

const GITLAB = 'https://gitlab.example';
const good: OidcIdentity = {
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  name: 'deploy',
  discoveryUrl: GITHUB,
  claimsType: 'wildcard',
  claims: { aud: ['https://secrets.example'], sub: ['repo:octo/hello:ref:refs/heads/*'] },
  ttlSec: 900,
  singleUse: false,
};

function problems(change: Partial<OidcIdentity>): readonly string[] {
  try {
    validIdentity({ ...good, ...change });
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
    return (error as { details: readonly string[] }).details;
  }
}
const withClaims = (claims: Record<string, string[]>) => problems({ claims: { ...good.claims, ...claims } });
const withSub = (sub: string, discoveryUrl = GITHUB) => problems({ discoveryUrl, claims: { aud: ['a'], sub: [sub] } });

test('a good one comes back frozen', () => {
  const identity = validIdentity(good);
  expect(identity).toEqual(good);
  expect([identity, identity.claims, identity.claims['sub']].every((part) => Object.isFrozen(part))).toBe(true);
});

test('every problem is told at once', () => {
  expect(
    problems({
      id: 'no-uuid',
      name: '',
      discoveryUrl: 'http://issuer.example',
      claimsType: 'regex' as 'exact',
      ttlSec: 0,
      claims: { aud: ['*'], exp: ['1'], actor: [], 'a b': ['x'], sub: ['*'], ref: ['line\nbreak'] },
    }),
  ).toEqual([
    'The id is not a UUID.',
    'The name must have 1 to 100 printable characters.',
    'discovery_url must be an https address without user, query and fragment.',
    'claims_type must be exact or wildcard.',
    'ttl_seconds must be a whole number from 60 to 86400.',
    'aud must be written out: it never takes a wildcard.',
    'exp differs in every token and cannot be a rule.',
    'actor needs 1 to 100 values.',
    'A claim name that is not 1 to 128 visible characters is not allowed.',
    'ref has a value that is not 1 to 1024 printable characters.',
    "sub must be literal through its first two segments before its first '*'.",
  ]);
});

test('aud and sub are required, inherited names are none', () => {
  expect(problems({ claims: {} })).toEqual(['aud is required.', 'sub is required.']);
  expect(problems({ claims: { aud: ['a'] } })).toEqual(['sub is required.']);
  expect(problems({ claims: Object.create(good.claims) as Record<string, string[]> })).toHaveLength(2);
});

test.each([
  'repo:octo/hello:ref:refs/heads/main',
  'repo:octo/hello:*',
  'repo:octo/hello:environment:prod-*',
  'repo:octo@583231/hello@1296269:ref:refs/heads/*',
  'repo:octo/hello',
  'repository_owner:octo',
])('github: sub %s is good', (sub) => expect(withSub(sub)).toEqual([]));

test.each([
  '*',
  'repo:*',
  'repo:octo/*',
  'repo:octo/*:ref:refs/heads/main',
  'repo:octo/hello*',
  'repo:octo/hell*:ref:refs/heads/main',
  'repo:*/hello:ref:refs/heads/main',
  '*:octo/hello:ref:refs/heads/main',
  'repo:octo:*',
  'repo::*',
  'repo:octo@*/hello@1:ref:refs/heads/main',
  'repo:octo@1/hello@*:ref:refs/heads/main',
  'repo:octo@1/hello:*',
  'repository_owner:octo:*',
  'repo:octo/hello/more:*',
])('github: sub %s would trust others', (sub) => {
  expect(withSub(sub)).toEqual([
    "sub must be literal through repo:OWNER/REPO: (or repo:OWNER@ID/REPO@ID:) before its first '*'.",
  ]);
});

test.each([
  ['project_path:group/project:ref_type:branch:ref:*', true],
  ['system:serviceaccount:builds:*', true],
  ['organization:acme:project:*:workspace:*:run_phase:apply', true],
  ['org/acme/project/*', true],
  ['auth0|123', true],
  ['project_path:*:ref_type:branch:ref:main', false],
  ['project_path:group/*:ref_type:branch:ref:main', false],
  ['system:*', false],
  ['org/*', false],
  ['user-*', false],
])('elsewhere: sub %s is good: %s', (sub, isGood) => {
  expect(withSub(sub, GITLAB).length === 0).toBe(isGood);
});

test('what could never fit is refused, because somebody believes that it does', () => {
  expect(problems({ claimsType: 'exact' })).toEqual(["sub has a '*' although claims_type is exact."]);
  expect(withClaims({ iss: ['https://evil.example'] })).toHaveLength(1);
  expect(withClaims({ iss: [GITHUB], event_name: ['pull_request_target'], actor: ['octo-*'] })).toEqual([]);
});

test.each([
  'https://user@issuer.example',
  'https://issuer.example?x=1',
  'https://issuer.example#x',
  'https://issuer.example\\@evil.example',
  ' https://issuer.example',
  'issuer.example',
  '',
  `https://issuer.example/${'x'.repeat(600)}`,
])('discovery_url %j is refused', (discoveryUrl) => {
  expect(problems({ discoveryUrl }).some((problem) => problem.startsWith('discovery_url'))).toBe(true);
});

test('too much of anything is refused', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`claim${n}`, ['x']]));
  expect(withClaims(many)).toEqual(['There are more than 50 claims.']);
  expect(withClaims({ actor: Array.from({ length: 101 }, () => 'x') })).toHaveLength(1);
  expect(withClaims({ actor: ['x'.repeat(1025)] })).toHaveLength(1);
});

test('an id is a UUID in any case', () => {
  expect([good.id, good.id.toUpperCase(), 'x', `${good.id}0`, 7].map(isIdentityId)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
