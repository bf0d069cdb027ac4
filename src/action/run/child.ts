// Starts the child in a group of its own, passes on what it prints and what ends the job, and waits for it within bounds.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Command } from './shells.ts';

/**
 * A cancelled step has 7.5 s until the runner loses patience with us (contracts/runner.md 2.5); what is left after
 * both graces is for ending leases.
 */
const INTERRUPT_GRACE_MS = 4_000;
const TERMINATE_GRACE_MS = 1_000;
/** How long what the child left behind may keep its output open; the runner allows a step as much. */
const OUTPUT_GRACE_MS = 5_000;
/** Once the job is cancelled the time belongs to ending leases; what the child said last is read on a busy machine too. */
const CANCELLED_OUTPUT_GRACE_MS = 800;

export type ChildTools = {
  readonly clock: Clock;
  readonly platform: string;
  /** Aborts with the name of the signal that ends the job. */
  readonly stop: AbortSignal;
  /** To a process, or to the group of `-pid`; throws when there is none. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void;
};

export type ChildPlan = Command & {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes what the child prints, one piece of each stream at a time; the child waits while it is slow. */
  readonly take: (stream: 'out' | 'err', bytes: Uint8Array) => Promise<void>;
};

export type ChildEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether something that it left behind still had its output open. */
  readonly isHeld: boolean;
};

/**
 * Runs it to its end. Not through @actions/exec: that keeps the process to itself, so no signal could be passed on, and
 * it reads on no matter how slowly we write.
 * @throws AppError ERR_NOT_FOUND when there is no such program, ERR_CONFIG_INVALID when it cannot be started
 */
export async function runChild(plan: ChildPlan, tools: ChildTools): Promise<ChildEnd> {
  const hasGroups = tools.platform !== 'win32';
  const child = await started(plan, hasGroups);
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const over = new AbortController();
  const signal = (name: NodeJS.Signals) => send(child, name, hasGroups, tools);
  const drained = Promise.all([pump(child.stdout, 'out', plan), pump(child.stderr, 'err', plan)]);
  const ending = endWhenStopped(signal, tools, over.signal);
  const [code, by] = await ended;
  over.abort();
  await ending;
  if (tools.stop.aborted) signal('SIGKILL');
  const graceMs = tools.stop.aborted ? CANCELLED_OUTPUT_GRACE_MS : OUTPUT_GRACE_MS;
  const isHeld = !(await within(drained, tools.clock, graceMs));
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  await drained;
  return { code, signal: by, isHeld };
}

async function started(plan: ChildPlan, hasGroups: boolean): Promise<ChildProcess> {
  const { file, args, cwd, env } = plan;
  try {
    const child = spawn(file, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a signal reaches what the script started too.
      detached: hasGroups,
      windowsHide: true,
      windowsVerbatimArguments: plan.isVerbatim === true,
    });
    await once(child, 'spawn');
    return child;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new AppError('ERR_NOT_FOUND', `There is no ${file} on this machine to run the script with.`, {
        hint: 'Set shell to one that is there.',
      });
    const why =
      code === 'E2BIG'
        ? 'its environment is too large. Deliver fewer values, or a file'
        : `the system says ${code ?? 'no'}`;
    throw new AppError('ERR_CONFIG_INVALID', `The script of run could not be started: ${why}.`, { cause });
  }
}

/** Ends by itself when the stream does, or is destroyed. */
async function pump(stream: Readable | null, name: 'out' | 'err', plan: ChildPlan): Promise<void> {
  try {
    for await (const bytes of stream ?? []) await plan.take(name, bytes as Uint8Array);
  } catch {
    // Destroyed while something still held it: what came until then has been taken.
  }
}

/** First the signal that ended the job, then SIGTERM, then SIGKILL, each only while the child lives. */
async function endWhenStopped(
  signal: (name: NodeJS.Signals) => void,
  { clock, stop }: ChildTools,
  over: AbortSignal,
): Promise<void> {
  await aborted(stop, over);
  if (over.aborted) return;
  signal(stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
  await clock.sleep(INTERRUPT_GRACE_MS, over);
  if (over.aborted) return;
  signal('SIGTERM');
  await clock.sleep(TERMINATE_GRACE_MS, over);
  if (!over.aborted) signal('SIGKILL');
}

function send(child: ChildProcess, name: NodeJS.Signals, hasGroups: boolean, { kill }: ChildTools): void {
  if (child.pid === undefined) return;
  try {
    kill(hasGroups ? -child.pid : child.pid, name);
  } catch {
    // Nothing of it is left.
  }
}

/** Resolves when either aborts. */
async function aborted(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  if (!any.aborted) await new Promise((done) => any.addEventListener('abort', done, { once: true }));
}

/** Whether `work` was done in time. */
async function within(work: Promise<unknown>, clock: Clock, ms: number): Promise<boolean> {
  const over = new AbortController();
  const late = clock.sleep(ms, over.signal).then(() => false);
  const inTime = await Promise.race([work.then(() => true), late]);
  over.abort();
  return inTime;
}
