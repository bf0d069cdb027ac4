// Changes and comparisons that travel together: each gets its own answer, nothing is sent twice, order of one name is kept.
import fc from 'fast-check';
import type { ManagementClient, SecretChange, SecretDeletion, SecretMeta } from '#client/management.js';
import { AppError } from '#core/errors.js';
import { sensitive } from '#core/sensitive.js';
import { ConfigSecrets } from '#provider/resources/config-secrets.js';

type Change = SecretChange | SecretDeletion;
const PLACE = { project: 'app', config: 'prd' };
const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>((done) => setImmediate(done)) };

/** A config in memory that refuses a whole set when one name of it is BAD. */
function world(kind: 'engine' | 'cloud' = 'engine') {
  const held = new Map<string, { value: string; version: number }>();
  const asked: { sets: string[][]; lists: number; compares: number } = { sets: [], lists: 0, compares: 0 };
  const apply = (change: Change) => {
    if ('isDeletion' in change) return void held.delete(change.name);
    const before = held.get(change.from ?? change.name);
    if (change.from !== undefined) held.delete(change.from);
    held.set(change.name, {
      value: change.value?.reveal() ?? before?.value ?? '',
      version: (before?.version ?? 0) + 1,
    });
  };
  const engine = {
    changeSecrets: async (_: unknown, changes: readonly Change[]) => {
      asked.sets.push(changes.map(({ name }) => name));
      if (changes.some(({ name }) => name === 'BAD')) throw new AppError('ERR_REQUEST_INVALID', 'BAD is refused.');
      changes.forEach(apply);
    },
    secretMetadata: async (): Promise<ReadonlyMap<string, SecretMeta>> => {
      asked.lists += 1;
      const rest = { visibility: 'masked', isProtected: false, isOwn: true } as const;
      const raw = (value: string) => (kind === 'cloud' ? sensitive(value) : undefined);
      return new Map([...held].map(([name, { value, version }]) => [name, { ...rest, version, raw: raw(value) }]));
    },
    compareSecrets: async (_: unknown, values: ReadonlyMap<string, { reveal(): string }>) => {
      asked.compares += 1;
      if (kind === 'cloud') return undefined;
      return new Map(
        [...values].map(([name, value]) => [name, { equal: held.get(name)?.value === value.reveal(), version: 1 }]),
      );
    },
  } as unknown as ManagementClient;
  const through = <T>(work: (engine: ManagementClient) => Promise<T>) => work(engine);
  return { asked, held, secrets: new ConfigSecrets({ read: through, write: through, clock }) };
}

const put = (name: string, value: string): SecretChange => ({ name, value: sensitive(value), visibility: 'masked' });

test('whatever is asked at once, each change is applied once and in the order of its name, and only refused ones fail', async () => {
  const name = fc.constantFrom('A', 'B', 'C', 'BAD');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, fc.boolean(), fc.string()), { maxLength: 150 }), async (wanted) => {
      const { secrets, held } = world();
      const changes = wanted.map(
        ([at, gone, value]): Change => (gone ? { name: at, isDeletion: true } : put(at, value)),
      );
      const ends = await Promise.allSettled(changes.map((change) => secrets.change(PLACE, change)));
      const expected = new Map<string, string>();
      wanted.forEach(([at, gone, value], n) => {
        expect(ends[n]?.status).toBe(at === 'BAD' ? 'rejected' : 'fulfilled');
        if (at === 'BAD') return;
        if (gone) expected.delete(at);
        else expected.set(at, value);
      });
      expect(new Map([...held].map(([at, { value }]) => [at, value]))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test('no set holds a name twice or more than a hundred changes; the list is asked for once after each call', async () => {
  const { secrets, asked } = world();
  const names = Array.from({ length: 250 }, (_, n) => `S_${n % 240}`);
  const made = await Promise.all(names.map((name, n) => secrets.change(PLACE, put(name, `v${n}`))));
  expect(asked.sets.every((set) => set.length <= 100 && new Set(set).size === set.length)).toBe(true);
  expect(asked.sets.flat()).toHaveLength(250);
  expect([asked.lists, made.every((one) => one !== undefined)]).toEqual([3, true]);
});

test.each(['engine', 'cloud'] as const)(
  'on the %s each value is told apart from the stored one, many by one request',
  async (kind) => {
    const { secrets, asked } = world(kind);
    await Promise.all(['A', 'B', 'C'].map((name) => secrets.change(PLACE, put(name, `v-${name}`))));
    const wanted: [string, string, boolean][] = [
      ['A', 'v-A', true],
      ['B', 'other', false],
      ['C', 'v-C', true],
      ['D', 'x', false],
    ];
    const found = await Promise.all(wanted.map(([name, value]) => secrets.isStored(PLACE, name, sensitive(value))));
    expect(found).toEqual(wanted.map(([, , isSame]) => isSame));
    expect(asked.compares).toBe(1);
  },
);
