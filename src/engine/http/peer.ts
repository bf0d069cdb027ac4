// Where a request came from: the socket's address, or what a believed proxy says of the one before it.
import { inCidr } from '../address.ts';
import type { HttpRequest } from './request.ts';

/**
 * The address that counts. Only a peer inside `proxies` is believed, and of what it says only the last hop: the ones
 * before it are the sender's own words.
 */
export function peerAddress({ peer, header }: HttpRequest, proxies: readonly string[]): string {
  if (!proxies.some((proxy) => inCidr(peer, proxy))) return peer;
  const last = header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const bare = /^\[([0-9a-fA-F:.]+)\](?::\d+)?$/.exec(last)?.[1] ?? /^([\d.]+):\d+$/.exec(last)?.[1] ?? last;
  // A believed proxy that does not say for whom it asks: nobody's address, which is trusted nowhere.
  return inCidr(bare, bare) ? bare : '';
}
