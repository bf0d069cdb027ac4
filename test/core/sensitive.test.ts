// The box that a value travels in.
import { inspect } from 'node:util';
import { sensitive } from '#core/sensitive.js';

test('shows nothing of its value by any accidental way out', () => {
  const box = sensitive('planted-value-1');
  const shown = [
    String(box),
    `${box}`,
    JSON.stringify({ box }),
    inspect({ box }),
    inspect(box, { showHidden: true }),
    `${[box]}`,
    Object.entries(box).join(),
  ];
  expect(shown.join('|')).not.toContain('planted');
});

test('opens only through reveal', () => {
  expect(sensitive('planted-value-1').reveal()).toBe('planted-value-1');
});
