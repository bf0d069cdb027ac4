// What every database driver agrees on about schema changes: which are applied, which are missing, which are not ours.
import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { all, run, type Steps } from './operation.ts';

type Applied = { number: number; name: string; sha256: string };

export const CREATE_MIGRATIONS_TABLE = `create table if not exists schema_migrations(
  number bigint primary key, name text not null, sha256 text not null, applied_at bigint not null)`;

/** `applied`: how many the store has. `missing`: what it still needs, in order. */
export type SchemaGap = { applied: number; missing: readonly Migration[] };

/** @throws AppError ERR_CONFIG_INVALID when the store is of a newer version or a migration was altered */
export function* findSchemaGap(migrations: readonly Migration[] = MIGRATIONS): Steps<SchemaGap> {
  const applied = yield* all<Applied>('select number, name, sha256 from schema_migrations order by number');
  refuseForeign(applied, migrations);
  return { applied: applied.length, missing: migrations.slice(applied.length) };
}

/** Remembers that a migration was applied; belongs into the transaction that applies it. */
export function* noteMigration(migration: Migration, now: number): Steps<void> {
  const { number, name } = migration;
  yield* run('insert into schema_migrations values($1,$2,$3,$4)', number, name, hash(migration), now);
}

function refuseForeign(applied: readonly Applied[], known: readonly Migration[]): void {
  applied.forEach((row, index) => {
    const migration = known[index];
    if (!migration) {
      throw new AppError('ERR_CONFIG_INVALID', `The store was written by a newer version (schema ${row.number}).`, {
        hint: 'Start the newer version, or restore a backup made by this one.',
      });
    }
    if (Number(row.number) !== migration.number || row.sha256 !== hash(migration)) {
      throw new AppError('ERR_CONFIG_INVALID', `Schema change ${row.number} is not the one this version knows.`, {
        hint: 'Do not edit the schema by hand; restore a backup.',
      });
    }
  });
}

/** One for both databases: a dump of either can be loaded into the other. */
function hash(migration: Migration): string {
  return createHash('sha256')
    .update(migration.sql)
    .update(migration.postgres ?? '')
    .digest('hex');
}
