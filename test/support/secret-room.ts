// The services of secrets over a real store, called by callers of any kind, users among them.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '#engine/auth/caller.js';
import { NO_GRANTS } from '#engine/auth/grants.js';
import { Places } from '#engine/auth/places.js';
import { Keyring } from '#engine/keyring/keyring.js';
import { countsOf } from '#engine/projects/counts.js';
import { Projects } from '#engine/projects/projects.js';
import { SecretChanges } from '#engine/secrets/changes.js';
import { Cloning } from '#engine/secrets/clone.js';
import { Comparing } from '#engine/secrets/compare.js';
import { History } from '#engine/secrets/history.js';
import { Items } from '#engine/secrets/items.js';
import { secretParts } from '#engine/secrets/parts.js';
import { Secrets } from '#engine/secrets/secrets.js';
import { openTestStore } from './store.ts';

/** With a project `app` and its usual environments. */
export async function openSecretRoom() {
  const store = await openTestStore();
  const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => undefined };
  const keyring = await Keyring.open(store, new Uint8Array(randomBytes(32)), () => clock.now());
  const places = new Places(store);
  const parts = secretParts({ store, clock, places }, keyring);
  const changes = new SecretChanges(parts);
  const projects = new Projects({ ...parts, keyring, counts: countsOf('unlimited') });
  await projects.create(callerOf('admin'), { name: 'app', description: '', bare: false });
  return {
    ...{ store, places, changes },
    secrets: new Secrets(parts),
    items: new Items(parts, changes),
    history: new History(parts, changes),
    cloning: new Cloning(parts),
    comparing: new Comparing(parts),
    close: () => store.close(),
  };
}

/** Somebody with a role everywhere; a user reads and writes, and so does a service account. */
export function callerOf(who: 'admin' | 'user' | 'service account'): Caller {
  const id = randomUUID();
  return {
    ...{ requestId: '', ip: '', tokenId: id, principalId: id, name: who, preview: '', createdAt: 0, lastSeenAt: null },
    kind: 'service_account',
    role: who === 'admin' ? 'admin' : 'read/write',
    isUser: who === 'user',
    grants: NO_GRANTS,
  };
}
