// Reads one line of output as a workflow command, in the new form (`::name k=v::data`) or the old (`##[name k=v]data`).
import { trim, trimStart } from './masker.ts';

export type Command = {
  /** As written; commands are found without regard to case. */
  name: string;
  /** Unescaped; keys in lower case. An empty value is as good as absent. */
  properties: ReadonlyMap<string, string>;
  data: string;
};

/** Every command a step may send but `stop-commands` tokens, which are registered while they last. */
export const COMMANDS: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

type Escapes = readonly (readonly [escaped: string, char: string])[];
const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];
const OLD: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
];

/** The command in `line`, or undefined when it is ordinary text. `isRegistered` gets the name in lower case. */
export function parseCommand(line: string, isRegistered: (name: string) => boolean): Command | undefined {
  return parseNew(line, isRegistered) ?? parseOld(line, isRegistered);
}

function parseNew(line: string, isRegistered: (name: string) => boolean): Command | undefined {
  const text = trimStart(line);
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  const [name, rest] = splitHead(text.slice(2, end));
  if (!isRegistered(name.toLowerCase())) return undefined;
  const properties = parseProperties(trim(rest), ',', PROPERTY);
  return { name, properties, data: unescape(text.slice(end + 2), DATA) };
}

function parseOld(line: string, isRegistered: (name: string) => boolean): Command | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  const [name, rest] = splitHead(line.slice(start + 3, end));
  if (!isRegistered(name.toLowerCase())) return undefined;
  return { name, properties: parseProperties(rest, ';', OLD), data: unescape(line.slice(end + 1), OLD) };
}

function splitHead(head: string): [name: string, rest: string] {
  const space = head.indexOf(' ');
  return space < 0 ? [head, ''] : [head.slice(0, space), head.slice(space + 1)];
}

/** Keys are not trimmed; a property without a key or without a value is dropped. */
function parseProperties(text: string, separator: string, escapes: Escapes): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const part of text.split(separator)) {
    const match = /^=*([^=]+)=+(.+)$/s.exec(part);
    if (match?.[1] && match[2]) properties.set(match[1].toLowerCase(), unescape(match[2], escapes));
  }
  return properties;
}

/** In this order and once each, so that `%250A` stays the three characters `%0A`. */
function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [escaped, char]) => result.replaceAll(escaped, char), text);
}
