// The plain HTTP listener beside a TLS one: sends every request to the same address under https, and reads none.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HOST } from './target.ts';

/** Answers 308, so that a method and its body are not lost on the way (RFC 9110 15.4.9). */
export function redirectTo(port: number) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const host = request.headers.host ?? '';
    const path = request.url ?? '/';
    response.setHeader('connection', 'close');
    if (!HOST.test(host) || !path.startsWith('/')) return void response.writeHead(400).end();
    const name = host.replace(/:\d{1,5}$/, '');
    const shown = port === 443 ? name : `${name}:${port}`;
    response.writeHead(308, { location: `https://${shown}${path}` }).end();
  };
}
