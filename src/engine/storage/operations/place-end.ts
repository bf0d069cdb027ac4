// Store operations of the end of a place: nothing can be leased there any more, and what lives is being ended.
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { refuseProtected } from './configs.ts';
import { type Ending, endSelected } from './lease-end.ts';
import type { Claimant } from './lease-rows.ts';
import { refuseProtectedProject } from './projects.ts';

/** All configs of an environment, or of a project. */
export type PlaceId = { environmentId: string } | { projectId: string };

/**
 * Removes every dynamic secret of the place and claims its live leases, in one transaction.
 * @throws AppError ERR_REQUEST_INVALID, before anything is done, when something there is protected from deletion
 */
const removeDynamicSecretsIn: WriteOperation<Claimant & { place: PlaceId; audit: AuditEvent }, Ending> = function* (
  context,
  { place, audit, ...claimant },
) {
  const [column, id] = key(place);
  if ('projectId' in place) yield* refuseProtectedProject(place.projectId);
  const configs = yield* all<{ id: string; name: string }>(
    `select id, name from configs where ${column} = $1 order by name`,
    id,
  );
  for (const config of configs) yield* refuseProtected(config);
  const secrets = yield* all<{ id: string }>(
    `select d.id from dynamic_secrets d join configs c on c.id = d.config_id
     where c.${column} = $1 and (d.deleted_at is null or d.live > 0) order by d.id`,
    id,
  );
  const ending: Ending = { claimed: [], others: [] };
  if (secrets.length === 0) return ending;
  yield* context.audit(audit);
  for (const secret of secrets) {
    yield* run(
      'update dynamic_secrets set deleted_at = $2 where id = $1 and deleted_at is null',
      secret.id,
      claimant.at,
    );
    const ended = yield* endSelected(context, { ...claimant, selector: { by: 'dynamicSecret', id: secret.id } });
    ending.claimed.push(...ended.claimed);
    ending.others.push(...ended.others);
  }
  return ending;
};

/** Leases of the place that are not over, those of removed dynamic secrets included. */
const countLiveLeasesIn: ReadOperation<{ place: PlaceId }, number> = function* ({ place }) {
  const [column, id] = key(place);
  const row = yield* one<{ live: number }>(
    `select coalesce(sum(d.live), 0) as live from dynamic_secrets d join configs c on c.id = d.config_id
     where c.${column} = $1`,
    id,
  );
  return Number(row?.live ?? 0);
};

function key(place: PlaceId): readonly [column: 'project_id' | 'environment_id', id: string] {
  return 'projectId' in place ? ['project_id', place.projectId] : ['environment_id', place.environmentId];
}

export const placeEndReads = { countLiveLeasesIn };
export const placeEndWrites = { removeDynamicSecretsIn };
