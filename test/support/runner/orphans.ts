// Ends what a job left running: the runner finds such processes by RUNNER_TRACKING_ID in their environment.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process ids whose environment has this tracking id. Linux only; elsewhere none are found. */
export function findOrphans(trackingId: string): number[] {
  if (process.platform !== 'linux') return [];
  const entry = `RUNNER_TRACKING_ID=${trackingId}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(entry))
    .map(Number);
}

/** Kills them and waits until they are gone, two seconds at most. Returns what it killed. */
export async function endOrphans(trackingId: string): Promise<number[]> {
  const killed = findOrphans(trackingId);
  for (const pid of killed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone between the two looks.
    }
  }
  for (let tries = 0; tries < 100 && findOrphans(trackingId).length > 0; tries++) await sleep(20);
  return killed;
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
