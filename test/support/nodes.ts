// The Node versions that bundles must run on: the one that runs the tests, and another one if PATH has it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first Node on PATH of another major version than ours; ours when there is none. */
export function otherNode(): string {
  const own = process.versions.node.split('.')[0];
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .find((path) => {
      const major = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.split('.')[0];
      return major !== own && Number(major) >= 20;
    });
  return found ?? process.execPath;
}
