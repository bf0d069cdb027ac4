// Secrets changed: plans that are applied only while what they were made from still holds, each with its log.
import { randomUUID } from 'node:crypto';
import { AppError, asAppError } from '#core/errors.js';
import { by, type Caller } from '../auth/caller.ts';
import { denied, may } from '../auth/permissions.ts';
import type { Place } from '../auth/places.ts';
import type { NewLog } from '../storage/operations/logs.ts';
import type { NoteChange } from '../storage/operations/notes.ts';
import type { NewOverride, SecretPut } from '../storage/operations/secrets.ts';
import { changeLog, type Telling, versionOf } from './change-log.ts';
import { dialectOf, type Draft, type DraftSecret } from './draft.ts';
import { EdgeMaker } from './edges.ts';
import { actOn, audit, type SecretParts, sightOf, snapshotOf } from './parts.ts';
import { type ChangeRequest, type Plan, planChanges } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import { Turns } from './turns.ts';

/** Only other engine processes on the same store can spoil a plan; each try loses to one that succeeded. */
const MAX_TRIES = 10;

/** What is to become of a config, and what its log shall say. */
export type Planner = (snapshot: Snapshot) => Plan | Promise<Plan>;

export class SecretChanges {
  readonly #parts: SecretParts;
  readonly #turns = new Turns();

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /**
   * Applies all requests or none.
   * @throws AppError ERR_REQUEST_INVALID (audited), ERR_UNAVAILABLE when others kept changing the config
   */
  async change(caller: Caller, place: Place, requests: readonly ChangeRequest[]): Promise<void> {
    await this.apply(caller, place, (snapshot) => {
      if (requests.some(({ shouldPromote }) => shouldPromote) && !may(caller, 'secrets.promote', place)) {
        throw denied(caller, 'secrets.promote');
      }
      // Whoever may compare may guess.
      if (requests.some(({ originalValue }) => originalValue != null) && !may(caller, 'secrets.values', place)) {
        throw denied(caller, 'secrets.values');
      }
      return planChanges(snapshot, requests, sightOf(caller, place));
    });
  }

