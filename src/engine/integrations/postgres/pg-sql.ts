// The SQL port over the `pg` package: one connection to the address that egress pinned, cut when the signal says so.
import { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { AppError } from '#core/errors.js';
import type { Egress } from '../../egress.ts';
import type { Connection } from './settings.ts';
import { type Sql, SqlError, type SqlRow, type SqlSession } from './sql.ts';

const CONNECT_TIMEOUT_MS = 5000;
const APPLICATION = 'secrets-action';

/** Connects through `egress`; TLS is verified against the name that was asked for, not the pinned address. */
export function createPgSql(egress: Egress): Sql {
  return {
    connect: async (target, signal) => {
      const pinned = await egress.resolve(target.host, 'integration');
      if (target.sslmode === 'disable' && !pinned.loopback) {
        throw new AppError(
          'ERR_INTEGRATION_FAILED',
          `PostgreSQL at ${target.host}:${target.port} is not on loopback.`,
          {
            hint: 'Set sslmode to verify-full.',
          },
        );
      }
      return open(target, pinned.address, signal);
    },
  };
}

async function open(target: Connection, address: string, signal: AbortSignal): Promise<SqlSession> {
  if (signal.aborted) throw new SqlError('aborted', { code: 'ABORTED', fromServer: false });
  // Our own socket, because pg's has no way to be cut that its types know of.
  const socket = new Socket();
  const cut = () => socket.destroy();
  const client = new pg.Client({
    host: address,
    port: target.port,
    database: target.database,
    user: target.username,
    password: target.password.reveal(),
    ssl: target.sslmode === 'disable' ? false : tls(target),
    application_name: APPLICATION,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    stream: () => socket,
  });
  // Without a listener an idle connection that the server closes would end the process.
  client.on('error', () => undefined);
  socket.on('close', () => signal.removeEventListener('abort', cut));
  signal.addEventListener('abort', cut);
  try {
    await client.connect();
  } catch (cause) {
    cut();
    throw sqlError(cause);
  }
  return session(client, cut);
}

function session(client: pg.Client, cut: () => void): SqlSession {
  return {
    query: async (text, params) => {
      try {
        const result = await (params ? client.query<SqlRow>(text, [...params]) : client.query<SqlRow>(text));
        return result.rows;
      } catch (cause) {
        throw sqlError(cause);
      }
    },
    end: async () => {
      try {
        await client.end();
      } catch {
        cut();
      }
    },
  };
}

function tls({ host, ca }: Connection): ConnectionOptions {
  const named = /[A-Za-z]/.test(host) && !host.includes(':');
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    // An address may not be a server name (RFC 6066); Node then checks the certificate against the address itself.
    ...(named ? { servername: host } : {}),
  };
}

function sqlError(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  const message = cause instanceof Error ? cause.message : 'unknown';
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  const fromServer = cause instanceof pg.DatabaseError;
  return new SqlError(message, { code, fromServer, cause });
}
