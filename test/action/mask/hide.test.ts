// What the user is told about masks: by name, never by value, and only when there is something to do.
import { hide } from '#action/mask/hide.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

function told(values: Record<string, string>, visibility: Visibility = 'masked', env: Record<string, string> = {}) {
  const runner = new MemoryRunner({}, env);
  const all = Object.entries(values).map(([name, text]) => ({ name, value: new Sensitive(text), visibility }));
  hide(runner, all, 4);
  return runner;
}

test('all masks go out in one write, before anything is said', () => {
  const { calls } = told({ A: 'first-value', B: 'second-value', C: 'x' });
  expect(calls.map(({ what }) => what)).toEqual(['mask', 'notice']);
});

test('says nothing where every value is well hidden', () => {
  expect(told({ A: 'a-value-like-any', EMPTY: '' }).said('notice')).toEqual([]);
});

test('names the secrets that cannot be hidden, and not their values', () => {
  const [notice] = told({ PORT: '80!', BLANK: '  ', OK: 'long enough' }).said('notice');
  expect(notice).toBe(
    'Not masked, since blank or shorter than 4 characters: PORT, BLANK. Make them longer, or unmasked if they are no secrets.',
  );
});

test('names the secrets whose masks would eat the log', () => {
  const env = { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_REF_NAME: 'main' };
  const notices = told({ FLAG: 'true', WORD: 'Production', OWNER: 'octo-org', KEY: 'k-1234567' }, 'masked', env);
  expect(notices.said('notice')).toEqual([
    'The log and job outputs lose everyday words to the masks of FLAG, WORD, OWNER: make these unmasked, or longer.',
  ]);
});

test('has no word about public values', () => {
  expect(told({ FLAG: 'true', SHORT: 'x' }, 'unmasked').said('notice')).toEqual([]);
});

test('names the secrets that lost forms, twenty at most', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`N${n}`, `value-${n}/of+many`]));
  const [notice] = told(many).said('notice');
  expect(notice).toMatch(
    /^There are too many masks for every encoding: name fewer in the secrets input\. .*: N\d+, .* and \d+ more\.$/,
  );
  expect(notice).not.toContain('of+many');
});
