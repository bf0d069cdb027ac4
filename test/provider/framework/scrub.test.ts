// The scrubber: no learned value leaves in any of its spellings, and prose survives.
import fc from 'fast-check';
import { Scrubber } from '#provider/framework/scrub.js';

const scrubber = (...values: string[]) => {
  const made = new Scrubber();
  made.learn(values);
  return made;
};

test('no learned value of four characters or more survives in any text', () => {
  const value = fc.string({ minLength: 4, maxLength: 30 }).filter((text) => text.trim().length >= 4);
  fc.assert(
    fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
      const text = scrubber(secret).clean(`${before}${secret}${after} ${JSON.stringify({ secret })}`);
      expect(text.replaceAll('[sensitive]', '\u0000')).not.toContain(secret);
    }),
  );
});

test('encoded spellings, single lines of a key, and values inside others', () => {
  const key = 'BEGIN KEY\nline-one-of-key\nline-two-of-key';
  const made = scrubber(key, 'p@ss word', 'p@ss');
  expect(made.clean('at line-two-of-key')).toBe('at [sensitive]');
  expect(made.clean(`x ${Buffer.from('p@ss word').toString('base64')} p%40ss%20word p@ss word`)).toBe(
    'x [sensitive] [sensitive] [sensitive]',
  );
});

test('a short value is hidden where it stands alone, and words keep their letters', () => {
  expect(scrubber('a', '12').clean('a cat has 12 of 4512 "a"')).toBe(
    '[sensitive] cat has [sensitive] of 4512 "[sensitive]"',
  );
});

test('learns inside lists, maps and objects; blank values are nothing to hide', () => {
  const made = new Scrubber();
  made.learn(new Map([['k', [{ __proto__: null, inner: 'deep-value' }]]]));
  made.learn('  ');
  expect(made.clean('the deep-value  stays')).toBe('the [sensitive]  stays');
});
