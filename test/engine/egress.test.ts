// Egress: what an address is in every spelling, and which hosts the engine may be sent to.
import fc from 'fast-check';
import { type AddressClass, classifyAddress, inCidr, isCidr } from '#engine/address.js';
import { createEgress, type EgressPurpose, mayReach } from '#engine/egress.js';
import { systemClock } from '../support/leasing/clocks.ts';

const TABLE: readonly (readonly [string, AddressClass])[] = [
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:7f00:0001', 'loopback'],
  ['::127.0.0.1', 'loopback'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['2002:7f00:1::', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['::ffff:192.168.1.1', 'private'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b:1::1', 'reserved'],
  ['100.64.0.1', 'shared'],
  ['100.128.0.1', 'public'],
  ['169.254.1.1', 'link_local'],
  ['fe80::1', 'link_local'],
  ['169.254.169.254', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['64:ff9b::a9fe:a9fe', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['100.100.100.200', 'metadata'],
  ['fc00::1', 'unique_local'],
  ['fd12:3456::1', 'unique_local'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2001::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['fe80::1%eth0', 'invalid'],
  ['127.1', 'invalid'],
  ['2130706433', 'invalid'],
  ['0x7f.0.0.1', 'invalid'],
  ['example.com', 'invalid'],
  ['', 'invalid'],
];

test.each(TABLE)('%s is %s', (address, expected) => {
  expect(classifyAddress(address)).toBe(expected);
});

test('an IPv4 address keeps its class in every IPv6 form that carries it', () => {
  fc.assert(
    fc.property(fc.ipV4(), (v4) => {
      const own = classifyAddress(v4);
      for (const prefix of ['::ffff:', '::ffff:0:', '64:ff9b::']) expect(classifyAddress(prefix + v4)).toBe(own);
    }),
  );
});

test('every address is in its own block, and in the block of everything', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(inCidr(address, address)).toBe(true);
      expect(inCidr(address, address.includes(':') ? '::/0' : '0.0.0.0/0')).toBe(true);
      expect(classifyAddress(address)).not.toBe('invalid');
    }),
  );
});

test('a block is judged by its bits', () => {
  expect(inCidr('10.1.2.3', '10.0.0.0/15')).toBe(true);
  expect(inCidr('10.2.2.3', '10.0.0.0/15')).toBe(false);
  expect(inCidr('::ffff:10.1.2.3', '10.0.0.0/8')).toBe(true);
  expect(['10.0.0.0/33', '10.0.0.0/x', 'host/8', '::/129'].map(isCidr)).toEqual([false, false, false, false]);
});

test('metadata is reached by no entry, other addresses by theirs alone', () => {
  const every = ['0.0.0.0/0', '::/0', 'metadata.internal'];
  expect(mayReach('metadata.internal', '169.254.169.254', every)).toBe(false);
  expect(mayReach('metadata.internal', 'fd00:ec2::254', every)).toBe(false);
  expect(mayReach('db', '10.0.0.5', [])).toBe(false);
  expect(mayReach('DB', '10.0.0.5', ['db'])).toBe(true);
  expect(mayReach('db', '10.0.0.5', ['10.0.0.0/24'])).toBe(true);
  expect(mayReach('db', '10.0.1.5', ['10.0.0.0/24'])).toBe(false);
});

const egress = (addresses: string[], allow: Partial<Record<EgressPurpose, string[]>> = {}) => {
  let lookups = 0;
  const lookup = () => {
    lookups += 1;
    return Promise.resolve(addresses.map((address) => ({ address })));
  };
  const made = createEgress({ clock: systemClock, lookup, allow: { outgoing: [], integration: [], ...allow } });
  return { resolve: made.resolve, lookups: () => lookups };
};

test('a name is looked up once and its checked address is the pinned one', async () => {
  const gate = egress(['10.0.0.9', '2606:4700::1', '9.9.9.9']);
  expect(await gate.resolve('db.example', 'integration')).toEqual({
    host: 'db.example',
    address: '9.9.9.9',
    loopback: false,
  });
  expect(gate.lookups()).toBe(1);
});

test('each purpose has its own list', async () => {
  const gate = egress(['10.0.0.9'], { integration: ['10.0.0.0/8'] });
  await expect(gate.resolve('x.example', 'integration')).resolves.toMatchObject({ address: '10.0.0.9' });
  await expect(gate.resolve('x.example', 'outgoing')).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
});

test('towards the outside, refused and unknown look alike', async () => {
  const seen = await Promise.all(
    [egress(['10.0.0.9']), egress([]), egress(['169.254.169.254'])].map((gate) =>
      gate.resolve('x.example', 'outgoing').catch((error: Error) => error.message),
    ),
  );
  expect(new Set(seen)).toEqual(new Set(['x.example cannot be reached.']));
});

test('bad entries of the allow list are all named at start', () => {
  expect(() => egress([], { integration: ['10.0.0.0/99', 'ok.example', 'no good'] })).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INVALID', details: [expect.anything(), expect.anything()] }),
  );
});
