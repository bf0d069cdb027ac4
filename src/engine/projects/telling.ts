// The log entry of a change to a project, an environment or a config, for those who read the activity log.
import { randomUUID } from 'node:crypto';
import { by, type Caller } from '../auth/caller.ts';
import type { NewLog } from '../storage/operations/logs.ts';

type Where = { project: string; environment?: string; config?: string; configId?: string };

/** `body` is one sentence without a secret's name or value. */
export function tell(caller: Caller, { project, environment, config, configId }: Where, body: string): NewLog {
  return {
    id: randomUUID(),
    configId: configId ?? null,
    project,
    environment: environment ?? null,
    config: config ?? null,
    body,
    rollback: false,
    actor: by(caller).actor,
    actorName: caller.name,
    changes: [],
  };
}
