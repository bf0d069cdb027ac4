// Masks: what the runner hides of a value in every spelling, and what must stay visible, or the log would be eaten.
import fc from 'fast-check';
import { doubled, escaped, inMarkup, inUrls, isPlain, linesOf, overEscaped, shellQuoted } from '#action/mask/forms.js';
import { MASK_BUDGET, type MaskLimits, packMasks } from '#action/mask/pack.js';
import { partsOf } from '#action/mask/parts.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { shownBy, survivors } from '../../support/survivors.ts';

const LIMITS: MaskLimits = { minLength: 4, ...MASK_BUDGET };
const maskable = (text: string, visibility: Visibility = 'masked', name = 'NAME') => ({
  name,
  value: new Sensitive(text),
  visibility,
});
const masksOf = (text: string) => packMasks([maskable(text)], LIMITS).masks;

/** Disjoint from what stands around a value in a text, so that nothing is found by accident. */
const CHARS = [...'abcdefghij0123456789\'"\\&+/%=<>!()*~:@#?;,$ é🦊\u2028'];
const AROUND = [...'XYZWVUT'];
const isMaskable = (text: string) => text.trim().length >= 4;
const oneLine = fc.string({ unit: fc.constantFrom(...CHARS), minLength: 4, maxLength: 60 }).filter(isMaskable);
const severalLines = fc
  .tuple(fc.array(oneLine, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\n\n', '\n}\n'))
  .map(([lines, end]) => lines.join(end) + end);
const value = fc.oneof(oneLine, severalLines);
const around = fc.string({ unit: fc.constantFrom(...AROUND), maxLength: 5 });

const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const code = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** System.Text.Json, of one character. */
const ofNet = (c: string) => {
  if (/["&'+<>`]|[^\n\r\t -~]/.test(c)) return `\\u${code(c).slice(2).toUpperCase()}`;
  return JSON.stringify(c).slice(1, -1);
};
/** How programs write a value down; each works on the value with something before and after it. */
const SPELLINGS: Record<string, (text: string) => string> = {
  'as it stands': (text) => text,
  JSON: (text) => JSON.stringify(text),
  'JSON in ASCII': (text) =>
    JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  "Go's JSON": (text) => JSON.stringify(text).replace(/[&<>\u2028\u2029]/g, code),
  "Gson's JSON": (text) => JSON.stringify(text).replace(/[&<>='\u2028\u2029]/g, code),
  "PHP's JSON": (text) =>
    JSON.stringify(text)
      .replaceAll('/', '\\/')
      .replace(/[^ -~]/g, code),
  "PHP's JSON in UTF-8": (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  ".NET's JSON": (text) => `"${[...text.split('')].map(ofNet).join('')}"`,
  'YAML and SQL in single quotes': (text) => `'${text.replaceAll("'", "''")}'`,
  CSV: (text) => `"${text.replaceAll('"', '""')}"`,
  'a compose file': (text) => text.replaceAll('$', () => '$$'),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 without padding': (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'upper-case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  encodeURIComponent: (text) => encodeURIComponent(text),
  encodeURI: (text) => encodeURI(text),
  'RFC 3986': percent,
  'percent in lower case': (text) => lower(encodeURIComponent(text)),
  "Python's quote": (text) => percent(text).replaceAll('%2F', '/'),
  'a form': (text) => new URLSearchParams({ a: text }).toString(),
  'a form of PHP': (text) => percent(text).replaceAll('%20', '+'),
};

test.each(Object.entries(SPELLINGS))(
  '%s: no four characters of a value survive, whatever stands around it',
  (_, spell) => {
    fc.assert(
      fc.property(value, around, around, (text, before, after) => {
        const shown = shownBy(masksOf(text), spell(before + text + after));
        expect(survivors(text, shown)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);

test('the search for survivors bites: with the lines of a value alone the runner lets most spellings through', () => {
  const text = "it's a/value+with é to find";
  const missed = Object.entries(SPELLINGS).filter(
    ([, spell]) => survivors(text, shownBy([text], spell(`X${text}Y`))).length > 0,
  );
  expect(missed.map(([name]) => name)).toEqual([
    'JSON in ASCII',
    "Gson's JSON",
    "PHP's JSON",
    "PHP's JSON in UTF-8",
    ".NET's JSON",
    'base64',
    'base64 without padding',
    'base64url',
    'hex',
    'upper-case hex',
    'encodeURIComponent',
    'encodeURI',
    'percent in lower case',
    "Python's quote",
    'a form',
    'a form of PHP',
  ]);
});

test('base64 that is wrapped after 76 characters shows nothing, though the runner masks line by line', () => {
  const long = fc.string({ unit: fc.constantFrom(...CHARS), minLength: 60, maxLength: 300 }).filter(isMaskable);
  fc.assert(
    fc.property(long, around, (text, after) => {
      const wrapped = Buffer.from(text.trim() + after)
        .toString('base64')
        .replace(/.{76}/g, '$&\n');
      // The last line of the value may go on with what follows; its decided characters are a mask of their own.
      expect(survivors(text, shownBy(masksOf(text), wrapped))).toEqual([]);
    }),
  );
});

test('a value in single quotes of a traced shell shows nothing', () => {
  const text = "it's, isn't it?";
  const traced = `+ curl -H 'X: it'\\''s, isn'\\''t it?'`;
  expect(shownBy(masksOf(text), traced)).toEqual(["+ curl -H 'X: ***'"]);
});

test.each([
  ['printf %q', String.raw`Zq8\'vXw2\&Lm9\<Kd`],
  ['export -p of dash', `export V='Zq8'"'"'vXw2&Lm9<Kd'`],
  ['export -p of bash', 'declare -x V="Zq8\'vXw2&Lm9<Kd"'],
  ['html.escape of Python', 'Zq8&#x27;vXw2&amp;Lm9&lt;Kd'],
  ['XML', 'Zq8&apos;vXw2&amp;Lm9&lt;Kd'],
])('what %s makes of a value shows nothing', (_tool, shown) => {
  const text = "Zq8'vXw2&Lm9<Kd";
  expect(shownBy(masksOf(text), shown).join()).not.toMatch(/Zq8|vXw2|Lm9|Kd/);
});

test('base64 in 64 columns shows nothing', () => {
  const text = 'a longer value of more than forty-eight bytes, as a key may be 0123456789';
  const wrapped = Buffer.from(text).toString('base64').replace(/.{64}/g, '$&\n');
  expect(survivors(text, shownBy(masksOf(text), wrapped))).toEqual([]);
});

describe('what is inside a value is hidden by itself', () => {
  test('the strings of a JSON text, at any depth, in every spelling', () => {
    fc.assert(
      fc.property(oneLine, fc.nat(5), fc.constantFrom(...Object.values(SPELLINGS)), (leaf, depth, spell) => {
        const nested = Array.from({ length: depth }).reduce<unknown>(
          (inner, _, at) => (at % 2 ? { k: inner } : [inner]),
          leaf,
        );
        const masks = masksOf(JSON.stringify({ a: 1, b: nested }));
        expect(survivors(leaf, shownBy(masks, spell(`X${leaf}Y`)))).toEqual([]);
      }),
    );
  });

  test('the lines of a key in a JSON text, and of a key that is kept with \\n for its line ends', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n';
    for (const kept of [JSON.stringify({ private_key: key }), key.replaceAll('\n', '\\n')]) {
      expect(shownBy(masksOf(kept), `> ${key}`).join('\n')).toBe('> ***\n***\n***\n***\n');
    }
  });

  test('the password of a URL, of any characters, in every spelling', () => {
    const password = fc.string({ unit: fc.constantFrom(...CHARS), minLength: 4, maxLength: 40 }).filter(isMaskable);
    fc.assert(
      fc.property(password, fc.constantFrom(...Object.values(SPELLINGS)), (text, spell) => {
        const masks = masksOf(`postgres://app:${encodeURIComponent(text)}@db.example.com:5432/shop`);
        expect(survivors(text, shownBy(masks, spell(`X${text}Y`)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the password of a URL, as it is written and as it is used', () => {
    const masks = masksOf('postgres://app:p%40ss%2Fw0rd@db.example.com:5432/shop?sslmode=require');
    expect(shownBy(masks, 'password p@ss/w0rd or p%40ss%2Fw0rd of app at db.example.com')).toEqual([
      'password *** or *** of app at db.example.com',
    ]);
  });

  test('a JSON text of a hundred thousand levels, or of a million strings, is taken without harm', () => {
    const deep = `${'['.repeat(100_000)}"deep-leaf"${']'.repeat(100_000)}`;
    expect(masksOf(deep)).toContain('deep-leaf');
    const wide = `[${'"",'.repeat(300_000)}"wide-leaf"]`;
    expect(masksOf(wide)).toContain('wide-leaf');
  });
});

describe('what stays visible', () => {
  test('blank, short and public values', () => {
    const values = [
      maskable('', 'masked', 'EMPTY'),
      maskable(' \n\t ', 'masked', 'BLANK'),
      maskable('abc', 'masked', 'SHORT'),
    ];
    const pack = packMasks([...values, maskable('public-value', 'unmasked')], LIMITS);
    expect(pack).toEqual({ masks: [], reduced: [], unmaskable: ['BLANK', 'SHORT'] });
  });

  test('braces and other short lines', () => {
    const shown = shownBy(masksOf('{\n  "key": "some value"\n}'), 'if (a) { b("key"); }');
    expect(shown).toEqual(['if (a) { b("key"); }']);
  });

  test('what surrounds a value: no mask is shorter than the minimum or holds a line end', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 9 }), (text, minLength) => {
        for (const mask of packMasks([maskable(text)], { ...LIMITS, minLength }).masks) {
          expect(mask).not.toMatch(/[\r\n]/);
          expect(mask.trim().length).toBeGreaterThanOrEqual(Math.min(minLength, 4));
        }
      }),
    );
  });
});

describe('the budget', () => {
  const many = Array.from({ length: 300 }, (_, n) => maskable(`value-${n}/of+many`, 'restricted', `N${n}`));

  test('lines of values always stay; forms go, and those who lost some are named', () => {
    const { masks, reduced } = packMasks(many, { ...LIMITS, forms: 900 });
    expect(masks).toHaveLength(300 + 900);
    for (const { value: text } of many) expect(masks).toContain(text.reveal());
    expect(reduced).toHaveLength(300);
    expect(packMasks(many.slice(0, 2), LIMITS).reduced).toEqual([]);
  });

  test('the likeliest spellings of every value come before the rarer ones of any', () => {
    const { masks } = packMasks(many, { ...LIMITS, forms: 300 * 4 });
    const inner = (text: string) => Buffer.from(text).toString('base64').slice(0, 16);
    expect(many.filter(({ value: text }) => !masks.some((mask) => mask.startsWith(inner(text.reveal()))))).toEqual([]);
  });

  test('a huge value is hidden as it stands and named', () => {
    const huge = maskable('x'.repeat(3_000_000), 'masked', 'HUGE');
    const { masks, reduced } = packMasks([huge, maskable('small-value', 'masked', 'SMALL')], LIMITS);
    expect(masks[0]).toBe(huge.value.reveal());
    expect(reduced).toEqual(['HUGE']);
  });

  test('a hundred plain values keep every spelling', () => {
    const plain = Array.from({ length: 100 }, (_, n) =>
      maskable(`sk_live_${n}_abcdefghijklmnopqrst`, 'masked', `P${n}`),
    );
    expect(packMasks(plain, LIMITS).reduced).toEqual([]);
  });
});

test('hides each string once, and nothing that makes the runner refuse a mask', () => {
  const { masks } = packMasks([maskable('same-value&+'), maskable('same-value&+', 'restricted')], LIMITS);
  expect(new Set(masks).size).toBe(masks.length);
  expect(shownBy(masks, 'same-value&+')).toEqual(['***+']);
});

test('a plain text has no spelling but its own, its base64 and its hex', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'AZaz09_.-'), minLength: 1, maxLength: 80 });
  const others = [escaped, overEscaped, doubled, shellQuoted, inMarkup, inUrls, linesOf];
  fc.assert(
    fc.property(plain, (text) => {
      expect(isPlain(text)).toBe(true);
      expect(others.flatMap((encode) => encode(text)).filter((form) => form !== text)).toEqual([]);
      expect(partsOf(text)).toEqual([]);
    }),
  );
});

test.each(['a b', 'a/b', 'a%b', 'a+b', "a'b", 'a"b', 'a&b', 'a@b', 'a[b', 'a`b', 'a{b', 'a\nb', 'aéb', 'a:b', 'a=b'])(
  '%j is not plain',
  (text) => expect(isPlain(text)).toBe(false),
);
