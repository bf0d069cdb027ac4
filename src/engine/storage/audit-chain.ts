// The audit chain: every row carries the HMAC of itself and of the row before it, two chains per engine process.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { AuditEvent } from './audit-event.ts';
import { type Param, parts, type Steps, valuesOf } from './operation.ts';

export type AuditRow = {
  chain: string;
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string;
  outcome: string;
  detail: string;
  request_id: string;
  ip: string;
  prev_hash: Uint8Array;
  hash: Uint8Array;
};

/** Where every chain begins. */
export const GENESIS: ChainHead = { seq: 0, hash: new Uint8Array(32) };

/** Where a chain stands; the driver restores it when a transaction is rolled back. */
export type ChainHead = { readonly seq: number; readonly hash: Uint8Array };

/**
 * The chain of what only adds to the log (operations.ts, NOTES), beside the process's chain of everything else: two
 * transactions at once cannot add to one chain, and who reads a value waits for no other.
 */
export function notesChain(chain: string): string {
  return `${chain}-reads`;
}

/** One chain of a process. Rows are made in memory and written by the operation that they record. */
export class AuditChain {
  readonly #chain: string;
  #key: KeyObject | undefined;
  #head: ChainHead = GENESIS;

  constructor(chain: string) {
    this.#chain = chain;
  }

  /** Without a key nothing that must be audited can be done. */
  setKey(key: Uint8Array): void {
    this.#key = createSecretKey(key);
  }

  get head(): ChainHead {
    return this.#head;
  }

  restore(head: ChainHead): void {
    this.#head = head;
  }

  *append(...events: readonly AuditEvent[]): Steps<void> {
    for (const some of parts(events)) {
      const { sql, params } = valuesOf(some.map((event) => this.#next(event)));
      yield {
        sql: `insert into audit(chain,seq,at,actor,action,target,outcome,detail,request_id,ip,prev_hash,hash) values${sql}`,
        params,
        isEffect: true,
      };
    }
  }

  /** The row of the event, to which the chain has moved on. */
  #next(event: AuditEvent): Param[] {
    if (!this.#key) throw new AppError('ERR_UNAVAILABLE', 'The audit log is not open yet.');
    const row: Omit<AuditRow, 'hash'> = {
      chain: this.#chain,
      seq: this.#head.seq + 1,
      at: event.at,
      actor: event.actor,
      action: event.action,
      target: event.target,
      outcome: event.outcome,
      detail: JSON.stringify(event.detail ?? {}),
      request_id: event.requestId ?? '',
      ip: event.ip ?? '',
      prev_hash: this.#head.hash,
    };
    const hash = auditHash(this.#key, row);
    this.#head = { seq: row.seq, hash };
    return [
      row.chain,
      row.seq,
      row.at,
      row.actor,
      row.action,
      row.target,
      row.outcome,
      row.detail,
      row.request_id,
      row.ip,
      row.prev_hash,
      hash,
    ];
  }
}

/** The HMAC-SHA256 that a row must carry: over its fields as a JSON array, so that no two rows share an encoding. */
export function auditHash(key: Uint8Array | KeyObject, row: Omit<AuditRow, 'hash'>): Uint8Array {
  const fields = [
    row.chain,
    row.seq,
    row.at,
    row.actor,
    row.action,
    row.target,
    row.outcome,
    row.detail,
    row.request_id,
    row.ip,
    Buffer.from(row.prev_hash).toString('hex'),
  ];
  return new Uint8Array(createHmac('sha256', key).update(JSON.stringify(fields)).digest());
}

/**
 * The first place where a chain's rows do not follow from each other, or undefined where they all do.
 * @param after where the chain stood before the first of `rows`
 */
export function findAuditGap(
  key: Uint8Array,
  rows: readonly AuditRow[],
  after: ChainHead = GENESIS,
): { chain: string; seq: number } | undefined {
  let previous = after;
  for (const row of rows) {
    const follows = row.seq === previous.seq + 1 && Buffer.compare(row.prev_hash, previous.hash) === 0;
    if (!follows || Buffer.compare(auditHash(key, row), row.hash) !== 0) return { chain: row.chain, seq: row.seq };
    previous = { seq: row.seq, hash: row.hash };
  }
  return undefined;
}
