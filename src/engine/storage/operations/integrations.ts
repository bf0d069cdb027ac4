// Store operations of integrations: add, look up, list, and remove once nothing needs them.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { LIVE, WORK, type WorkRow } from './lease-rows.ts';
import { mayNeedTidying } from './lease-tidy.ts';

export type IntegrationRow = {
  id: string;
  type: string;
  name: string;
  data_key_id: string;
  data_sealed: Uint8Array;
  /** JSON. */
  allowed: string;
  /** JSON. */
  ceiling: string;
  revision: number;
  created_at: number;
};

type NewRow = Omit<IntegrationRow, 'revision'>;

/** `spends`: the external id that it takes, which no other takes then. */
type AddArgs = { row: NewRow; spends?: string | undefined; audit: AuditEvent };

/** @throws AppError ERR_CONFLICT when a live integration has the name */
const addIntegration: WriteOperation<AddArgs, void> = function* (context, { row, spends, audit }) {
  const taken = yield* one('select id from integrations where name = $1 and deleted_at is null', row.name);
  if (taken) throw new AppError('ERR_CONFLICT', `There is an integration named ${row.name} already.`);
  yield* run(
    `insert into integrations(id, type, name, data_key_id, data_sealed, allowed, ceiling, created_at)
     values($1,$2,$3,$4,$5,$6,$7,$8)`,
    row.id,
    row.type,
    row.name,
    row.data_key_id,
    row.data_sealed,
    row.allowed,
    row.ceiling,
    row.created_at,
  );
  if (spends !== undefined) yield* run('delete from pending_external_ids where external_id = $1', spends);
  yield* context.audit(audit);
};

const listIntegrations: ReadOperation<Record<string, never>, IntegrationRow[]> = function* () {
  return yield* all<IntegrationRow>('select * from integrations where deleted_at is null order by name');
};

/** By id or by name. */
const findIntegration: ReadOperation<{ slugOrName: string }, IntegrationRow | undefined> = function* ({ slugOrName }) {
  return yield* one<IntegrationRow>(
    'select * from integrations where deleted_at is null and (id = $1 or name = $1) order by id = $1 desc limit 1',
    slugOrName,
  );
};

/**
 * Keeps the row, because closed leases point at it, with its credential emptied; what ended leases may have left at the
 * target is taken away with that credential first.
 * @throws AppError ERR_CONFLICT while a dynamic secret or a live lease needs it
 */
const removeIntegration: WriteOperation<{ id: string; at: number; audit: AuditEvent }, void> = function* (
  context,
  args,
) {
  const needed = yield* one(
    `select 1 as needed from dynamic_secrets where integration_id = $1 and (deleted_at is null or live > 0) limit 1`,
    args.id,
  );
  if (needed) {
    throw new AppError('ERR_CONFLICT', 'A dynamic secret or a live lease still needs this integration.', {
      hint: 'Delete its dynamic secrets and wait for their leases to end.',
    });
  }
  yield* run('update integrations set deleted_at = $2 where id = $1 and deleted_at is null', args.id, args.at);
  yield* run('delete from integration_members where integration_id = $1', args.id);
  yield* context.audit(args.audit);
  if (yield* mayNeedTidying(args.id)) return;
  yield* run(
    'update integrations set data_sealed = $2 where id = $1 and deleted_at is not null',
    args.id,
    new Uint8Array(0),
  );
};

type LiveQuery = { integrationId: string; after: string; limit: number };

/** Leases of it that are not over, by their ids behind `after`. */
const liveLeasesOf: ReadOperation<LiveQuery, WorkRow[]> = function* ({ integrationId, after, limit }) {
  return yield* all<WorkRow>(
    `${WORK} where l.integration_id = $1 and l.${LIVE} and l.id > $2 order by l.id limit $3`,
    integrationId,
    after,
    limit,
  );
};

/** Another text when a lease of it was issued or has ended: how many live, and the newest of them. */
const liveMark: ReadOperation<{ integrationId: string }, string> = function* ({ integrationId }) {
  const row = yield* one<{ count: number; newest: string | null }>(
    `select count(*) as count, max(id) as newest from leases
     where integration_id = $1 and next_action_at is not null and ${LIVE}`,
    integrationId,
  );
  return `${row?.count ?? 0} ${row?.newest ?? ''}`;
};

type IntegrationUpdate = Pick<IntegrationRow, 'id' | 'name' | 'data_key_id' | 'data_sealed'> & {
  /** The next one: the data is sealed for it. */
  revision: number;
  /** `liveMark` before none was found with the new data because none had to be; null: the place is the same. */
  unseen: string | null;
  audit: AuditEvent;
};

/** @throws AppError ERR_CONFLICT when the name is taken, a lease was issued or ended meanwhile, or another change came first */
const updateIntegration: WriteOperation<IntegrationUpdate, void> = function* (context, update) {
  const { id, revision, name, data_key_id, data_sealed } = update;
  const taken = yield* one('select id from integrations where name = $1 and id <> $2 and deleted_at is null', name, id);
  if (taken) throw new AppError('ERR_CONFLICT', `There is an integration named ${name} already.`);
  const stored = yield* one('select revision from integrations where id = $1 and deleted_at is null', id);
  if (stored?.['revision'] !== revision - 1) {
    throw new AppError('ERR_CONFLICT', 'The integration was changed meanwhile.', { hint: 'Read it and try again.' });
  }
  if (update.unseen !== null && (yield* liveMark({ integrationId: id })) !== update.unseen) {
    throw new AppError('ERR_CONFLICT', 'A lease of this integration was issued or ended meanwhile.', {
      hint: 'Try again.',
    });
  }
  yield* run(
    'update integrations set name = $2, data_key_id = $3, data_sealed = $4, revision = $5 where id = $1',
    id,
    name,
    data_key_id,
    data_sealed,
    revision,
  );
  yield* context.audit(update.audit);
};

export const integrationReads = { listIntegrations, findIntegration, liveLeasesOf, liveMark };
export const integrationWrites = { addIntegration, updateIntegration, removeIntegration };
