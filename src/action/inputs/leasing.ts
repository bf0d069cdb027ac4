// What is leased and on which terms: the grammar of `dynamic`, lifetimes, renewal, and what the credentials must satisfy.
import { parseTtl } from '#core/ttl.js';
import { NAME, entriesOf, flag, listOf, problem, quoted, seconds } from './scalars.ts';
import type { Attempt, Given } from './table.ts';

/** Where a dynamic secret is. Phase: `project` is the app, `config` the environment, and `path` a folder of it. */
export type LeaseScope = { readonly project: string; readonly config: string; readonly path?: string };

/** One dynamic secret to lease. */
export type DynamicAsk = {
  readonly name: string;
  /** Where it is, when the line says so: `project/config/NAME`. */
  readonly place?: LeaseScope;
  /** Stands in front of every leased name, instead of `<NAME>_`. */
  readonly prefix?: string;
  readonly ttlSec: number;
};

export type Leasing = {
  /** `all`: whatever the API lists. */
  readonly dynamic: 'all' | readonly DynamicAsk[];
  /** For every lease that names no ttl of its own. */
  readonly ttlSec: number;
  readonly renew: boolean;
  /** How long renewing goes on at most. */
  readonly renewForSec: number;
  readonly waitUsable: boolean;
  /** AWS account ids, 12 digits each; empty means any. */
  readonly allowedAccountIds: readonly string[];
};

const MAX_LEASES = 50;

/** One line of `dynamic`; undefined when it is none. */
export type ParseAsk = (line: string, ttlSec: number) => DynamicAsk | undefined;

/** Reads the subject `leasing`. */
export function readLeasing(given: Given, attempt: Attempt, parse?: ParseAsk): Leasing {
  const ttlSec = attempt(() => seconds('ttl', given('ttl')), 1);
  return {
    dynamic: attempt(() => parseDynamic(given('dynamic'), ttlSec, parse), []),
    ttlSec,
    renew: attempt(() => flag('renew', given('renew')), false),
    renewForSec: attempt(() => seconds('renew-for', given('renew-for'), '120h'), 1),
    waitUsable: attempt(() => flag('wait-usable', given('wait-usable')), false),
    allowedAccountIds: attempt(
      () => listOf('allowed-account-ids', given('allowed-account-ids'), /^\d{12}$/, 'an AWS account id'),
      [],
    ),
  };
}

/**
 * `false`, `true`, or lines `NAME`, `NAME as PREFIX_`, `NAME ttl=15m`, both, and `project/config/NAME` before either.
 * @throws AppError naming every line that is none of these, or names one dynamic secret twice
 */
export function parseDynamic(text: string, ttlSec: number, parse: ParseAsk = parseAsk): Leasing['dynamic'] {
  if (text.toLowerCase() === 'false') return [];
  if (text.toLowerCase() === 'true') return 'all';
  const lines = entriesOf(text);
  if (lines.length > MAX_LEASES)
    throw problem(`dynamic has more than ${MAX_LEASES} lines: lease the others in another step.`);
  const asks = lines.map((line) => parse(line, ttlSec));
  const odd = lines.filter((_, index) => asks[index] === undefined);
  if (odd.length > 0) {
    throw problem(
      `dynamic takes true, false, or lines like NAME, NAME as PREFIX_ or NAME ttl=15m; not that: ${odd.slice(0, 5).map(quoted).join(', ')}.`,
    );
  }
  const found = asks.filter((ask) => ask !== undefined);
  const keys = found.map(({ place, name }) => (place ? `${scopeName(place)}/${name}` : name));
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (twice.length > 0) throw problem(`dynamic names ${[...new Set(twice)].join(', ')} twice: name each once.`);
  return found;
}

/** How a sentence names such a place. */
export function scopeName({ project, config, path = '/' }: LeaseScope): string {
  return `${project}/${config}${path === '/' ? '' : path}`;
}

function parseAsk(line: string, ttlSec: number): DynamicAsk | undefined {
  const [source = '', ...words] = line.split(/\s+/);
  const ttl = words.at(-1)?.startsWith('ttl=') ? words.pop()?.slice('ttl='.length) : undefined;
  const [as, prefix, ...more] = words;
  if (more.length > 0 || (as !== undefined && (as !== 'as' || prefix === undefined || !NAME.test(prefix))))
    return undefined;
  const [name = '', config, project, ...rest] = source.split('/').toReversed();
  const places = [config, project].filter((part) => part !== undefined && part !== '');
  if (!NAME.test(name) || rest.length > 0 || (source.includes('/') && places.length !== 2)) return undefined;
  return {
    name,
    ...(config !== undefined && project !== undefined ? { place: { project, config } } : {}),
    ...(prefix === undefined ? {} : { prefix }),
    ttlSec: ttl === undefined ? ttlSec : parseTtl(ttl, `ttl of ${name}`),
  };
}
