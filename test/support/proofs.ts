// Tables of documentation that name a test for each of their lines: read, and checked against the tests that there are.
import { existsSync, readFileSync } from 'node:fs';

export type ProofRow = { feature: string; proof: string };

const HEADS = ['feature', 'idea', 'promise', 'invariant'];

/** The rows of the tables below `heading`, without their heads. */
export function rowsOf(text: string, heading: string): ProofRow[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| (.+?) \| (.+) \|$/gm)]
    .map(([, feature = '', proof = '']) => ({ feature, proof }))
    .filter(({ feature }) => !HEADS.includes(feature));
}

/** What is wrong with a row, in words; undefined when its proof is there. */
export function wrong({ feature, proof }: ProofRow): string | undefined {
  if (/^refused(?: for now)?: .{30,}/.test(proof)) return undefined;
  const [, path = '', name = ''] = /^`(test\/[\w./-]+\.ts)` › (.+)$/.exec(proof) ?? [];
  if (path === '') return `${feature}: ${proof}`;
  if (!existsSync(path)) return `${feature}: there is no ${path}`;
  const source = readFileSync(path, 'utf8');
  return source.includes(`'${name}'`) || source.includes(`"${name}"`)
    ? undefined
    : `${feature}: ${path} has no '${name}'`;
}
