// What an IP address is: public, or one of the classes that an engine must not be talked into reaching; pure.
import { isIP } from 'node:net';

export type AddressClass =
  | 'public'
  | 'loopback'
  | 'link_local'
  | 'metadata'
  | 'private'
  | 'shared'
  | 'unique_local'
  | 'unspecified'
  | 'multicast'
  | 'reserved'
  | 'invalid';

type Rule = readonly [cidr: string, AddressClass];

/** First match wins. Instance metadata: AWS, GCP, Azure, Oracle by link-local; AWS, GCP by IPv6; Alibaba; Azure's wire server. */
const RULES_V4: readonly Rule[] = [
  ['169.254.169.254/32', 'metadata'],
  ['169.254.170.2/32', 'metadata'],
  ['169.254.170.23/32', 'metadata'],
  ['100.100.100.200/32', 'metadata'],
  ['168.63.129.16/32', 'metadata'],
  ['192.0.0.192/32', 'metadata'],
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link_local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];
const RULES_V6: readonly Rule[] = [
  ['fd00:ec2::254/128', 'metadata'],
  ['fd00:ec2::23/128', 'metadata'],
  ['fd20:ce::254/128', 'metadata'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['64:ff9b:1::/48', 'reserved'],
  ['100::/64', 'reserved'],
  ['2001::/32', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'],
  ['5f00::/16', 'reserved'],
  ['fc00::/7', 'unique_local'],
  ['fe80::/10', 'link_local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
];

/** IPv6 ranges whose tail or middle is an IPv4 address: mapped, compatible, translated, NAT64 and 6to4. */
const EMBEDDING: readonly (readonly [cidr: string, offset: number])[] = [
  ['::ffff:0:0/96', 12],
  ['::ffff:0:0:0/96', 12],
  ['64:ff9b::/96', 12],
  ['2002::/16', 2],
  ['::/96', 12],
];

/** The class of an address in text form; the IPv4 address inside an IPv6 form decides for it. */
export function classifyAddress(text: string): AddressClass {
  const bytes = addressBytes(text);
  if (!bytes) return 'invalid';
  if (bytes.length === 4) return byRules(bytes, RULES_V4);
  const own = byRules(bytes, RULES_V6);
  if (own !== 'public') return own;
  const inner = embeddedV4(bytes);
  if (inner) return byRules(inner, RULES_V4);
  // Only 2000::/3 is assigned for the Internet; the rest leads nowhere good.
  return ((bytes[0] ?? 0) & 0xe0) === 0x20 ? 'public' : 'reserved';
}

/** Whether `address` lies in `cidr` (`10.0.0.0/8`, `fd00::/8`, or a bare address); mapped IPv4 counts as IPv4. */
export function inCidr(address: string, cidr: string): boolean {
  const [base = '', bits] = cidr.split('/');
  const network = addressBytes(base);
  const bytes = addressBytes(address);
  if (!network || !bytes) return false;
  const width = bits === undefined ? network.length * 8 : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (width < 0 || width > network.length * 8) return false;
  const candidate = network.length === 4 && bytes.length === 16 ? mappedV4(bytes) : bytes;
  return candidate !== undefined && samePrefix(candidate, network, width);
}

/** Whether `text` is an address or a CIDR block. */
export function isCidr(text: string): boolean {
  const [base = ''] = text.split('/');
  return isIP(base) !== 0 && inCidr(base, text);
}

function byRules(bytes: Uint8Array, rules: readonly Rule[]): AddressClass {
  return rules.find(([cidr]) => inBlock(bytes, cidr))?.[1] ?? 'public';
}

function embeddedV4(bytes: Uint8Array): Uint8Array | undefined {
  const form = EMBEDDING.find(([cidr]) => inBlock(bytes, cidr));
  return form && bytes.subarray(form[1], form[1] + 4);
}

function mappedV4(bytes: Uint8Array): Uint8Array | undefined {
  return inBlock(bytes, '::ffff:0:0/96') ? bytes.subarray(12) : undefined;
}

function inBlock(bytes: Uint8Array, cidr: string): boolean {
  const [base = '', bits = ''] = cidr.split('/');
  const network = addressBytes(base);
  return network !== undefined && samePrefix(bytes, network, Number(bits));
}

function samePrefix(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index * 8 < bits; index += 1) {
    const mask = 0xff & (0xff << Math.max(0, 8 - (bits - index * 8)));
    if (((a[index] ?? 0) & mask) !== ((b[index] ?? 0) & mask)) return false;
  }
  return true;
}

/** 4 or 16 bytes; undefined for anything that is not an address, zone identifiers included. */
function addressBytes(text: string): Uint8Array | undefined {
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 4) return Uint8Array.from(text.split('.').map(Number));
  if (family !== 6) return undefined;
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = new Array<number>(Math.max(0, 16 - left.length - right.length)).fill(0);
  return Uint8Array.from([...left, ...gap, ...right]);
}

function groups(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
