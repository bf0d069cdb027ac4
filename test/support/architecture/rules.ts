// The rules of the house as functions from a source tree to a list of violations, so that each can be shown to bite.
import { type SourceTree, withoutComments } from './source-tree.ts';

/** A room is a folder whose files may be imported from the rooms that list it; the longest matching prefix wins. */
export type Floors = Readonly<Record<string, readonly string[]>>;

/** The room a file lives in. */
export function roomOf(path: string, floors: Floors): string | undefined {
  return Object.keys(floors)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Every import must stay in its room or go to a room (or single file) that the room's row names. */
export function findClimbs(tree: SourceTree, floors: Floors): string[] {
  const found: string[] = [];
  for (const { path, imports } of tree.values()) {
    const from = roomOf(path, floors);
    if (from === undefined) {
      found.push(`${path} lies in no room`);
      continue;
    }
    for (const target of imports) {
      const to = roomOf(target, floors);
      const allowed = floors[from] ?? [];
      const inOwnRoom = to === from && to !== undefined;
      if (!inOwnRoom && !allowed.some((entry) => target === entry || to === entry)) found.push(`${path} -> ${target}`);
    }
  }
  return found;
}

/** Files that import each other, directly or around a corner, one line for each circle found. */
export function findCircles(tree: SourceTree): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      found.push([...trail.slice(at), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const next of tree.get(path)?.imports ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of tree.keys()) walk(path, []);
  return found;
}

/** Imports that lead to no file. */
export function findDangling(tree: SourceTree): string[] {
  return [...tree.values()].flatMap(({ path, imports }) =>
    imports.filter((target) => !tree.has(target)).map((target) => `${path} -> ${target}`),
  );
}

/** The first line must be one sentence of purpose; a shebang may stand above it. */
export function findMissingPurpose(tree: SourceTree): string[] {
  return [...tree.values()]
    .filter(({ text }) => !/^(?:#![^\n]*\n)?\/\/ \S[^\n]{14,160}[.!?]\n/.test(text))
    .map(({ path }) => path);
}

/** No file over `limit` lines but those named (tables and generated code). */
export function findLong(tree: SourceTree, limit: number, except: readonly string[]): string[] {
  return [...tree.values()]
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > limit && !except.includes(path))
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Files whose code matches `pattern` though they are not on the list, and listed files that no longer do. */
export function findUnlisted(tree: SourceTree, pattern: RegExp, listed: readonly string[]): string[] {
  const using = [...tree.values()].filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path);
  return [
    ...using.filter((path) => !allows(listed, path)).map((path) => `${path} is not listed`),
    ...listed
      .filter((entry) => !using.some((path) => allows([entry], path)))
      .map((entry) => `${entry} is listed for nothing`),
  ];
}

/** Packages imported outside the rooms or files that may. */
export function findStrayPackages(tree: SourceTree, owners: Readonly<Record<string, readonly string[]>>): string[] {
  const found: string[] = [];
  for (const { path, packages } of tree.values()) {
    for (const name of packages) {
      const owner = Object.keys(owners).find((known) => name === known || name.startsWith(`${known}/`));
      if (owner && !allows(owners[owner] ?? [], path)) found.push(`${path} imports ${name}`);
    }
  }
  return found;
}

/** Files that no roof reaches. */
export function findUnreachable(tree: SourceTree, roofs: readonly string[]): string[] {
  const reached = new Set<string>();
  const walk = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const next of tree.get(path)?.imports ?? []) walk(next);
  };
  for (const roof of roofs) walk(roof);
  return [...tree.keys()].filter((path) => !reached.has(path));
}

/** Roofs are short, and nothing imports one. */
export function findBadRoofs(tree: SourceTree, roofs: readonly string[], limit: number): string[] {
  return [
    ...findLong(new Map([...tree].filter(([path]) => roofs.includes(path))), limit, []),
    ...[...tree.values()].flatMap(({ path, imports }) =>
      imports
        .filter((target) => roofs.includes(target) && !isWorkerUrl(path))
        .map((target) => `${path} imports the roof ${target}`),
    ),
    ...roofs.filter((roof) => !tree.has(roof)).map((roof) => `${roof} does not exist`),
  ];

  // A roof may name another roof as the entry file of a thread.
  function isWorkerUrl(path: string): boolean {
    return roofs.includes(path);
  }
}

function allows(entries: readonly string[], path: string): boolean {
  return entries.some((entry) => path === entry || (entry.endsWith('/') && path.startsWith(entry)));
}
