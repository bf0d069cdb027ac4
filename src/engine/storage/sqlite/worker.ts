// The thread that owns the writing connection: drains what has queued, commits once, answers after the commit.
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { SqliteDatabase } from './database.ts';
import { SqliteWriter, type WriteRequest } from './writer.ts';

export type WorkerSettings = { path: string; chain: string };
export type ToWorker =
  | { kind: 'write'; request: WriteRequest }
  | { kind: 'audit-key'; key: Uint8Array }
  | { kind: 'close' };

/** Bounds one commit, so that the first of a flood does not wait for the last. */
const MAX_BATCH = 512;

/** Serves `port` until it is told to close. */
export function serveWrites(port: MessagePort, settings: WorkerSettings): void {
  const writer = new SqliteWriter(new SqliteDatabase(settings.path, { readOnly: false }), settings.chain);
  port.on('message', (first: ToWorker) => {
    let message: ToWorker | undefined = first;
    let batch: WriteRequest[] = [];
    const flush = () => {
      if (batch.length > 0) port.postMessage(writer.commit(batch));
      batch = [];
    };
    while (message) {
      if (message.kind === 'write') batch.push(message.request);
      if (message.kind === 'audit-key') writer.setAuditKey(message.key);
      if (message.kind === 'close') {
        flush();
        writer.close();
        port.close();
        return;
      }
      if (batch.length >= MAX_BATCH) break;
      message = receiveMessageOnPort(port)?.message as ToWorker | undefined;
    }
    flush();
  });
}
