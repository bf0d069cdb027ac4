// Reads of an action.yml what a runner needs: entry points, inputs and their defaults. Strict: an unknown form throws.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ActionFile = {
  name: string;
  using: string;
  main: string;
  post: string | undefined;
  /** `always()` when the file says nothing. */
  postIf: string;
  /** In the file's order; an input without a default has the empty one. */
  inputs: ReadonlyMap<string, { default: string; deprecationMessage: string | undefined }>;
};

type Node = { [key: string]: Node | string };
type Line = { indent: number; text: string; number: number };

/**
 * The action in this folder.
 * @throws Error when the file uses YAML beyond nested mappings of scalars, or is no JavaScript action with a main
 */
export function readActionFile(actionDir: string): ActionFile {
  return parseActionFile(readFileSync(join(actionDir, 'action.yml'), 'utf8'));
}

/** See readActionFile. */
export function parseActionFile(text: string): ActionFile {
  const root = parseMapping(text);
  const runs = mapping(root['runs'], 'runs');
  const main = scalar(runs['main'], 'runs.main');
  const using = scalar(runs['using'], 'runs.using');
  if (!/^node\d+$/.test(using)) throw new Error(`runs.using is ${using}: only JavaScript actions are modelled`);
  if (runs['pre'] !== undefined) throw new Error('runs.pre is not modelled');
  const inputs = Object.entries(mapping(root['inputs'] ?? {}, 'inputs')).map(([name, value]) => {
    const input = mapping(value === '' ? {} : value, `inputs.${name}`);
    const fallback = input['default'] === undefined ? '' : scalar(input['default'], `inputs.${name}.default`);
    if (fallback.includes('${{')) throw new Error(`inputs.${name}.default is an expression: not modelled`);
    const message = input['deprecationMessage'];
    const deprecationMessage = message === undefined ? undefined : scalar(message, `inputs.${name}.deprecationMessage`);
    return [name, { default: fallback, deprecationMessage }] as const;
  });
  return {
    name: scalar(root['name'], 'name'),
    using,
    main,
    post: runs['post'] === undefined ? undefined : scalar(runs['post'], 'runs.post'),
    postIf: runs['post-if'] === undefined ? 'always()' : scalar(runs['post-if'], 'runs.post-if'),
    inputs: new Map(inputs),
  };
}

function mapping(node: Node | string | undefined, path: string): Node {
  if (typeof node !== 'object') throw new Error(`action.yml: ${path} must be a mapping`);
  return node;
}

function scalar(node: Node | string | undefined, path: string): string {
  if (typeof node !== 'string') throw new Error(`action.yml: ${path} must be a text`);
  return node;
}

function parseMapping(text: string): Node {
  const lines = text.split('\n').map((line, index): Line => {
    const trimmed = line.trimEnd();
    return { indent: trimmed.length - trimmed.trimStart().length, text: trimmed.trimStart(), number: index + 1 };
  });
  let at = 0;
  const skipBlank = (): Line | undefined => {
    while (at < lines.length && /^(#|$)/.test(lines[at]?.text ?? '')) at++;
    return lines[at];
  };
  const readBlock = (indent: number, style: string): string => {
    const body: string[] = [];
    let blockIndent: number | undefined;
    for (; at < lines.length; at++) {
      const line = lines[at];
      if (!line || (line.text !== '' && line.indent <= indent)) break;
      if (line.text !== '') blockIndent ??= line.indent;
      body.push(line.text === '' ? '' : ' '.repeat(line.indent - (blockIndent ?? 0)) + line.text);
    }
    while (body.at(-1) === '') body.pop();
    const joined = style.startsWith('|') ? body.join('\n') : body.join(' ').replaceAll('  ', '\n');
    return style.endsWith('-') ? joined : `${joined}\n`;
  };
  const readNode = (indent: number): Node => {
    const node: Node = {};
    for (let line = skipBlank(); line && line.indent >= indent; line = skipBlank()) {
      const match = /^([A-Za-z0-9_-][A-Za-z0-9_ -]*):(?:\s+(.*))?$/.exec(line.text);
      if (line.indent !== indent || !match?.[1]) throw new Error(`action.yml line ${line.number}: not understood`);
      if (Object.hasOwn(node, match[1])) throw new Error(`action.yml line ${line.number}: key repeated`);
      const rest = (match[2] ?? '').replace(/^#.*/, '');
      at++;
      const next = skipBlank();
      if (/^[|>]-?$/.test(rest)) node[match[1]] = readBlock(indent, rest);
      else if (rest === '' && next && next.indent > indent) node[match[1]] = readNode(next.indent);
      else node[match[1]] = readScalar(rest, line.number);
    }
    return node;
  };
  return readNode(0);
}

function readScalar(text: string, line: number): string {
  const quoted = /^(?:'((?:[^']|'')*)'|"((?:[^"\\]|\\.)*)")\s*(?:#.*)?$/.exec(text);
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll("''", "'");
  if (quoted?.[2] !== undefined) return JSON.parse(`"${quoted[2]}"`) as string;
  if (/^['"[\]{}&*!|>%@`-]|: /.test(text)) throw new Error(`action.yml line ${line}: this value is not understood`);
  return text.replace(/\s+#.*$/, '');
}
