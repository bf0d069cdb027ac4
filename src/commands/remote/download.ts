// `download`: secrets and fresh leases as one text, to stdout or into a new file that nobody else can read.
import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { iso } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { encodeDownload, isDownloadFormat } from '#formats/format.js';
import { readFlags, UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import { openService, SERVICE_FLAGS } from './service.ts';
import { Delivering, readWish, VALUE_FLAGS } from './values.ts';

const FLAGS = { ...SERVICE_FLAGS, ...VALUE_FLAGS, format: { type: 'string' }, out: { type: 'string' } } as const;

/** @throws AppError, with every lease ended: what was not delivered must not live */
export async function download(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  const format = flags.format ?? 'json';
  if (!isDownloadFormat(format)) throw new UsageError(`'${format.slice(0, 40)}' is not a format.`);
  const wish = readWish(flags);
  const delivering = new Delivering(openService(host, flags), wish);
  const stop = new AbortController();
  host.onSignal(() => stop.abort());
  try {
    const found = await delivering.collect(stop.signal);
    const values = new Map<string, string>();
    for (const { name, value } of found) {
      if (values.has(name)) throw new AppError('ERR_CONFLICT', `Two values are called ${name}.`);
      values.set(name, value.reveal());
    }
    const { body } = encodeDownload(values, format, wish.transformer);
    if (stop.signal.aborted) throw new AppError('ERR_TIMEOUT', 'The download was cut off.');
    if (flags.out === undefined) host.out(body.endsWith('\n') ? body : `${body}\n`);
    else writeNew(flags.out, body);
  } catch (error) {
    await delivering.end(host);
    throw error;
  }
  for (const { dynamic, id, expiresAt } of delivering.held) {
    host.err(`leased ${dynamic}: id ${id}, until ${iso(expiresAt)}\n`);
  }
  return 0;
}

function writeNew(path: string, body: string): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  let file: number;
  try {
    file = openSync(path, flags, 0o600);
  } catch (cause) {
    const exists = (cause as { code?: string }).code === 'EEXIST';
    const message = exists ? `There is a file ${path} already.` : `The file ${path} cannot be made.`;
    throw new AppError(exists ? 'ERR_CONFLICT' : 'ERR_CONFIG_INVALID', message, { cause });
  }
  try {
    writeSync(file, body);
    fsyncSync(file);
  } catch (cause) {
    rmSync(path, { force: true });
    throw new AppError('ERR_UNAVAILABLE', `The file ${path} cannot be written.`, { cause });
  } finally {
    closeSync(file);
  }
}
