// Secrets of a config: read with an audit row before the answer, changed by plans that are applied only while they hold.
import type { Clock } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { type Caller, by, event } from '../auth/caller.ts';
import { denied, may } from '../auth/permissions.ts';
import type { Place } from '../auth/places.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { SecretPut } from '../storage/operations/secrets.ts';
import type { Store } from '../storage/store.ts';
import { type SecretView, type Selection, selectNames, viewSecrets } from './computed.ts';
import type { Draft, DraftSecret } from './draft.ts';
import { type ChangeRequest, type Plan, planChanges } from './plan.ts';
import { Sealing } from './sealing.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { Turns } from './turns.ts';

/** Only other engine processes on the same store can spoil a plan; each try loses to one that succeeded. */
const MAX_TRIES = 10;

export class Secrets {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #sealing: Sealing;
  readonly #turns = new Turns();

  constructor({ store, keyring, clock }: { store: Store; keyring: Keyring; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
    this.#sealing = new Sealing(keyring);
  }

  /** With values where the caller may have them, else with nulls. */
  async list(caller: Caller, place: Place, selection: Selection): Promise<SecretView[]> {
    const snapshot = await this.#snapshot(place);
    const reveal = may(caller, 'secrets.values', place);
    const secrets = viewSecrets(snapshot, selectNames(snapshot, selection), reveal).map(shownTo(caller));
    await this.#audit(caller, { action: 'secrets.list', place, detail: { count: secrets.length, values: reveal } });
    return secrets;
  }

  /** Undefined where there is none of this name. */
  async get(caller: Caller, place: Place, name: string): Promise<SecretView | undefined> {
    const snapshot = await this.#snapshot(place);
    const reveal = may(caller, 'secrets.values', place);
    const names = selectNames(snapshot, { names: [name], includeManaged: true });
    const [secret] = viewSecrets(snapshot, names, reveal).map(shownTo(caller));
    const detail = { secret: snapshot.effective.get(name)?.id ?? null, values: reveal && secret !== undefined };
    await this.#audit(caller, { action: 'secrets.get', place, detail });
    return secret;
  }

  /** Names alone; no value is opened. */
  async names(place: Place, selection: Selection): Promise<string[]> {
    return selectNames(await this.#snapshot(place), selection);
  }

  /** Computed values, sorted by name. */
  async download(caller: Caller, place: Place, selection: Selection): Promise<Map<string, Sensitive>> {
    const snapshot = await this.#snapshot(place);
    const secrets = viewSecrets(snapshot, selectNames(snapshot, selection), may(caller, 'secrets.values', place));
    const hidden = caller.isUser ? secrets.filter(({ computedVisibility: seen }) => seen === 'restricted') : [];
    if (hidden.length > 0) {
      await this.#audit(caller, { action: 'secrets.download', place, detail: { count: 0 }, outcome: 'denied' });
      throw new AppError('ERR_ACCESS_DENIED', 'The config has restricted secrets, which no user token downloads.', {
        hint: 'Use a service token or a service account, or name the other secrets.',
      });
    }
    await this.#audit(caller, { action: 'secrets.download', place, detail: { count: secrets.length, values: true } });
    return new Map(secrets.flatMap(({ name, computed }) => (computed ? [[name, computed]] : [])));
  }

  /**
   * Applies all requests or none.
   * @throws AppError ERR_REQUEST_INVALID (audited), ERR_UNAVAILABLE when others kept changing the config
   */
  async change(caller: Caller, place: Place, requests: readonly ChangeRequest[]): Promise<void> {
    await this.#sealing.prepare(place.projectId);
    // A branch's plan reads its root as well, so the environment is what takes turns.
    await this.#turns.take(place.environmentId, async () => {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const snapshot = await this.#snapshot(place);
        const plan = await this.#plan(caller, snapshot, requests);
        if (!plan.own.isTouched && !plan.root.isTouched) return;
        if (await this.#apply(caller, snapshot, plan)) return;
      }
      throw new AppError('ERR_UNAVAILABLE', 'The config is being changed by others.', { hint: 'Try again.' });
    });
  }

