// Brings a PostgreSQL database to the schema of this version: the same steps as SQLite's, each in one transaction.
import { MIGRATIONS, type Migration } from '../migrations.ts';
import { CREATE_MIGRATIONS_TABLE, findSchemaGap, noteMigration } from '../schema.ts';
import type { PostgresConnection } from './connection.ts';
import { BEGIN_TURN, LOCK_SCHEMA } from './locks.ts';

/**
 * Engines of this version and of the one before may go on meanwhile: a step only adds what the older one ignores.
 * @param connection is not to be used for anything else afterwards: it holds the lock of the schema
 * @returns how many were applied
 * @throws AppError ERR_CONFIG_INVALID when the database is of a newer version or a migration was altered
 */
export async function migratePostgres(
  connection: PostgresConnection,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  await connection.query(LOCK_SCHEMA);
  await connection.exec(portable(CREATE_MIGRATIONS_TABLE));
  const { missing } = await connection.drive(findSchemaGap(migrations));
  for (const migration of missing) {
    await connection.exec(BEGIN_TURN);
    try {
      await connection.exec(portable(migration.sql + (migration.postgres ?? '')));
      await connection.drive(noteMigration(migration, now));
      await connection.exec('commit');
    } catch (error) {
      if (!connection.isLost) await connection.exec('rollback').catch(() => connection.drop());
      throw error;
    }
  }
  return missing.length;
}

/** Text is ordered and compared by its bytes, as in SQLite, whatever the language of the database is. */
function portable(sql: string): string {
  return sql.replaceAll(/\btext\b/g, 'text collate "C"');
}
