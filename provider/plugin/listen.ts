// Where the plugin listens: a socket in a folder of its own, or a loopback port where there are no sockets.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#core/errors.js';
import type { Address } from './handshake.ts';

/** macOS allows 104 bytes for the path of a socket. */
const MAX_PATH = 100;

export type Listening = { address: Address; forget: () => void };

/** Listens on a Unix socket that only this user can reach; `forget` removes it. */
export async function listenOnSocket(server: Server): Promise<Listening> {
  const base = Buffer.byteLength(tmpdir()) + 16 > MAX_PATH ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(base, 'sp-'));
  chmodSync(folder, 0o700);
  const path = join(folder, 's');
  const forget = () => rmSync(folder, { recursive: true, force: true });
  try {
    await listen(server, { path });
  } catch (cause) {
    forget();
    throw unable(cause);
  }
  return { address: { network: 'unix', path }, forget };
}

/** Listens on the first free loopback port of the range. */
export async function listenOnPort(server: Server, ports: { min: number; max: number }): Promise<Listening> {
  const host = '127.0.0.1';
  for (let port = ports.min; port <= ports.max; port++) {
    try {
      await listen(server, { host, port });
      return { address: { network: 'tcp', host, port }, forget: () => undefined };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw unable(cause);
    }
  }
  throw unable(undefined);
}

function listen(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(where, () => {
      server.off('error', fail);
      done();
    });
  });
}

function unable(cause: unknown): AppError {
  return new AppError('ERR_UNAVAILABLE', 'The provider found no place to listen.', {
    hint: 'Check that the temporary folder can be written to.',
    cause,
  });
}
