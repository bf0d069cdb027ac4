// Thread that sends requests: as many at once as it is told, each connection again as soon as it is answered, and says how
// many were answered. Requests are written and answers read by hand: what the sender costs is not what is measured.
import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

type Round = { url: string; token: string; etag?: string; each: number };
const { atOnce } = workerData as { atOnce: number };
const sockets: Socket[] = [];

/** Sends the same request `each` times, one after the other; rejects where an answer is not the one it should be. */
function ask(socket: Socket, { url, token, etag, each }: Round): Promise<void> {
  const { pathname, host } = new URL(url);
  const held = etag ? `if-none-match: ${etag}\r\n` : '';
  const request = `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n${held}\r\n`;
  const wanted = `HTTP/1.1 ${etag ? 304 : 200} `;
  let left = each;
  let got: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const end = got.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = got.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (got.length < end + 4 + length) return;
      if (!head.startsWith(wanted) || (!etag && length === 0)) return reject(new Error('A request failed.'));
      got = Buffer.alloc(0);
      left -= 1;
      if (left > 0) return void socket.write(request);
      socket.off('data', onData).off('error', reject);
      resolve();
    };
    socket.on('data', onData).once('error', reject).write(request);
  });
}

async function answerRound(round: Round): Promise<void> {
  const { hostname, port } = new URL(round.url);
  while (sockets.length < atOnce) sockets.push(connect({ host: hostname, port: Number(port), noDelay: true }));
  const done = await Promise.all(sockets.map((socket) => ask(socket, round))).catch(() => undefined);
  parentPort?.postMessage(done ? atOnce * round.each : 0);
}

parentPort?.on('message', (round: Round) => void answerRound(round));
