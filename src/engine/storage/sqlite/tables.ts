// The tables of a SQLite store as rows to be carried elsewhere: in the order of their references, a page at a time.
import { all, type Param } from '../operation.ts';
import type { SqliteDatabase } from './database.ts';

/** `own`: columns that refer to the table itself; what they are empty in goes first. */
export type Table = { name: string; columns: readonly string[]; own: readonly string[] };
export type Values = Record<string, Param>;

const PAGE = 500;
/** Each store writes its own when it is made. */
const NOT_CARRIED = 'schema_migrations';

/** Every table, after those that it refers to. */
export function tablesOf(db: SqliteDatabase): Table[] {
  const names = db
    .drive(all<{ name: string }>("select name from sqlite_master where type = 'table' order by name"))
    .map(({ name }) => name)
    .filter((name) => name !== NOT_CARRIED && !name.startsWith('sqlite_'));
  const ordered: Table[] = [];
  const visit = (name: string): void => {
    if (ordered.some((table) => table.name === name)) return;
    const keys = db.drive(all<{ table: string; from: string }>(`pragma foreign_key_list(${name})`));
    for (const key of keys) if (key.table !== name) visit(key.table);
    const columns = db.drive(all<{ name: string }>(`pragma table_info(${name})`)).map((column) => column.name);
    ordered.push({ name, columns, own: keys.filter((key) => key.table === name).map(({ from }) => from) });
  };
  for (const name of names) visit(name);
  return ordered;
}

/** All rows of a table, those without a reference to the table itself first. */
export function* pagesOf(db: SqliteDatabase, { name, own }: Table): Generator<Values[], void, void> {
  const passes =
    own.length === 0
      ? ['true']
      : [`${own.join(' is null and ')} is null`, `${own.join(' is not null or ')} is not null`];
  for (const pass of passes) {
    for (let after = 0; ; ) {
      const rows = db.drive(
        all<Values & { carried_row: number }>(
          `select rowid as carried_row, * from ${name} where (${pass}) and rowid > $1 order by rowid limit ${PAGE}`,
          after,
        ),
      );
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      after = last.carried_row;
    }
  }
}

/** The statement that writes `count` rows, with a placeholder for each value. */
export function insertOf({ name, columns }: Table, count: number): string {
  const row = (n: number) => `(${columns.map((_, index) => `$${n * columns.length + index + 1}`).join(',')})`;
  return `insert into ${name}(${columns.join(',')}) values ${Array.from({ length: count }, (_, n) => row(n)).join(',')}`;
}

/** Their values in the order of the placeholders. */
export function valuesOf({ columns }: Table, rows: readonly Values[]): Param[] {
  return rows.flatMap((row) => columns.map((column) => row[column] ?? null));
}
