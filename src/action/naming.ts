// Pure: under which names values are delivered, and which of them may not be; every objection at once.
import { AppError, oneLine } from '#core/errors.js';
import { VARIABLE_NAME, isDeniedName } from '#core/names.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { Inputs } from './inputs/inputs.ts';
import type { Runner } from './runner.ts';
import { environmentObjections } from './variable-limits.ts';

/** A value that a job is to get: under which name, and from where, in words for the reader. */
export type Delivery = {
  readonly name: string;
  readonly value: Sensitive;
  readonly visibility: Visibility;
  readonly source: string;
  /** When the lease that it belongs to ends. */
  readonly expiresAt?: number;
};

const MAX_OBJECTIONS = 20;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Wider, for the names of other worlds: `db-url`, `Smtp:UserName`. Neither can inject into a command file. */
const OUTPUT = /^[A-Za-z_][A-Za-z0-9_:-]*$/;

/** AWS's three, in any spelling: AccessKeyId, access_key, aws-session-token. */
const AWS_FIELDS: Readonly<Record<string, string>> = {
  accesskey: 'AWS_ACCESS_KEY_ID',
  accesskeyid: 'AWS_ACCESS_KEY_ID',
  secretkey: 'AWS_SECRET_ACCESS_KEY',
  secretaccesskey: 'AWS_SECRET_ACCESS_KEY',
  sessiontoken: 'AWS_SESSION_TOKEN',
  securitytoken: 'AWS_SESSION_TOKEN',
};

/**
 * The variable for a leased field (design.md §4, "Names"). A prefix takes the place of the dynamic secret's name, and
 * stands before names that do not begin with it.
 */
export function leasedName(dynamic: string, field: string, prefix?: string): string {
  const name = usualName(dynamic, field);
  if (prefix === undefined) return name;
  const own = `${stem(dynamic)}_`;
  return prefix + (name.startsWith(own) ? name.slice(own.length) : name);
}

function usualName(dynamic: string, field: string): string {
  if (VARIABLE_NAME.test(field)) return field;
  const letters = field.toLowerCase().replace(/[^a-z0-9]/g, '');
  const aws = AWS_FIELDS[letters.replace(/^aws/, '')];
  return aws !== undefined && Object.hasOwn(AWS_FIELDS, letters.replace(/^aws/, ''))
    ? aws
    : `${stem(dynamic)}_${upperSnake(field)}`;
}

/** Phase calls a dynamic secret what people like. */
function stem(dynamic: string): string {
  return VARIABLE.test(dynamic) ? dynamic : upperSnake(dynamic);
}

function upperSnake(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

export type NamingRules = {
  readonly allowNames: readonly string[];
  readonly exportEnv: boolean;
  /** Values go to the environment of one child alone. */
  readonly run?: unknown;
  readonly platform?: string;
};

/** Objections to delivering these, as sentences; empty when all is well. */
export function objections(deliveries: readonly Delivery[], rules: NamingRules): string[] {
  const sources = new Map<string, string>();
  // Outputs ignore case and so does Windows: two names that differ in case only are one.
  const folds = !rules.run || rules.platform === 'win32';
  const named = deliveries.flatMap((delivery) => {
    const key = folds ? delivery.name.toUpperCase() : delivery.name;
    const earlier = sources.get(key);
    sources.set(key, earlier ?? delivery.source);
    const isUsual = isUsualName(delivery.name);
    if (earlier === undefined && isUsual && delivery.value.reveal().isWellFormed()) return [];
    const clash =
      earlier === undefined
        ? []
        : [
            `${shown(delivery.name)} has two sources: ${shown(earlier)} and ${shown(delivery.source)}. Give one another name.`,
          ];
    return [...clash, ...(isUsual ? [] : nameObjections(delivery, rules)), ...valueObjections(delivery)];
  });
  if (!rules.exportEnv && !rules.run) return named;
  const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
  return [...named, ...environmentObjections(values, rules.platform)];
}

/**
 * Variables of the job that would get another value, as sentences: later steps may depend on what they have. Windows
 * folds the case of this look-up itself.
 */
export function replacements(
  deliveries: readonly Delivery[],
  { exportEnv, overwrite }: Pick<Inputs, 'exportEnv' | 'overwrite'>,
  job: Pick<Runner, 'variable'>,
): string[] {
  if (!exportEnv || overwrite) return [];
  const replaced = deliveries.filter(({ name, value }) => {
    const there = job.variable(name);
    return there !== undefined && there !== '' && there !== value.reveal();
  });
  return replaced.map(
    ({ name, source }) =>
      `${shown(name)} has two sources: the environment of this job and ${shown(source)}; overwrite: true lets the second win.`,
  );
}

/** @throws AppError ERR_CONFIG_INVALID when there is an objection */
export function refuse(found: readonly string[]): void {
  if (found.length === 0) return;
  const more = found.length - MAX_OBJECTIONS;
  const details = more > 0 ? [...found.slice(0, MAX_OBJECTIONS), `And ${more} more.`] : found;
  throw new AppError('ERR_CONFIG_INVALID', 'Nothing was delivered.', { details });
}

/** Names of outputs are looked up in any case. */
const OWN_OUTPUTS = new Set(['LEASE-IDS', 'EXPIRES-AT', 'SECRET-NAMES']);

/** Whether nothing at all could be said against a name. */
function isUsualName(name: string): boolean {
  return VARIABLE.test(name) && !OWN_OUTPUTS.has(name.toUpperCase()) && !isDeniedName(name);
}

function nameObjections({ name, source }: Delivery, rules: NamingRules): string[] {
  const variable = rules.exportEnv || rules.run !== undefined;
  if (!(variable ? VARIABLE : OUTPUT).test(name)) {
    return [
      `${shown(source)} cannot be ${variable ? 'a variable' : 'an output'}: '${shown(name)}' is no name for one. Give it another in the secrets input.`,
    ];
  }
  if (rules.run === undefined && OWN_OUTPUTS.has(name.toUpperCase())) {
    return [
      `${shown(source)} cannot be an output: ${name} is one of this action's own. Give it another name in the secrets input.`,
    ];
  }
  if (rules.exportEnv && name.toUpperCase() === 'NODE_OPTIONS')
    return [
      'NODE_OPTIONS cannot be exported: the runner forbids it. Leave it out with !NODE_OPTIONS in the secrets input.',
    ];
  if (!isDeniedName(name) || rules.allowNames.includes(name)) return [];
  return [
    `${name} would steer later steps: rename the secret, leave it out with the secrets input, or list it in allow-names.`,
  ];
}

function valueObjections({ name, value }: Delivery): string[] {
  return value.reveal().isWellFormed()
    ? []
    : [`${shown(name)} is not valid Unicode text: store it in another form, as base64.`];
}

function shown(text: string): string {
  return oneLine(text, 120);
}
