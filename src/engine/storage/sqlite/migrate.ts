// Brings a SQLite file to the schema of this version: each migration once, in one transaction, by number and hash.
import { MIGRATIONS, type Migration } from '../migrations.ts';
import { CREATE_MIGRATIONS_TABLE, findSchemaGap, noteMigration } from '../schema.ts';
import type { SqliteDatabase } from './database.ts';

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
  db.exec(CREATE_MIGRATIONS_TABLE);
  const { applied, missing } = db.drive(findSchemaGap(migrations));
  if (missing.length > 0 && applied > 0) beforeUpgrade(applied);
  for (const migration of missing) apply(db, migration, now);
  return missing.length;
}

function apply(db: SqliteDatabase, migration: Migration, now: number): void {
  db.exec('begin exclusive');
  try {
    db.exec(migration.sql);
    db.drive(noteMigration(migration, now));
    db.exec('commit');
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}
