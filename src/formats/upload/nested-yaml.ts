// Reads the subset of YAML that a template of projects is written in: mappings and lists by indentation, and scalars.
import { AppError } from '#core/errors.js';
import { blockOf, findUnreadable, readBlock, readScalar } from './yaml-scalars.ts';

/** A scalar is the text that was written; null is nothing, `~` or `null`. */
export type YamlNode = string | null | YamlNode[] | Map<string, YamlNode>;

const MAX_TEXT = 1024 * 1024;
const MAX_DEPTH = 8;
const MAX_NODES = 50_000;
const NOTHING = /^ *(?:#.*)?$/;
const ENTRY = /^(?:([A-Za-z0-9_][\w.-]*)|"([\w.-]+)"|'([\w.-]+)') *:(?: +(.*))?$/;
const ITEM = /^-( +|$)/;
const NULL = /^(?:~|null)?(?: *#.*)?$/i;

class Reader {
  readonly #lines: string[];
  #at = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#lines = text.split(/\r?\n/);
  }

  read(): YamlNode {
    if (/^---\s*$/.test(this.#peek()?.text ?? '')) this.#at += 1;
    const first = this.#peek();
    const node = first ? this.#node(first.indent, 0) : null;
    if (this.#peek()) throw this.#refusal('The line belongs to nothing');
    return node;
  }

  /** The next line that says anything; comments and blank lines are passed. */
  #peek(): { indent: number; text: string } | undefined {
    while (NOTHING.test(this.#lines[this.#at] ?? 'x') && this.#at < this.#lines.length) this.#at += 1;
    const line = this.#lines[this.#at];
    if (line === undefined) return undefined;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    return { indent, text: line.slice(indent) };
  }

  #node(indent: number, depth: number): YamlNode {
    if (depth > MAX_DEPTH) throw this.#refusal(`It is nested deeper than ${MAX_DEPTH}`);
    return ITEM.test(this.#peek()?.text ?? '') ? this.#list(indent, depth) : this.#mapping(indent, depth);
  }

  #list(indent: number, depth: number): YamlNode[] {
    const items: YamlNode[] = [];
    for (let next = this.#peek(); next?.indent === indent; next = this.#peek()) {
      const dash = ITEM.exec(next.text)?.[0];
      if (dash === undefined) break;
      this.#count();
      const rest = next.text.slice(dash.length);
      if (ENTRY.test(rest)) {
        // A mapping that begins on the line of its dash: the dash counts as indentation.
        this.#lines[this.#at] = ' '.repeat(indent + dash.length) + rest;
        items.push(this.#mapping(indent + dash.length, depth + 1));
      } else items.push(this.#value(rest, { indent, depth, isItem: true }));
    }
    return items;
  }

  #mapping(indent: number, depth: number): Map<string, YamlNode> {
    const fields = new Map<string, YamlNode>();
    for (let next = this.#peek(); next?.indent === indent; next = this.#peek()) {
      const entry = ENTRY.exec(next.text);
      if (!entry) throw this.#refusal('The line is no entry of a mapping');
      const [, plain, double, single, rest = ''] = entry;
      const name = plain ?? double ?? single ?? '';
      if (fields.has(name)) throw this.#refusal('A name is there twice');
      this.#count();
      fields.set(name, this.#value(rest, { indent, depth, isItem: false }));
    }
    return fields;
  }

  /** What stands behind `name:` or a dash, here or on the lines below. */
  #value(rest: string, { indent, depth, isItem }: { indent: number; depth: number; isItem: boolean }): YamlNode {
    const chomp = blockOf(rest);
    if (chomp !== undefined) {
      const { value, next } = readBlock(this.#lines, this.#at + 1, { chomp, outer: indent });
      if (value === undefined) throw this.#refusal('The block begins with blanks');
      this.#at = next;
      return value;
    }
    const scalar = readScalar(rest);
    if (scalar === undefined && !NULL.test(rest)) throw this.#refusal('The value is no scalar of one line');
    this.#at += 1;
    if (scalar !== undefined) return scalar;
    const next = this.#peek();
    // A list may stand as far out as the name that it belongs to.
    const isBelow = next && (next.indent > indent || (!isItem && next.indent === indent && ITEM.test(next.text)));
    return isBelow && !/^(?:~|null)/i.test(rest) ? this.#node(next.indent, depth + 1) : null;
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw this.#refusal(`There are more than ${MAX_NODES} entries`);
  }

  #refusal(message: string): AppError {
    return refusal(this.#at + 1, message);
  }
}

function refusal(line: number, message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', `${message} (line ${line}).`, {
    hint: 'A template is YAML of mappings, lists, quoted or plain scalars and | blocks, indented with spaces.',
  });
}

/**
 * Anchors, tags, flows and folded blocks are refused, and so are names that stand twice, more than 1 Mi characters,
 * 50,000 entries or eight levels.
 * @throws AppError ERR_REQUEST_INVALID with the line where it goes wrong, and never with its text
 */
export function parseNestedYaml(text: string): YamlNode {
  if (text.length > MAX_TEXT) {
    throw new AppError('ERR_REQUEST_INVALID', `The text is longer than ${MAX_TEXT} characters.`);
  }
  const plain = text.replace(/^\ufeff/, '');
  const odd = findUnreadable(plain);
  if (odd !== undefined) throw refusal(plain.slice(0, odd).split('\n').length, 'A control character stands bare in it');
  return new Reader(plain).read();
}
