// The store as the engine's features see it: named operations that read or write, each one whole transaction.
import type { READS, WRITES } from './operations.ts';
import type { ReadOperation, WriteOperation } from './operation.ts';

type AnyRead = ReadOperation<never, unknown>;
type AnyWrite = WriteOperation<never, unknown>;

type ReadPort<Operation extends AnyRead> =
  Operation extends ReadOperation<infer Args, infer Result> ? (args: Args) => Promise<Result> : never;
type WritePort<Operation extends AnyWrite> =
  Operation extends WriteOperation<infer Args, infer Result> ? (args: Args) => Promise<Result> : never;

export type StoreReads = { readonly [Name in keyof typeof READS]: ReadPort<(typeof READS)[Name]> };
export type StoreWrites = { readonly [Name in keyof typeof WRITES]: WritePort<(typeof WRITES)[Name]> };

/**
 * `read` sees everything committed before the call. `write` resolves after its commit is on disk, and rejects with
 * nothing changed. Both reject with AppError only.
 */
export interface Store {
  readonly read: StoreReads;
  readonly write: StoreWrites;
  /** How many rows of one kind a transaction may take without holding up others too long: more cost less each. */
  readonly stroke: number;
  /** Opens the audit chain; until then every write that must be audited fails. */
  setAuditKey(key: Uint8Array): Promise<void>;
  /** `listener` is called, and waited for, before a row is handed out that may need a key another engine has made. */
  watchKeys(listener: () => Promise<void>): void;
  /** Finishes what is queued, then lets go of the files. */
  close(): Promise<void>;
}
