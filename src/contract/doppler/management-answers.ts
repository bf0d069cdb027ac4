// What a manager is answered on the Doppler wire, read by hand decoders; only a new token's key holds a value.
import { isManagedName } from '#core/names.js';
import { Sensitive } from '#core/sensitive.js';
import { type Visibility, isVisibility } from '#core/visibility.js';
import { type Json, count, entries, list, object, offContract, optionalText, text, word } from './decode.ts';
import { readSecretList } from './secrets.ts';
import type { ConfigPlace } from './management.ts';

/** `isProtected` is undefined where the service does not know protection. */
export type Project = {
  readonly name: string;
  readonly description: string;
  readonly isProtected: boolean | undefined;
};
export type Environment = {
  readonly project: string;
  readonly slug: string;
  readonly name: string;
  readonly personalConfigs: boolean;
};
export type Config = {
  readonly id: string;
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  readonly root: boolean;
  readonly inheritable: boolean;
  readonly inherits: readonly ConfigPlace[];
  readonly isProtected: boolean | undefined;
};

export function readProject(body: unknown): Project {
  const fields = inside(body, 'project');
  return {
    name: word(fields['name'], 'name'),
    description: optionalText(fields['description'], 'description') ?? '',
    isProtected: flag(fields['deletion_protection']),
  };
}

export function readEnvironment(body: unknown): Environment {
  return environment(inside(body, 'environment'));
}

export function readEnvironments(body: unknown): Environment[] {
  const all = list(object(body, 'the body')['environments'], 'environments');
  return all.map((one, n) => environment(object(one, `environments[${n}]`)));
}

function environment(fields: Json): Environment {
  return {
    project: word(fields['project'], 'project'),
    slug: word(fields['slug'] ?? fields['id'], 'slug'),
    name: word(fields['name'], 'name'),
    personalConfigs: fields['personal_configs'] === true,
  };
}

export function readConfig(body: unknown): Config {
  const fields = inside(body, 'config');
  const name = word(fields['name'], 'name');
  return {
    id: optionalText(fields['slug'], 'slug') ?? name,
    project: word(fields['project'], 'project'),
    environment: word(fields['environment'], 'environment'),
    name,
    root: fields['root'] === true,
    inheritable: fields['inheritable'] === true,
    inherits: list(fields['inherits'] ?? [], 'inherits').map((one) => configPlace(object(one, 'inherits'))),
    isProtected: flag(fields['deletion_protection']),
  };
}

function configPlace(fields: Json): ConfigPlace {
  return { project: word(fields['project'], 'inherits.project'), config: word(fields['config'], 'inherits.config') };
}

/** What is known of a secret without its value; undefined where the service does not tell it. */
export type SecretMeta = {
  readonly visibility: Visibility;
  readonly version: number | undefined;
  readonly isProtected: boolean | undefined;
  /** False where a branch only has it from elsewhere. */
  readonly isOwn: boolean;
  /** Where the service cannot compare values: this one, if it may be read. */
  readonly raw: Sensitive | undefined;
};

export function readMetadata(body: unknown): Map<string, SecretMeta> {
  const all = entries(object(body, 'the body')['secrets'], 'secrets');
  return new Map(
    all.map(([name, value]) => {
      const fields = object(value, name);
      const visibility = optionalText(fields['visibility'], `${name}.visibility`);
      return [
        name,
        {
          visibility: isVisibility(visibility) ? visibility : 'masked',
          version: count(fields['version'], `${name}.version`),
          isProtected: flag(fields['deletion_protection']) ?? false,
          isOwn: fields['inherited'] !== true,
          raw: undefined,
        },
      ];
    }),
  );
}

/** The same out of a list with values, as Doppler's cloud answers. */
export function readMetadataOfList(body: unknown): Map<string, SecretMeta> {
  const own = readSecretList(body).filter(({ name }) => !isManagedName(name));
  return new Map(
    own.map(({ name, rawVisibility: visibility, raw }) => [
      name,
      { visibility, version: undefined, isProtected: undefined, isOwn: true, raw: raw ?? undefined },
    ]),
  );
}

/** `version` is null where there is no such secret. */
export type Comparison = { readonly equal: boolean; readonly version: number | null };

/** How the values compared, by name. */
export function readComparison(body: unknown, names: readonly string[]): Map<string, Comparison> {
  const fields = object(body, 'the body');
  return new Map(
    names.map((name) => {
      const one = object(fields[name], name);
      const version = one['version'] === null ? null : count(one['version'], `${name}.version`);
      return [name, { equal: one['equal'] === true, version }];
    }),
  );
}

export type TokenHead = {
  readonly slug: string;
  readonly name: string;
  readonly access: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number | undefined;
};

export function readTokens(body: unknown): TokenHead[] {
  const all = list(object(body, 'the body')['tokens'], 'tokens');
  return all.map((one, n) => tokenHead(object(one, `tokens[${n}]`)));
}

/** The only answer that tells the key. */
export function readNewToken(body: unknown): TokenHead & { readonly key: Sensitive } {
  const fields = inside(body, 'token');
  return { ...tokenHead(fields), key: new Sensitive(word(fields['key'], 'key')) };
}

function tokenHead(fields: Json): TokenHead {
  return {
    slug: word(fields['slug'], 'slug'),
    name: text(fields['name'], 'name'),
    access: optionalText(fields['access'], 'access') ?? 'read',
    expiresAt: instant(optionalText(fields['expires_at'], 'expires_at'), 'expires_at'),
  };
}

/** The new end of a lease in epoch milliseconds; `capped` says that it will not grow much more. */
export function readRenewal(body: unknown): { readonly expiresAt: number; readonly capped: boolean } {
  const fields = object(body, 'the body');
  const expiresAt = instant(text(fields['expires_at'], 'expires_at'), 'expires_at') ?? 0;
  return { expiresAt, capped: fields['capped'] === true };
}

function instant(iso: string | undefined, where: string): number | undefined {
  if (iso === undefined) return undefined;
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw offContract(where, 'a date');
  return at;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function inside(body: unknown, name: string): Json {
  return object(object(body, 'the body')[name], name);
}
