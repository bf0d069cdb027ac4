// Which addresses count as one: an IPv4 address by itself, an IPv6 address by the network that one customer is given.

/**
 * The key under which requests from `address` are counted. IPv6 counts by its first 64 bits, because whoever holds one
 * address there holds 2^64; an IPv4 address in IPv6 form counts as itself. Anything else is its own key.
 */
export function addressKey(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  if (!plain.includes(':') || !URL.canParse(`http://[${plain}]`)) return plain;
  const groups = expand(new URL(`http://[${plain}]`).hostname.slice(1, -1));
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) {
    return `${groups
      .slice(0, 4)
      .map((group) => group.toString(16))
      .join(':')}::/64`;
  }
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** The eight groups of an address in the form that URL gives it: hexadecimal throughout, at most one `::`. */
function expand(canonical: string): number[] {
  const [head = '', tail] = canonical.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [numbers(head), numbers(tail ?? '')];
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}
