// Two readers of one wire: the hand decoders and the zod shapes must agree on every body, the hostile ones first.
import fc from 'fast-check';
import { readMe } from '#contract/doppler/actor.js';
import { readLeaseFields, readLeaseHead, readRevokedSet } from '#contract/doppler/leases.js';
import { readProblem } from '#contract/doppler/problem.js';
import { readDownload } from '#contract/doppler/download.js';
import { readSecret, readSecretList } from '#contract/doppler/secrets.js';
import * as shapes from '#contract/doppler/shapes.js';
import { type Pair, accepts, theyAgree } from '../../support/two-readers.ts';

const scalar = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const names = fc.oneof(
  fc.constantFrom('A', 'DB_URL', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a\nb', ''),
  fc.string(),
);
const value = fc.record(
  {
    raw: fc.option(fc.string()),
    computed: fc.option(fc.string()),
    note: fc.string(),
    rawVisibility: fc.constantFrom('masked', 'unmasked', 'restricted', 'new-kind'),
    computedVisibility: fc.constantFrom('masked', 'unmasked', 'restricted'),
    rawValueType: fc.constant({ type: 'string' }),
  },
  { requiredKeys: [] },
);
const mapOf = <T>(of: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(names, of), { maxLength: 5 }).map((pairs) => {
    const text = pairs.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one) ?? 'null'}`).join(',');
    return JSON.parse(`{${text}}`) as object;
  });
const date = fc.oneof(fc.constant('2026-01-01T00:00:00.000Z'), fc.string(), fc.constant(null));

const PAIRS: Pair[] = [
  {
    name: 'secret list',
    decode: readSecretList,
    shape: shapes.secretListShape,
    valid: fc.record({ secrets: mapOf(value), success: fc.constant(true) }),
  },
  {
    name: 'secret',
    decode: readSecret,
    shape: shapes.secretShape,
    valid: fc.record({ name: fc.constant('A'), value }),
  },
  {
    name: 'download',
    decode: (body) => readDownload('json', JSON.stringify(body) ?? ''),
    shape: shapes.downloadShape,
    valid: mapOf(fc.string()),
  },
  {
    name: 'issued lease',
    decode: (body) => [readLeaseHead(body), readLeaseFields(body)],
    shape: shapes.issuedLeaseShape,
    valid: fc.record({ id: fc.uuid(), expires_at: date, value: mapOf(scalar), success: fc.constant(true) }),
  },
  {
    name: 'revoked set',
    decode: readRevokedSet,
    shape: shapes.revokedSetShape,
    valid: fc.record({
      leases: fc.array(
        fc.record({
          id: fc.uuid(),
          dynamic_secret: fc.string({ minLength: 1 }),
          state: fc.constant('revoked'),
          expires_at: date,
        }),
      ),
      revoked: fc.nat(),
      left: fc.nat(),
    }),
  },
  {
    name: 'me',
    decode: readMe,
    shape: shapes.meShape,
    valid: fc.record({ type: fc.constant('personal'), name: fc.option(fc.string()), slug: fc.option(fc.string()) }),
  },
  {
    name: 'problem',
    decode: (body) => {
      const problem = readProblem(body);
      if (!problem) throw new Error('not a problem');
      return problem;
    },
    shape: shapes.problemShape,
    valid: fc.record({ messages: fc.array(fc.string()), success: fc.constant(false) }),
  },
];

describe.each(PAIRS)('$name', theyAgree);

test('a number that JSON cannot hold is refused by both', () => {
  const body: unknown = JSON.parse('{"id":"a","expires_at":null,"value":{"PORT":1e999}}');
  expect(accepts((one) => readLeaseFields(one), body)).toBe(false);
  expect(shapes.issuedLeaseShape.safeParse(body).success).toBe(false);
});
