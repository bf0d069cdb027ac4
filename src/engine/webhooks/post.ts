// One POST to a receiver: to the address that egress has checked, once, without following anywhere.
import { request } from 'node:https';
import type { Egress } from '../egress.ts';

/** Resolves with the status; rejects when there was none within 5 seconds, or egress refuses the host. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

const TOTAL_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/** @param ca certificates to trust instead of the machine's */
export function createPost(egress: Egress, ca?: string): Post {
  return async (address, headers, body) => {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const pinned = await egress.resolve(host, 'outgoing');
    return send({ url, host, address: pinned.address, ca }, headers, body);
  };
}

type Target = { url: URL; host: string; address: string; ca: string | undefined };

function send(target: Target, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  const { url, host, address, ca } = target;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: address,
      port: url.port || 443,
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      agent: false,
      rejectUnauthorized: true,
      signal: AbortSignal.timeout(TOTAL_MS),
      // The name is checked against the certificate, also where the address is what is connected to.
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
    });
    outgoing.setHeader('host', url.host);
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    outgoing.setHeader('content-length', Buffer.byteLength(body));
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) outgoing.destroy(new Error('the answer is too long'));
      });
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.end(body);
  });
}