  async #plan(caller: Caller, snapshot: Snapshot, requests: readonly ChangeRequest[]): Promise<Plan> {
    try {
      if (requests.some(({ shouldPromote }) => shouldPromote) && !may(caller, 'secrets.promote', snapshot.place)) {
        throw denied(caller, 'secrets.promote');
      }
      // Whoever may compare may guess.
      if (
        requests.some(({ originalValue }) => originalValue != null) &&
        !may(caller, 'secrets.values', snapshot.place)
      ) {
        throw denied(caller, 'secrets.values');
      }
      const plan = planChanges(snapshot, requests);
      const drafts = [plan.own, plan.root].filter(({ isTouched }) => isTouched).map(({ configId }) => configId);
      if (snapshot.configs.some(({ id, locked }) => locked && drafts.includes(id))) {
        throw new AppError('ERR_REQUEST_INVALID', 'The config is locked.', { hint: 'Unlock it first.' });
      }
      return plan;
    } catch (error) {
      const detail = { code: asAppError(error).code };
      await this.#audit(caller, { action: 'secrets.write', place: snapshot.place, detail, outcome: 'failed' });
      throw error;
    }
  }

  #apply(caller: Caller, { place, configs }: Snapshot, { own, root }: Plan): Promise<boolean> {
    const at = this.#clock.now();
    const touched = new Set([own, root].filter(({ isTouched }) => isTouched).map(({ configId }) => configId));
    const puts = [own, root].flatMap((draft) => draft.touched.map((secret) => this.#put(place, draft, secret)));
    const deletes = [...own.deleted, ...root.deleted];
    return this.#store.write.changeSecrets({
      configs: configs.map(({ id, version }) => ({ id, version, touched: touched.has(id) })),
      puts,
      deletes,
      dialect: 'doppler',
      actor: by(caller).actor,
      at,
      event: event(caller, at, {
        action: 'secrets.write',
        target: `config:${place.configId}`,
        outcome: 'ok',
        detail: { set: puts.length, deleted: deletes.length, promoted: root.touched.length },
      }),
    });
  }

  #put({ projectId }: Place, { configId }: Draft, secret: DraftSecret): SecretPut {
    const { id, stored, name, value } = secret;
    const sealedName = this.#sealing.sealName(projectId, id, name);
    const version = value ? (stored?.version ?? 0) + 1 : (stored?.version ?? 1);
    const sealed = value && this.#sealing.sealValue(projectId, id, version, value);
    return {
      id,
      configId,
      isNew: !stored,
      nameDigest: this.#sealing.digest(configId, name),
      nameSealed: sealedName.sealed,
      nameKeyId: sealedName.keyId,
      visibility: secret.visibility,
      valueType: secret.valueType,
      version,
      ...(sealed && { value: { dataKeyId: sealed.keyId, sealed: sealed.sealed } }),
    };
  }

  #snapshot(place: Place): Promise<Snapshot> {
    return takeSnapshot(this.#store, this.#sealing, place);
  }

  async #audit(
    caller: Caller,
    what: {
      action: string;
      place: Place;
      detail: Record<string, string | number | boolean | null>;
      outcome?: 'ok' | 'failed' | 'denied';
    },
  ): Promise<void> {
    const { action, place, detail, outcome = 'ok' } = what;
    const target = `config:${place.configId}`;
    const one = event(caller, this.#clock.now(), { action, target, outcome, detail });
    await this.#store.write.recordAudit({ events: [one] });
  }
}

/** Restricted values go to tokens that are not tied to a user, by no route to any other (contracts/doppler.md 1.2). */
function shownTo({ isUser }: Caller): (secret: SecretView) => SecretView {
  return (secret) => ({
    ...secret,
    raw: isUser && secret.rawVisibility === 'restricted' ? null : secret.raw,
    computed: isUser && secret.computedVisibility === 'restricted' ? null : secret.computed,
  });
}
