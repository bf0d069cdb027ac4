// Restricted values and the tokens of users: whatever is written, by no route does one reach the other.
import fc from 'fast-check';
import type { Place } from '#engine/auth/places.js';
import { VISIBILITIES, type Visibility } from '#core/visibility.js';
import { Sensitive } from '#core/sensitive.js';
import { callerOf, openSecretRoom } from '../../support/secret-room.ts';

let room: Awaited<ReturnType<typeof openSecretRoom>>;
let places: Place[];
beforeAll(async () => {
  room = await openSecretRoom();
  places = await Promise.all(['dev', 'dev_personal', 'stg', 'prd'].map((config) => room.places.config('app', config)));
});
afterAll(() => room.close());

const user = callerOf('user');
const machine = callerOf('service account');
const NAMES = ['A', 'B', 'C', 'D'];
const revealed = (value: Sensitive | null | undefined) => value?.reveal() ?? '';

/** Everything that a user is shown of a config, as one text. */
async function seen(place: Place): Promise<string> {
  const texts: string[] = [];
  const list = (await room.secrets.list(user, place, { includeManaged: true })).value ?? [];
  for (const one of list) texts.push(revealed(one.raw), revealed(one.computed));
  for (const name of NAMES) {
    const got = (await room.secrets.get(user, place, name)).value?.secret;
    texts.push(revealed(got?.raw), revealed(got?.computed));
    const asked = room.secrets.download(user, place, { includeManaged: true, names: [name] });
    texts.push(
      await asked.then(
        ({ value }) => revealed(value?.get(name)),
        (error: Error) => error.message,
      ),
    );
  }
  for (const { id } of await room.history.ofConfig(place, { page: 1, perPage: 5 })) {
    const { diff } = await room.history.withDiff(user, place, id);
    for (const one of diff) texts.push(revealed(one.added), revealed(one.removed));
  }
  return texts.join('\n');
}

const change = fc.record({
  place: fc.nat(3),
  name: fc.constantFrom(...NAMES),
  visibility: fc.constantFrom(...VISIBILITIES),
  refers: fc.array(fc.tuple(fc.constantFrom('', 'dev.', 'stg.', 'app.prd.'), fc.constantFrom(...NAMES)), {
    maxLength: 3,
  }),
  keeps: fc.boolean(),
});

test('no restricted value reaches a token of a user by list, get, download, references, diffs, errors or rollback', async () => {
  let serial = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.nat(3),
      fc.integer({ min: 1, max: 6 }),
      async (changes, undone, page) => {
        const closed = new Set<string>();
        const last = new Map<string, { mark: string; visibility: Visibility }>();
        for (const { place: at, name, visibility, refers, keeps } of changes) {
          const place = places[at];
          if (!place) continue;
          const key = `${at} ${name}`;
          const kept = keeps ? last.get(key) : undefined;
          const mark = kept?.mark ?? `mark-${(serial += 1)}-end`;
          const text = `${mark} ${refers.map(([scope, other]) => `\${${scope}${other}}`).join(' ')}`;
          const value = kept ? null : new Sensitive(text);
          const done = await room.changes.change(machine, place, [{ name, value, visibility }]).then(
            () => true,
            () => false,
          );
          if (!done) continue;
          last.set(key, { mark, visibility });
          if (visibility === 'restricted') closed.add(mark);
        }
        const place = places[undone];
        const [log] = place ? await room.history.ofConfig(place, { page, perPage: 1 }) : [];
        if (place && log) await room.history.rollBack(user, place, log.id).catch(() => undefined);
        const shown = (await Promise.all(places.map(seen))).join('\n');
        for (const mark of closed) expect([mark, shown.includes(mark)]).toEqual([mark, false]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a user is shown null for a restricted value, empty for an empty one, and no download that holds one', async () => {
  const place = places[2] as Place;
  await room.changes.change(machine, place, [
    { name: 'SHUT', value: new Sensitive('closed-value'), visibility: 'restricted' },
    { name: 'EMPTY', value: new Sensitive(''), visibility: 'restricted' },
    { name: 'VIA', value: new Sensitive('${SHUT}'), visibility: 'unmasked' },
  ]);
  const list = new Map(
    (await room.secrets.list(user, place, { includeManaged: true })).value?.map((one) => [one.name, one]),
  );
  expect([list.get('SHUT')?.raw, list.get('SHUT')?.computed]).toEqual([null, null]);
  expect(list.get('EMPTY')?.computed?.reveal()).toBe('');
  expect([list.get('VIA')?.raw?.reveal(), list.get('VIA')?.computed]).toEqual(['${SHUT}', null]);
  const download = (names?: string[]) => room.secrets.download(user, place, { includeManaged: true, names });
  await expect(download()).rejects.toMatchObject({
    code: 'ERR_ACCESS_DENIED',
    message: expect.not.stringContaining('closed'),
  });
  expect((await download(['EMPTY'])).value?.get('EMPTY')?.reveal()).toBe('');
  const all = await room.secrets.download(machine, place, { includeManaged: true });
  expect(all.value?.get('VIA')?.reveal()).toBe('closed-value');
});

test('a filter by visibility shows those of it and no other', async () => {
  const place = places[2] as Place;
  const found = await room.secrets.list(machine, place, { includeManaged: true, visibility: 'restricted' });
  expect(found.value?.every(({ rawVisibility }) => rawVisibility === 'restricted')).toBe(true);
  expect(found.value?.map(({ name }) => name)).toContain('SHUT');
});

test('a value that was ever restricted stays so in diffs and after a rollback to when it was not', async () => {
  const place = places[3] as Place;
  const write = (value: string | null, visibility: Visibility) =>
    room.changes.change(machine, place, [
      { name: 'ONCE', value: value === null ? null : new Sensitive(value), visibility },
    ]);
  await write('first-value', 'masked');
  await write(null, 'restricted');
  await write('second-value', 'masked');
  const [, tightened, created] = await room.history.ofConfig(place, { page: 1, perPage: 3 });
  const { diff } = await room.history.withDiff(user, place, created?.id ?? '');
  expect(diff).toEqual([{ name: 'ONCE', added: null }]);
  await room.history.rollBack(user, place, tightened?.id ?? '');
  const back = (await room.secrets.get(machine, place, 'ONCE')).value?.secret;
  expect([back?.raw?.reveal(), back?.rawVisibility]).toEqual(['first-value', 'restricted']);
  expect((await room.secrets.get(user, place, 'ONCE')).value?.secret?.raw).toBeNull();
});

test('a user cannot guess at a restricted value by comparing, however often and wherever it is copied to', async () => {
  const place = places[0] as Place;
  const write = (who: typeof user, value: string, more: object) =>
    room.changes.change(who, place, [{ name: 'PIN', value: new Sensitive(value), ...more }]);
  await write(machine, '4711', { visibility: 'restricted' });
  for (const guess of ['0000', '4711']) {
    await expect(write(user, '1', { originalValue: new Sensitive(guess) })).rejects.toThrow(/not compared for a user/);
  }
  const compare = (at: Place, value: string) =>
    room.comparing.compare(user, at, new Map([['PIN', new Sensitive(value)]]));
  for (let n = 0; n < 20; n++) await compare(place, `guess ${n}`);
  await expect(compare(place, '4711')).rejects.toThrow(/too many wrong values/);
  const other = places[2] as Place;
  await room.changes.change(machine, other, [{ name: 'PIN', value: new Sensitive('4711'), visibility: 'restricted' }]);
  await expect(compare(other, '4711')).rejects.toThrow(/too many wrong values/);
  await write(machine, '1', { originalValue: new Sensitive('4711') });
});
