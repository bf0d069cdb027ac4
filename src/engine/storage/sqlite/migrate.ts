// Brings a SQLite file to the schema of this version: each migration once, in one transaction, by number and hash.
import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { MIGRATIONS, type Migration } from '../migrations.ts';
import { all, run } from '../operation.ts';
import type { SqliteDatabase } from './database.ts';

type Applied = { number: number; name: string; sha256: string };

const CREATE = `create table if not exists schema_migrations(
  number bigint primary key, name text not null, sha256 text not null, applied_at bigint not null)`;

/**
 * @param now epoch milliseconds, written beside each migration
 * @param beforeUpgrade called once, outside any transaction, when an existing store is about to change
 * @returns how many were applied
 * @throws AppError ERR_CONFIG_INVALID when the file is of a newer version or a migration was altered
 */
export function migrate(
  db: SqliteDatabase,
  now: number,
  beforeUpgrade: (fromNumber: number) => void,
  migrations: readonly Migration[] = MIGRATIONS,
): number {
  db.exec(CREATE);
  const applied = db.drive(all<Applied>('select number, name, sha256 from schema_migrations order by number'));
  refuseForeign(applied, migrations);
  const missing = migrations.slice(applied.length);
  if (missing.length > 0 && applied.length > 0) beforeUpgrade(applied.length);
  for (const migration of missing) apply(db, migration, now);
  return missing.length;
}

function apply(db: SqliteDatabase, migration: Migration, now: number): void {
  db.exec('begin exclusive');
  try {
    db.exec(migration.sql);
    const { number, name } = migration;
    db.drive(run('insert into schema_migrations values($1,$2,$3,$4)', number, name, hash(migration), now));
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}

function refuseForeign(applied: readonly Applied[], known: readonly Migration[]): void {
  applied.forEach((row, index) => {
    const migration = known[index];
    if (!migration) {
      throw new AppError('ERR_CONFIG_INVALID', `The store was written by a newer version (schema ${row.number}).`, {
        hint: 'Start the newer version, or restore a backup made by this one.',
      });
    }
    if (row.number !== migration.number || row.sha256 !== hash(migration)) {
      throw new AppError('ERR_CONFIG_INVALID', `Schema change ${row.number} is not the one this version knows.`, {
        hint: 'Do not edit the schema by hand; restore a backup.',
      });
    }
  });
}

function hash(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
