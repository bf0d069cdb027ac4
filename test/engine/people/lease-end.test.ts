// The end of an account and the real leases: due in the very transaction that ends it, whatever happens after.
import { randomUUID } from 'node:crypto';
import type { Doer } from '#engine/auth/caller.js';
import { mintToken } from '#engine/auth/token-mint.js';
import { createDirectory } from '#engine/people/people.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';

const ENGINE: Doer = 'engine';
const clock = new FakeClock();
let target: FakeTarget;
let engine: Engine;
let dynamicSecretId: string;
beforeEach(async () => {
  target = new FakeTarget();
  engine = await openEngine({ clock, integrations: () => [target.integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const wanted = { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db', maxLiveLeases: 5, maxTtlSec: 3600 };
  dynamicSecretId = (await engine.definitions.createDynamicSecret(wanted, BY)).slug;
});
afterEach(() => engine.close());

/** A user with a token, without a running engine's hook: what a crash right after the commit leaves behind. */
async function leaver() {
  const { store, keyring } = engine;
  const { users } = createDirectory({ store, keyring, clock });
  const { slug } = await users.add(ENGINE, { email: `${randomUUID()}@example.com` });
  const wanted = { kind: 'personal' as const, principalId: slug, name: 'laptop', now: clock.now(), expiresAt: null };
  const { row } = mintToken(keyring, wanted);
  const event = { at: clock.now(), actor: 'engine', action: 'tokens.create', target: row.id, outcome: 'ok' as const };
  await store.write.addAccountToken({ token: row, event });
  const issue = () => engine.leases.issue({ dynamicSecretId, actor: token(row.id, slug), ttlSec: 600 });
  return { slug, tokenId: row.id, users, issue };
}

test('the leases of a removed user end with the next sweep, though nobody was there to end them', async () => {
  const { slug, users, issue } = await leaver();
  const mine = await issue();
  const other = await (await leaver()).issue();
  await users.remove(ENGINE, slug);
  await engine.leases.settle();
  expect((await engine.store.read.getLease({ id: mine.id }))?.state).toBe('expired');
  expect([...target.credentials]).toEqual([other.id]);
});

test('a request that was let in just before the user went gets no lease', async () => {
  const { slug, users, issue } = await leaver();
  await users.remove(ENGINE, slug);
  await expect(issue()).rejects.toMatchObject({ code: 'ERR_UNAUTHENTICATED' });
  expect(target.made).toEqual([]);
});

test('the leases of a service token that was ended end with the next sweep, and no others', async () => {
  for (const id of ['ended', 'alive']) {
    await engine.query(`insert into principals(id, kind, name, created_at) values('${id}','service_token','t',1)`);
    await engine.query(
      `insert into tokens(id, kind, hash, preview, principal_id, config_id, name, access, created_at)
       values('${id}','service_token','${id}','x','${id}','${CONFIG_ID}','t','read',1)`,
    );
  }
  const issue = (id: string) => engine.leases.issue({ dynamicSecretId, actor: token(id, id), ttlSec: 600 });
  const [mine, other] = [await issue('ended'), await issue('alive')];
  const at = clock.now();
  const event = { at, actor: 'engine', action: 'tokens.revoke', target: 'ended', outcome: 'ok' as const };
  await engine.store.write.revokeConfigToken({ configId: CONFIG_ID, id: 'ended', at, event });
  await engine.leases.settle();
  expect((await engine.store.read.getLease({ id: mine.id }))?.state).toBe('expired');
  expect([...target.credentials]).toEqual([other.id]);
});

test('what a token has leased the one that is rolled from it renews and ends, and the old one no more', async () => {
  const { slug, tokenId, issue } = await leaver();
  const { id } = await issue();
  const wanted = { kind: 'cli' as const, principalId: slug, name: 'laptop', now: clock.now(), expiresAt: null };
  const { row } = mintToken(engine.keyring, wanted);
  const event = { at: clock.now(), actor: 'engine', action: 'tokens.roll', target: row.id, outcome: 'ok' as const };
  await engine.store.write.rollToken({ oldId: tokenId, token: row, at: clock.now(), event });
  const by = (tokenOf: string) => ({ id, actor: token(tokenOf, slug) });
  await expect(engine.leases.renew({ ...by(tokenId), ttlSec: 900 })).rejects.toMatchObject({
    code: 'ERR_ACCESS_DENIED',
  });
  expect((await engine.leases.renew({ ...by(row.id), ttlSec: 900 })).expiresAt).toBe(clock.now() + 900_000);
  expect((await engine.leases.revoke(by(row.id))).state).toBe('revoked');
});

test('the end of one token leaves the leases of its user alone', async () => {
  const { tokenId, issue } = await leaver();
  const lease = await issue();
  const { tokens } = createDirectory({ store: engine.store, keyring: engine.keyring, clock });
  await tokens.endPersonalOrDirectory(ENGINE, tokenId);
  await engine.leases.settle();
  expect((await engine.store.read.getLease({ id: lease.id }))?.state).toBe('active');
});
