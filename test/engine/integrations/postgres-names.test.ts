// Names of leased roles: the whole lease id is in them, they fit, and nothing that is not ours becomes one.
import { randomUUID } from 'node:crypto';
import { roleLockKey, roleName, rolePrefix } from '#engine/integrations/postgres/role-name.js';

const LONGEST_ENGINE = 'a'.repeat(16);

test('every name fits without being cut, begins as those of its engine do, and has the whole lease id in it', () => {
  for (const engine of ['test', LONGEST_ENGINE]) {
    const id = randomUUID();
    const name = roleName(engine, id);
    expect(name).toBe(`${rolePrefix(engine)}${id.replaceAll('-', '')}`);
    // NAMEDATALEN - 1; a longer one is cut by the server without a word.
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^[a-z_][a-z0-9_]*$/);
  }
});

test('what is no id of ours becomes no name', () => {
  for (const [engine, id] of [
    ['test', 'x"; drop role y'],
    ['Test', randomUUID()],
    [`${LONGEST_ENGINE}a`, randomUUID()],
  ] as const) {
    expect(() => roleName(engine, id)).toThrow(expect.objectContaining({ code: 'ERR_INTERNAL' }));
  }
});

test('each role has a lock of its own, always the same', () => {
  const keys = ['a', 'b', 'a'].map(roleLockKey);
  expect(keys[0]).toBe(keys[2]);
  expect(keys[0]).not.toBe(keys[1]);
  expect(BigInt(keys[0] ?? '') < 2n ** 63n).toBe(true);
});
