// The calls as Terraform's core makes them: what is refused, what is said, and what is never said.
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { type Call, type ProviderDefinition, wordsFor } from '#provider/framework/definitions.js';
import { atPath } from '#provider/framework/diagnostics.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { objectType } from '#provider/framework/schema/wire-schema.js';
import { int, object, str } from '#provider/framework/schema/words.js';
import type { Value } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';
import { FakeClock } from '../support/fake-clock.ts';
import { coreOf, pack, told, unpack } from '../support/rpc-client.ts';

type Client = { name: string };
const { resource, ephemeral, provider } = wordsFor<Client>();
const SECRET = 'planted-value';

const attrs = {
  id: str.computed().keep(),
  name: str.required(),
  key_wo: str.optional().sensitive().writeOnly(),
  made: object({ size: int.default(3), key: str.optional() }).optional(),
};
const type = objectType(attrs);
type Overrides = Partial<Parameters<typeof resource<typeof attrs>>[1]>;

function start(overrides: Overrides = {}, open: () => Promise<object> = async () => ({ result: { token: SECRET } })) {
  const logged: string[] = [];
  const thing = resource('thing', {
    attrs,
    create: async ({ planned }) => ({ id: `made-${String(planned.name)}` }),
    read: async () => ({}),
    update: async () => ({ id: 'made' }),
    delete: async () => undefined,
    ...overrides,
  });
  const lent = ephemeral('lent', {
    attrs: { for: str.optional(), token: str.computed().sensitive() },
    open: open as never,
  });
  const made: ProviderDefinition<Client> = provider({
    name: 'x',
    attrs: { host: str.required() },
    configure: async ({ config }: Omit<Call<never>, 'client'> & { config: { host: string } }) => ({
      name: config.host,
    }),
    resources: [thing],
    ephemerals: [lent],
  });
  const log = (_: string, message: string, fields: object = {}) => void logged.push(message + JSON.stringify(fields));
  const server = providerServer(made, { clock: new FakeClock(), log, random: () => 0 });
  const core = coreOf(server);
  const configure = (host: Value) =>
    core('ConfigureProvider', { config: pack({ object: { host: 'string' } }, { host }) });
  return { server, core, configure, logged };
}

const config = (fields: Record<string, Value> = {}) => pack(type, { name: 'n', ...fields });
const create = (fields: Record<string, Value> = {}) => ({
  type_name: 'x_thing',
  config: config(fields),
  prior_state: pack(type, null),
  planned_state: pack(type, { name: 'n', ...fields, key_wo: null, id: UNKNOWN }),
});

test('an older Terraform may not store what it does not know to be write-only', async () => {
  const { core } = start();
  const request = { type_name: 'x_thing', config: config({ key_wo: UNKNOWN }) };
  expect(told(await core('ValidateResourceConfig', request))).toEqual([
    expect.stringMatching(/^error key_wo: .*1\.11 or newer/),
  ]);
  const able = { ...request, client_capabilities: { write_only_attributes_allowed: true } };
  expect(told(await core('ValidateResourceConfig', able))).toEqual([]);
});

test('no error repeats a write-only value, whoever wrote its text', async () => {
  const failing = {
    create: async () => Promise.reject(atPath([{ attribute: 'name' }], new AppError('ERR_CONFLICT', `no ${SECRET}`))),
  };
  const { core, configure, logged } = start(failing);
  await configure('h');
  expect(told(await core('ApplyResourceChange', create({ key_wo: SECRET })))).toEqual(['error name: no [sensitive]']);
  const foreign = start({ create: async () => Promise.reject(new Error(SECRET)) });
  await foreign.configure('h');
  expect(told(await foreign.core('ApplyResourceChange', create())).join()).toMatch(/Something went wrong inside/);
  expect([...logged, ...foreign.logged].join()).not.toContain(SECRET);
});

