// Connections to far sides, TLS always verified: fresh ones, and those that have answered, for the next request.
import * as net from 'node:net';
import * as tls from 'node:tls';

export type { Socket } from 'node:net';

/** Whatever a connection does while nobody waits for it, it is not used again. */
const SIGNS = ['data', 'end', 'error', 'close'] as const;

/** Connections over one network, in one process. */
export class Connections {
  readonly #secureContext: tls.SecureContext | undefined;
  readonly #idle = new Map<string, net.Socket[]>();
  readonly #ends = new Map<net.Socket, () => void>();

  /** @param secureContext whom to believe and what to show; what Node believes when absent */
  constructor(secureContext: tls.SecureContext | undefined) {
    this.#secureContext = secureContext;
  }

  /** One that stands already, the latest used first; undefined when there is none. */
  takeIdle({ origin }: URL): net.Socket | undefined {
    const socket = this.#idle.get(origin)?.at(-1);
    if (!socket) return undefined;
    this.#ends.get(socket)?.();
    socket.ref();
    return socket;
  }

  /** A fresh one, on its way; nothing may be written to one of TLS before its `secureConnect`. */
  open(url: URL): net.Socket {
    const isTls = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const place = { host, port: Number(url.port || (isTls ? 443 : 80)) };
    const socket = isTls ? tls.connect({ ...place, ...this.#terms(host) }) : net.connect(place);
    socket.setNoDelay(true);
    return socket;
  }

  /** Keeps it for `ms`, without keeping the process alive; 0 closes it. */
  release(url: URL, socket: net.Socket, ms: number): void {
    if (ms > 0) this.#keep(url, socket, ms);
    else close(socket);
  }

  #keep({ origin }: URL, socket: net.Socket, ms: number): void {
    const idle = this.#idle.get(origin) ?? [];
    this.#idle.set(origin, idle);
    const end = () => {
      clearTimeout(timer);
      for (const sign of SIGNS) socket.off(sign, drop);
      idle.splice(idle.indexOf(socket), 1);
      this.#ends.delete(socket);
    };
    const drop = () => {
      end();
      close(socket);
    };
    const timer = setTimeout(drop, ms).unref();
    for (const sign of SIGNS) socket.on(sign, drop);
    this.#ends.set(socket, end);
    idle.push(socket);
    socket.unref();
  }

  #terms(host: string): tls.ConnectionOptions {
    const secureContext = this.#secureContext;
    return {
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ...(secureContext ? { secureContext } : {}),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
    };
  }
}

/** What it has to say then is nobody's affair, and an error that nobody hears would end the process. */
function close(socket: net.Socket): void {
  socket.on('error', () => {}).destroy();
}
