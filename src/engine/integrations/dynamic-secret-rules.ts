// What makes a declared dynamic secret acceptable: kind, parameters, lifetimes, key map, and the integration's limits.
import { AppError } from '#core/errors.js';
import { isKind, type Kind, KIND_RULES, leasedNames } from '#core/kinds.js';
import { isDeniedName, SECRET_NAME, VARIABLE_NAME } from '#core/names.js';
import { DEFAULT_TTL_SEC } from '#core/ttl.js';
import type { IntegrationScope, NewDynamicSecret } from './definitions.ts';
import { isAllowed } from './integration-rules.ts';
import type { Declared, Integration, Lifetime } from './integration.ts';

const DEFAULT_MAX_TTL_SEC = 3600;
const DEFAULT_MAX_LIVE = 100;
const MOST_LIVE = 100_000;

/** The integration that the dynamic secret names, opened. */
export type Source = { name: string; type: string; scope: IntegrationScope; data: Declared };

export type CheckedDynamicSecret = {
  kind: Kind;
  parameters: Declared;
  keyMap: Readonly<Record<string, string>>;
  defaultTtlSec: number;
  maxTtlSec: number;
  maxLiveLeases: number;
};

/**
 * @throws AppError ERR_REQUEST_INVALID whose details are all problems; ERR_ACCESS_DENIED when the request is well
 * formed but outside of what the integration allows here
 */
export function checkDynamicSecret(
  integrations: readonly Integration[],
  asked: NewDynamicSecret,
  source: Source | undefined,
): CheckedDynamicSecret {
  if (!isKind(asked.kind))
    throw invalid([`kind must be one of: ${integrations.flatMap((one) => one.kinds).join(', ')}.`]);
  const integration = integrations.find((one) => one.type === source?.type);
  const minting = integration?.kinds.includes(asked.kind) ? integration : undefined;
  const parameters = minting?.checkParameters(asked.kind, asked.parameters);
  const keyMap = checkKeyMap(asked.kind, asked.name, asked.keyMap);
  const limits = checkLimits(asked.kind, asked);
  const problems = [
    ...(SECRET_NAME.test(asked.name) ? [] : ['name must be capital letters, digits and _, at most 200.']),
    ...(source ? [] : ['integration names none that exists.']),
    ...(source && !minting ? [`integration is of type ${source.type}, which cannot mint this kind.`] : []),
    ...(parameters?.problems ?? []),
    ...keyMap.problems,
    ...limits.problems,
    ...beyond(source && minting?.lifetime?.(asked.kind, parameters?.value ?? {}, source.data), limits),
  ];
  if (problems.length > 0 || !source || !minting || !parameters) throw invalid(problems);
  refuseOutside(minting, asked, source, { parameters: parameters.value, maxTtlSec: limits.maxTtlSec });
  const { defaultTtlSec, maxTtlSec, maxLiveLeases } = limits;
  const { value } = keyMap;
  return { kind: asked.kind, parameters: parameters.value, keyMap: value, defaultTtlSec, maxTtlSec, maxLiveLeases };
}

function refuseOutside(
  integration: Integration,
  { project, config }: NewDynamicSecret,
  { name, scope, data }: Source,
  wanted: { parameters: Declared; maxTtlSec: number },
): void {
  const ceilingSec = scope.ceiling['max_ttl_sec'];
  const details = [
    ...(isAllowed(scope, project, config) ? [] : [`It is not allowed in ${project}/${config}.`]),
    ...integration.aboveCeiling(scope.ceiling, wanted.parameters, data),
    ...(typeof ceilingSec === 'number' && wanted.maxTtlSec > ceilingSec
      ? [`Its longest lifetime is ${ceilingSec} seconds.`]
      : []),
  ];
  if (details.length === 0) return;
  throw new AppError('ERR_ACCESS_DENIED', `The integration ${name} does not allow this.`, {
    details,
    hint: 'Ask whoever manages the integration to extend it.',
  });
}

function beyond(lifetime: Lifetime | undefined, { maxTtlSec }: { maxTtlSec: number }): string[] {
  if (!lifetime || maxTtlSec <= lifetime.maxTtlSec) return [];
  return [`max_ttl_sec must be at most ${lifetime.maxTtlSec}: ${lifetime.because}.`];
}

function checkLimits(kind: Kind, asked: NewDynamicSecret) {
  const { minTtlSec, maxTtlSec: kindMax } = KIND_RULES[kind];
  const problems: string[] = [];
  const within = (field: string, value: number, min: number, max: number) => {
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    problems.push(`${field} must be a whole number from ${min} to ${max}.`);
    return min;
  };
  const maxTtlSec = within(
    'max_ttl_sec',
    asked.maxTtlSec ?? Math.max(DEFAULT_MAX_TTL_SEC, asked.defaultTtlSec ?? 0),
    minTtlSec,
    kindMax,
  );
  const fallback = Math.min(DEFAULT_TTL_SEC, maxTtlSec);
  const defaultTtlSec = within('default_ttl_sec', asked.defaultTtlSec ?? fallback, minTtlSec, maxTtlSec);
  const maxLiveLeases = within('max_live_leases', asked.maxLiveLeases ?? DEFAULT_MAX_LIVE, 1, MOST_LIVE);
  return { problems, maxTtlSec, defaultTtlSec, maxLiveLeases };
}

function checkKeyMap(kind: Kind, name: string, asked: unknown): { value: Record<string, string>; problems: string[] } {
  const given = asked ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) return { value: {}, problems: ['key_map must be an object.'] };
  const value: Record<string, string> = {};
  const problems: string[] = [];
  for (const [field, variable] of Object.entries(given)) {
    if (!KIND_RULES[kind].fields.includes(field)) {
      problems.push(`key_map.${field.slice(0, 60)} is no field of ${kind}.`);
    } else if (typeof variable !== 'string' || variable.length > 200 || !VARIABLE_NAME.test(variable)) {
      problems.push(`key_map.${field} must be capital letters, digits and _.`);
    } else if (isDeniedName(variable)) {
      problems.push(`key_map.${field} may not be ${variable}, which steers the job itself.`);
    } else {
      value[field] = variable;
    }
  }
  const names = [...leasedNames(kind, name, value).values()];
  const twice = names.filter((one, index) => names.indexOf(one) !== index);
  return { value, problems: [...problems, ...twice.map((one) => `key_map gives the name ${one} twice.`)] };
}

function invalid(details: readonly string[]): AppError {
  return new AppError('ERR_REQUEST_INVALID', 'The dynamic secret cannot be made as it is.', { details });
}
