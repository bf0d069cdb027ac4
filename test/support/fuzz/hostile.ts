// What a hostile client sends: words for every field that the engine knows, values of any kind, and bodies that are bent.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

const SHAPES = ['src/contract/doppler', 'src/contract/phase'];

/** Every name that the shapes of requests have, so that a new field is attacked without being listed. */
export function fieldNames(): string[] {
  const all = SHAPES.flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`));
  const names = all
    .filter((file) => /requests|webhooks|exchange/.test(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
      return [...text.matchAll(/\b([a-z][A-Za-z_]*)(?=[:,]| \})/g)].map(([, name = '']) => name);
    });
  return [...new Set(names)].sort();
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' ', '__proto__', 'constructor', '../..', '%2e%2e', 'app', 'dev', 'dev_x', 'prd', 'DB', 'A'),
  fc.constantFrom(
    '${A}',
    '${app.prd.A}',
    '${app::prd./x/A}',
    '\r\nx: y',
    '\u0000',
    '\ud800',
    'é漢🔑',
    "' or 1=1 --",
    '-1',
    '1e999',
    'true',
  ),
  fc.constantFrom(
    '9'.repeat(30),
    'x'.repeat(301),
    'x'.repeat(60_000),
    '2026-02-30T00:00:00Z',
    'https://[::1]:1/',
    'a.*.b',
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 1e308, 2 ** 53, Number.MIN_VALUE, 0.5, 8.64e15),
);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

export type Hostile = {
  query: Record<string, string>;
  body: unknown;
  params: string[];
  headers: Record<string, string>;
};

const HEADERS = [
  'idempotency-key',
  'x-secrets-lease-set',
  'x-secrets-lease-handle',
  'if-none-match',
  'accepts',
  'environment',
  'path',
  'tags',
];

/** `fields` are drawn often, other names now and then. */
export function hostile(fields: readonly string[]): fc.Arbitrary<Hostile> {
  const name = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...fields) }, { weight: 1, arbitrary: text });
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.dictionary(name, tie('value'), { maxKeys: 6 }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  }));
  const record = fc.dictionary(name, value, { maxKeys: 12 });
  const almost = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: value });
  const item = fc.record(
    {
      id: almost(text),
      key: almost(text),
      value: almost(text),
      path: almost(text),
      tags: almost(fc.array(text, { maxLength: 3 })),
      override: almost(fc.record({ value: text, isActive: fc.boolean() })),
    },
    { requiredKeys: [] },
  );
  const whole = fc.oneof(
    record,
    fc.record({ change_requests: fc.array(record, { maxLength: 3 }) }),
    fc.record({ secrets: fc.dictionary(text, value, { maxKeys: 4 }) }),
    fc.record({ secrets: fc.array(item, { maxLength: 3 }) }),
    value,
  );
  const printable = fc.stringMatching(/^[\x21-\x7e]{0,80}$/);
  return fc.record({
    query: fc.dictionary(name, fc.oneof(text, fc.constantFrom('true', 'False', '1', '-1')), { maxKeys: 5 }),
    body: whole,
    params: fc.array(text, { minLength: 2, maxLength: 2 }),
    headers: fc.dictionary(fc.constantFrom(...HEADERS), printable, { maxKeys: 2 }),
  });
}

const deep = (open: string, close: string, times: number) => `${open.repeat(times)}1${close.repeat(times)}`;
const long = 'x'.repeat(1_000_000);

/** Bodies by what is bent about them; all of them are sent as application/json. */
export const BENT: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>])[] = [
  ['over the limit', `{"name":"${'x'.repeat(1024 * 1024)}"}`],
  ['just under the limit', `{"name":"${long}","project":"${long.slice(0, 40_000)}"}`],
  ['10,000 deep', `{"secrets":${deep('[', ']', 10_000)}}`],
  ['10,000 objects deep', deep('{"secrets":', '}', 10_000)],
  ['10,000 deep and cut off', '['.repeat(10_000)],
  ['of 20,000 entries', `{"secrets":{${Array.from({ length: 20_000 }, (_, n) => `"K${n}":"v"`).join(',')}}}`],
  ['a list of 50,000 numbers', `[${'1,'.repeat(50_000)}1]`],
  ['with every field an object', fieldNames().reduce((all, name) => `${all},"${name}":{}`, '{"a":1') + '}'],
  ['with every field a list', fieldNames().reduce((all, name) => `${all},"${name}":[]`, '{"a":1') + '}'],
  ['with every field a number', fieldNames().reduce((all, name) => `${all},"${name}":-1e308`, '{"a":1') + '}'],
  ['with every field null', fieldNames().reduce((all, name) => `${all},"${name}":null`, '{"a":1') + '}'],
  ['with duplicate keys', '{"project":"app","project":{"x":1},"name":"a","name":["b"],"config":"dev","config":null}'],
  ['with keys of a prototype', '{"__proto__":{"project":"app"},"constructor":{"prototype":{"x":1}},"toString":1}'],
  ['with numbers beyond numbers', '{"ttl_sec":1e999,"page":-0,"expire_at":99999999999999999999}'],
  ['with half a character', '{"name":"\\ud800","secret":"\\udfff","note":"\\ud800"}'],
  ['with NUL and control characters', '{"name":"\\u0000","project":"\\u0000\\r\\nx: y"}'],
  ['with line breaks for headers', '{"name":"a\\r\\nset-cookie: x","code":"\\r\\n\\r\\n"}'],
  ['not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d)],
  ['UTF-16', Uint8Array.from(Buffer.from('{"name":"x"}', 'utf16le'))],
  ['with a byte order mark', '\ufeff{"name":"x"}'],
  ['two documents', '{"name":"x"}{"name":"y"}'],
  ['no JSON', 'name=x'],
  ['blank', '   '],
];
