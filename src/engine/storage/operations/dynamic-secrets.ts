// Store operations of dynamic secrets: add, look up with what leasing needs, and list.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';

export type DynamicSecretRow = {
  id: string;
  config_id: string;
  name: string;
  kind: string;
  integration_id: string;
  /** JSON. */
  parameters: string;
  /** JSON. */
  key_map: string;
  default_ttl_sec: number;
  max_ttl_sec: number;
  max_live_leases: number;
  live: number;
  created_at: number;
};

/** With the integration that mints for it, the credential still sealed. */
export type LeasableRow = DynamicSecretRow & {
  integration_name: string;
  integration_type: string;
  integration_revision: number;
  data_key_id: string;
  data_sealed: Uint8Array;
};

const COLUMNS = `d.*, i.name as integration_name, i.type as integration_type, i.revision as integration_revision,
  i.data_key_id, i.data_sealed`;
const LEASABLE = `select ${COLUMNS} from dynamic_secrets d join integrations i on i.id = d.integration_id
  where d.deleted_at is null`;

/** @throws AppError ERR_CONFLICT when the config has one of that name, ERR_NOT_FOUND when the integration went away */
const addDynamicSecret: WriteOperation<{ row: Omit<DynamicSecretRow, 'live'>; audit: AuditEvent }, void> = function* (
  context,
  { row, audit },
) {
  const taken = yield* one(
    'select id from dynamic_secrets where config_id = $1 and name = $2 and deleted_at is null',
    row.config_id,
    row.name,
  );
  if (taken) throw new AppError('ERR_CONFLICT', `There is a dynamic secret named ${row.name} already.`);
  const integration = yield* one(
    'select id from integrations where id = $1 and deleted_at is null',
    row.integration_id,
  );
  if (!integration) throw new AppError('ERR_NOT_FOUND', 'The integration does not exist any more.');
  yield* run(
    `insert into dynamic_secrets(id, config_id, name, kind, integration_id, parameters, key_map,
       default_ttl_sec, max_ttl_sec, max_live_leases, created_at) values($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
    row.id,
    row.config_id,
    row.name,
    row.kind,
    row.integration_id,
    row.parameters,
    row.key_map,
    row.default_ttl_sec,
    row.max_ttl_sec,
    row.max_live_leases,
    row.created_at,
  );
  yield* context.audit(audit);
};

type UpdateArgs = Pick<
  DynamicSecretRow,
  'id' | 'parameters' | 'key_map' | 'default_ttl_sec' | 'max_ttl_sec' | 'max_live_leases'
> & { audit: AuditEvent };

/** @throws AppError ERR_NOT_FOUND when it went away */
const updateDynamicSecret: WriteOperation<UpdateArgs, void> = function* (context, args) {
  const found = yield* one('select id from dynamic_secrets where id = $1 and deleted_at is null', args.id);
  if (!found) throw new AppError('ERR_NOT_FOUND', 'There is no such dynamic secret.');
  yield* run(
    `update dynamic_secrets set parameters = $2, key_map = $3, default_ttl_sec = $4, max_ttl_sec = $5,
       max_live_leases = $6, revision = revision + 1 where id = $1`,
    args.id,
    args.parameters,
    args.key_map,
    args.default_ttl_sec,
    args.max_ttl_sec,
    args.max_live_leases,
  );
  yield* context.audit(args.audit);
};

const listDynamicSecrets: ReadOperation<{ configId: string }, LeasableRow[]> = function* ({ configId }) {
  return yield* all<LeasableRow>(`${LEASABLE} and d.config_id = $1 order by d.name`, configId);
};

const findDynamicSecret: ReadOperation<{ configId: string; name: string }, LeasableRow | undefined> = function* (args) {
  return yield* one<LeasableRow>(`${LEASABLE} and d.config_id = $1 and d.name = $2`, args.configId, args.name);
};

const getDynamicSecret: ReadOperation<{ id: string }, LeasableRow | undefined> = function* ({ id }) {
  return yield* one<LeasableRow>(`${LEASABLE} and d.id = $1`, id);
};

export const dynamicSecretReads = { listDynamicSecrets, findDynamicSecret, getDynamicSecret };
export const dynamicSecretWrites = { addDynamicSecret, updateDynamicSecret };
