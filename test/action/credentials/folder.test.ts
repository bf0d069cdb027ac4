// The folder of a profile that renews itself: answers are whole, turns are given to one, and a turn ends with its process.
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeAnswer } from '#action/credentials/answer.js';
import { briefPath, Kept, readWhole, takeTurn, writeNew } from '#action/credentials/folder.js';
import { sensitive } from '#core/sensitive.js';
import { temporaryFolder } from '../../support/temp.ts';

const answerOf = (accessKeyId: string) =>
  writeAnswer({ accessKeyId, secretAccessKey: sensitive('s3cret'), sessionToken: sensitive('t') }, 1_000);
const at = () => briefPath(temporaryFolder(), 'default');

/** Processes by number; those in `gone` have ended. */
function machine({ known = true }: { known?: boolean } = {}) {
  const gone = new Set<number>();
  const now = { time: Date.now() };
  const take = (brief: string, pid: number) =>
    takeTurn(
      {
        now: () => now.time,
        processes: {
          self: () => ({ pid, startedAt: known ? `since-${pid}` : '' }),
          isAlive: (one) => !gone.has(one.pid) && one.startedAt === `since-${one.pid}`,
        },
      },
      brief,
    );
  return { gone, now, take };
}

test('an answer takes the place of the one before it, for its owner alone, and leaves nothing else', () => {
  const brief = at();
  const kept = new Kept(brief);
  expect(kept.read()).toBeUndefined();
  for (const name of ['first', 'second']) {
    kept.write(answerOf(name));
    expect(kept.read()).toEqual(answerOf(name));
  }
  const path = brief.replace('.json', '.answer');
  expect([statSync(path).mode & 0o777, readdirSync(join(brief, '..'))]).toEqual([0o600, ['default.answer']]);
});

test('no link is written through or read through, and nothing without end is read', () => {
  const brief = at();
  const [target, link] = [join(brief, '..', 'target'), join(brief, '..', 'link')];
  writeFileSync(target, 'of somebody');
  symlinkSync(target, link);
  expect(() => writeNew(link, 'x')).toThrow('EEXIST');
  expect(() => writeNew(target, 'x')).toThrow('EEXIST');
  expect([readWhole(link), readWhole(target)]).toEqual(['', 'of somebody']);
  writeFileSync(target, 'x'.repeat(1024 * 1024 + 1));
  mkdirSync(brief);
  expect([readWhole(target), readWhole(brief), readWhole('/nowhere')]).toEqual(['', '', '']);
});

test('at every moment one living process at most has the turn, and the turn of one that has gone is free', () => {
  const step = fc.record({ kind: fc.constantFrom('take', 'end'), pid: fc.integer({ min: 2, max: 6 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { gone, take } = machine();
      const brief = at();
      let holder: number | undefined;
      for (const { kind, pid } of steps) {
        if (gone.has(pid)) continue;
        if (kind === 'end') {
          gone.add(pid);
          if (holder === pid) holder = undefined;
        } else {
          const isFree = holder === undefined;
          expect(take(brief, pid)).toBe(isFree);
          if (isFree) holder = pid;
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('who was overtaken between looking and taking does not get the turn', () => {
  const brief = at();
  const { take } = machine();
  const overtaken = takeTurn(
    {
      now: () => Date.now(),
      processes: {
        isAlive: () => false,
        // Asked after the look: here another process takes the same number.
        self: () => {
          expect(take(brief, 3)).toBe(true);
          return { pid: 2, startedAt: 'since-2' };
        },
      },
    },
    brief,
  );
  expect(overtaken).toBe(false);
  expect(readdirSync(join(brief, '..'))).toEqual(['default.turn-1']);
});

test('a turn that no process of ours could still use is free, and each profile has turns of its own', () => {
  const brief = at();
  const { now, take } = machine();
  expect([take(brief, 2), take(brief, 3)]).toEqual([true, false]);
  expect(take(brief.replace('default', 'prod'), 3)).toBe(true);
  now.time += 31_000;
  expect([take(brief, 3), take(brief, 4)]).toEqual([true, false]);
});

test('a pid that was given out again does not hold the turn', () => {
  const brief = at();
  writeNew(join(brief, '..', 'default.turn-7'), JSON.stringify({ pid: 3, startedAt: 'another', at: Date.now() }));
  const { take } = machine();
  expect(take(brief, 2)).toBe(true);
  expect(JSON.parse(readFileSync(join(brief, '..', 'default.turn-8'), 'utf8'))).toMatchObject({
    pid: 2,
    startedAt: 'since-2',
  });
});

test('where start times cannot be told only the age of a turn counts', () => {
  const brief = at();
  const { gone, now, take } = machine({ known: false });
  expect(take(brief, 2)).toBe(true);
  gone.add(2);
  expect(take(brief, 3)).toBe(false);
  now.time += 31_000;
  expect(take(brief, 3)).toBe(true);
});

test.each(['', '{}', 'null', '[]'])('a turn of %j is held by nobody', (text) => {
  const brief = at();
  writeNew(join(brief, '..', 'default.turn-1'), text);
  expect(machine().take(brief, 2)).toBe(true);
});
