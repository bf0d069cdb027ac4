// Folders and the one text that names a secret in one.
import fc from 'fast-check';
import { isFolderPath, keyAt, normalPath, ROOT_PATH, spotOf } from '#core/folder.js';

const part = fc.stringMatching(/^[A-Za-z0-9 _@:.-]{1,10}$/).filter((text) => text !== '.' && text !== '..');

test('a path has one spelling, however it was written', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), fc.integer({ min: 1, max: 3 }), fc.boolean(), (parts, n, ends) => {
      const slash = '/'.repeat(n);
      const path = normalPath(`${parts.join(slash)}${ends ? slash : ''}`);
      expect(path).toBe(`/${parts.join('/')}`);
      expect([normalPath(path), isFolderPath(path)]).toEqual([path, true]);
    }),
  );
});

test('folder and name are told from their one text again', () => {
  const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,9}$/);
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), name, (parts, of) => {
      const spot = { path: normalPath(parts.join('/')), name: of };
      expect(spotOf(keyAt(spot))).toEqual(spot);
    }),
  );
  expect([keyAt({ path: ROOT_PATH, name: 'A' }), spotOf('A')]).toEqual(['A', { path: '/', name: 'A' }]);
});

test.each([
  '/.',
  '/a/..',
  '/a\nb',
  '/${A}',
  '/a}',
  '/a\\b',
  '/a\u2028',
  '/\ud800',
  `/${'x'.repeat(1000)}`,
  '/x'.repeat(21),
])('%p is no folder', (path) => expect(isFolderPath(path)).toBe(false));
