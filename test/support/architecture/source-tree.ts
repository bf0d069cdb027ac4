// The project's sources as the architecture rules see them: files, their text, and what each one imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type SourceFile = { path: string; text: string; imports: readonly string[]; packages: readonly string[] };
export type SourceTree = ReadonlyMap<string, SourceFile>;

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g;

/** Builds a tree from texts by path; the rules' own tests plant violations this way. */
export function treeOf(texts: Readonly<Record<string, string>>): SourceTree {
  return new Map(Object.entries(texts).map(([path, text]) => [path, sourceFile(path, text)]));
}

/** Reads every TypeScript file under the folders, paths relative to `root` with forward slashes. */
export function readTree(root: string, folders: readonly string[]): SourceTree {
  const texts: Record<string, string> = {};
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (entry.endsWith('.ts')) texts[`${folder}/${entry}`] = readFileSync(join(root, folder, entry), 'utf8');
    }
  }
  return treeOf(texts);
}

function sourceFile(path: string, text: string): SourceFile {
  const imports: string[] = [];
  const packages: string[] = [];
  for (const match of withoutComments(text).matchAll(IMPORT)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (name.startsWith('.')) imports.push(normalize(join(dirname(path), name)));
    else if (name.startsWith('#')) imports.push(mapped(name.slice(1).replace(/\.js$/, '.ts')));
    else packages.push(name);
  }
  return { path, text, imports, packages };
}

/** As the `imports` of package.json have it. */
function mapped(path: string): string {
  return path.startsWith('provider/') ? path : `src/${path}`;
}

/** The text without line comments that stand alone and without block comments; strings are left as they are. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
