// Processes over /proc and node:child_process; where there is no /proc, nothing can be told for certain.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ProcessIdentity, Processes } from './processes.ts';

const WORKER = 'Runner.Worker';
/** For a child to take a brief of some kilobytes. */
const TAKE_MS = 2_000;

/** This process, as far as others are found from it. */
export type Here = Pick<NodeJS.Process, 'ppid' | 'execPath' | 'kill'>;

export function nodeProcesses({ ppid, execPath, kill }: Here): Processes {
  const isAlive = (one: ProcessIdentity) => identify(one.pid)?.startedAt === one.startedAt;
  return {
    worker: () => {
      const parent = identify(ppid);
      return parent?.name === WORKER ? { pid: parent.pid, startedAt: parent.startedAt } : undefined;
    },
    isAlive,
    startDetached: async (script, env, input) => {
      // In / it holds no folder that the job may want to remove.
      const child = spawn(execPath, [script], { env, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
      child.unref();
      const failed = once(child, 'error').then(() => undefined);
      child.stdin.end(input);
      const taken = once(child.stdin, 'finish', { signal: AbortSignal.timeout(TAKE_MS) });
      await Promise.race([taken, failed, once(child.stdin, 'error')]).catch(() => undefined);
      const started = child.stdin.writableFinished ? identify(child.pid ?? 0) : undefined;
      if (!started) child.kill('SIGKILL');
      return started && { pid: started.pid, startedAt: started.startedAt };
    },
    stop: (one) => {
      try {
        if (isAlive(one)) kill(one.pid, 'SIGTERM');
      } catch {
        // Gone between the two looks.
      }
    },
  };
}

/** proc_pid_stat(5): the name stands in brackets and may hold any character, the start time is field 22. */
function identify(pid: number): (ProcessIdentity & { readonly name: string }) | undefined {
  if (pid <= 1) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const [state, startedAt] = [fields[0], fields[22 - 3]];
    if (startedAt === undefined || state === 'Z' || state === 'X') return undefined;
    return { pid, startedAt, name: stat.slice(stat.indexOf('(') + 1, end) };
  } catch {
    return undefined;
  }
}
