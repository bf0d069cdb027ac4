// Store operations of the workplace itself: what it is called, and whom to write to about it.
import type { AuditEvent } from '../audit-event.ts';
import { one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type WorkplaceSettings = { name: string; billingEmail: string; securityEmail: string };

/** Until somebody says otherwise. */
const START: WorkplaceSettings = { name: 'secrets-action', billingEmail: '', securityEmail: '' };
const KEY = 'workplace';

function* read(): Steps<WorkplaceSettings> {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', KEY);
  const known = row && (JSON.parse(Buffer.from(row.value).toString('utf8')) as Partial<WorkplaceSettings>);
  return { ...START, ...known };
}

const readWorkplace: ReadOperation<Record<string, never>, WorkplaceSettings> = function* () {
  return yield* read();
};

type Update = { change: Partial<WorkplaceSettings>; event: AuditEvent };

/** What is not named stays. @returns all of it as it is now */
const updateWorkplace: WriteOperation<Update, WorkplaceSettings> = function* (context, { change, event }) {
  const now = { ...(yield* read()), ...change };
  yield* run(
    'insert into kv(key, value) values($1,$2) on conflict (key) do update set value = excluded.value',
    KEY,
    Buffer.from(JSON.stringify(now)),
  );
  yield* context.audit(event);
  return now;
};

export const workplaceReads = { readWorkplace };
export const workplaceWrites = { updateWorkplace };
