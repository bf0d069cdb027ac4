// What of a config can be set beside its secrets: its name, lock, protection, and whom it inherits or lets inherit.
import { AppError } from '#core/errors.js';
import { by, type Caller, event } from '../auth/caller.ts';
import { notFound, type Place } from '../auth/places.ts';
import { mayReference } from '../auth/references.ts';
import { checkBranchName, type ConfigParts, type ConfigRef } from './configs.ts';
import { tell } from './telling.ts';

const MAX_INHERITS = 20;

export type ConfigUpdate = {
  name?: string | undefined;
  locked?: boolean | undefined;
  isProtected?: boolean | undefined;
};

export class ConfigSettings {
  readonly #parts: ConfigParts;

  constructor(parts: ConfigParts) {
    this.#parts = parts;
  }

  /** @throws AppError ERR_REQUEST_INVALID for the name of a root config, or one that is not free or not allowed */
  async update(caller: Caller, place: Place, { name, locked, isProtected }: ConfigUpdate): Promise<void> {
    const renamed = name === undefined || name === place.config ? undefined : name;
    if (renamed !== undefined) checkRename(place, renamed);
    const config = renamed ?? place.config;
    const texts = [
      ...(renamed === undefined ? [] : [`Renamed config ${place.config} to ${renamed}`]),
      ...(locked === undefined ? [] : [`${locked ? 'Locked' : 'Unlocked'} config ${config}`]),
      ...(isProtected === undefined ? [] : [`Deletion protection of config ${config}: ${isProtected ? 'on' : 'off'}`]),
    ];
    if (texts.length === 0) return;
    await this.#parts.store.write.updateConfig({
      ...this.#change(caller, place, { action: 'configs.update', text: texts.join('. ') }),
      ...(renamed === undefined ? {} : { name: renamed }),
      ...(locked === undefined ? {} : { locked }),
      ...(isProtected === undefined ? {} : { isProtected }),
    });
    this.#parts.changed([place.configId]);
  }

  /** @throws AppError ERR_REQUEST_INVALID when it inherits itself, or is inherited and should no longer be */
  async setInheritable(caller: Caller, place: Place, inheritable: boolean): Promise<void> {
    const text = `Made config ${place.config} ${inheritable ? 'inheritable' : 'not inheritable'}`;
    await this.#parts.store.write.setInheritable({
      ...this.#change(caller, place, { action: 'configs.inheritable', text }),
      inheritable,
    });
  }

  /**
   * Replaces what the config inherits; the later wins over the earlier, its own and its root's win over all. Each must
   * be inheritable, and one that the caller may read: whoever reads this config reads them from now on.
   * @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND also where the caller may not read it
   */
  async setInherits(caller: Caller, place: Place, inherits: readonly ConfigRef[]): Promise<void> {
    if (inherits.length > MAX_INHERITS) {
      throw new AppError('ERR_REQUEST_INVALID', `A config inherits at most ${MAX_INHERITS} others.`);
    }
    const targets: string[] = [];
    for (const { project, config } of inherits) {
      const target = await this.#parts.places.find(project, config);
      if (!target || !mayReference(caller, target)) throw notFound('config', config);
      if (target.configId === place.configId || target.configId === place.rootConfigId) {
        throw new AppError('ERR_REQUEST_INVALID', 'A config cannot inherit itself or its root.');
      }
      if (!targets.includes(target.configId)) targets.push(target.configId);
    }
    const text = `Config ${place.config} inherits ${inherits.map((one) => `${one.project}.${one.config}`).join(', ') || 'nothing'}`;
    await this.#parts.store.write.setInherits({
      ...this.#change(caller, place, { action: 'configs.inherits', text }),
      targets,
      actor: by(caller).actor,
    });
    this.#parts.changed([place.configId]);
  }

  #change(caller: Caller, place: Place, { action, text }: { action: string; text: string }) {
    const at = this.#parts.clock.now();
    const { configId: id } = place;
    return {
      id,
      at,
      event: event(caller, at, { action, target: `config:${id}`, outcome: 'ok' }),
      log: tell(caller, place, text),
    };
  }
}

function checkRename(place: Place, name: string): void {
  if (place.rootConfigId === null) {
    throw new AppError('ERR_REQUEST_INVALID', 'A root config cannot be renamed; it has the name of its environment.');
  }
  checkBranchName(place.environment, name);
}
