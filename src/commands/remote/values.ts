// What `run` and `download` deliver: static secrets and fresh leases under their names, and how the leases are ended.
import type { IssuedHead, Scope, SecretsClient } from '#client/client.js';
import { AppError } from '#core/errors.js';
import { type LeaseHandle, newLeaseHandle } from '#core/lease-handle.js';
import { parseTtl } from '#core/ttl.js';
import { endLeases, type Ended } from '../../action/end.ts';
import { type Delivery, leasedName } from '../../action/naming.ts';
import { isNameTransformer, type NameTransformer } from '#formats/transform.js';
import { UsageError } from '../flags.ts';
import type { Host } from '../host.ts';
import type { Service } from './service.ts';

export const VALUE_FLAGS = {
  'only-names': { type: 'string', multiple: true },
  dynamic: { type: 'string', multiple: true },
  'dynamic-ttl': { type: 'string' },
  'name-transformer': { type: 'string' },
} as const;

export type ValueFlags = {
  'only-names'?: string[] | undefined;
  dynamic?: string[] | undefined;
  'dynamic-ttl'?: string | undefined;
  'name-transformer'?: string | undefined;
};

/** `dynamic`: as given; the names of Doppler's dialect have no blanks, and may stand between them. */
export type Wish = { names: string[]; dynamic: string[]; ttlSec: number; transformer: NameTransformer | undefined };
export type HeldLease = Place & IssuedHead & { dynamic: string };

const PLACE = ['DOPPLER_PROJECT', 'DOPPLER_CONFIG'] as const;
const PAUSES_MS = [1000, 2000, 4000];

/** @throws UsageError, AppError ERR_REQUEST_INVALID */
export function readWish(flags: ValueFlags): Wish {
  const words = (given: string[] | undefined) => [...new Set((given ?? []).flatMap((text) => text.split(/[\s,]+/)))];
  const transformer = flags['name-transformer'];
  if (transformer !== undefined && !isNameTransformer(transformer)) {
    throw new UsageError(`'${transformer.slice(0, 40)}' is not a name transformer.`);
  }
  return {
    names: words(flags['only-names']).filter((name) => name !== ''),
    dynamic: [...new Set((flags.dynamic ?? []).flatMap((text) => text.split(',')).map((name) => name.trim()))].filter(
      (name) => name !== '',
    ),
    ttlSec: parseTtl(flags['dynamic-ttl'] ?? '30m', '--dynamic-ttl'),
    transformer,
  };
}

/** The leases that one command took: known from the moment they are asked for, and ended together. */
export class Delivering {
  readonly #open: () => Service;
  readonly #wish: Wish;
  readonly #handle: LeaseHandle = newLeaseHandle();
  readonly held: HeldLease[] = [];
  #isEngine = false;
  #isAsked = false;

  constructor(open: () => Service, wish: Wish) {
    this.#open = open;
    this.#wish = wish;
  }

  /** @throws AppError; call `end` then: a lease may have been issued */
  async collect(signal: AbortSignal): Promise<Delivery[]> {
    const { backend, client, scope } = this.#open();
    const { names } = this.#wish;
    const isPhase = backend === 'phase';
    const dynamic = isPhase ? this.#wish.dynamic : this.#wish.dynamic.flatMap((name) => name.split(/\s+/));
    const asked = names.length === 0 || isPhase ? names : [...new Set([...names, ...PLACE])];
    const { secrets, engine } = await client.fetchSecrets(scope, asked);
    this.#isEngine = engine !== undefined;
    const wanted = names.length === 0 ? secrets : secrets.filter(({ name }) => names.includes(name));
    refuseMissing(names, wanted);
    const statics = wanted.map(({ name, computed, computedVisibility }) => {
      if (!computed) throw hidden(name);
      return { name, value: computed, visibility: computedVisibility, source: `the secret ${name}` };
    });
    if (dynamic.length === 0) return statics;
    const place = isPhase ? phasePlace(scope) : placeOf(scope, secrets);
    this.#isAsked = true;
    const leases = await Promise.allSettled(dynamic.map((name) => this.#lease(client, place, name, signal)));
    const failed = leases.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return [...statics, ...leases.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))];
  }

  /** Ends every lease of this command, also one whose answer was lost. Never rejects. */
  async end(host: Host): Promise<Ended | undefined> {
    if (!this.#isAsked) return undefined;
    const until = host.clock.now() + this.#wish.ttlSec * 1000;
    const { revokeKey, setId } = this.#handle;
    const handoff = {
      apiUrl: '',
      setId,
      revokeKey: this.#isEngine ? revokeKey : undefined,
      asked: this.#wish.dynamic,
      leases: this.held,
      until,
    };
    return endLeases(this.#open().client, handoff, { clock: host.clock, pausesMs: PAUSES_MS });
  }

  async #lease(client: SecretsClient, scope: Place, dynamic: string, signal: AbortSignal): Promise<Delivery[]> {
    const { ttlSec } = this.#wish;
    const issued = await client.issueLease({
      scope,
      dynamic,
      ttlSec,
      ...(this.#isEngine ? { setId: this.#handle.setId } : {}),
      onIssued: (lease) => void this.held.push({ ...scope, ...lease, dynamic }),
      signal,
    });
    const source = (field: string) => `field ${field} of the lease of ${dynamic}`;
    return [...issued.fields].map(([field, value]) => ({
      name: leasedName(dynamic, field),
      value,
      visibility: 'masked',
      source: source(field),
    }));
  }
}

function refuseMissing(names: readonly string[], found: readonly { name: string }[]): void {
  const missing = names.filter((name) => !found.some((one) => one.name === name));
  if (missing.length === 0) return;
  throw new AppError('ERR_NOT_FOUND', `The config has no ${missing.slice(0, 10).join(', ')}.`);
}

function hidden(name: string): AppError {
  return new AppError('ERR_ACCESS_DENIED', `The value of ${name} is not shown to this token.`, {
    hint: 'Restricted values need a service token; the admin token reads no values.',
  });
}

type Place = { readonly project: string; readonly config: string; readonly path?: string };

function phasePlace({ project = '', environment = '', path = '/' }: Scope): Place {
  return { project, config: environment, path };
}

/** A lease needs both names; a service token's own are among its secrets. */
function placeOf(scope: Scope, secrets: Awaited<ReturnType<SecretsClient['fetchSecrets']>>['secrets']): Place {
  const own = (name: string) => secrets.find((one) => one.name === name)?.computed;
  const project = scope.project ?? own(PLACE[0])?.reveal();
  const config = scope.config ?? own(PLACE[1])?.reveal();
  if (project && config) return { project, config };
  throw new AppError('ERR_CONFIG_INVALID', 'A lease needs --project and --config.');
}
