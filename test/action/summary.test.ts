// The summary as text: nothing in a name becomes markup, it fits where GitHub takes it, and it says what ends too early.
import fc from 'fast-check';
import { readInputs } from '#action/inputs/inputs.js';
import type { Delivery } from '#action/naming.js';
import { dryRunSummary, loadSummary, ways } from '#action/summary.js';
import { Sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../support/memory-runner.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const read = (inputs: Record<string, string> = {}) => readInputs(new MemoryRunner({ token: 'dp.st.x', ...inputs }));
const delivery = (name: string, more: Partial<Delivery> = {}): Delivery => ({
  name,
  value: new Sensitive('the-value'),
  visibility: 'masked',
  source: `secret ${name}`,
  ...more,
});

test('no text of anybody becomes markup, a link, a mention, or another cell', async () => {
  const inputs = await read();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, source) => {
      const text = loadSummary(inputs, [delivery(name, { source })], NOW);
      const row = text.split('\n')[4] ?? '';
      const cells = row.split('|').slice(1, -1);
      expect(text.split('\n')).toHaveLength(6);
      expect(cells).toHaveLength(5);
      for (const cell of cells.slice(0, 2))
        expect(cell.trim()).toMatch(/^(?:`[\w ./:-]+`|(?:[A-Za-z0-9 ,()-]|&#\d+;)*)$/);
    }),
  );
});

test('what is safe stays readable', async () => {
  const text = loadSummary(await read(), [delivery('API_KEY')], NOW);
  expect(text).toContain('| `API_KEY` | `secret API_KEY` | masked | output |  |\n');
  expect(text).not.toContain('the-value');
});

test('more rows than GitHub takes are counted, not written', async () => {
  const many = Array.from({ length: 30_000 }, (_, index) => delivery(`NAME_${index}`));
  const text = loadSummary(await read(), many, NOW);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  const rows = text.split('\n').filter((line) => line.startsWith('| `NAME')).length;
  expect(text).toContain(`\nAnd ${30_000 - rows} more.\n`);
});

test.each<[string, Record<string, string>, number, RegExp | undefined]>([
  ['a lease of half an hour', {}, 0.5, /The first lease ends at 2026-01-01T00:30:00\.000Z, and a job may run for 6h/],
  ['a lease of six hours', {}, 6, undefined],
  ['a renewed lease', { renew: 'true' }, 0.5, undefined],
  ['one that is renewed for an hour', { renew: 'true', 'renew-for': '1h' }, 0.5, /^Renewing stops after 1h/m],
])('%s may end before its job: %j', async (_, inputs, hours, wanted) => {
  const leased = [delivery('A'), delivery('DB_URL', { expiresAt: NOW + hours * HOUR })];
  const text = loadSummary(await read(inputs), leased, NOW);
  if (wanted) expect(text).toMatch(wanted);
  else expect(text).not.toContain('a job may run');
});

test('the ways of delivery are told as they are', async () => {
  expect(ways(await read())).toBe('output');
  expect(ways(await read({ 'export-env': 'true', file: 'x.env' }))).toBe('output, variable, file');
  expect(ways(await read({ run: 'true' }))).toBe('script');
});

test('a dry run tells leases by what they are, since their names are not known yet', async () => {
  const lease = { scope: { project: 'shop', config: 'prd' }, dynamic: 'DB', ttlSec: 900, prefix: undefined };
  const text = dryRunSummary(await read(), [delivery('A')], [lease]);
  expect(text).toContain('|  | `lease of DB` | masked | output | after 15m |');
});
