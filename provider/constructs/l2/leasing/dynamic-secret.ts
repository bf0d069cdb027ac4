// What dynamic secrets of every kind have in common: their place, their limits, the names of what they lease.
import { Construct } from 'constructs';
import { type Kind, KIND_RULES, leasedNames } from '#core/kinds.js';
import { isDeniedName, VARIABLE_NAME } from '#core/names.js';
import { Ttl } from '../words/ttl.ts';
import { check, finding } from '../words/finding.ts';
import type { IConfig, IDynamicSecret, IIntegration } from '../words/interfaces.ts';
import { Lease, type LeaseOptions } from './lease.ts';
import { checkName } from '../words/names.ts';

export interface DynamicSecretOptions {
  /** The config in which it lies. */
  readonly config: IConfig;
  readonly name: string;
  /**
   * Of a lease that asks for no life of its own.
   * @default 30 minutes, or the longest that is allowed when that is shorter
   */
  readonly defaultTtl?: Ttl;
  /**
   * No lease lives longer, however often it is renewed.
   * @default one hour, or the ceiling when that is shorter
   */
  readonly maxTtl?: Ttl;
  /**
   * At any time.
   * @default what the engine gives
   */
  readonly maxLiveLeases?: number;
}

export type Terms = DynamicSecretOptions & {
  readonly kind: Kind;
  readonly integration: IIntegration;
  /** Where the kind's own ceiling is lowered by how the integration signs in. */
  readonly lowered?: Ttl | undefined;
  readonly keyMap: Readonly<Record<string, string | undefined>>;
};

/** What the engine gives where nobody asks. */
const USUAL_MAX = Ttl.hours(1);

/** A recipe for credentials, of which jobs and Terraform get leases. */
export abstract class DynamicSecret extends Construct implements IDynamicSecret {
  readonly config: IConfig;
  readonly secretName: string;
  readonly longestTtl: Ttl;
  readonly leasedNames: readonly string[];
  readonly #kind: Kind;
  #leases = 0;

  protected constructor(scope: Construct, id: string, terms: Terms) {
    super(scope, id);
    const { config, name, kind, integration } = terms;
    const highest = ceilingOf(terms);
    this.config = config;
    this.secretName = name;
    this.longestTtl = shortest([highest, terms.maxTtl ?? longest([USUAL_MAX, terms.defaultTtl])]);
    this.#kind = kind;
    this.leasedNames = [...leasedNames(kind, name, definedOf(terms.keyMap)).values()];
    checkName(this, 'secret', name);
    check(this, () => [...ttlProblems(this, terms, highest), ...nameProblems(this, terms)]);
    check(this, () =>
      integration.allows(config)
        ? []
        : [
            finding(
              'secrets/integration-not-allowed',
              this,
              `${integration.node.path} is not for ${config.node.path}.`,
            ),
          ],
    );
  }

  /** The id by which the engine knows it. */
  abstract readonly dynamicSecretId: string;

  /** A lease for this run of Terraform, revoked when it ends. Each call makes another one. */
  lease(options: LeaseOptions = {}): Lease {
    this.#leases += 1;
    const id = this.#leases === 1 ? 'lease' : `lease${this.#leases}`;
    const { fields } = KIND_RULES[this.#kind];
    const lease = new Lease(this, id, {
      ...options,
      dynamicSecret: this,
      dynamicSecretId: this.dynamicSecretId,
      fields,
    });
    check(lease, () => [
      ...tooLong(lease, 'The lease', lease.ttl, this.longestTtl),
      ...tooShort(lease, 'The lease', lease.ttl, this.#kind),
    ]);
    return lease;
  }
}

function ceilingOf({ kind, integration, lowered }: Terms): Ttl {
  return shortest([Ttl.seconds(KIND_RULES[kind].maxTtlSec), integration.maxTtl, lowered]);
}

type Some = readonly [Ttl, ...(Ttl | undefined)[]];

function shortest([first, ...rest]: Some): Ttl {
  return rest.reduce<Ttl>((found, one) => (one !== undefined && found.isLongerThan(one) ? one : found), first);
}

function longest([first, ...rest]: Some): Ttl {
  return rest.reduce<Ttl>((found, one) => (one?.isLongerThan(found) ? one : found), first);
}

function ttlProblems(at: DynamicSecret, { kind, defaultTtl, maxTtl }: Terms, highest: Ttl): string[] {
  return [
    ...tooLong(at, 'Its maxTtl', maxTtl, highest),
    ...tooShort(at, 'Its maxTtl', maxTtl, kind),
    ...tooLong(at, 'Its defaultTtl', defaultTtl, at.longestTtl),
    ...tooShort(at, 'Its defaultTtl', defaultTtl, kind),
  ];
}

function tooLong(at: Construct, what: string, ttl: Ttl | undefined, most: Ttl): string[] {
  if (ttl === undefined || !ttl.isLongerThan(most)) return [];
  return [finding('secrets/ttl-over-ceiling', at, `${what} of ${ttl.toString()} is longer than ${most.toString()}.`)];
}

function tooShort(at: Construct, what: string, ttl: Ttl | undefined, kind: Kind): string[] {
  const least = Ttl.seconds(KIND_RULES[kind].minTtlSec);
  if (ttl === undefined || !least.isLongerThan(ttl)) return [];
  return [finding('secrets/ttl-bounds', at, `${what} of ${ttl.toString()} is shorter than ${least.toString()}.`)];
}

function nameProblems(at: DynamicSecret, { keyMap }: Terms): string[] {
  const names = Object.values(definedOf(keyMap));
  const twice = at.leasedNames.filter((name, n) => at.leasedNames.indexOf(name) !== n);
  return [
    ...names
      .filter((name) => !VARIABLE_NAME.test(name) || isDeniedName(name))
      .map((name) => finding('secrets/name', at, `${JSON.stringify(name)} cannot be the name of a variable.`)),
    ...twice.map((name) => finding('secrets/name', at, `Two fields would both be ${name}.`)),
  ];
}

/** The entries that are there. */
export function definedOf(map: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
