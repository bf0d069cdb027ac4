// The keyring: what it seals opens only in its own place and under its own root key.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Keyring } from '#engine/keyring/keyring.js';
import { createRootKeyFile, parseRootKey, readRootKeyFile } from '#engine/keyring/root-key.js';
import { rewrapKeys, rootKeyId } from '#engine/keyring/wrapping.js';
import type { Store } from '#engine/storage/store.js';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

const root = new Uint8Array(randomBytes(32));
let store: Store;
let keyring: Keyring;
beforeAll(async () => {
  store = await openTestStore();
  keyring = await Keyring.open(store, root, () => 1);
  await keyring.prepare('project:p');
});
afterAll(() => store.close());

test('opens what it sealed, in the same place only', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.string(), { maxLength: 4 }),
      fc.array(fc.string(), { maxLength: 4 }),
      (plain, place, other) => {
        const sealed = keyring.seal('project:p', place, plain);
        expect(new Uint8Array(keyring.open(place, sealed))).toEqual(plain);
        if (JSON.stringify(place) !== JSON.stringify(other)) {
          expect(() => keyring.open(other, sealed)).toThrow(expect.objectContaining({ code: 'ERR_DECRYPT' }));
        }
      },
    ),
  );
});

test('refuses any changed byte and any shortened tag', () => {
  const { keyId, sealed } = keyring.seal('project:p', ['a'], Buffer.from('planted'));
  for (let at = 0; at < sealed.length; at++) {
    const changed = new Uint8Array(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => keyring.open(['a'], { keyId, sealed: changed })).toThrow(
      expect.objectContaining({ code: 'ERR_DECRYPT' }),
    );
  }
  for (let cut = 1; cut <= 16; cut++) {
    expect(() => keyring.open(['a'], { keyId, sealed: sealed.subarray(0, sealed.length - cut) })).toThrow();
  }
});

test('a later start opens what an earlier one sealed, and finds the same names and tokens', async () => {
  const sealed = keyring.seal('project:p', ['x'], Buffer.from('value'));
  const later = await Keyring.open(store, root, () => 2);
  expect(later.open(['x'], sealed).toString()).toBe('value');
  expect(later.digestName('c', 'N')).toBe(keyring.digestName('c', 'N'));
  expect(later.hashToken('t')).toBe(keyring.hashToken('t'));
});

test('another root key is refused at start, by name', async () => {
  await expect(Keyring.open(store, new Uint8Array(randomBytes(32)), () => 1)).rejects.toMatchObject({
    code: 'ERR_DECRYPT',
    message: expect.stringContaining('does not open this store'),
  });
});

test('a rekey that misses a key changes none of them', async () => {
  await store.setAuditKey(keyring.auditKey);
  const before = await store.read.listDataKeys({});
  const to = new Uint8Array(randomBytes(32));
  const event = { at: 1, actor: 'engine', action: 'keys.rekey', target: 'engine', outcome: 'ok' as const };
  const keys = rewrapKeys(before, root, to).slice(1);
  const rekey = store.write.rewrapDataKeys({ from: rootKeyId(root), keys, settings: [], event });
  await expect(rekey).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect(await store.read.listDataKeys({})).toEqual(before);
});

test('the same name digests differently elsewhere', () => {
  expect(keyring.digestName('c1', 'N')).not.toBe(keyring.digestName('c2', 'N'));
});

test('a root key file is written once, read back, and refused when others may read it', () => {
  const path = join(temporaryFolder(), 'root.key');
  const key = createRootKeyFile(path);
  expect(readRootKeyFile(path)).toEqual(key);
  expect(() => createRootKeyFile(path)).toThrow(expect.objectContaining({ code: 'ERR_CONFLICT' }));
  const open = join(temporaryFolder(), 'open.key');
  writeFileSync(open, Buffer.from(key).toString('base64'), { mode: 0o644 });
  expect(() => readRootKeyFile(open)).toThrow(/readable by others/);
  expect(() => parseRootKey('short')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }));
});
