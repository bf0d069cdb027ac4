// Certificate and key of the listener: read from files, read again when they change, and kept when the new ones are bad.
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Log } from '../log.ts';

export type TlsFiles = { readonly cert: string; readonly key: string };
type Pair = { readonly cert: Buffer; readonly key: Buffer };

const LOOK_MS = 2_000;
/** RFC 8996 retired what is older. */
const MIN_VERSION = 'TLSv1.2';

/** What a TLS server is made with. @throws AppError ERR_CONFIG_INVALID when the files are no certificate and its key */
export function tlsOptions(files: TlsFiles): SecureContextOptions & Pair {
  const pair = read(files);
  const wrong = pair && problemOf(pair);
  if (pair && !wrong) return { ...pair, minVersion: MIN_VERSION };
  throw new AppError('ERR_CONFIG_INVALID', 'The TLS certificate and key cannot be used.', {
    details: [wrong ?? `${files.cert} or ${files.key} cannot be read.`],
    hint: '--tls-cert and --tls-key must name PEM files that belong together.',
  });
}

export type Reloading = { files: TlsFiles; clock: Clock; log: Log; apply(options: SecureContextOptions): void };

/** Looks at the files every two seconds until `signal` aborts. A pair that is half written is looked at again. */
export async function reloadTls({ files, clock, log, apply }: Reloading, signal: AbortSignal): Promise<void> {
  let seen = print(read(files));
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal);
    const pair = read(files);
    const now = print(pair);
    if (signal.aborted || now === seen) continue;
    seen = now;
    const wrong = pair ? problemOf(pair) : 'A file cannot be read.';
    if (pair && !wrong) {
      apply({ ...pair, minVersion: MIN_VERSION });
      log('info', 'tls reloaded');
    } else log('error', 'tls not reloaded, the old certificate stays', { reason: wrong ?? '' });
  }
}

function read({ cert, key }: TlsFiles): Pair | undefined {
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch {
    return undefined;
  }
}

function print(pair: Pair | undefined): string {
  return pair ? `${pair.cert.toString('base64')}|${pair.key.toString('base64')}` : '';
}

/** OpenSSL's own text would do, but it may quote the file: only its reason is told. */
function problemOf(pair: Pair): string | undefined {
  try {
    createSecureContext({ ...pair, minVersion: MIN_VERSION });
    return undefined;
  } catch (error) {
    const { reason, code } = error as { reason?: string; code?: string };
    return `OpenSSL says: ${reason ?? code ?? 'unusable'}.`;
  }
}
