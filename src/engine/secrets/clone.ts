// A config copied into a new branch: values sealed anew, references kept only where the copier may follow them.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { ROOT_PATH } from '#core/folder.js';
import { by, type Caller, event } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import { mayReference } from '../auth/references.ts';
import type { CountLimit } from '../storage/operations/configs.ts';
import type { NewLog } from '../storage/operations/logs.ts';
import type { SecretPut } from '../storage/operations/secrets.ts';
import { EdgeMaker } from './edges.ts';
import { type SecretParts, snapshotOf } from './parts.ts';
import type { Snapshot, StoredSecret } from './snapshot.ts';

const MAX_TRIES = 10;

/** A checked name for the new branch, with its log. */
export type CloneWish = { id: string; name: string; limit: CountLimit; log: NewLog };

export class Cloning {
  readonly #parts: SecretParts;

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /**
   * The new config is neither locked, protected nor inheritable.
   * @throws AppError ERR_REQUEST_INVALID when the name is taken, ERR_UNAVAILABLE when the source never stood still
   */
  async clone(caller: Caller, place: Place, { id, name, limit, log }: CloneWish): Promise<void> {
    const { store, clock, sealing } = this.#parts;
    await sealing.prepare(place.projectId);
    const home: Place = { ...place, configId: id, config: name };
    const inherits = await this.#inherits(caller, place);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const snapshot = await snapshotOf(this.#parts, place);
      const at = clock.now();
      const isDone = await store.write.cloneConfig({
        ...{ at, limit, log, inherits },
        config: { id, name },
        environmentId: place.environmentId,
        source: { id: place.configId, version: versionOf(snapshot, place) },
        puts: await this.#puts(caller, snapshot, home),
        actor: by(caller).actor,
        event: event(caller, at, {
          action: 'configs.clone',
          target: `config:${id}`,
          outcome: 'ok',
          detail: { source: place.configId },
        }),
      });
      if (isDone) return;
    }
    throw new AppError('ERR_UNAVAILABLE', 'The config is being changed by others.', { hint: 'Try again.' });
  }

  async #inherits(caller: Caller, place: Place): Promise<string[]> {
    const { store, places } = this.#parts;
    const rows = await store.read.listInheritance({ projectId: place.projectId });
    const targets: string[] = [];
    for (const { config_id, other_id, kind } of rows) {
      if (kind !== 'inherits' || config_id !== place.configId) continue;
      const target = await places.byId(other_id);
      if (target && mayReference(caller, target)) targets.push(other_id);
    }
    return targets;
  }

  async #puts(caller: Caller, snapshot: Snapshot, home: Place): Promise<SecretPut[]> {
    const edges = new EdgeMaker(this.#parts, caller);
    return Promise.all([...snapshot.own.values()].map((secret) => this.#put(secret, home, edges)));
  }

  async #put(secret: StoredSecret, home: Place, edges: EdgeMaker): Promise<SecretPut> {
    const { sealing } = this.#parts;
    const id = randomUUID();
    const { visibility, valueType, dialect } = secret;
    const text = secret.open();
    const name = sealing.sealName(home.projectId, id, secret.name);
    const value = sealing.sealValue(home.projectId, id, 1, text);
    const origin = { secretId: secret.id, version: secret.version, dialect };
    return {
      ...{
        id,
        visibility,
        valueType,
        configId: home.configId,
        path: ROOT_PATH,
        isNew: true,
        isProtected: false,
        version: 1,
      },
      nameDigest: sealing.digest(home.configId, secret.name),
      nameSealed: name.sealed,
      nameKeyId: name.keyId,
      value: {
        ...{ dataKeyId: value.keyId, sealed: value.sealed, dialect },
        edges: await edges.of(id, { text, origin }, home),
      },
    };
  }
}

function versionOf({ configs }: Snapshot, { configId }: Place): number {
  return configs.find(({ id }) => id === configId)?.version ?? -1;
}
