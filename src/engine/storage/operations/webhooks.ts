// Store operations of webhooks: who wants to know of which config, and what is still to be told.
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type WebhookRow = {
  id: string;
  project_id: string;
  name: string;
  url: string;
  enabled: number;
  data_key_id: string;
  data_sealed: Uint8Array;
  created_at: number;
};
/** `configs`: names, as JSON text. */
export type WebhookSighting = WebhookRow & { configs: string[] };

/** What one receiver may leave unanswered before the oldest is forgotten. */
const MAX_WAITING = 1000;

function* withConfigs(rows: readonly WebhookRow[]): Steps<WebhookSighting[]> {
  const found: WebhookSighting[] = [];
  for (const row of rows) {
    const configs = yield* all<{ name: string }>(
      `select c.name from webhook_configs w join configs c on c.id = w.config_id where w.webhook_id = $1 order by c.name`,
      row.id,
    );
    found.push({ ...row, configs: configs.map(({ name }) => name) });
  }
  return found;
}

const listWebhooks: ReadOperation<{ projectId: string }, WebhookSighting[]> = function* ({ projectId }) {
  const rows = yield* all<WebhookRow>(
    'select * from webhooks where project_id = $1 order by created_at, id',
    projectId,
  );
  return yield* withConfigs(rows);
};

type Which = { projectId: string; id: string };
const findWebhook: ReadOperation<Which, WebhookSighting | undefined> = function* ({ projectId, id }) {
  const rows = yield* all<WebhookRow>('select * from webhooks where project_id = $1 and id = $2', projectId, id);
  return (yield* withConfigs(rows))[0];
};

export type WebhookPut = {
  row: WebhookRow;
  /** Names of configs of its project. */
  enable: readonly string[];
  disable: readonly string[];
  event: AuditEvent;
};

/** Makes or changes one. @throws AppError ERR_NOT_FOUND for a config that the project does not have */
const putWebhook: WriteOperation<WebhookPut, void> = function* (context, { row, enable, disable, event }) {
  yield* run(
    `insert into webhooks(id, project_id, name, url, enabled, data_key_id, data_sealed, created_at)
     values($1,$2,$3,$4,$5,$6,$7,$8) on conflict (id) do update set name = excluded.name, url = excluded.url,
       enabled = excluded.enabled, data_key_id = excluded.data_key_id, data_sealed = excluded.data_sealed`,
    ...[row.id, row.project_id, row.name, row.url, row.enabled, row.data_key_id, row.data_sealed, row.created_at],
  );
  for (const name of disable) {
    yield* run(
      `delete from webhook_configs where webhook_id = $1
       and config_id in (select id from configs where project_id = $2 and name = $3)`,
      row.id,
      row.project_id,
      name,
    );
  }
  for (const name of enable) {
    const config = yield* one<{ id: string }>(
      'select id from configs where project_id = $1 and name = $2',
      row.project_id,
      name,
    );
    if (!config) throw new AppError('ERR_NOT_FOUND', `Could not find requested config '${name}'`);
    yield* run(
      'insert into webhook_configs(webhook_id, config_id) values($1,$2) on conflict do nothing',
      row.id,
      config.id,
    );
  }
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND */
const deleteWebhook: WriteOperation<Which & { event: AuditEvent }, void> = function* (context, which) {
  const gone = yield* one(
    'delete from webhooks where project_id = $1 and id = $2 returning id',
    which.projectId,
    which.id,
  );
  if (!gone) throw new AppError('ERR_NOT_FOUND', 'Could not find requested webhook');
  yield* context.audit(which.event);
};

type Told = {
  id: string;
  name: string;
  version: number;
  created_at: number;
  environment: string;
  project: string;
  description: string;
  project_created_at: number;
};

/**
 * Notes for every receiver that these configs have changed. Yield it in the operation that changes them, after their
 * version was raised: then a change that was made is told at least once, and one that was not is never told.
 */
export function* enqueueWebhooks({ configIds, at }: { configIds: readonly string[]; at: number }): Steps<void> {
  for (const configId of configIds) {
    const receivers = yield* all<{ id: string }>(
      `select w.id from webhooks w join webhook_configs c on c.webhook_id = w.id
       where c.config_id = $1 and w.enabled = 1`,
      configId,
    );
    if (receivers.length === 0) continue;
    const config = yield* one<Told>(
      `select c.id, c.name, c.version, c.created_at, e.slug as environment, p.name as project, p.description,
         p.created_at as project_created_at
       from configs c join environments e on e.id = c.environment_id join projects p on p.id = c.project_id
       where c.id = $1`,
      configId,
    );
    if (config) for (const { id } of receivers) yield* enqueue(id, config, at);
  }
}

function* enqueue(webhookId: string, config: Told, at: number): Steps<void> {
  yield* run(
    `insert into webhook_outbox(id, webhook_id, payload, created_at, next_at) values($1,$2,$3,$4,$4)
     on conflict (id) do nothing`,
    `${webhookId}.${config.id}.${config.version}`,
    webhookId,
    JSON.stringify(payload(config)),
    at,
  );
  yield* run(
    `delete from webhook_outbox where webhook_id = $1 and id not in (select id from webhook_outbox
       where webhook_id = $1 order by created_at desc, id desc limit ${MAX_WAITING})`,
    webhookId,
  );
}

/** contracts/doppler.md 2.12; `workplace` is added where it is sent. */
function payload(config: Told) {
  const { name, created_at, environment, project, description, project_created_at } = config;
  return {
    type: 'config.secrets.update',
    config: { name, created_at: iso(created_at), environment, project },
    project: { id: project, name: project, description, created_at: iso(project_created_at) },
  };
}

/** Epoch milliseconds of the earliest thing to tell. */
const nextWebhookDue: ReadOperation<Record<string, never>, number | undefined> = function* () {
  const row = yield* one<{ next_at: number }>('select next_at from webhook_outbox order by next_at limit 1');
  return row?.next_at;
};

export type Delivery = Pick<WebhookRow, 'url' | 'data_key_id' | 'data_sealed'> & {
  id: string;
  webhook_id: string;
  payload: string;
  /** This one included. */
  attempts: number;
};

/** Takes up to `limit` that are due; should we die with them, they are due again at `until`. */
const claimDeliveries: WriteOperation<{ at: number; until: number; limit: number }, Delivery[]> = function* (
  context,
  { at, until, limit },
) {
  const due = yield* all<Delivery>(
    `select o.id, o.webhook_id, o.payload, o.attempts + 1 as attempts, w.url, w.data_key_id, w.data_sealed
     from webhook_outbox o join webhooks w on w.id = o.webhook_id
     where o.next_at <= $1 order by o.next_at, o.id limit $2${context.skipLocked('o')}`,
    at,
    limit,
  );
  for (const { id } of due) {
    yield* run('update webhook_outbox set attempts = attempts + 1, next_at = $2 where id = $1', id, until);
  }
  return due;
};

/** `retryAt` null: it is over, told or given up; what was given up is audited. */
type Settle = { id: string; retryAt: number | null; event?: AuditEvent };
const settleDelivery: WriteOperation<Settle, void> = function* (context, { id, retryAt, event }) {
  if (retryAt === null) yield* run('delete from webhook_outbox where id = $1', id);
  else yield* run('update webhook_outbox set next_at = $2 where id = $1', id, retryAt);
  if (event) yield* context.audit(event);
};

export const webhookReads = { listWebhooks, findWebhook, nextWebhookDue };
export const webhookWrites = { putWebhook, deleteWebhook, claimDeliveries, settleDelivery };
