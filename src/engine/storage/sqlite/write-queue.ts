// The near end of the writer thread: sends operations over, and settles each promise after its commit.
import { Worker } from 'node:worker_threads';
import { AppError } from '#core/errors.js';
import { WRITES, type WriteName } from '../operations.ts';
import type { StoreWrites } from '../store.ts';
import type { ToWorker, WorkerSettings } from './worker.ts';
import type { WriteAnswer } from './writer.ts';

type Waiting = { resolve(result: unknown): void; reject(error: AppError): void };

/** Queues writes to the thread. When the thread dies every waiting and later write is refused. */
export class WriteQueue {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #dead: AppError | undefined;

  constructor(url: URL, settings: WorkerSettings, onFatal: (error: AppError) => void) {
    this.#worker = new Worker(url, { workerData: settings });
    this.#worker.on('message', (answers: WriteAnswer[]) => {
      for (const answer of answers) this.#settle(answer);
    });
    this.#worker.on('error', (cause) => {
      this.#die(new AppError('ERR_UNAVAILABLE', 'The store stopped working.', { hint: 'Restart the engine.', cause }));
      if (this.#dead) onFatal(this.#dead);
    });
    this.#worker.on('exit', () => this.#die(new AppError('ERR_UNAVAILABLE', 'The store is closed.')));
  }

  ports(): StoreWrites {
    const names = Object.keys(WRITES) as WriteName[];
    const port = (name: WriteName) => (args: unknown) => this.#write(name, args);
    return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as StoreWrites;
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Resolves when everything queued before it is on disk and the thread has ended. */
  async close(): Promise<void> {
    if (this.#dead) return;
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.send({ kind: 'close' });
    await ended;
  }

  #write(name: WriteName, args: unknown): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.send({ kind: 'write', request: { id, name, args } });
    });
  }

  #settle({ id, result, error }: WriteAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!error) return waiting?.resolve(result);
    const { code, message, hint, details } = error;
    waiting?.reject(new AppError(code, message, hint === undefined ? { details } : { hint, details }));
  }

  #die(error: AppError): void {
    this.#dead ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#dead);
    this.#waiting.clear();
  }
}
