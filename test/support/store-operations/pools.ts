// The small worlds from which generated store operations take their ids, names and moments, so that they meet.
import fc from 'fast-check';
import type { AuditEvent } from '#engine/storage/audit-event.js';
import type { StoreWrites } from '#engine/storage/store.js';
import type { NewLog } from '#engine/storage/operations/logs.js';
import type { WriteName } from '#engine/storage/operations.js';

export type Args<Name extends WriteName> = Parameters<StoreWrites[Name]>[0];
/** Arguments for each operation of a subject. */
export type Generators<Name extends WriteName> = { [Each in Name]: fc.Arbitrary<Args<Each>> };

/** An id of the kind: one of four, `project-0` to `project-3`, the first most often. */
export const id = (kind: string): fc.Arbitrary<string> => fc.constantFrom(0, 0, 1, 1, 2, 3).map((n) => `${kind}-${n}`);
/** Ids of things that may be made again and again. */
export const fresh = (kind: string): fc.Arbitrary<string> => fc.nat(12).map((n) => `${kind}-${n}`);
/** Names whose order depends on the language: bytes and dictionaries disagree. */
export const name: fc.Arbitrary<string> = fc.constantFrom(
  'alpha',
  'Beta',
  'beta_2',
  'ärger',
  'Zeta',
  '_under',
  '10',
  '9',
);
export const at: fc.Arbitrary<number> = fc.integer({ min: 1_000, max: 1_000_020 });
export const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 6 });
export const flag: fc.Arbitrary<number> = fc.constantFrom(0, 1);
export const orNull = <T>(inner: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(inner);
export const limit: fc.Arbitrary<{ most: number; message: string } | undefined> = fc.option(
  fc.record({ most: fc.integer({ min: 1, max: 6 }), message: fc.constant('There are too many.') }),
  { nil: undefined },
);

export const event: fc.Arbitrary<AuditEvent> = fc.record({
  at,
  actor: fc.constant('token:generated'),
  action: fc.constant('test.generated'),
  target: fc.constantFrom('thing:1', 'thing:ä'),
  outcome: fc.constantFrom('ok' as const, 'failed' as const),
  detail: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(fc.boolean(), fc.integer(), fc.constant(null))),
});

/** Logs have ids of their own; a repeated one is a conflict in both stores. */
export const log: fc.Arbitrary<NewLog> = fc.record({
  id: fc.uuid(),
  configId: orNull(id('config')),
  project: name,
  environment: orNull(name),
  config: orNull(name),
  body: fc.constantFrom('Changed', "It's \\ \u{1f511}"),
  rollback: fc.boolean(),
  actor: fc.constant('principal:x'),
  actorName: name,
  changes: fc.constant([]),
});
