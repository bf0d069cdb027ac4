// The gate of every outgoing call: resolves a host once, refuses addresses that were not allowed, and pins the one to use.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { classifyAddress, inCidr, isCidr } from './address.ts';

/** `outgoing`: OIDC discovery, keys and the like. `integration`: the systems that mint credentials. */
export type EgressPurpose = 'outgoing' | 'integration';

/** The address that was checked is the one to connect to; `host` stays the name for TLS. */
export type Pinned = { readonly host: string; readonly address: string; readonly loopback: boolean };

export interface Egress {
  /**
   * @throws AppError ERR_INTEGRATION_FAILED when policy refuses it, ERR_UNAVAILABLE when the name does not resolve.
   * For `outgoing` both are the same ERR_UNAVAILABLE, so that the engine is no map of the network behind it.
   */
  resolve(host: string, purpose: EgressPurpose): Promise<Pinned>;
}

export type EgressOptions = {
  clock: Clock;
  /** All addresses of a name, e.g. node:dns/promises lookup with `all`. */
  lookup(host: string): Promise<readonly { address: string }[]>;
  /** `--allow-egress` and `--allow-integration`: host names, addresses and CIDR blocks. */
  allow: Readonly<Record<EgressPurpose, readonly string[]>>;
};

const RESOLVE_TIMEOUT_MS = 5000;

/**
 * @throws AppError ERR_CONFIG_INVALID naming every entry that is neither a host nor an address block
 */
export function createEgress(options: EgressOptions): Egress {
  refuseBadEntries(options.allow);
  return {
    resolve: async (host, purpose) => {
      const addresses = await lookupAll(options, host, purpose);
      const allowed = addresses.filter((address) => mayReach(host, address, options.allow[purpose]));
      // IPv4 first: a host without working IPv6 still gets AAAA answers, and only one address is pinned.
      const address = allowed.find((one) => !one.includes(':')) ?? allowed[0];
      if (address === undefined) throw refused(host, purpose, addresses.length > 0);
      return { host, address, loopback: classifyAddress(address) === 'loopback' };
    },
  };
}

/** Public addresses always, others when an entry names the host or covers the address, metadata never. */
export function mayReach(host: string, address: string, allow: readonly string[]): boolean {
  const kind = classifyAddress(address);
  if (kind === 'public') return true;
  if (kind === 'metadata' || kind === 'invalid') return false;
  return allow.some((entry) => entry.toLowerCase() === host.toLowerCase() || inCidr(address, entry));
}

async function lookupAll({ clock, lookup }: EgressOptions, host: string, purpose: EgressPurpose): Promise<string[]> {
  if (classifyAddress(host) !== 'invalid') return [host];
  const done = new AbortController();
  const late = clock.sleep(RESOLVE_TIMEOUT_MS, done.signal).then(() => []);
  try {
    const answers = await Promise.race([lookup(host), late]);
    return answers.map(({ address }) => address);
  } catch {
    throw refused(host, purpose, false);
  } finally {
    done.abort();
  }
}

function refused(host: string, purpose: EgressPurpose, resolved: boolean): AppError {
  if (purpose === 'outgoing') return new AppError('ERR_UNAVAILABLE', `${host} cannot be reached.`);
  if (!resolved) return new AppError('ERR_UNAVAILABLE', `The host ${host} cannot be resolved.`);
  return new AppError('ERR_INTEGRATION_FAILED', `The engine may not connect to ${host}: its address is not public.`, {
    hint: `Start the engine with --allow-integration ${host} if that is meant.`,
  });
}

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

function refuseBadEntries(allow: EgressOptions['allow']): void {
  const bad = Object.values(allow)
    .flat()
    .filter((entry) => (entry.includes('/') || entry.includes(':') ? !isCidr(entry) : !HOST.test(entry)));
  if (bad.length === 0) return;
  throw new AppError('ERR_CONFIG_INVALID', 'The allow list of the engine has entries that are no host or CIDR block.', {
    details: bad.map((entry) => `'${entry.slice(0, 80)}' is neither.`),
  });
}
