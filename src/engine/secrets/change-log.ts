// The log of a changed config as Doppler's users read it: what became of the secrets that they see, and of no other.
import { randomUUID } from 'node:crypto';
import { ROOT_PATH } from '#core/folder.js';
import type { Place } from '../auth/places.ts';
import type { NewLog } from '../storage/operations/logs.ts';
import type { Draft, DraftSecret } from './draft.ts';
import type { Sealing } from './sealing.ts';
import { writeState } from './states.ts';

/** What a log shall say beside what it tells of. */
export type Telling = { body?: string; rollback?: boolean };
type Log = Omit<NewLog, 'actor' | 'actorName'>;
type Form = Parameters<typeof writeState>[0];

/**
 * Undefined where nothing changed but in folders: the audit log alone tells of that. A secret that moves into a folder
 * is deleted here, and one that moves out of it is added.
 */
export function changeLog(sealing: Sealing, home: Place, draft: Draft, telling: Telling): Log | undefined {
  const { projectId, configId, project, environment, config } = home;
  const seen = seenIn(draft);
  if (seen.length === 0) return undefined;
  const { body = describe(seen), rollback = false } = telling;
  const changes = seen.map(({ id: secretId, before, after }) => {
    const state = (form: Form | undefined) => (form ? writeState(pick(form), { sealing, projectId, secretId }) : null);
    return { secretId, before: state(before), after: state(after) };
  });
  return { id: randomUUID(), configId, project, environment, config, changes, rollback, body };
}

/** The version that a changed secret will have. */
export function versionOf({ stored, value }: DraftSecret): number {
  return value ? (stored?.version ?? 0) + 1 : (stored?.version ?? 1);
}

type Seen = { id: string; before: Form | undefined; after: Form | undefined };

function seenIn({ touched, deleted }: Draft): Seen[] {
  const changed = touched.map((secret): Seen => {
    const before = secret.stored?.path === ROOT_PATH ? secret.stored : undefined;
    const after = secret.path === ROOT_PATH ? { ...secret, version: versionOf(secret) } : undefined;
    return { id: secret.id, before, after };
  });
  const gone = deleted.map((secret): Seen => {
    return { id: secret.id, before: secret.path === ROOT_PATH ? secret : undefined, after: undefined };
  });
  return [...changed, ...gone].filter(({ before, after }) => before ?? after);
}

function pick({ name, version, visibility, valueType }: Form): Form {
  return { name, version, visibility, valueType };
}

/** Names of secrets stay sealed: the text only counts. */
function describe(seen: readonly Seen[]): string {
  const added = seen.filter(({ before }) => !before).length;
  const deleted = seen.filter(({ after }) => !after).length;
  const parts = [
    ['Added', added],
    ['changed', seen.length - added - deleted],
    ['deleted', deleted],
  ].flatMap(([verb, count]) => (count === 0 ? [] : [`${verb} ${count} secret${count === 1 ? '' : 's'}`]));
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