  /**
   * Plans and applies until nobody came in between.
   * @returns the id of the log of the config itself; undefined when the plan changes nothing that it would tell of
   */
  async apply(caller: Caller, place: Place, plan: Planner, telling: Telling = {}): Promise<string | undefined> {
    await this.#parts.sealing.prepare(place.projectId);
    // A branch's plan reads its root as well, so the environment is what takes turns.
    return this.#turns.take(place.environmentId, async () => {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const snapshot = await snapshotOf(this.#parts, place);
        const drafts = await this.#plan(caller, snapshot, plan);
        if (!drafts.own.isTouched && !drafts.root.isTouched) return undefined;
        const done = await this.#commit(caller, snapshot, drafts, telling);
        if (done) return done.logId;
      }
      throw new AppError('ERR_UNAVAILABLE', 'The config is being changed by others.', { hint: 'Try again.' });
    });
  }

  async #plan(caller: Caller, snapshot: Snapshot, planner: Planner): Promise<Plan> {
    try {
      const plan = await planner(snapshot);
      const drafts = [plan.own, plan.root].filter(({ isTouched }) => isTouched).map(({ configId }) => configId);
      if (snapshot.configs.some(({ id, locked }) => locked && drafts.includes(id))) {
        throw new AppError('ERR_REQUEST_INVALID', 'The config is locked.', { hint: 'Unlock it first.' });
      }
      return plan;
    } catch (error) {
      const detail = { code: asAppError(error).code };
      const { place } = snapshot;
      await audit(this.#parts, caller, { action: 'secrets.write', place, detail, outcome: 'failed' });
      throw error;
    }
  }

  /** Undefined when the snapshot does not hold any more. */
  async #commit(caller: Caller, snapshot: Snapshot, plan: Plan, telling: Telling) {
    const { place } = snapshot;
    const drafts = [plan.own, plan.root].filter(({ isTouched }) => isTouched);
    const touched = new Set(drafts.map(({ configId }) => configId));
    const puts = (await Promise.all(drafts.map((draft) => this.puts(caller, snapshot, draft)))).flat();
    const deletes = drafts.flatMap(({ deleted }) => deleted.map(({ id }) => id));
    const logs = drafts.flatMap((draft) => this.#log(caller, snapshot, draft, telling));
    const notes = [...(plan.notes ?? [])].map(([key, note]) => this.#note(place, key, note));
    const detail = { set: puts.length, deleted: deletes.length, promoted: plan.root.touched.length };
    const event = actOn(this.#parts, caller, { action: 'secrets.write', place, detail });
    const isApplied = await this.#parts.store.write.changeSecrets({
      configs: snapshot.configs.map(({ id, version }) => ({ id, version, touched: touched.has(id) })),
      ...{ puts, deletes, logs, notes, event },
      actor: by(caller).actor,
      at: event.at,
    });
    if (!isApplied) return undefined;
    this.#parts.notices.publish([...touched]);
    return { logId: logs[0]?.id };
  }

  /** The rows of a draft's changed secrets, with the references that they may follow. */
  async puts(caller: Caller, snapshot: Snapshot, draft: Draft): Promise<SecretPut[]> {
    return this.putsAt(caller, { home: homeOf(snapshot, draft), draft, edges: new EdgeMaker(this.#parts, caller) });
  }

  /** The same where nothing is yet. */
  async putsAt(caller: Caller, at: { home: Place; draft: Draft; edges: EdgeMaker }): Promise<SecretPut[]> {
    return Promise.all(at.draft.touched.map((secret) => this.#put(at.home, secret, at.edges, caller)));
  }

  async #put(home: Place, secret: DraftSecret, edges: EdgeMaker, caller: Caller): Promise<SecretPut> {
    const { sealing } = this.#parts;
    const { id, stored, path, name, value, visibility, valueType, isProtected, more } = secret;
    const sealedName = sealing.sealName(home.projectId, id, name);
    const version = versionOf(secret);
    const sealed = value && sealing.sealValue(home.projectId, id, version, value.text);
    return {
      ...{ id, path, visibility, valueType, isProtected, version },
      isEdit: more.isEdit === true && !value,
      tags: more.tags && JSON.stringify(more.tags),
      override: this.#override(home, secret, caller),
      configId: home.configId,
      isNew: !stored,
      nameDigest: sealing.digest(home.configId, name),
      nameSealed: sealedName.sealed,
      nameKeyId: sealedName.keyId,
      ...(value &&
        sealed && {
          value: {
            dataKeyId: sealed.keyId,
            sealed: sealed.sealed,
            dialect: dialectOf(value),
            edges: await edges.of(id, value, home),
          },
        }),
    };
  }

  #log(caller: Caller, snapshot: Snapshot, draft: Draft, telling: Telling): NewLog[] {
    return this.logsAt(caller, homeOf(snapshot, draft), draft, telling);
  }

  /** What the log of a config says of a draft. */
  logsAt(caller: Caller, home: Place, draft: Draft, telling: Telling = {}): NewLog[] {
    const log = changeLog(this.#parts.sealing, home, draft, telling);
    return log ? [{ ...log, actor: by(caller).actor, actorName: caller.name }] : [];
  }

  #override(home: Place, { id, more }: DraftSecret, { principalId }: Caller): NewOverride | undefined {
    if (!more.override) return undefined;
    const { value, isActive } = more.override;
    const { keyId, sealed } = this.#parts.sealing.sealOverride(home.projectId, id, principalId, value);
    return { id: randomUUID(), principalId, keyId, sealed, active: isActive };
  }

  #note({ projectId }: Place, key: string, note: string): NoteChange {
    const { sealing } = this.#parts;
    const nameDigest = sealing.digest(projectId, key);
    return { projectId, nameDigest, sealed: note === '' ? undefined : sealing.sealNote(projectId, nameDigest, note) };
  }
}

function homeOf(snapshot: Snapshot, { configId }: Draft): Place {
  return snapshot.scopeOf(configId)?.place ?? snapshot.place;
}
