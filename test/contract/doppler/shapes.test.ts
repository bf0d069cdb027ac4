// Two readers of one wire: the hand decoders and the zod shapes must agree on every body, the hostile ones first.
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { readMe } from '#contract/doppler/actor.js';
import { readLeaseFields, readLeaseHead, readRevokedSet } from '#contract/doppler/leases.js';
import { readProblem } from '#contract/doppler/problem.js';
import { readDownload, readSecret, readSecretList } from '#contract/doppler/secrets.js';
import * as shapes from '#contract/doppler/shapes.js';

type Pair = { name: string; decode: (body: unknown) => unknown; shape: z.ZodMiniType; valid: fc.Arbitrary<unknown> };

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

/** Replaces, drops or doubles something somewhere in a body. */
function mutated(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, fc.infiniteStream(fc.nat(1000)), fc.jsonValue()).map(([body, steps, junk]) => {
    const walk = (node: unknown, depth: number): unknown => {
      const step = steps.next().value ?? 0;
      if (step < 150 || depth > 6) return junk;
      if (Array.isArray(node)) return node.map((one) => walk(one, depth + 1));
      if (typeof node !== 'object' || node === null) return node;
      const kept = Object.entries(node).filter(() => (steps.next().value ?? 0) > 60);
      return Object.fromEntries(kept.map(([key, one]) => [key, walk(one, depth + 1)]));
    };
    return walk(body, 0);
  });
}

function accepts(decode: (body: unknown) => unknown, body: unknown): boolean {
  try {
    decode(body);
    return true;
  } catch {
    return false;
  }
}

describe.each(PAIRS)('$name', ({ decode, shape, valid }) => {
  const verdicts = (body: unknown) => {
    const parsed: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    return [accepts(decode, parsed), shape.safeParse(parsed).success];
  };

  test('both readers take every valid body', () => {
    fc.assert(fc.property(valid, (body) => expect(verdicts(body)).toEqual([true, true])));
  });

  test('both readers agree on mutated bodies', () => {
    fc.assert(
      fc.property(mutated(valid), (body) => {
        const [byHand, byShape] = verdicts(body);
        expect(byHand).toBe(byShape);
      }),
      { numRuns: 400 },
    );
  });

  test('both readers agree on any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (body) => {
        const [byHand, byShape] = verdicts(body);
        expect(byHand).toBe(byShape);
      }),
    );
  });
});

test('a number that JSON cannot hold is refused by both', () => {
  const body: unknown = JSON.parse('{"id":"a","expires_at":null,"value":{"PORT":1e999}}');
  expect(accepts((one) => readLeaseFields(one), body)).toBe(false);
  expect(shapes.issuedLeaseShape.safeParse(body).success).toBe(false);
});
