// Roof of the thread that writes the embedded store.
import { parentPort, workerData } from 'node:worker_threads';
import { serveWrites, type WorkerSettings } from './engine/storage/sqlite/worker.ts';

if (parentPort) serveWrites(parentPort, workerData as WorkerSettings);
