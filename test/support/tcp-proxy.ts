// A TCP proxy whose two directions a test can hold, release, cut and refuse: "effect done, answer lost" and its kin.
import { createConnection, createServer, type NetConnectOpts, type Socket } from 'node:net';

export type TcpProxyStats = {
  connections: number;
  requestBytes: number;
  answerBytes: number;
  /**
   * Turns of talk on all connections: a request is what a client says until the server speaks, an answer what the
   * server says until the client speaks. Unlike packets they are the same in every run of a protocol without
   * pipelining. Held bytes count when they arrive at the proxy.
   */
  requests: number;
  answers: number;
};

export type TcpProxy = {
  host: string;
  port: number;
  stats(): TcpProxyStats;
  /** Holds nothing from now on and delivers what was held. */
  pass(): void;
  /** Withholds what servers say, from the answer with this number on (stats().answers), or from now; requests pass. */
  holdAnswers(from?: number): void;
  /** Withholds what clients say, from the request with this number on, or from now; answers pass. */
  holdRequests(from?: number): void;
  /** Resolves once something is held: after holdAnswers, the server has done what was asked of it. */
  whenHeld(): Promise<void>;
  /** Resets every connection; what was held is lost. New connections are accepted. */
  cut(): void;
  /** New connections are refused until accept(); open ones stay. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  close(): Promise<void>;
};

type Direction = 'request' | 'answer';

const HOST = '127.0.0.1';
/** Beyond this a held direction is no longer read, so that a test cannot fill the memory. */
const HELD_LIMIT_BYTES = 16 * 1024 * 1024;

/** A proxy on a free loopback port in front of `target`, a port or the path of a socket. */
export async function startTcpProxy(target: NetConnectOpts): Promise<TcpProxy> {
  const state = new ProxyState();
  const server = createServer({ allowHalfOpen: true }, (client) => state.connect(client, target));
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { port } = address;
  const refuse = () => {
    // close() calls back only when the last connection is gone, but stops listening at once.
    if (server.listening) server.close();
    return Promise.resolve();
  };
  return {
    host: HOST,
    port,
    stats: () => ({ ...state.stats }),
    pass: () => state.pass(),
    holdAnswers: (from) => state.hold('answer', from),
    holdRequests: (from) => state.hold('request', from),
    whenHeld: () => state.whenHeld(),
    cut: () => state.cut(),
    refuse,
    accept: () => (server.listening ? Promise.resolve() : listen(port)),
    close: async () => {
      state.cut();
      await refuse();
    },
  };
}

class ProxyState {
  readonly stats: TcpProxyStats = { connections: 0, requestBytes: 0, answerBytes: 0, requests: 0, answers: 0 };
  readonly #lanes = new Set<Lane>();
  /** Number of the first turn that is held. */
  #holdFrom: Record<Direction, number> = { request: Infinity, answer: Infinity };
  #waiting: (() => void)[] = [];

  connect(client: Socket, target: NetConnectOpts): void {
    this.stats.connections++;
    const server = createConnection({ ...target, allowHalfOpen: true });
    let speaker: Direction | undefined;
    const lane = (from: Socket, to: Socket, direction: Direction) => {
      const made = new Lane(from, to, (bytes) => {
        const isNewTurn = speaker !== direction;
        speaker = direction;
        return this.#arrived(direction, bytes, isNewTurn);
      });
      this.#lanes.add(made);
      from.once('close', () => this.#lanes.delete(made));
      return made;
    };
    const lanes = [lane(client, server, 'request'), lane(server, client, 'answer')];
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => {
        for (const each of lanes) each.cut();
      });
    }
  }

  hold(direction: Direction, from = this.#turns(direction) + 1): void {
    this.#holdFrom[direction] = from;
  }

  pass(): void {
    this.#holdFrom = { request: Infinity, answer: Infinity };
    for (const lane of this.#lanes) lane.release();
  }

  cut(): void {
    for (const lane of this.#lanes) lane.cut();
    this.#lanes.clear();
  }

  whenHeld(): Promise<void> {
    if ([...this.#lanes].some((lane) => lane.isHolding)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #turns(direction: Direction): number {
    return direction === 'request' ? this.stats.requests : this.stats.answers;
  }

  /** Whether these bytes are to be held. */
  #arrived(direction: Direction, bytes: number, isNewTurn: boolean): boolean {
    if (isNewTurn) this.stats[`${direction}s`]++;
    this.stats[`${direction}Bytes`] += bytes;
    if (this.#turns(direction) < this.#holdFrom[direction]) return false;
    queueMicrotask(() => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
    return true;
  }
}

/** One direction of one connection. Once it holds, all that follows queues behind, the end of the stream too. */
class Lane {
  readonly #from: Socket;
  readonly #to: Socket;
  #held: Buffer[] | undefined;
  #heldBytes = 0;
  #isEnded = false;

  constructor(from: Socket, to: Socket, arrived: (bytes: number) => boolean) {
    this.#from = from;
    this.#to = to;
    from.on('data', (chunk: Buffer) => {
      const isHeld = arrived(chunk.length);
      if (isHeld || this.#held) this.#hold(chunk);
      else if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => this.#held ?? from.resume());
    from.on('end', () => {
      this.#isEnded = true;
      if (!this.#held) to.end();
    });
    // A vanished peer reaches the other side too, but never before what is held.
    from.once('close', () => {
      if (!this.#held && !to.destroyed) to.end();
    });
  }

  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  release(): void {
    for (const chunk of this.#held ?? []) this.#to.write(chunk);
    this.#held = undefined;
    this.#heldBytes = 0;
    if (this.#isEnded) this.#to.end();
    this.#from.resume();
  }

  cut(): void {
    for (const socket of [this.#from, this.#to]) {
      // A reset after shutdown fails in libuv and leaves the handle open for ever.
      if (socket.writableEnded) socket.destroy();
      else if (!socket.destroyed) socket.resetAndDestroy();
    }
  }

  #hold(chunk: Buffer): void {
    this.#held ??= [];
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > HELD_LIMIT_BYTES) this.#from.pause();
  }
}
