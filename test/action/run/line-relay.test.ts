// What a child prints, on its way to the log: no value, no half line, no command that reaches our own post step.
import fc from 'fast-check';
import { CommandGuard } from '#action/run/command-guard.js';
import { LineRelay } from '#action/run/line-relay.js';
import { CommandHandler } from '../../support/runner/command-handler.ts';
import { StepLog } from '../../support/runner/log.ts';
import { Masker } from '../../support/runner/index.ts';

const SECRET = 'pä$$wörd-🦊-value';

/** The bytes of `text` in pieces that respect nothing. */
function cut(text: string | Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (let index = 0; from < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(bytes.subarray(from, from + size));
    from += size;
  }
  return pieces;
}

function relayed(pieces: readonly Uint8Array[], needles: readonly string[] = [SECRET]): string {
  const relay = new LineRelay(needles, new CommandGuard());
  return pieces.map((piece) => relay.push(piece)).join('') + relay.end();
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

test('a value is hidden wherever the stream is cut, within a character too', () => {
  fc.assert(
    fc.property(sizes, fc.string(), fc.string(), (by, before, after) => {
      const clean = (text: string) => text.replace(/[\r\n*]/g, '');
      const text = `${clean(before)}${SECRET}${clean(after)}\n`;
      expect(relayed(cut(text, by))).toBe(text.replace(SECRET, '***'));
    }),
  );
});

test('lines arrive whole, in order, each ended as the runner ends lines', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '🦊', ' ', ':') });
  const ends = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 8 });
  fc.assert(
    fc.property(ends, sizes, (lines, by) => {
      const text = lines.map(([words, end]) => words + end).join('');
      expect(relayed(cut(text, by))).toBe(text.replace(/\r\n|\r/g, '\n'));
    }),
  );
});

test('a piece without a line end waits, and comes out at the end', () => {
  const relay = new LineRelay([], new CommandGuard());
  expect(relay.push(Buffer.from('progress 10%'))).toBe('');
  expect(relay.push(Buffer.from('\rprogress 20%\n'))).toBe('progress 10%\nprogress 20%\n');
  expect(relay.push(Buffer.from('last'))).toBe('');
  expect(relay.end()).toBe('last\n');
});

test('a line without an end does not grow without a bound', () => {
  const relay = new LineRelay([], new CommandGuard());
  const out = relay.push(Buffer.alloc(3 * 1_048_576 + 5, 'x')) + relay.end();
  expect(out.split('\n').map((line) => line.length)).toEqual([1_048_576, 1_048_576, 1_048_576, 5, 0]);
});

test('bytes that are no text do no harm', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), sizes, (noise, by) => {
      const bytes = Buffer.concat([noise, Buffer.from(`\n${SECRET}\n`), noise]);
      expect(relayed(cut(bytes, by))).not.toContain(SECRET);
    }),
  );
});

describe('commands of the child', () => {
  /** What the runner does with lines, after our relay. */
  function step(lines: string) {
    const guard = new CommandGuard();
    const relay = new LineRelay([SECRET], guard);
    const shown = `${relay.push(Buffer.from(lines))}${relay.end()}${guard.end()}::error::ours`;
    const saved = new Map<string, string>();
    const outputs = new Map<string, string>();
    const masker = new Masker();
    const log = new StepLog(masker, [], false);
    const sink = {
      setOutput: (name: string, value: string) => outputs.set(name, value),
      saveState: (name: string, value: string) => saved.set(name, value),
    };
    const handler = new CommandHandler({ log, masker, sink, debug: false });
    for (const line of shown.split('\n')) handler.handle(line);
    return { saved, outputs, log: log.lines.join('\n'), errors: log.annotations.map(({ message }) => message) };
  }

  test.each([
    '::save-state name=handoff::{}',
    '  \u0085\u00a0::save-state name=handoff::{}',
    '::SAVE-State name=handoff::{}',
    'text before ##[save-state name=handoff]{}',
    '##[Save-State name=handoff;x=y]{} ##[save-state name=handoff]{}',
    '##[group]##[save-state name=handoff]{}',
    '::stop-commands::quiet-please\n::save-state name=handoff::{}\n::quiet-please::\n::save-state name=handoff::{}',
  ])('state cannot be saved by %j', (lines) => {
    expect([...step(lines).saved]).toEqual([]);
  });

  test('no line made of the parts of commands saves state', () => {
    const part = fc.constantFrom(
      '::',
      '##[',
      ']',
      'save-state',
      'SAVE-STATE',
      ' ',
      'name=a',
      '\u0085',
      '\t',
      '#',
      ':',
      'x',
      ';',
      '%3A',
    );
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 9 }), { maxLength: 4 }), (lines) => {
        expect([...step(lines.map((words) => words.join('')).join('\n')).saved]).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('others work as in any step', () => {
    const { outputs, log, errors } = step(
      '::set-output name=a::b\n::group::G\ninside\n::endgroup::\n::error::theirs\n',
    );
    expect([...outputs]).toEqual([['a', 'b']]);
    expect(log).toContain('##[group]G\ninside\n##[endgroup]');
    expect(errors).toContain('theirs');
  });

  test.each([
    '::stop-commands::pause-1234',
    '##[stop-commands]pause-1234',
    '::stop-commands::a\n::a::\n::stop-commands::b',
  ])('what comes after the child is heard although it said %j', (lines) => {
    expect(step(lines).errors).toContain('ours');
  });

  test('a child that resumes by itself is not resumed twice', () => {
    expect(step('::stop-commands::tok\n::error::not heard\n::tok::\n').log).not.toMatch(/::tok::[^]*::tok::/);
  });
});
