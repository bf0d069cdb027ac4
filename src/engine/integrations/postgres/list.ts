// The leased roles of one engine that a server has, by the beginning of their names.
import type { Listed } from '../integration.ts';
import { rolePrefix } from './role-name.ts';
import { type Opening, withSession } from './session.ts';

/** PostgreSQL does not say when a role was made. */
export function listRoles(opening: Opening, engineId: string): Promise<Listed[]> {
  return withSession(opening, async ({ session }) => {
    const rows = await session.query(
      'select rolname from pg_catalog.pg_roles where pg_catalog.starts_with(rolname::text, $1) order by rolname',
      [rolePrefix(engineId)],
    );
    return rows.map(({ rolname }) => ({ externalRef: String(rolname) }));
  });
}
