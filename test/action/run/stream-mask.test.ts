// The streaming masker gives what masking the whole text would give, however the text is cut, and holds back no more than it must.
import fc from 'fast-check';
import { StreamMask } from '#action/run/stream-mask.js';

const chars = fc.constantFrom(...'aab c\n🦊');
const needles = fc.array(fc.string({ unit: chars, minLength: 1, maxLength: 8 }), { maxLength: 6 });
const pieces = fc.array(fc.string({ unit: chars, maxLength: 12 }), { maxLength: 12 });

/**
 * The slow and obvious way: find every occurrence that begins before `end`, then show each run of them as one `***`. A
 * run that reaches `end` is left out when more text may come.
 */
function masked(text: string, all: readonly string[], end = text.length, isLast = true): string {
  const finds = all
    .filter((needle) => needle !== '')
    .flatMap((needle) => starts(text, needle).map((from) => ({ from, to: from + needle.length })))
    .filter(({ from }) => from < end)
    .sort((a, b) => a.from - b.from);
  let out = '';
  let done = 0;
  while (finds.length > 0) {
    const { from } = finds[0] ?? { from: 0 };
    let to = from;
    while (finds[0] && finds[0].from <= to) to = Math.max(to, finds.shift()?.to ?? 0);
    out += text.slice(done, from);
    if (to >= end && !isLast) return out;
    out += '***';
    done = to;
  }
  return out + text.slice(done, end);
}

function starts(text: string, needle: string): number[] {
  return [...Array(text.length).keys()].filter((at) => text.startsWith(needle, at));
}

test('any cutting of any text gives what the whole text would give', () => {
  fc.assert(
    fc.property(needles, pieces, (all, cut) => {
      const mask = new StreamMask(all);
      const out = cut.map((piece) => mask.push(piece)).join('') + mask.end();
      expect(out).toBe(masked(cut.join(''), all));
    }),
    { numRuns: 5000 },
  );
});

test('at every moment all is out but what may still become a needle, and a find that may still grow', () => {
  fc.assert(
    fc.property(needles, pieces, (all, cut) => {
      const mask = new StreamMask(all);
      let seen = '';
      let out = '';
      for (const piece of cut) {
        seen += piece;
        out += mask.push(piece);
        const undecided = [...Array(seen.length).keys()].find((at) =>
          all.some((needle) => needle.length > seen.length - at && needle.startsWith(seen.slice(at))),
        );
        expect(out).toBe(masked(seen, all, undecided ?? seen.length, false));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a line that holds nothing is through before the next one comes', () => {
  const mask = new StreamMask(['hunter22']);
  expect(mask.push('no secret here\n')).toBe('no secret here\n');
  expect(mask.push('hunt')).toBe('');
  expect(mask.push('ing season\n')).toBe('hunting season\n');
  expect(mask.push('hunter2')).toBe('');
  expect(mask.push('2!')).toBe('***!');
});

test('the longest of several needles is hidden, also when it comes in two pieces', () => {
  const mask = new StreamMask(['pass', 'password-and-more']);
  expect(mask.push('my password-and')).toBe('my ');
  expect(mask.push('-more.')).toBe('***.');
  expect(mask.push('my password-and')).toBe('my ');
  expect(mask.push('...')).toBe('***word-and...');
});

test('with no needles it is a pipe', () => {
  const mask = new StreamMask([]);
  expect(mask.push('abc') + mask.end()).toBe('abc');
});

test('ten thousand needles and a value of 128 KiB do not slow down ordinary text', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `needle-number-${n}`);
  const large = 'x'.repeat(131_072);
  const mask = new StreamMask([...many, large]);
  const line = 'an ordinary line of a log, about needles and numbers, as there are many\n';
  const text = line.repeat(20_000);
  expect(mask.push(text) + mask.push(large.slice(0, 100_000)) + mask.push(large.slice(100_000)) + mask.end()).toBe(
    `${text}***`,
  );
});
