// The end of a plugin: whoever asks for it, what is borrowed is given back first, once.
import { asAppError } from '#core/errors.js';
import type { Log } from './log.ts';
import type { Machine } from './machine.ts';

export type Life = {
  /** Gives back everything borrowed; the same promise for every caller. Never rejects. */
  drain: (why: string) => Promise<void>;
  /** Drains, closes, exits. */
  end: (why: string, exitCode: number) => Promise<void>;
};

export type LifeOptions = {
  machine: Machine;
  log: Log;
  /** Gives back; bounded in time by whoever provides it. */
  giveBack: () => Promise<void>;
  /** Takes our address away, before anything that the host may cut short by a kill. */
  unlist: () => void;
  /** Waits, within bounds, for the requests that are being answered. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
  openSessions: () => number;
};

const PARENT_POLL_MS = 500;
/** A host that has not called by then never will: it died before we could see its process id. */
const LONELY_POLLS = 240;

/**
 * Watches for every end there is: SIGTERM and SIGHUP, a dead parent (a killed host orphans its plugins), a host that
 * never came. GRPCController.Shutdown calls `drain` and `end` itself.
 */
export function liveUntilAsked(options: LifeOptions): Life {
  const { machine, log } = options;
  const life = newLife(options);
  machine.onEnd((why, exitCode) => void life.end(why, exitCode));
  machine.onStray((error) =>
    log('error', 'A promise was rejected and nobody listened.', { code: asAppError(error).code }),
  );
  const parent = machine.parent();
  let polls = 0;
  let met = false;
  machine.every(PARENT_POLL_MS, () => {
    met ||= options.openSessions() > 0;
    polls += 1;
    if (machine.parent() !== parent) void life.end('the host is gone', 0);
    else if (!met && polls >= LONELY_POLLS) void life.end('no host ever called', 1);
  });
  return life;
}

function newLife({ machine, log, giveBack, unlist, settle, close }: LifeOptions): Life {
  let drained: Promise<void> | undefined;
  let ended: Promise<void> | undefined;
  const drain = (why: string): Promise<void> => {
    drained ??= (async () => {
      log('debug', 'Giving back what is borrowed.', { why });
      try {
        await giveBack();
      } catch (error) {
        log('error', 'Giving back failed.', { code: asAppError(error).code });
      }
    })();
    return drained;
  };
  const end = (why: string, exitCode: number): Promise<void> => {
    ended ??= (async () => {
      unlist();
      await Promise.all([drain(why), settle()]);
      await close();
      machine.exit(exitCode);
    })();
    return ended;
  };
  return { drain, end };
}
