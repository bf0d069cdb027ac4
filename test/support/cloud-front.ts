// A front that makes our engine answer as a cloud does: what is ours alone is not there, neither routes nor headers.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isExtension, isExtensionHeader } from '#engine/http/extensions.js';
import { routed } from '#engine/http/phase/wire.js';

export type CloudFront = { url: string; stop(): Promise<void> };

export async function cloudFront(engine: string): Promise<CloudFront> {
  const server = createServer((incoming, response) => {
    const path = new URL(incoming.url ?? '/', engine).pathname;
    const method = (incoming.method ?? 'GET') as 'GET';
    if (isExtension({ method, path: routed(path) })) {
      incoming.resume();
      response.writeHead(404, { 'content-type': 'application/json' });
      return void response.end('{"messages":["Not found"],"success":false}');
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !isExtensionHeader(name)));
    const onward = request(new URL(incoming.url ?? '/', engine), { method, headers, agent: false }, (answer) => {
      const isOurs = (name: string) => name === 'secrets-engine' || name.startsWith('x-secrets-');
      const kept = Object.entries(answer.headers).filter(([name]) => !isOurs(name));
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
