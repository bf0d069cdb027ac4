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
  /** Writes audit rows in this transaction. An operation that cannot write them fails (design.md §5, Audit). */
  audit(...events: readonly AuditEvent[]): Steps<void>;
  /**
   * Appended to a `select` of rows of `alias` that the operation goes on to write and that claims may be taken of beside
   * its turn (operations.ts, CLAIMS). Empty on SQLite.
   */
  forUpdate(alias: string): string;
  /** Appended to a `select` that claims: what somebody else is writing is left to them. Empty on SQLite. */
  skipLocked(alias: string): string;
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

/** How many rows one statement has: few sizes, so that there are few texts and a driver can keep each prepared. */
const SIZES = [128, 64, 16, 4, 1] as const;
/** A list is filled up, so it may come in more sizes. */
const LIST_SIZES = [1, 4, 16, 32, 64, 96, 128, 192, 256] as const;

/** `rows` in parts, one for each statement. */
export function parts<Item>(rows: readonly Item[]): readonly (readonly Item[])[] {
  const found: (readonly Item[])[] = [];
  for (let at = 0; at < rows.length; ) {
    const size = SIZES.find((each) => each <= rows.length - at) ?? 1;
    found.push(rows.slice(at, at + size));
    at += size;
  }
  return found;
}

/**
 * Ids for statements that name them in a list, 256 at a time. Whoever waits for rows waits once for each statement, so
 * there are as few as can be; the last id is repeated where there are fewer than one of few sizes.
 */
export function lists<Item>(ids: readonly Item[]): readonly (readonly Item[])[] {
  const found: (readonly Item[])[] = [];
  const most = LIST_SIZES.at(-1) ?? 1;
  for (let at = 0; at < ids.length; at += most) {
    const some = ids.slice(at, at + most);
    const size = LIST_SIZES.find((each) => each >= some.length) ?? most;
    found.push([...some, ...Array<Item>(size - some.length).fill(some.at(-1) as Item)]);
  }
  return found;
}

const texts = new Map<string, string>();

/** Statements of many rows have few texts, and building one costs more than running it: each is built once. */
function textOf(key: string, build: () => string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = build();
  texts.set(key, text);
  return text;
}

/**
 * Rows as a list of values, `($1,$2),($3,$4)`, with their parameters numbered after `before` others. With `types` each
 * parameter is cast, which values that go into no column need. All rows are of one length; take them from `parts`.
 */
export function valuesOf(
  rows: readonly (readonly Param[])[],
  { types, before = 0 }: { types?: readonly ('text' | 'bigint')[]; before?: number } = {},
): { sql: string; params: Param[] } {
  const width = rows[0]?.length ?? 0;
  const place = (row: number, column: number) => {
    const number = `$${before + row * width + column + 1}`;
    return types ? `cast(${number} as ${types[column]})` : number;
  };
  const sql = textOf(`${rows.length}x${width} ${before} ${types?.join() ?? ''}`, () =>
    rows.map((columns, row) => `(${columns.map((_, column) => place(row, column)).join(',')})`).join(','),
  );
  return { sql, params: rows.flat() };
}

/** A list of parameters, `($1,$2,$3)`; take them from `lists`. */
export function listOf(params: readonly Param[], before = 0): string {
  return textOf(
    `${params.length} ${before}`,
    () => `(${params.map((_, index) => `$${index + 1 + before}`).join(',')})`,
  );
}
