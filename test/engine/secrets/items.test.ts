// Secrets by id and folder against a model: any batches leave what the model says, and Doppler's list is its root.
import fc from 'fast-check';
import { AppError } from '#core/errors.js';
import { keyAt, ROOT_PATH } from '#core/folder.js';
import { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { callerOf, openSecretRoom } from '../../support/secret-room.ts';

type Row = {
  id: string;
  name: string;
  path: string;
  value: string;
  visibility: Visibility;
  tags: readonly string[];
  version: number;
};

let room: Awaited<ReturnType<typeof openSecretRoom>>;
beforeAll(async () => {
  room = await openSecretRoom();
});
afterAll(() => room.close());

const caller = callerOf('service account');
const name = fc.constantFrom('A', 'B', 'C');
const path = fc.constantFrom('/', '/f', '/f/g');
const fields = {
  name,
  path,
  value: fc.constantFrom('1', '2', ''),
  visibility: fc.constantFrom<Visibility>('masked', 'unmasked', 'restricted'),
  tags: fc.constantFrom([], ['x'], ['x', 'y']),
};
const added = fc.record(fields);
const edit = fc.record({ ...fields, at: fc.nat(5) }, { requiredKeys: ['at'] });
const command = fc.oneof(
  fc.record({ add: fc.array(added, { minLength: 1, maxLength: 3 }) }),
  fc.record({ edit: fc.array(edit, { minLength: 1, maxLength: 2 }) }),
  fc.record({ remove: fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }) }),
);
type Added = typeof added extends fc.Arbitrary<infer Each> ? Each : never;
type Edit = typeof edit extends fc.Arbitrary<infer Each> ? Each : never;

/** What the rows are after the batch, or how it is refused. Ids of new rows are not known here. */
function addTo(rows: readonly Row[], batch: readonly Added[]): Row[] | string {
  const next = [...rows];
  for (const item of batch) {
    if (next.some((row) => keyAt(row) === keyAt(item))) return 'ERR_CONFLICT';
    next.push({ ...item, id: '', version: 1 });
  }
  return next;
}

function editIn(rows: readonly Row[], batch: readonly (Edit & { id: string })[]): Row[] | string {
  if (new Set(batch.map(({ id }) => id)).size < batch.length) return 'ERR_REQUEST_INVALID';
  const next = rows.map((row) => ({ ...row }));
  for (const { id, at: _, ...change } of batch) {
    const row = next.find((one) => one.id === id);
    if (!row) return 'ERR_NOT_FOUND';
    const isSealed = row.visibility === 'restricted';
    if (isSealed && change.visibility !== undefined && change.visibility !== 'restricted') return 'ERR_REQUEST_INVALID';
    const kept = isSealed ? { value: row.value } : {};
    const changed = { ...row, ...change, ...kept, version: row.version + 1 };
    if (next.some((one) => one !== row && keyAt(one) === keyAt(changed))) return 'ERR_CONFLICT';
    Object.assign(row, changed);
  }
  return next;
}

const boxed = (item: Added) => ({ ...item, value: new Sensitive(item.value) });
const boxedEdit = ({ value, ...rest }: Edit & { id: string }) => ({
  ...rest,
  ...(value !== undefined && { value: new Sensitive(value) }),
});
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const shown = (rows: readonly Omit<Row, 'id'>[]) =>
  rows
    .map(({ name: of, path: where, value, visibility, tags, version }) =>
      JSON.stringify([where, of, value, visibility, tags, version]),
    )
    .sort();

test('any batches: each whole or not at all, as the model has it', async () => {
  const place = await room.places.config('app', 'dev');
  const read = async () =>
    (await room.items.read(caller, place, {})).map((item) => ({
      ...{ id: item.id, name: item.name, path: item.path, tags: [...item.tags], version: item.version },
      ...{ value: item.value?.reveal() ?? '', visibility: item.visibility },
    }));
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
      const left = await read();
      if (left.length > 0)
        await room.items.remove(
          caller,
          place,
          left.map(({ id }) => id),
        );
      for (const one of commands) {
        const rows = await read();
        const idAt = (at: number) => rows[at]?.id ?? 'none';
        let wanted: Row[] | string;
        let got: string;
        if ('add' in one) {
          wanted = addTo(rows, one.add);
          got = await codeOf(room.items.add(caller, place, one.add.map(boxed), []));
        } else if ('edit' in one) {
          const batch = one.edit.map((each) => ({ ...each, id: idAt(each.at) }));
          wanted = editIn(rows, batch);
          got = await codeOf(room.items.edit(caller, place, batch.map(boxedEdit), []));
        } else {
          const ids = one.remove.map(idAt);
          wanted = ids.includes('none') ? 'ERR_NOT_FOUND' : rows.filter(({ id }) => !ids.includes(id));
          got = await codeOf(room.items.remove(caller, place, ids));
        }
        expect(got).toBe(typeof wanted === 'string' ? wanted : 'ok');
        const now = await read();
        expect(shown(now)).toEqual(shown(typeof wanted === 'string' ? rows : wanted));
        const names = await room.secrets.names(place, { includeManaged: false });
        expect(names).toEqual(now.filter((row) => row.path === ROOT_PATH).map((row) => row.name));
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('writers at once lose nothing, and of two that want one key one gets it', async () => {
  const place = await room.places.config('app', 'stg');
  const item = (of: string, at: string) => ({
    ...{ name: of, path: at, visibility: 'masked' as const, value: new Sensitive('x') },
  });
  const results = await Promise.all(
    ['A', 'A', 'B', 'C'].map((of, n) =>
      codeOf(room.items.add(caller, place, [item(of, '/r'), item(`N${n}`, '/')], [])),
    ),
  );
  expect(results.filter((code) => code === 'ok')).toHaveLength(3);
  expect(results).toContain('ERR_CONFLICT');
  const found = await room.items.read(caller, place, {});
  expect(found.filter((one) => one.path === '/r').map((one) => one.name)).toEqual(['A', 'B', 'C']);
  expect(found).toHaveLength(6);
});
