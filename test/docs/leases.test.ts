// The page on leases tells the truth: every promise and each of the sixteen invariants names a test that exists.
import { readFileSync } from 'node:fs';
import { rowsOf, wrong } from '../support/proofs.ts';

const text = readFileSync('docs/leases.md', 'utf8');
const [promises, invariants] = [rowsOf(text, 'Promises'), rowsOf(text, 'Invariants')];

test('every promise is shown by a test that exists', () => {
  expect(promises.length).toBeGreaterThanOrEqual(20);
  expect([...promises, ...invariants].flatMap((row) => wrong(row) ?? [])).toEqual([]);
  expect([...promises, ...invariants].filter(({ proof }) => proof.startsWith('refused'))).toEqual([]);
});

test('each of the sixteen invariants has its line, in their order', () => {
  expect(invariants.map(({ feature }) => Number.parseInt(feature, 10))).toEqual(
    Array.from({ length: 16 }, (_, index) => index + 1),
  );
});

test('what is not promised is said: sessions that live on, targets that forget, runners without a post step, no live run', () => {
  const section = text.split('## Not promised').at(1) ?? '';
  for (const word of ['hard_revoke', 'loses power', 'post step', 'has not been run']) expect(section).toContain(word);
});
