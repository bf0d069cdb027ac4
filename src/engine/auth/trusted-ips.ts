// Trusted addresses of a config: the blocks from which its service tokens may be used (contracts/doppler.md 2.7).
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { inCidr, isCidr } from '../address.ts';
import type { Store } from '../storage/store.ts';
import { by, type Caller, event } from './caller.ts';
import type { Place } from './places.ts';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** Whether `ip` lies in one of `blocks`, joined by commas; null is everywhere. An unknown address lies nowhere. */
export function isTrusted(blocks: string | null, ip: string): boolean {
  if (blocks === null) return true;
  // Doppler's word for everywhere, which is meant for both families.
  return blocks.split(',').some((block) => ANYWHERE.includes(block) || inCidr(ip, block));
}

export class TrustedIps {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  list({ configId }: Place): Promise<string[]> {
    return this.#store.read.listTrustedIps({ configId });
  }

  /** @returns false when it was there already. @throws AppError ERR_REQUEST_INVALID */
  add(caller: Caller, { configId }: Place, ip: string): Promise<boolean> {
    if (!isCidr(ip)) throw new AppError('ERR_REQUEST_INVALID', 'The ip is neither an address nor a CIDR block.');
    const at = this.#clock.now();
    const about = event(caller, at, { action: 'trusted_ips.add', target: `config:${configId}`, outcome: 'ok' });
    return this.#store.write.addTrustedIp({ configId, cidr: ip, at, actor: by(caller).actor, event: about });
  }

  /** @throws AppError ERR_NOT_FOUND */
  async remove(caller: Caller, { configId }: Place, ip: string): Promise<void> {
    const at = this.#clock.now();
    const about = event(caller, at, { action: 'trusted_ips.remove', target: `config:${configId}`, outcome: 'ok' });
    const isGone = await this.#store.write.removeTrustedIp({ configId, cidr: ip, event: about });
    if (!isGone) throw new AppError('ERR_NOT_FOUND', 'Could not find requested trusted IP');
  }
}
