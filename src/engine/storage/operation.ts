// A store operation: one named function that is one whole transaction, written once for every database driver.
import type { AuditEvent } from './audit-event.ts';

export type Param = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;
/** `isEffect`: nobody looks at its rows, so a driver need not wait for them before it sends what comes next. */
export type Query = { readonly sql: string; readonly params: readonly Param[]; readonly isEffect?: true };

/**
 * An operation yields its statements and is handed their rows. The driver that runs it owns begin and commit, so no
 * transaction handle leaves storage/ and nothing can be awaited in between. Throwing rolls the whole operation back.
 */
export type Steps<Result> = Generator<Query, Result, Row[]>;

/** What a writing operation is given beside its arguments. */
export type WriteContext = {
  /** The audit chain of this process. */
  readonly chain: string;
  /** Writes one audit row in this transaction. An operation that cannot write it fails (design.md §5, Audit). */
  audit(event: AuditEvent): Steps<void>;
  /** Appended by the driver to a `select` that claims rows other engines may be claiming; empty on SQLite. */
  readonly skipLocked: string;
  /** How many other engines have this store open: none on SQLite, whose lock lets in one. */
  countOthers(): Steps<number>;
};

export type WriteOperation<Args, Result> = (context: WriteContext, args: Args) => Steps<Result>;
export type ReadOperation<Args, Result> = (args: Args) => Steps<Result>;

/** Runs a statement for its rows. Placeholders are `$1`…`$n` in both databases. */
export function* all<R = Row>(sql: string, ...params: Param[]): Steps<R[]> {
  return (yield { sql, params }) as R[];
}

/** Runs a statement for its first row. */
export function* one<R = Row>(sql: string, ...params: Param[]): Steps<R | undefined> {
  const rows = yield { sql, params };
  return rows[0] as R | undefined;
}

/** Runs a statement for its effect. */
export function* run(sql: string, ...params: Param[]): Steps<void> {
  yield { sql, params, isEffect: true };
}
