// Process that answers as the service does: one config of as many secrets as its path asks for, over https, at once.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [cert = '', key = ''] = process.argv.slice(2);

function secretsOf(count: number): Buffer {
  const one = (n: number) => {
    const value = `value-${String(n).padStart(4, '0')}-${'x'.repeat(32)}`;
    return { raw: value, computed: value, rawVisibility: 'masked', computedVisibility: 'masked', note: '' };
  };
  const secrets = Object.fromEntries(Array.from({ length: count }, (_, n) => [`NAME_${n}`, one(n)]));
  return Buffer.from(JSON.stringify({ secrets, success: true }));
}

const bodies = new Map([20, 500].map((count) => [String(count), secretsOf(count)]));
const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
  const body = bodies.get(/^\/(\d+)\//.exec(request.url ?? '')?.[1] ?? '') ?? Buffer.from('{}');
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`${port}\n`);
});
