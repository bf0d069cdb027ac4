// A small gRPC client over node:http2, able to misbehave.
import { execFileSync } from 'node:child_process';
import { type ClientHttp2Session, connect, type SecureClientSessionOptions } from 'node:http2';
import { createConnection } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { frame } from '#provider/plugin/grpc-frame.js';

export type Reply = { status: number; message: string; body: Buffer };

export class GrpcClient {
  readonly #session: ClientHttp2Session;

  constructor(at: string | number, tls?: SecureClientSessionOptions) {
    const where = typeof at === 'number' ? { port: at, host: '127.0.0.1' } : { path: at };
    this.#session = connect(tls ? 'https://localhost' : 'http://localhost', {
      createConnection: () =>
        tls
          ? tlsConnect({ ...where, ALPNProtocols: ['h2'], servername: 'localhost', ...tls })
          : createConnection(where),
    });
    this.#session.on('error', () => undefined);
  }

  /** One call; `pieces` sends the framed request in pieces of that many bytes. */
  call(
    path: string,
    body: Uint8Array,
    options: { pieces?: number; raw?: boolean; open?: boolean } = {},
  ): Promise<Reply> {
    return new Promise((done, fail) => {
      const stream = this.#session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const parts: Buffer[] = [];
      let status: string | undefined;
      let message = '';
      const note = (headers: Record<string, unknown>) => {
        if (headers['grpc-status'] !== undefined) status = String(headers['grpc-status']);
        if (headers['grpc-message'] !== undefined) message = String(headers['grpc-message']);
      };
      stream.on('response', note).on('trailers', note);
      stream.on('data', (piece: Buffer) => parts.push(piece));
      stream.on('error', fail);
      stream.on('close', () =>
        status === undefined
          ? fail(new Error('no status'))
          : done({ status: Number(status), message, body: Buffer.concat(parts).subarray(5) }),
      );
      const whole = options.raw ? Buffer.from(body) : frame(body);
      const size = options.pieces ?? whole.length;
      for (let at = 0; at < whole.length; at += size) stream.write(whole.subarray(at, at + size));
      if (!options.open) stream.end();
    });
  }

  /** Starts a call and resets it after `ms`. */
  abort(path: string, ms: number): Promise<void> {
    const stream = this.#session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    stream.on('error', () => undefined);
    stream.end(frame(Buffer.alloc(0)));
    setTimeout(() => stream.close(8), ms);
    return new Promise((done) => stream.on('close', () => done()));
  }

  close(): void {
    this.#session.destroy();
  }
}

/** What openssl reads in a certificate; an independent eye on our DER. Undefined where there is no openssl. */
export function opensslText(pem: string): string | undefined {
  try {
    return execFileSync('openssl', ['x509', '-noout', '-text'], { input: pem, encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
}
