// An HTTP proxy for tests: opens tunnels to where a test says a name lies, and remembers what it was asked.
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export type ConnectProxy = {
  url: string;
  /** What tunnels were asked for, as `host:port`, and with which login. */
  asked: { target: string; authorization: string | undefined }[];
  /** Answers every tunnel with this status when set. */
  refuse: number | undefined;
  stop(): Promise<void>;
};

/** Names that end here: `host:port` to a port of this machine. Every other target is refused with 502. */
export async function startConnectProxy(places: Readonly<Record<string, number>>): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((_, response) => response.writeHead(405).end());
  const proxy: ConnectProxy = {
    url: '',
    asked: [],
    refuse: undefined,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const target = request.url ?? '';
    proxy.asked.push({ target, authorization: request.headers['proxy-authorization'] });
    const status = proxy.refuse ?? (places[target] === undefined ? 502 : 200);
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(places[target] ?? 0, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
    client.once('close', () => upstream.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
