// Roof of a process that is cut off: opens the embedded store and writes without end, telling each write that was answered.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { openSqliteStore } from '../../src/engine/storage/sqlite/sqlite-store.ts';

const AT_ONCE = 4;

const store = await openSqliteStore({
  folder: process.argv[2] ?? '',
  workerUrl: pathToFileURL(resolve('src/sqlite-worker.ts')),
  chain: 'chain',
  pid: process.pid,
  now: 1,
  onFatal: () => undefined,
});
await store.setAuditKey(new Uint8Array(32).fill(7));

process.stdout.write(`process:${process.pid}\n`);
for (let n = 0; ; n += AT_ONCE) {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, index) => {
      const target = `thing:${n + index}`;
      const event = { at: 1, actor: 'token:t', action: 'test', target, outcome: 'ok' as const };
      await store.write.recordAudit({ events: [event] });
      process.stdout.write(`${target}\n`);
    }),
  );
}
