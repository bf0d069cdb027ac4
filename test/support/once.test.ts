// What one run of the tests makes once: by whoever comes first, whole for all others, and anew after a failure.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce, RUN_FOLDER } from './once.ts';
import { temporaryFolder } from './temp.ts';

let run: string;
const before = process.env[RUN_FOLDER];
beforeEach(() => {
  run = temporaryFolder();
  process.env[RUN_FOLDER] = run;
});
afterAll(() => {
  process.env[RUN_FOLDER] = before;
});

let made = 0;
const make = async (path: string) => {
  made += 1;
  mkdirSync(path);
  await new Promise((done) => setTimeout(done, 50));
  writeFileSync(join(path, 'it'), 'whole');
};

test('of many that ask at once, and later, one makes it, and all see it whole', async () => {
  made = 0;
  const paths = await Promise.all([1, 2, 3].map(() => madeOnce('thing', make)));
  paths.push(await madeOnce('thing', make));
  expect([made, new Set(paths)]).toEqual([1, new Set([join(run, 'thing')])]);
  expect(readFileSync(join(run, 'thing', 'it'), 'utf8')).toBe('whole');
  expect(readdirSync(run)).toEqual(['thing']);
});

test('when making it fails, who made it is told, who waited is free to make their own, and the next one tries anew', async () => {
  const failing = async (path: string) => {
    await make(path);
    throw new Error('no space');
  };
  const [first, second] = await Promise.allSettled([madeOnce('thing', failing), madeOnce('thing', make)]);
  expect(first).toMatchObject({ status: 'rejected', reason: new Error('no space') });
  expect(second).toEqual({ status: 'fulfilled', value: undefined });
  expect(readdirSync(run)).toEqual([]);
  expect(existsSync((await madeOnce('thing', make)) ?? '')).toBe(true);
});

test('outside of a run everybody makes their own', async () => {
  delete process.env[RUN_FOLDER];
  expect(await madeOnce('thing', make)).toBeUndefined();
});
