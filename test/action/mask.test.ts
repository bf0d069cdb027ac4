// Masks: what is hidden, and what must not be, or the log would be eaten.
import fc from 'fast-check';
import { maskForms, masksFor } from '#action/mask.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';

const maskable = (value: string, visibility: Visibility = 'masked') => ({ value: new Sensitive(value), visibility });

test('hides a value of one line as it stands', () => {
  expect(maskForms(' pass word ', 4)).toEqual([' pass word ']);
});

test('leaves alone what is blank, short, or public', () => {
  expect(maskForms('', 1)).toEqual([]);
  expect(maskForms('  \n\t', 1).some((form) => form.trim() === '')).toBe(false);
  expect(maskForms('abc', 4)).toEqual([]);
  expect(masksFor([maskable('public-value', 'unmasked')], 4)).toEqual([]);
});

test('hides each value once', () => {
  expect(masksFor([maskable('same-value'), maskable('same-value', 'restricted')], 4)).toEqual(['same-value']);
});

test('hides the long lines of a key or a JSON text and not its braces', () => {
  const forms = maskForms('{\n  "key": "value"\n}', 4);
  expect(forms).toContain('"key": "value"');
  expect(forms).toContain('{\\n  \\"key\\": \\"value\\"\\n}');
  expect(forms).not.toContain('{');
});

test('never gives the runner a form that it would split or that is too short', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r', '"', 'é') }), (value) => {
      for (const form of maskForms(value, 4)) {
        expect(form).not.toMatch(/[\r\n]/);
        expect(form.trim().length).toBeGreaterThanOrEqual(4);
      }
    }),
  );
});

test('no line of a value of four characters or more survives in a printed log', () => {
  const value = fc.array(fc.stringMatching(/^[\x21-\x7e]{4,20}$/), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(value, fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
      const forms = maskForms(lines.join(end), 4);
      const log = lines.map((line) => forms.reduce((text, form) => text.replaceAll(form, '***'), `x ${line} y`));
      for (const [index, line] of lines.entries()) expect(log[index]).not.toContain(line);
    }),
  );
});

test('hides a value of several lines also as base64 inside something longer', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 0, maxLength: 4 }), (before) => {
      const value = 'first line of it\nsecond line of it\n';
      const encoded = Buffer.from(`${before}${value}tail`).toString('base64');
      const hidden = maskForms(value, 4).reduce((text, form) => text.replaceAll(form, '***'), encoded);
      expect(hidden).toContain('***');
      expect(hidden.length).toBeLessThan(40);
    }),
  );
});
