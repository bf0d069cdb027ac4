// Notes on secrets: one per project and name, shown wherever the name is; sealed like a value.
import { AppError } from '#core/errors.js';
import { SECRET_NAME } from '#core/names.js';
import { by, type Caller, event } from '../auth/caller.ts';
import type { SecretParts } from './parts.ts';

/** Characters. */
const MAX_NOTE = 4096;

/** @throws AppError ERR_REQUEST_INVALID */
export function checkNote(note: string): void {
  if (note.length > MAX_NOTE || !note.isWellFormed()) {
    throw new AppError('ERR_REQUEST_INVALID', `A note has at most ${MAX_NOTE} characters.`);
  }
}

export class Notes {
  readonly #parts: SecretParts;

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /** An empty note clears it. @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND */
  async put(caller: Caller, project: string, { secret, note }: { secret: string; note: string }): Promise<void> {
    const { store, clock, places, sealing, notices } = this.#parts;
    if (!SECRET_NAME.test(secret)) throw new AppError('ERR_REQUEST_INVALID', 'There can be no secret of this name.');
    checkNote(note);
    const { id: projectId } = await places.project(project);
    await sealing.prepare(projectId);
    const nameDigest = sealing.digest(projectId, secret);
    const at = clock.now();
    const touched = await store.write.putNote({
      ...{ projectId, nameDigest, at },
      sealed: note === '' ? undefined : sealing.sealNote(projectId, nameDigest, note),
      actor: by(caller).actor,
      event: event(caller, at, { action: 'secrets.note', target: `project:${projectId}`, outcome: 'ok' }),
    });
    notices.publish(touched);
  }
}
