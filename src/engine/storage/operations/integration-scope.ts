// Which places may use an integration, kept true: the names in it follow a place that is renamed, and go with one deleted.
import { all, one, run, type Steps } from '../operation.ts';

/** Where a config is, as scopes write it. */
export function* scopeOfConfig(id: string): Steps<string> {
  const found = yield* one<{ project: string; config: string }>(
    'select p.name as project, c.name as config from configs c join projects p on p.id = c.project_id where c.id = $1',
    id,
  );
  return found ? `${found.project}/${found.config}` : '';
}

/**
 * `from` is a project or `project/config`, with everything below it; null takes it out. Otherwise whoever makes a place
 * of the freed name would be allowed what its owner was.
 */
export function* moveScope(from: string, to: string | null): Steps<void> {
  const rows = yield* all<{ id: string; allowed: string }>(
    'select id, allowed from integrations where deleted_at is null order by id',
  );
  for (const { id, allowed } of rows) {
    const before = JSON.parse(allowed) as string[];
    const after = before.flatMap((entry) => {
      if (entry !== from && !entry.startsWith(`${from}/`)) return [entry];
      return to === null ? [] : [to + entry.slice(from.length)];
    });
    if (after.join() !== before.join()) {
      yield* run('update integrations set allowed = $2 where id = $1', id, JSON.stringify(after));
    }
  }
}
