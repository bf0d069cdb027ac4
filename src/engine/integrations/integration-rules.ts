// What makes a declared integration acceptable: its name, its data by type, who may use it, and its ceiling.
import { AppError } from '#core/errors.js';
import { CONFIG_NAME, PROJECT_NAME } from '#core/names.js';
import type { IntegrationScope, IntegrationType, NewIntegration } from './definitions.ts';
import type { Declared, Integration } from './integration.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_. -]{0,79}$/;

export type CheckedIntegration = { name: string; type: IntegrationType; data: Declared; scope: IntegrationScope };

/** @throws AppError ERR_REQUEST_INVALID whose details are all problems */
export function checkIntegration(integrations: readonly Integration[], asked: NewIntegration): CheckedIntegration {
  const integration = integrations.find((one) => one.type === asked.type);
  if (!integration) {
    const known = integrations.map(({ type }) => type).join(', ');
    throw new AppError('ERR_REQUEST_INVALID', `An integration's type must be one of: ${known}.`);
  }
  const data = integration.checkData(asked.data);
  const ceiling = integration.checkCeiling(asked.ceiling);
  const allowed = checkAllowed(asked.allowed);
  const problems = [
    ...(typeof asked.name === 'string' && NAME.test(asked.name)
      ? []
      : ['name must be 1 to 80 letters, digits, spaces or _.-']),
    ...data.problems,
    ...ceiling.problems,
    ...allowed.problems,
  ];
  if (problems.length > 0) {
    throw new AppError('ERR_REQUEST_INVALID', 'The integration cannot be used as it is.', { details: problems });
  }
  return {
    name: asked.name,
    type: integration.type,
    data: data.value,
    scope: { allowed: allowed.value, ceiling: ceiling.value },
  };
}

function checkAllowed(asked: unknown): { value: string[]; problems: string[] } {
  if (asked === undefined || asked === null) return { value: [], problems: [] };
  if (!Array.isArray(asked) || asked.length > 1000 || !asked.every(isPlace)) {
    return { value: [], problems: ['allowed must be a list of project or project/config names.'] };
  }
  return { value: [...new Set(asked)], problems: [] };
}

function isPlace(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  const [project = '', config, ...rest] = text.split('/');
  return rest.length === 0 && PROJECT_NAME.test(project) && (config === undefined || CONFIG_NAME.test(config));
}

/** Whether a config is among those that may use the integration. */
export function isAllowed({ allowed }: IntegrationScope, project: string, config: string): boolean {
  return allowed.includes(project) || allowed.includes(`${project}/${config}`);
}
