// References between secrets.
import fc from 'fast-check';
import { resolveReferences } from '#core/reference.js';
import { findReferences } from '#core/reference-grammar.js';
import type { Visibility } from '#core/visibility.js';

const config = (values: Record<string, [string, Visibility]>) => {
  const lookup = (reference: { name: string; config?: string }) => {
    const found = reference.config === undefined ? values[reference.name] : undefined;
    return found && { key: reference.name, raw: found[0], visibility: found[1], scope: null };
  };
  return (name: string) =>
    resolveReferences(
      { key: name, raw: values[name]?.[0] ?? '', visibility: values[name]?.[1] ?? 'masked', scope: null },
      lookup,
    );
};

test('follows a chain and takes the strictest visibility along it', () => {
  const read = config({ A: ['x${B}y', 'unmasked'], B: ['${C}', 'masked'], C: ['deep', 'restricted'] });
  expect(read('A')).toEqual({ value: 'xdeepy', visibility: 'restricted' });
});

test('leaves what it cannot resolve exactly as written', () => {
  const read = config({ A: ['${MISSING} ${other.X} ${} $B ${B', 'masked'] });
  expect(read('A').value).toBe('${MISSING} ${other.X} ${} $B ${B');
});

test('ends a cycle by leaving its last link literal', () => {
  const read = config({ A: ['a${B}', 'masked'], B: ['b${A}', 'masked'] });
  expect(read('A').value).toBe('ab${A}');
});

test('cannot be made to explode', () => {
  const values: Record<string, [string, Visibility]> = { L0: ['0123456789'.repeat(100), 'masked'] };
  for (let level = 1; level <= 9; level++) values[`L${level}`] = [`\${L${level - 1}}`.repeat(10), 'masked'];
  expect(config(values)('L9').value.length).toBeLessThan(64 * 1024 * 1024);
});

test('never throws and never loosens, whatever the texts are', () => {
  const visibility = fc.constantFrom<Visibility>('unmasked', 'masked', 'restricted');
  const text = fc
    .array(fc.constantFrom('${A}', '${B}', '${C}', '${x.A}', 'text', '$', '{', '}'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.tuple(text, text, text), fc.tuple(visibility, visibility, visibility), ([a, b, c], [va, vb, vc]) => {
      const own = { A: va, B: vb, C: vc };
      const read = config({ A: [a, va], B: [b, vb], C: [c, vc] });
      const rank = ['unmasked', 'masked', 'restricted'];
      expect(rank.indexOf(read('A').visibility)).toBeGreaterThanOrEqual(rank.indexOf(own.A));
    }),
  );
});

test('finds all three forms', () => {
  expect(findReferences('${A} ${dev.B} ${web.prd.C}')).toEqual([
    { name: 'A' },
    { config: 'dev', name: 'B' },
    { project: 'web', config: 'prd', name: 'C' },
  ]);
});
