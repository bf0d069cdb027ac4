// The licences of what a bundle holds, found by the modules that went into it and named by the lock (ncc's own list has gaps).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OURS = 'This bundle holds code of secrets-action only (MIT).\n';

const PACKAGE = /(?:^|[^\w])(node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/node_modules\/(?:@[\w.-]+\/)?[\w.-]+)*)\//g;

/**
 * Text for licenses.txt of the bundle in `out`.
 * @param statsFile what `ncc --stats-out` wrote: of CommonJS modules no path stays in the bundle
 */
export function licenceText(root, out, ...statsFiles) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const held = new Set([...packagesIn(out), ...statsFiles.flatMap(packagesOf)]);
  const found = [...held].sort().map((path) => {
    const { version, license } = lock[path] ?? {};
    if (!version) throw new Error(`${path} is in the bundle but not in the lock.`);
    return `${path.split('node_modules/').pop()} ${version} (${license ?? 'no licence named'})\n\n${fileText(join(root, path))}`;
  });
  return found.length === 0 ? OURS : `${found.join('\n----\n\n')}\n`;
}

function packagesIn(out) {
  const bundles = readdirSync(out).filter((name) => name.endsWith('.js'));
  const text = bundles.map((name) => readFileSync(join(out, name), 'utf8')).join('\n');
  return [...text.matchAll(PACKAGE)].map((match) => match[1]);
}

/** The packages of a build's modules, those within joined modules too. */
function packagesOf(statsFile) {
  const open = [...JSON.parse(readFileSync(statsFile, 'utf8')).modules];
  const paths = [];
  for (const { name = '', modules = [] } of open) {
    open.push(...modules);
    // Loaders stand in front of a name, with a `!` behind each.
    for (const match of name.split('!').pop().matchAll(PACKAGE)) paths.push(match[1]);
  }
  return paths;
}

function fileText(folder) {
  const name = existsSync(folder) ? readdirSync(folder).find((file) => /^licen[cs]e/i.test(file)) : undefined;
  return name ? readFileSync(join(folder, name), 'utf8').trim() : 'The package carries no licence file.';
}
