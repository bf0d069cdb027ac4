// The masker hides what the runner hides, and leaks what the runner leaks.
import fc from 'fast-check';
import { encodings, Masker } from './masker.ts';

const masked = (secret: string, text: string): string => {
  const masker = new Masker();
  masker.addMask(secret);
  return masker.mask(text);
};

describe('a mask also hides', () => {
  test.each([
    ['base64', 'p@ss word!', Buffer.from('p@ss word!').toString('base64')],
    ['base64 behind one byte', 'secret-value', Buffer.from('secret-value').subarray(1).toString('base64')],
    ['base64 behind two bytes', 'secret-value', Buffer.from('secret-value').subarray(2).toString('base64')],
    ['command line quotes', 'a"b"c', 'a\\"b\\"c'],
    ['expression quotes', "a'b'c", "a''b''c"],
    ['a JSON string', 'a\tb\u0001\u2028"\\', 'a\\tb\\u0001\\u2028\\"\\\\'],
    ['percent-escapes', "a b!'()*~é", 'a%20b%21%27%28%29%2A~%C3%A9'],
    ['XML', `<a&'">`, '&lt;a&amp;&apos;&quot;&gt;'],
    ['the inside of double quotes', '"sevenxy"', 'sevenxy'],
    ['the part up to the last &', 'first&second&third', 'first&second&'],
    ['the part after the last &', 'first&second&others', 'others'],
    ['the part through the first &+', 'firs&+second&third', 'firs&+'],
    ['the part one character after &+', 'firs&+second&third', 'econd&third'],
  ])('%s', (_name, secret, form) => {
    expect(masked(secret, `<${form}>`)).toBe('<***>');
  });
});

describe('a mask does not hide', () => {
  test.each([
    ['base64 of the value and a line end', 'hunter22', Buffer.from('hunter22\n').toString('base64')],
    ['base64url', 'o?o?o?o>', Buffer.from('o?o?o?o>').toString('base64url')],
    ['hex', 'hunter22', Buffer.from('hunter22').toString('hex')],
    ['another case', 'hunter22', 'HUNTER22'],
    ['shell quoting', "don't-tell", "don'\\''t-tell"],
    ['encodeURIComponent of a !', 'a b!c', 'a%20b!c'],
    ['escaped non-ASCII JSON', 'café-secret', 'caf\\u00e9-secret'],
    ['the inside of quotes up to eight characters', '"sixsix"', 'sixsix'],
    ['ampersand halves under six characters', 'abcd&efghi', 'abcd& efghi'],
    ['the base64 of a user before it', 'secret-value', Buffer.from('user:secret-value@host').toString('base64')],
  ])('%s', (_name, secret, text) => {
    expect(masked(secret, text)).toBe(text);
  });
});

test('hits that touch or overlap become one', () => {
  const masker = new Masker();
  for (const value of ['aba', 'xyz', 'zz9']) masker.addMask(value);
  expect(masker.mask('ababa-abaaba-xyzz9-xyz aba')).toBe('***-***-***-*** ***');
});

test('every line of a value is masked, however short, and the lines are trimmed', () => {
  expect(masked('{\r\n  "k": 1\n}', 'fn() { x("k": 1) } \t')).toBe('fn() *** x(***) *** \t');
});

test('the whole value keeps its white space', () => {
  const masker = new Masker();
  masker.addMask(' lead\n');
  expect(masker.forms).toContain(' lead\n');
  expect(masker.forms).toContain('lead');
});

test.each(['', ' ', '\t\r\n', '\u00a0\u0085'])('a blank value %j masks nothing', (blank) => {
  const masker = new Masker();
  expect(masker.addMask(blank)).toBe(false);
  expect(masker.forms.size).toBe(0);
});

test('a value whose first &+ ends it registers nothing at all', () => {
  const masker = new Masker();
  expect(() => masker.addMask('secret&+')).toThrow(RangeError);
  expect(masker.mask('secret&+')).toBe('secret&+');
});

test('a secret of the context is trimmed first', () => {
  const masker = new Masker();
  masker.addSecret('  hunter22\n');
  expect([...masker.forms]).not.toContain('  hunter22\n');
  expect(masker.mask('hunter22')).toBe('***');
});

const value = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((text) => !text.includes('&+') && text.trim() !== '');

test('whatever the values and the text, no form of a value survives unless the stars themselves make it', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), fc.array(fc.string()), (secrets, around) => {
      const masker = new Masker();
      for (const secret of secrets) masker.addMask(secret);
      const forms = secrets.flatMap((secret) => [...encodings(secret)]);
      const text = forms.map((form, index) => `${around[index] ?? ''}${form}`).join('');
      const result = masker.mask(text);
      for (const piece of result.split('***')) {
        for (const form of masker.forms) expect(piece.includes(form)).toBe(false);
      }
    }),
  );
});

test('text without a hit comes back unchanged, and adding twice changes nothing', () => {
  fc.assert(
    fc.property(value, fc.string(), (secret, text) => {
      const masker = new Masker();
      expect(masker.mask(text)).toBe(text);
      masker.addMask(secret);
      const size = masker.forms.size;
      masker.addMask(secret);
      expect(masker.forms.size).toBe(size);
    }),
  );
});

test('marks exactly the characters that lie in some hit', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 3 }), text, (secrets, input) => {
      const masker = new Masker();
      for (const secret of secrets) masker.addMask(secret);
      const covered = [...input].map(() => false);
      for (const form of masker.forms) {
        for (let at = 0; at + form.length <= input.length; at++) {
          if (!input.startsWith(form, at)) continue;
          covered.fill(true, at, at + form.length);
        }
      }
      const expected = [...input]
        .map((char, at) => (covered[at] ? '\0' : char))
        .join('')
        .replace(/\0+/g, '***');
      expect(masker.mask(input)).toBe(expected);
    }),
  );
});
