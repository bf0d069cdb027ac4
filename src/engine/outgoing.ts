// The one way in which the engine reads documents of others: HTTPS GET of bounded JSON from a checked and pinned address.
import { request, type RequestOptions } from 'node:https';
import { AppError } from '#core/errors.js';
import type { Egress } from './egress.ts';

/** design.md §5, Egress. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

export type OutgoingOptions = {
  egress: Egress;
  /** Certificates to trust in place of the usual ones (PEM). */
  ca?: string;
};
export type FetchJson = (url: string, signal: AbortSignal) => Promise<unknown>;

/**
 * Gets a JSON document. No redirect is followed; the certificate must be the name's, whatever address it has.
 * @throws AppError ERR_UNAVAILABLE, the same for every cause, so that the engine is no map of the network behind it
 */
export function createFetchJson({ egress, ca }: OutgoingOptions): FetchJson {
  return async (text, signal) => {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    try {
      if (url.protocol !== 'https:') throw new Error('not https');
      const { address } = await egress.resolve(host, 'outgoing');
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      return JSON.parse(await read({ ...target(url, host, address), signal: deadline, ...(ca && { ca }) })) as unknown;
    } catch (cause) {
      throw new AppError('ERR_UNAVAILABLE', `${host} cannot be reached.`, { cause });
    }
  };
}

function target(url: URL, host: string, address: string): RequestOptions {
  return {
    method: 'GET',
    host: address,
    port: url.port || 443,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: 'application/json', 'accept-encoding': 'identity' },
    // An address has no name to ask for; its certificate must then be one for the address.
    ...(address === host ? {} : { servername: host }),
    agent: false,
    rejectUnauthorized: true,
  };
}

function read(options: RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (answer) => {
      if (answer.statusCode !== 200) return void outgoing.destroy(new Error(`status ${answer.statusCode}`));
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) outgoing.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      answer.on('error', reject);
      answer.on('aborted', () => reject(new Error('cut off')));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
