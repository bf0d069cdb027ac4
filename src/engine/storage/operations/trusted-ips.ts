// Store operations of trusted addresses: from where the service tokens of a config may be used.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

/** No row at all means this one (contracts/doppler.md 2.7). */
export const ANYWHERE = '0.0.0.0/0';

const MAX_PER_CONFIG = 100;

type Change = { configId: string; cidr: string; at: number; actor: string; event: AuditEvent };

const listTrustedIps: ReadOperation<{ configId: string }, string[]> = function* ({ configId }) {
  const rows = yield* all<{ cidr: string }>(
    'select cidr from trusted_ips where config_id = $1 order by created_at, cidr',
    configId,
  );
  return rows.length === 0 ? [ANYWHERE] : rows.map(({ cidr }) => cidr);
};

function* insertIp({ configId, at, actor }: Change, cidr: string): Steps<void> {
  yield* run(
    'insert into trusted_ips(config_id, cidr, created_at, created_by) values($1,$2,$3,$4) on conflict do nothing',
    configId,
    cidr,
    at,
    actor,
  );
}

/** @returns false when it was there */
const addTrustedIp: WriteOperation<Change, boolean> = function* (context, change) {
  const { configId, cidr, event } = change;
  const rows = yield* all<{ cidr: string }>('select cidr from trusted_ips where config_id = $1', configId);
  const known = rows.length === 0 ? [ANYWHERE] : rows.map((row) => row.cidr);
  if (known.includes(cidr)) return false;
  if (known.length >= MAX_PER_CONFIG) {
    throw new AppError('ERR_REQUEST_INVALID', `A config has at most ${MAX_PER_CONFIG} trusted IPs.`);
  }
  // What was implied stays true until it is taken away: adding one address must not lock out the others.
  for (const one of [...known, cidr]) yield* insertIp(change, one);
  yield* context.audit(event);
  return true;
};

/** @returns false when it was not there */
const removeTrustedIp: WriteOperation<Omit<Change, 'at' | 'actor'>, boolean> = function* (context, change) {
  const { configId, cidr, event } = change;
  const found = yield* one('select cidr from trusted_ips where config_id = $1 and cidr = $2', configId, cidr);
  if (!found) return false;
  yield* run('delete from trusted_ips where config_id = $1 and cidr = $2', configId, cidr);
  yield* context.audit(event);
  return true;
};

export const trustedIpReads = { listTrustedIps };
export const trustedIpWrites = { addTrustedIp, removeTrustedIp };
