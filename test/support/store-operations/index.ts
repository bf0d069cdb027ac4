// Sequences of generated store operations, and what came of each.
import fc from 'fast-check';
import { AppError } from '#core/errors.js';
import type { WriteName } from '#engine/storage/operations.js';
import type { Store } from '#engine/storage/store.js';
import type { Step } from './beginning.ts';
import { leasing } from './leases.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import type { Generators } from './pools.ts';
import { plain, sorted } from './reads.ts';

/** For every write operation there is; a new one belongs into the file of its subject. */
export const GENERATORS: Generators<WriteName> = { ...leasing, ...people, ...places };

/** What takes away comes seldom: a world in which nothing is left refuses everything. */
const TAKES_AWAY = /^(?:delete|remove|purge|markRestored|rewrap)/;

const step = fc.oneof(
  ...Object.entries(GENERATORS).map(([name, args]) => ({
    arbitrary: (args as fc.Arbitrary<unknown>).map((each): Step => ({ name: name as WriteName, args: each })),
    weight: TAKES_AWAY.test(name) ? 1 : 4,
  })),
);

/** Of every kind, up to so many and more often near it than not. */
export function steps(maxLength: number): fc.Arbitrary<Step[]> {
  return fc.array(step, { maxLength, size: 'max' });
}

/** Its result, or how it was refused: everything that a caller can tell. */
export async function perform(store: Store, { name, args }: Step): Promise<unknown> {
  const operation = store.write[name] as (args: unknown) => Promise<unknown>;
  try {
    const result = plain(await operation(args));
    // Leases that are due in the same millisecond are taken in no order.
    return { name, result: name === 'claimDueLeases' ? sorted(result) : result };
  } catch (error) {
    if (!AppError[Symbol.hasInstance](error)) throw error;
    const { code, message, hint, details } = error as AppError;
    return { name, code, message, hint: hint ?? null, details };
  }
}
