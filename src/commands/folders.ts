// Making a folder and those above it.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * One by one: Node's own `recursive` goes on for ever where the system takes no folder at all, as below /proc.
 * @throws Error of the system
 */
export function makeFolders(path: string, mode = 0o777): void {
  const full = resolve(path);
  const missing: string[] = [];
  for (let at = full; !existsSync(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Another process may have made it meanwhile.
      if (!existsSync(folder)) throw error;
    }
  }
  // What is there already may be no folder.
  if (missing.length === 0) mkdirSync(full, { recursive: true, mode });
}
