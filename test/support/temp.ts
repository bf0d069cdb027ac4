// Temporary folders for tests, removed when the process ends.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];
const removeAll = () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
};
process.once('exit', removeAll);
// A test file under jest sees a process object of its own, whose exit is never heard.
if (typeof afterAll === 'function') afterAll(removeAll);

/** A fresh folder with mode 0700 that is gone when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sa-'));
  folders.push(folder);
  return folder;
}
