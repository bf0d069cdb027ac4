// Two readers of one wire, a hand decoder and a zod shape: every body gets the same verdict from both.
import fc from 'fast-check';
import type * as z from 'zod/mini';

export type Pair = {
  name: string;
  decode: (body: unknown) => unknown;
  shape: z.ZodMiniType;
  valid: fc.Arbitrary<unknown>;
};

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

/** Whether a decoder takes a body. */
export function accepts(decode: (body: unknown) => unknown, body: unknown): boolean {
  try {
    decode(body);
    return true;
  } catch {
    return false;
  }
}

/** The tests that one pair has to pass. */
export function theyAgree({ decode, shape, valid }: Pair): void {
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
}