test('handlers get write-only values boxed and from the configuration only', async () => {
  let seen: unknown;
  const { core, configure } = start({
    create: async ({ config: given, planned, client }) => {
      seen = [given.key_wo?.reveal(), String(given.key_wo), 'key_wo' in planned, planned.id, client.name];
      return { id: '1' };
    },
  });
  await configure('h');
  const response = await core('ApplyResourceChange', create({ key_wo: SECRET }));
  expect(seen).toEqual([SECRET, '[sensitive]', false, UNKNOWN, 'h']);
  expect(unpack(type, response.new_state)).toMatchObject({ id: '1', key_wo: null, name: 'n' });
});

test.each<[string, object, RegExp]>([
  ['a computed value that was not returned', {}, /^error id: .*did not say the value/],
  ['a value other than planned', { id: '1', name: 'm' }, /^error name: .*another value than it had planned/],
  ['an attribute the schema lacks', { id: '1', other: 1 }, /^error other: .*mistake/],
  ['a value of another form', { id: 5 }, /^error id: .*mistake/],
  ['a lone surrogate', { id: '\ud800' }, /^error id: .*mistake/],
])('%s is found before it is encoded', async (_, result, text) => {
  const { core, configure } = start({ create: async () => result as { id: string } });
  await configure('h');
  expect(told(await core('ApplyResourceChange', create()))).toEqual([expect.stringMatching(text)]);
});

test('while the provider is partly unknown, plans go on and what needs the client says why', async () => {
  const { core, configure } = start();
  expect(told(await core('ReadResource', { type_name: 'x_thing', current_state: config() })).join()).toMatch(
    /not configured yet/,
  );
  expect(told(await configure(UNKNOWN))).toEqual([]);
  const plan = await core('PlanResourceChange', {
    type_name: 'x_thing',
    config: config(),
    prior_state: pack(type, null),
  });
  expect(unpack(type, plan.planned_state)).toMatchObject({ id: UNKNOWN, made: null });
  expect(told(await core('ReadResource', { type_name: 'x_thing', current_state: config() })).join()).toMatch(
    /only after apply/,
  );
});

test('stop aborts a create and never a delete, and the next configuration forgets it', async () => {
  const signals: AbortSignal[] = [];
  const { core, configure } = start({
    create: async ({ signal }) => ({ id: String(signals.push(signal)) }),
    delete: async ({ signal }) => void signals.push(signal),
  });
  await configure('h');
  const gone = {
    type_name: 'x_thing',
    prior_state: config({ id: '1' }),
    planned_state: pack(type, null),
    config: pack(type, null),
  };
  await core('ApplyResourceChange', create());
  await core('StopProvider', {});
  await core('ApplyResourceChange', gone);
  await configure('h');
  await core('ApplyResourceChange', create());
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false]);
});

test('a delete that fails keeps the object, one that finds nothing is done', async () => {
  for (const [code, left] of [
    ['ERR_UNAVAILABLE', true],
    ['ERR_NOT_FOUND', false],
  ] as const) {
    const { core, configure } = start({ delete: async () => Promise.reject(new AppError(code, 'no')) });
    await configure('h');
    const prior_state = config({ id: '1' });
    const response = await core('ApplyResourceChange', {
      type_name: 'x_thing',
      prior_state,
      planned_state: pack(type, null),
      config: pack(type, null),
    });
    expect([unpack(type, response.new_state) !== null, told(response).length > 0]).toEqual([left, left]);
  }
});

test('states are upgraded step by step, moved from former types only, and never hold what is write-only', async () => {
  const { core } = start({
    version: 2,
    upgrades: { 0: ({ title }) => ({ title2: title }), 1: ({ title2 }) => ({ name: title2 }) },
    formerTypes: ['x_old'],
  });
  const raw_state = { json: Buffer.from(JSON.stringify({ title: 'n', key_wo: SECRET, gone: 1 })) };
  const upgraded = await core('UpgradeResourceState', { type_name: 'x_thing', version: 0, raw_state });
  expect(unpack(type, upgraded.upgraded_state)).toMatchObject({ name: 'n', key_wo: null, id: null });
  expect(told(await core('UpgradeResourceState', { type_name: 'x_thing', version: 3, raw_state })).join()).toMatch(
    /newer version/,
  );
  const move = {
    target_type_name: 'x_thing',
    source_schema_version: 2,
    source_state: { json: Buffer.from('{"name":"m"}') },
  };
  expect(
    unpack(type, (await core('MoveResourceState', { ...move, source_type_name: 'x_old' })).target_state),
  ).toMatchObject({ name: 'm' });
  expect(told(await core('MoveResourceState', { ...move, source_type_name: 'x_else' })).join()).toMatch(/never was/);
});

