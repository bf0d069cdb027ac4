// What the repository of an example workflow holds: commands that use what they are given and note what they saw.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A command that a workflow ran, and the environment that it had. */
export type Command = { readonly name: string; readonly env: ReadonlyMap<string, string> };

/** Scripts of the repository, and programs that a runner has installed. */
const SCRIPTS = ['migrate.sh', 'publish', 'scripts/check-prices.sh', 'scripts/publish-prices.sh', 'bin/aws', 'bin/npm'];
const NOTES = '_story';

/** A command with a login counts the orders with it; a login that does not work is a command that fails. */
function scriptText(notes: string): string {
  const count = `"${process.execPath}" "${resolve('examples/quickstart/count-orders.mjs')}"`;
  return [
    '#!/bin/sh',
    `env -0 > "${notes}/$(basename "$0").$$"`,
    'DATABASE_URL="${DATABASE_URL:-$SHOP_DB_URL}"',
    'export DATABASE_URL',
    `[ -z "$DATABASE_URL" ] || exec ${count}`,
    '',
  ].join('\n');
}

/** As actions/checkout leaves a workspace. */
export function checkOut(workspace: string, temp: string): void {
  const notes = join(temp, NOTES);
  mkdirSync(notes, { recursive: true, mode: 0o700 });
  for (const script of SCRIPTS) {
    const path = join(workspace, script);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, scriptText(notes), { mode: 0o755 });
  }
}

/** The commands that ran, in no order. */
export function commandsIn(temp: string): Command[] {
  const notes = join(temp, NOTES);
  if (!existsSync(notes)) return [];
  return readdirSync(notes).map((file) => {
    const pairs = readFileSync(join(notes, file), 'utf8').split('\0');
    const entries = pairs.filter((pair) => pair !== '').map((pair) => splitAt(pair, pair.indexOf('=')));
    return { name: basename(file).replace(/\.\d+$/, ''), env: new Map(entries) };
  });
}

function splitAt(pair: string, at: number): [string, string] {
  return [pair.slice(0, at), pair.slice(at + 1)];
}
