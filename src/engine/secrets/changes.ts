// Secrets changed: plans that are applied only while what they were made from still holds, each with its log.
import { randomUUID } from 'node:crypto';
import { AppError, asAppError } from '#core/errors.js';
import { by, type Caller } from '../auth/caller.ts';
import { denied, may } from '../auth/permissions.ts';
import type { Place } from '../auth/places.ts';
import type { NewLog } from '../storage/operations/logs.ts';
import type { SecretPut } from '../storage/operations/secrets.ts';
import type { Draft, DraftSecret } from './draft.ts';
import { EdgeMaker } from './edges.ts';
import { actOn, audit, type SecretParts, sightOf, snapshotOf } from './parts.ts';
import { type ChangeRequest, type Plan, planChanges } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import { writeState } from './states.ts';
import { Turns } from './turns.ts';

/** Only other engine processes on the same store can spoil a plan; each try loses to one that succeeded. */
const MAX_TRIES = 10;

/** What is to become of a config, and what its log shall say. */
export type Planner = (snapshot: Snapshot) => Plan | Promise<Plan>;
export type Telling = { body?: string; rollback?: boolean };

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
   * @returns the id of the log of the config itself; undefined when the plan changes nothing there
   */
  async apply(caller: Caller, place: Place, plan: Planner, telling: Telling = {}): Promise<string | undefined> {
    await this.#parts.sealing.prepare(place.projectId);
    // A branch's plan reads its root as well, so the environment is what takes turns.
    return this.#turns.take(place.environmentId, async () => {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const snapshot = await snapshotOf(this.#parts, place);
        const drafts = await this.#plan(caller, snapshot, plan);
        if (!drafts.own.isTouched && !drafts.root.isTouched) return undefined;
        const log = await this.#commit(caller, snapshot, drafts, telling);
        if (log) return log.id;
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

  /** The log of the change, or undefined when the snapshot does not hold any more. */
  async #commit(caller: Caller, snapshot: Snapshot, plan: Plan, telling: Telling): Promise<{ id: string } | undefined> {
    const { place } = snapshot;
    const drafts = [plan.own, plan.root].filter(({ isTouched }) => isTouched);
    const touched = new Set(drafts.map(({ configId }) => configId));
    const puts = (await Promise.all(drafts.map((draft) => this.puts(caller, snapshot, draft)))).flat();
    const deletes = drafts.flatMap(({ deleted }) => deleted.map(({ id }) => id));
    const logs = drafts.map((draft) => this.#log(caller, snapshot, draft, telling));
    const detail = { set: puts.length, deleted: deletes.length, promoted: plan.root.touched.length };
    const event = actOn(this.#parts, caller, { action: 'secrets.write', place, detail });
    const isApplied = await this.#parts.store.write.changeSecrets({
      configs: snapshot.configs.map(({ id, version }) => ({ id, version, touched: touched.has(id) })),
      ...{ puts, deletes, logs, event },
      actor: by(caller).actor,
      at: event.at,
    });
    if (!isApplied) return undefined;
    this.#parts.notices.publish([...touched]);
    return logs[0];
  }

  /** The rows of a draft's changed secrets, with the references that they may follow. */
  async puts(caller: Caller, snapshot: Snapshot, draft: Draft): Promise<SecretPut[]> {
    const edges = new EdgeMaker(this.#parts, caller);
    const home = homeOf(snapshot, draft);
    return Promise.all(draft.touched.map((secret) => this.#put(home, secret, edges)));
  }

  async #put(home: Place, secret: DraftSecret, edges: EdgeMaker): Promise<SecretPut> {
    const { sealing } = this.#parts;
    const { id, stored, name, value, visibility, valueType, isProtected } = secret;
    const sealedName = sealing.sealName(home.projectId, id, name);
    const version = versionOf(secret);
    const sealed = value && sealing.sealValue(home.projectId, id, version, value.text);
    return {
      ...{ id, visibility, valueType, isProtected, version },
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
            dialect: value.origin?.dialect ?? 'doppler',
            edges: await edges.of(id, value, home),
          },
        }),
    };
  }

  #log(caller: Caller, snapshot: Snapshot, draft: Draft, { body, rollback = false }: Telling): NewLog {
    const { sealing } = this.#parts;
    const { projectId, configId, project, environment, config } = homeOf(snapshot, draft);
    const state = (secretId: string, one: Parameters<typeof writeState>[0]) =>
      writeState(pick(one), { sealing, projectId, secretId });
    const changes = [
      ...draft.touched.map((secret) => ({
        secretId: secret.id,
        before: secret.stored ? state(secret.id, secret.stored) : null,
        after: state(secret.id, { ...secret, version: versionOf(secret) }),
      })),
      ...draft.deleted.map((secret) => ({ secretId: secret.id, before: state(secret.id, secret), after: null })),
    ];
    return {
      ...{ id: randomUUID(), configId, project, environment, config, changes, rollback },
      body: body ?? describe(draft),
      actor: by(caller).actor,
      actorName: caller.name,
    };
  }
}

function versionOf({ stored, value }: DraftSecret): number {
  return value ? (stored?.version ?? 0) + 1 : (stored?.version ?? 1);
}

function pick({ name, version, visibility, valueType }: Parameters<typeof writeState>[0]) {
  return { name, version, visibility, valueType };
}

/** Names of secrets stay sealed: the text only counts. */
function describe({ touched, deleted }: Draft): string {
  const added = touched.filter(({ stored }) => !stored).length;
  const parts = [
    ['Added', added],
    ['changed', touched.length - added],
    ['deleted', deleted.length],
  ].flatMap(([verb, count]) => (count === 0 ? [] : [`${verb} ${count} secret${count === 1 ? '' : 's'}`]));
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function homeOf(snapshot: Snapshot, { configId }: Draft): Place {
  return snapshot.scopeOf(configId)?.place ?? snapshot.place;
}
