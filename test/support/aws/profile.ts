// A profile that renews itself, from the side of the steps that use it: asking as SDKs do, and letting its keys grow old.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../runner/index.ts';

export type Keys = { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: string };

/** A script that asks the profile in `$RUNNER_TEMP/aws` as most SDKs do; what it prints goes where only the test reads it. */
export function ask(name: string): string {
  return `sh -c "$(sed -n 's/^credential_process = //p' "$RUNNER_TEMP/aws")" > ${name}`;
}

/** What such a script got. */
export function keys(job: Job, name: string): Keys {
  return JSON.parse(readFileSync(join(job.workspace, name), 'utf8')) as Keys;
}

/** As if time had passed until `leftSec` before the end. */
export function age(folder: string, leftSec: number): void {
  const path = join(folder, 'default.answer');
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Keys;
  writeFileSync(path, JSON.stringify({ ...kept, Expiration: new Date(Date.now() + leftSec * 1000).toISOString() }));
}
