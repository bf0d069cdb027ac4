// From a token to a verdict: accepted for this identity, refused in one voice, and remembered for as long as it lives.
import { judgeToken, noteToken } from '#engine/auth/oidc/exchange.js';
import { failureDetail, oidcRefused } from '#engine/auth/oidc/failure.js';
import { type OidcIdentity, validIdentity } from '#engine/auth/oidc/identity.js';
import { Issuers } from '#engine/auth/oidc/issuers.js';
import type { Store } from '#engine/storage/store.js';
import { auditRows } from '../../../support/audit.ts';
import { GITHUB, signingKey, TestIssuer } from '../../../support/oidc-issuer.ts';
import { openTestStore } from '../../../support/store.ts';

const identity = validIdentity({
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  name: 'deploy',
  discoveryUrl: GITHUB,
  claimsType: 'wildcard',
  claims: { aud: ['https://secrets.example'], sub: ['repo:octo/hello:ref:refs/heads/*'] },
  ttlSec: 900,
  singleUse: false,
});
const once: OidcIdentity = { ...identity, singleUse: true };
const issuer = new TestIssuer(GITHUB, signingKey('rsa-1', 'RS256'), signingKey('ec-1', 'ES256'));
const issuers = new Issuers({ fetchJson: issuer.fetchJson, clock: issuer.clock });
const judge = (token: string, now = issuer.clock.time) => judgeToken(issuers, identity, token, now);
const NOW = issuer.clock.time;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function seen(token: string) {
  const judgement = await judge(token);
  if (!judgement.isAccepted) throw new Error('the token was refused');
  return judgement.seen;
}
const note = async (who: OidcIdentity, token: string) =>
  noteToken(store, who, await seen(token), { principalId: 'sa-1', now: NOW, requestId: 'r-1', ip: '192.0.2.1' });

const audited = () => auditRows(store);

test('a good token is accepted with its claims', async () => {
  expect(await judge(issuer.token())).toMatchObject({ isAccepted: true, claims: { repository: 'octo/hello' } });
});

test('the audit log learns the claim, and no text of the token', async () => {
  const judgement = await judge(issuer.token({ sub: 'repo:private/hello:ref:refs/heads/main' }));
  expect(judgement).toEqual({ isAccepted: false, failure: { reason: 'claim_mismatch', claim: 'sub' } });
  if (judgement.isAccepted) return;
  expect(failureDetail(judgement.failure)).toEqual({ reason: 'claim_mismatch', claim: 'sub' });
  expect(failureDetail({ reason: 'signature' })).toEqual({ reason: 'signature' });
  expect(oidcRefused()).toMatchObject({ code: 'ERR_UNAUTHENTICATED', status: 401 });
});

test('signature and times are judged before any claim', async () => {
  expect(await judge(issuer.token({ aud: 'x' }), NOW + 3_600_000)).toMatchObject({ failure: { claim: 'exp' } });
  expect(await judge(issuer.forged({ alg: 'none' }, 'x'))).toMatchObject({ failure: { reason: 'algorithm' } });
});

test('a repeated token is accepted and audited each time', async () => {
  const token = issuer.token();
  expect([await note(identity, token), await note(identity, token), await note(identity, token)]).toEqual([
    true,
    true,
    true,
  ]);
  const rows = await audited();
  expect(rows.map(({ action, outcome, target, actor, ip }) => ({ action, outcome, target, actor, ip }))).toEqual(
    Array.from({ length: 2 }, () => ({
      action: 'identity.token_reused',
      outcome: 'ok',
      target: `identity:${identity.id}`,
      actor: 'principal:sa-1',
      ip: '192.0.2.1',
    })),
  );
  expect(rows.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual([
    { uses: 2, single_use: false },
    { uses: 3, single_use: false },
  ]);
});

test('single use refuses the second exchange, and one that another identity had before', async () => {
  expect([await note(once, issuer.token()), await note(once, issuer.token())]).toEqual([true, false]);
  expect((await audited()).map(({ outcome }) => outcome)).toEqual(['denied']);
  const other = issuer.token({ jti: 'other' });
  expect([await note(identity, other), await note(once, other)]).toEqual([true, false]);
});

test('single use holds when a hundred exchanges race, and for tokens without a jti', async () => {
  const results = await Promise.all(Array.from({ length: 100 }, () => note(once, issuer.token({ jti: undefined }))));
  expect(results.filter(Boolean)).toHaveLength(1);
});

test('a token is forgotten only when it is refused anyway', async () => {
  const { expiresAt } = await seen(issuer.token());
  await note(once, issuer.token());
  expect(await store.write.purgeOidcTokens({ before: expiresAt, limit: 10 })).toBe(0);
  expect(await judge(issuer.token(), expiresAt)).toMatchObject({ isAccepted: false, failure: { claim: 'exp' } });
  expect(await store.write.purgeOidcTokens({ before: expiresAt + 1, limit: 10 })).toBe(1);
  expect(await store.read.countOidcTokens({})).toBe(0);
});

test('forgetting goes in bounded steps, the oldest first', async () => {
  for (let n = 0; n < 5; n += 1) await note(identity, issuer.token({ jti: `j${n}`, exp: NOW / 1000 + 100 + n }));
  expect(await store.write.purgeOidcTokens({ before: NOW + 3_600_000, limit: 3 })).toBe(3);
  expect(await store.read.countOidcTokens({})).toBe(2);
});
