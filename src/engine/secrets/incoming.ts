// References into a config as its own people see them: who pulls which secret from here, since when, and how to end it.
import { keyAt } from '#core/folder.js';
import type { Caller } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import type { ReferenceRow } from '../storage/operations/references.ts';
import { actOn, audit, type SecretParts, snapshotOf } from './parts.ts';

/** `name`, and `source.secret`, with the folder before it where there is one. `name` is null where no secret of this config has the name now. */
export type IncomingReference = {
  slug: string;
  name: string | null;
  source: { project: string; config: string; secret: string };
  createdAt: number;
  createdBy: string;
};

export class IncomingReferences {
  readonly #parts: SecretParts;

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  async list(caller: Caller, place: Place): Promise<IncomingReference[]> {
    const { store, sealing } = this.#parts;
    const snapshot = await snapshotOf(this.#parts, place);
    const keys = [...snapshot.scope.secrets.keys(), ...snapshot.folders.keys()];
    const names = new Map(keys.map((key) => [sealing.digest(place.configId, key), key]));
    const rows = await store.read.listIncomingReferences({ configId: place.configId });
    await audit(this.#parts, caller, { action: 'references.list', place, detail: { count: rows.length } });
    return rows.map((row) => ({
      slug: row.id,
      name: names.get(row.target_digest) ?? null,
      source: { project: row.project, config: row.config, secret: this.#source(row) },
      createdAt: row.created_at,
      createdBy: row.created_by,
    }));
  }

  #source({ secret_id: id, path, ...row }: ReferenceRow): string {
    return keyAt({ path, name: this.#parts.sealing.openName({ ...row, id }) });
  }

  /** From then on its text is text, in every version of the source. @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, place: Place, slug: string): Promise<void> {
    const { store, notices } = this.#parts;
    const detail = { reference: slug.slice(0, 64) };
    const event = actOn(this.#parts, caller, { action: 'references.delete', place, detail });
    notices.publish([await store.write.deleteReference({ configId: place.configId, id: slug, event })]);
  }
}
