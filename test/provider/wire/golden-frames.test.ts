// Requests as Terraform 1.11.4 really sent them (recorded from an apply and an import of the demo provider).
import { readFileSync } from 'node:fs';
import { objectType } from '#provider/framework/schema/wire-schema.js';
import { sameValue } from '#provider/wire/equal.js';
import { decode, encode, type Message } from '#provider/wire/protobuf.js';
import { RPC, type RequestOf, type RpcName } from '#provider/wire/tfplugin6.js';
import { decodeValue, encodeValue } from '#provider/wire/value-codec.js';
import { secret } from '../support/demo-provider.ts';

const frames = JSON.parse(readFileSync('test/provider/wire/golden-frames.json', 'utf8')) as Record<RpcName, string>;
const read = <N extends RpcName>(name: N): RequestOf<N> =>
  decode(RPC[name].request as Message<unknown>, Buffer.from(frames[name], 'hex')) as RequestOf<N>;

test.each(Object.keys(frames) as RpcName[])('%s: read and written again, the bytes are the same', (name) => {
  const table = RPC[name].request as Message<unknown>;
  expect(encode(table, decode(table, Buffer.from(frames[name], 'hex')) as never).toString('hex')).toBe(frames[name]);
});

test('the recording covers the life of a resource, a data source and an ephemeral resource', () => {
  expect(Object.keys(frames)).toEqual(
    expect.arrayContaining([
      'PlanResourceChange',
      'ApplyResourceChange',
      'ImportResourceState',
      'ReadDataSource',
      'RenewEphemeralResource',
    ]),
  );
});

test('values inside are what was configured, and come back equal', () => {
  const type = objectType(secret.words.attrs);
  const { config, client_capabilities, type_name } = read('PlanResourceChange');
  expect(type_name).toBe('demo_secret');
  expect(client_capabilities).toBeDefined();
  const value = decodeValue(type, config?.msgpack ?? new Uint8Array());
  expect(value).toMatchObject({ project: 'p', labels: new Map([['a', 'é']]), tags: ['x', 'y'], id: null });
  expect(value).toMatchObject({
    rules: [
      { role: 'r', weight: 70000 },
      { role: 's', weight: null },
    ],
  });
  expect(sameValue(type, decodeValue(type, encodeValue(type, value)), value)).toBe(true);
});
