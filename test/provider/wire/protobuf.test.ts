// The protobuf tables: golden bytes, unknown fields, and nothing but a clean refusal of broken input.
import fc from 'fast-check';
import { bool, decode, encode, int64, many, mapOf, maybe, message, nested, string } from '#provider/wire/protobuf.js';
import { RPC } from '#provider/wire/tfplugin6.js';

const Leaf = message({ text: string(1), chosen: maybe(string(2)), count: maybe(int64(3)) });
const Tree = message({
  name: string(1),
  leaves: many(nested(2, () => Leaf)),
  by_name: mapOf(nested(3, () => Leaf)),
  flag: bool(4),
  size: int64(5),
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('a message comes back as it went', () => {
  const leaf = fc.record({
    text: fc.string(),
    chosen: fc.option(fc.string(), { nil: undefined }),
    count: fc.option(fc.maxSafeInteger(), { nil: undefined }),
  });
  const entry = fc.tuple(fc.string(), leaf);
  const tree = fc.record({
    name: fc.string(),
    leaves: fc.array(leaf, { maxLength: 4 }),
    by_name: fc.array(entry, { maxLength: 4 }).map((entries) => new Map(entries)),
    flag: fc.boolean(),
    size: fc.maxSafeInteger(),
  });
  fc.assert(fc.property(tree, (value) => expect(decode(Tree, encode(Tree, value))).toEqual(value)));
});

test('defaults are left out, presence is kept', () => {
  expect(encode(Tree, { name: '', flag: false, size: 0, leaves: [] })).toHaveLength(0);
  expect(hex(encode(Leaf, { chosen: '', count: 0 }))).toBe('12001800');
  expect(decode(Leaf, Buffer.from('12001800', 'hex'))).toEqual({ text: '', chosen: '', count: 0 });
});

test('fields of later protocol versions are skipped, whatever their wire type', () => {
  const later = 'a00601 a90601020304 05060708 aa0602ffff ad0601020304'.replaceAll(' ', '');
  expect(decode(Leaf, Buffer.from(`0a0178${later}`, 'hex'))).toEqual({
    text: 'x',
    chosen: undefined,
    count: undefined,
  });
});

test('golden: a validate request, a diagnostic with a path, a timestamp', () => {
  const request = decode(
    RPC.ValidateResourceConfig.request,
    Buffer.from('0a01781203 0a01c01a021001'.replaceAll(' ', ''), 'hex'),
  );
  expect(request.type_name).toBe('x');
  expect(hex(request.config?.msgpack ?? new Uint8Array())).toBe('c0');
  expect(request.client_capabilities).toEqual({ deferral_allowed: false, write_only_attributes_allowed: true });
  const steps = [{ attribute_name: 'a' }, { element_key_int: 0 }];
  const diagnostic = { severity: 1, summary: 's', attribute: { steps } };
  expect(hex(encode(RPC.ValidateResourceConfig.response, { diagnostics: [diagnostic] }))).toBe(
    '0a10080112017322090a030a01610a021800',
  );
  expect(hex(encode(RPC.RenewEphemeralResource.response, { renew_at: { seconds: 300 } }))).toBe('120308ac02');
});

test('negative integers take ten bytes, as proto3 says', () => {
  expect(hex(encode(Tree, { size: -1 }))).toBe('28ffffffffffffffffff01');
  expect(decode(Tree, encode(Tree, { size: -5 })).size).toBe(-5);
});

test('no bytes, however broken, do anything but decode or fail as a broken contract', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decode(Tree, bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_CONTRACT' });
      }
    }),
    { numRuns: 1000 },
  );
});

test('a message that nests itself for ever is refused', () => {
  let bytes = Buffer.alloc(0);
  for (let n = 0; n < 400; n++) bytes = Buffer.concat([Buffer.from([0x52]), varint(bytes.length), bytes]);
  const outer = Buffer.concat([Buffer.from([0x0a]), varint(bytes.length), bytes]);
  expect(decode(RPC.GetProviderSchema.response, outer)).toBeDefined();
  const Loop: Parameters<typeof decode>[0] = message({ self: nested(1, () => Loop) });
  let deep = Buffer.alloc(0);
  for (let n = 0; n < 100; n++) deep = Buffer.concat([Buffer.from([0x0a]), varint(deep.length), deep]);
  expect(() => decode(Loop, deep)).toThrow('nested too deeply');
});

function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.from([(value & 127) | 128, value >> 7]);
}
