// Signals to a stage of ours at a moment of its own choosing: each thing that it does, counted, is a point where they can come.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temp.ts';

/**
 * Runs before the stage. A point is its start, each write to stdout, each append to a file, each request and each answer
 * that is whole. `at` gets SIGINT and the one behind it SIGTERM, as from the runner, before the stage can go on.
 */
const PRELOAD = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
const { POINTS_OF: stage = '', POINTS_AT: at = '0', POINTS_LOG: log = '' } = process.env;
if ((process.argv[1] ?? '').includes('/dist/' + stage + '/')) {
  const seen = [];
  const point = (what) => {
    seen.push(what);
    if (seen.length === Number(at)) process.kill(process.pid, 'SIGINT');
    if (at !== '0' && seen.length === Number(at) + 1) process.kill(process.pid, 'SIGTERM');
  };
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (...given) => (point('write'), write(...given));
  const append = fs.appendFileSync;
  fs.appendFileSync = (...given) => (point('append'), append(...given));
  syncBuiltinESMExports();
  // Requests and answers as they pass the connection: each of ours is one write, and the far side's come whole.
  const { write: send, emit } = Socket.prototype;
  const begins = (part, text) => Buffer.isBuffer(part) && text.test(part.toString('latin1', 0, 12));
  Socket.prototype.write = function (part, ...rest) {
    if (begins(part, /^[A-Z]{3,7} [/]/)) point('request');
    return send.call(this, part, ...rest);
  };
  Socket.prototype.emit = function (event, part, ...rest) {
    const heard = emit.call(this, event, part, ...rest);
    if (event === 'data' && begins(part, /^HTTP[/]1[.]1 /)) point('answer');
    return heard;
  };
  process.on('exit', () => fs.writeFileSync(log, seen.join(' ')));
  point('start');
}`;

export type SignalPoints = {
  /** For the environment of the job. */
  readonly env: Readonly<Record<string, string>>;
  /** What the stage did, point by point; empty when a signal ended it outright. */
  readonly seen: () => readonly string[];
};

/** From 1; 0 only counts. */
export function signalAt(at: number, stage = 'main'): SignalPoints {
  const log = join(temporaryFolder(), 'points');
  const preload = `--import=data:text/javascript,${encodeURIComponent(PRELOAD)}`;
  return {
    env: { NODE_OPTIONS: preload, POINTS_OF: stage, POINTS_AT: String(at), POINTS_LOG: log },
    seen: () => {
      try {
        return readFileSync(log, 'utf8').split(' ');
      } catch {
        return [];
      }
    },
  };
}
