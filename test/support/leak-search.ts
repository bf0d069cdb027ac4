// Searching what was written for planted values, in every encoding that we know of.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Shorter forms are in every text. */
export const MIN_LENGTH = 4;

/** A value as it may have been written: whole, by line, in base64 at its three offsets, hex, percent, JSON. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const inner = (shift: number) => {
    const text = bytes.subarray(shift).toString('base64').replace(/=+$/, '');
    return text.slice(0, Math.floor((bytes.length - shift) / 3) * 4);
  };
  return [
    ...value.split('\n').map((line) => line.trim()),
    inner(0),
    inner(1),
    inner(2),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
  ].filter((form) => form.length >= MIN_LENGTH);
}

/** The names of the planted values that a text contains. */
export function found(planted: ReadonlyMap<string, string>, text: string): string[] {
  return [...planted].flatMap(([name, value]) => (formsOf(value).some((form) => text.includes(form)) ? [name] : []));
}

/** Every file below a folder as latin1, so that bytes of any kind can be searched. */
export function filesBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => [path, readFileSync(path, 'latin1')]);
}