test('metadata, schema and the calls that we have nothing for', async () => {
  const { core } = start();
  const metadata = await core('GetMetadata', {});
  expect([metadata.resources, metadata.ephemeral_resources]).toEqual([
    [{ type_name: 'x_thing' }],
    [{ type_name: 'x_lent' }],
  ]);
  const schema = await core('GetProviderSchema', {});
  expect(schema.server_capabilities).toEqual({
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: false,
  });
  const named = schema.resource_schemas.get('x_thing')?.block?.attributes.find(({ name }) => name === 'key_wo');
  expect(named).toMatchObject({ optional: true, sensitive: true, write_only: true });
  expect((await core('CallFunction', { name: 'f' })).error?.text).toMatch(/no functions/);
  expect((await core('GetFunctions', {})).functions.size).toBe(0);
  expect(told(await core('ReadResource', { type_name: 'x_other' })).join()).toMatch(/does not have/);
});

describe('an ephemeral resource', () => {
  const lent = { object: { for: 'string', token: 'string' } } as const;
  const request = { type_name: 'x_lent', config: pack(lent, { for: 'me', token: null }) };

  test('whose result is not as configured, or not whole, is revoked at once', async () => {
    for (const result of [{ token: 't', for: 'you' }, {}]) {
      let revoked = 0;
      const lease = { id: 'l', ttlSec: 60, revoke: async () => void (revoked += 1) };
      const { core, configure, server } = start({}, async () => ({ result, lease }));
      await configure('h');
      const response = await core('OpenEphemeralResource', request);
      expect([told(response).length, revoked, server.leased(), response.result]).toEqual([1, 1, 0, undefined]);
    }
  });

  test('whose caller has gone away meanwhile is revoked at once', async () => {
    let revoked = 0;
    const gone = new AbortController();
    const { core, configure } = start({}, async () => {
      gone.abort();
      return { result: { token: SECRET }, lease: { id: 'l', ttlSec: 60, revoke: async () => void (revoked += 1) } };
    });
    await configure('h');
    await core('OpenEphemeralResource', request, gone.signal);
    expect(revoked).toBe(1);
  });

  test('gives its id to Close, renews in time, and its values are never said', async () => {
    let revoked = 0;
    const renew = async () => Promise.reject(new AppError('ERR_LEASE_EXPIRED', `expired ${SECRET}`));
    const lease = { id: 'l-1', ttlSec: 60, revoke: async () => void (revoked += 1), renew };
    const { core, configure, server } = start({}, async () => ({ result: { token: new Sensitive(SECRET) }, lease }));
    await configure('h');
    const opened = await core('OpenEphemeralResource', request);
    expect(unpack(lent, opened.result)).toMatchObject({ for: 'me', token: SECRET });
    expect([Buffer.from(opened.private ?? []).toString(), opened.renew_at?.seconds]).toEqual([
      'l-1',
      Date.parse('2026-01-01T00:00:30Z') / 1000,
    ]);
    const renewed = await core('RenewEphemeralResource', { type_name: 'x_lent', private: Buffer.from('l-1') });
    expect([renewed.renew_at, told(renewed).join()]).toEqual([
      undefined,
      expect.stringContaining('expired [sensitive]'),
    ]);
    const closed = await core('CloseEphemeralResource', { type_name: 'x_lent', private: Buffer.from('l-1') });
    expect([told(closed).length, revoked, server.leased()]).toEqual([1, 1, 0]);
  });
});
