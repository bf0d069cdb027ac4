// The demo resource lives through generated lives, and the harness itself is shown to bite.
import fc from 'fast-check';
import type { AnyAttribute } from '#provider/framework/schema/attribute.js';
import { planObject } from '#provider/framework/plan.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { int, list, object, set, str } from '#provider/framework/schema/words.js';
import { objectValue } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';
import { configOf, liveThrough, type Subject, withUnknowns } from '../support/conformance.ts';
import { DemoBackend } from '../support/demo-backend.ts';
import { demoProvider, secret } from '../support/demo-provider.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { planFaults, resultFaults } from '../support/plan-oracle.ts';
import { coreOf, pack, told } from '../support/rpc-client.ts';

let backend: DemoBackend;
let subject: Subject;
const attrs = secret.words.attrs as Readonly<Record<string, AnyAttribute>>;

beforeAll(async () => {
  backend = await DemoBackend.start();
  const core = coreOf(providerServer(demoProvider, { clock: new FakeClock(), log: () => undefined }));
  const config = pack({ object: { url: 'string', token: 'string' } }, { url: backend.url, token: null });
  expect(told(await core('ConfigureProvider', { terraform_version: '1.11.4', config }))).toEqual([]);
  subject = {
    core,
    typeName: 'demo_secret',
    attrs,
    values: {
      name: fc.constantFrom('A', 'B_1'),
      project: fc.constantFrom('p', 'q'),
      visibility: fc.constantFrom('masked', 'unmasked'),
      note: fc.constantFrom('', 'n', 'ü'),
      protected: fc.constant(false),
    },
    settle: (held) => {
      const chosen = ['value_wo', 'generate', 'external'].find((name) => held[name] !== null);
      for (const name of ['value_wo', 'generate', 'external']) if (name !== chosen) held[name] = null;
      if (chosen === undefined) held['external'] = true;
    },
  };
});
afterAll(() => backend.stop());

test('every generated life of the demo resource keeps the rules of Terraform', async () => {
  await fc.assert(
    fc.asyncProperty(configOf(subject), configOf(subject), (first, second) => liveThrough(subject, first, second)),
    { numRuns: 60 },
  );
});

test('plans over unknown configuration are valid too', () => {
  const hidden = fc.subarray(Object.keys(attrs));
  const plan = (
    ...[config, prior, names]: [Parameters<typeof withUnknowns>[1], Parameters<typeof withUnknowns>[1] | null, string[]]
  ) => {
    const loose = withUnknowns(attrs, config, names);
    const { planned } = planObject({ attrs, prior, config: loose });
    expect(planFaults(attrs, { prior, config: loose, planned })).toEqual([]);
  };
  fc.assert(fc.property(configOf(subject), fc.option(configOf(subject)), hidden, plan));
});

describe('the harness bites', () => {
  const small = {
    a: str.required(),
    c: str.computed(),
    rules: list(object({ n: int.default(1) })).optional(),
    s: set(str).optional(),
  };
  const config = objectValue([
    ['a', 'x'],
    ['c', null],
    ['rules', [objectValue([['n', null]])]],
    ['s', ['1', '2']],
  ]);
  const { planned } = planObject({ attrs: small, prior: null, config });
  const faults = (change: object) =>
    planFaults(small, { prior: null, config, planned: objectValue(Object.entries({ ...planned, ...change })) });

  test.each([
    [{}, []],
    [{ a: 'y' }, ['a: neither configured nor prior']],
    [{ s: ['2', '1', '1'] }, []],
    [{ rules: [] }, ['rules: another length']],
  ])('on the plan %p', (change, expected) => expect(faults(change)).toEqual(expected));

  test('on the result', () => {
    expect(planned['c']).toBe(UNKNOWN);
    expect(resultFaults(small, planned, planned)).toEqual(['c: unknown after apply']);
    const result = objectValue(Object.entries({ ...planned, c: 'made', a: 'y' }));
    expect(resultFaults(small, planned, result)).toEqual(['a: not as planned']);
  });
});
