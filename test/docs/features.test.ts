// The list of features tells the truth: every proof that it names exists, and every refusal has a reason.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

type Row = { feature: string; proof: string };

/** The rows of the tables below `heading`, without their heads. */
function rowsOf(text: string, heading: string): Row[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| (.+?) \| (.+) \|$/gm)]
    .map(([, feature = '', proof = '']) => ({ feature, proof }))
    .filter(({ feature }) => !['feature', 'idea'].includes(feature));
}

/** What is wrong with a row, in words; undefined when its proof is there. */
function wrong({ feature, proof }: Row): string | undefined {
  if (/^refused(?: for now)?: .{30,}/.test(proof)) return undefined;
  const [, path = '', name = ''] = /^`(test\/[\w./-]+\.test\.ts)` › (.+)$/.exec(proof) ?? [];
  if (path === '') return `${feature}: ${proof}`;
  if (!existsSync(path)) return `${feature}: there is no ${path}`;
  const source = readFileSync(path, 'utf8');
  return source.includes(`'${name}'`) || source.includes(`"${name}"`)
    ? undefined
    : `${feature}: ${path} has no '${name}'`;
}

const text = readFileSync('docs/features.md', 'utf8');
const peers = rowsOf(text, 'What other actions have');
const phase = rowsOf(text, 'Phase as the backend');
const ideas = rowsOf(text, 'What no other action has');

test('every feature is shown by a test that exists, or refused with a reason', () => {
  expect([...peers, ...phase, ...ideas].flatMap((row) => wrong(row) ?? [])).toEqual([]);
});

test('every feature of the others and all 23 ideas have their line', () => {
  expect(peers.length).toBeGreaterThanOrEqual(59);
  expect(new Set(ideas.map(({ feature }) => Number.parseInt(feature, 10)))).toEqual(
    new Set(Array.from({ length: 23 }, (_, index) => index + 1)),
  );
});

test('every scenario of Phase has its line', () => {
  const proved = phase.map(({ proof }) => proof).join('\n');
  const names = readdirSync('test/scenarios').filter((name) => /^phase-.*\.test\.ts$/.test(name));
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const name of names) {
    const source = readFileSync(`test/scenarios/${name}`, 'utf8');
    const tests = [...source.matchAll(/(?:^ *test\(|\]\)\(|as const\)\()\s*(['"])(.+?)\1,/gm)];
    expect(tests.length).toBeGreaterThanOrEqual(4);
    const missing = tests.map(([, , title = '']) => title).filter((title) => !proved.includes(`› ${title}`));
    expect([name, missing]).toEqual([name, []]);
  }
});

test('of the ideas only the hand-off across jobs and the release attestation are refused', () => {
  const refused = ideas.filter(({ proof }) => proof.startsWith('refused')).map(({ feature }) => feature);
  expect(refused).toEqual(['20 sealed hand-off across jobs', '21 release attestation']);
});

test('a planted lie is found', () => {
  const row = (proof: string) => ({ feature: 'x', proof });
  for (const proof of [
    '`test/no/such.test.ts` › a name',
    '`test/docs/features.test.ts` › no such name',
    'refused: no',
    'pending: `test/docs/features.test.ts`',
  ]) {
    expect([proof, wrong(row(proof)) === undefined]).toEqual([proof, false]);
  }
});

test('our own proof runs no action of anybody', () => {
  const workflows = existsSync('.github/workflows') ? readdirSync('.github/workflows') : [];
  const used = workflows.flatMap((name) => [
    ...readFileSync(`.github/workflows/${name}`, 'utf8').matchAll(/uses: (?!\.\/)(\S+)/g),
  ]);
  expect(used.filter(([, action = '']) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  expect(readFileSync('.ci/run', 'utf8')).not.toContain('uses:');
});
