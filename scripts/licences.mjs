// The licences of what a bundle holds, found by the module paths in it and named by the lock (ncc's own list has gaps).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OURS = 'This bundle holds code of secrets-action only (MIT).\n';

/** Text for licenses.txt of the bundle in `out`. */
export function licenceText(root, out) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = packagesIn(out).map((path) => {
    const { version, license } = lock[path] ?? {};
    if (!version) throw new Error(`${path} is in the bundle but not in the lock.`);
    return `${path.split('node_modules/').pop()} ${version} (${license ?? 'no licence named'})\n\n${fileText(join(root, path))}`;
  });
  return found.length === 0 ? OURS : `${found.join('\n----\n\n')}\n`;
}

function packagesIn(out) {
  const bundles = readdirSync(out).filter((name) => name.endsWith('.js'));
  const text = bundles.map((name) => readFileSync(join(out, name), 'utf8')).join('\n');
  const paths = text.matchAll(
    /(?:^|[^\w])(node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/node_modules\/(?:@[\w.-]+\/)?[\w.-]+)*)\//g,
  );
  return [...new Set([...paths].map((match) => match[1]))].sort();
}

function fileText(folder) {
  const name = existsSync(folder) ? readdirSync(folder).find((file) => /^licen[cs]e/i.test(file)) : undefined;
  return name ? readFileSync(join(folder, name), 'utf8').trim() : 'The package carries no licence file.';
}
