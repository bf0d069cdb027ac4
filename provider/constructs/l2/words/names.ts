// Names of things against the rules of the service, as far as a stack has them as text.
import type { IConstruct } from 'constructs';
import { CONFIG_NAME, ENVIRONMENT_NAME, isManagedName, PROJECT_NAME, SECRET_NAME } from '#core/names.js';
import { Token } from '../../engine.ts';
import { check, finding } from './finding.ts';

const RULES = {
  project: [PROJECT_NAME, "A project has 2 to 80 letters, digits, '_', '-' or '.' in its name"],
  environment: [ENVIRONMENT_NAME, "An environment has 2 to 50 letters, digits, '_' or '-' in its slug"],
  config: [CONFIG_NAME, "A config has 2 to 60 letters, digits, '_' or '-' in its name"],
  secret: [SECRET_NAME, 'A secret is called by capital letters, digits and _, and not by a digit first'],
} as const;

/** Fails synth when `name` cannot be the name of a `what`. References are left to the provider. */
export function checkName(at: IConstruct, what: keyof typeof RULES, name: string): void {
  const [pattern, words] = RULES[what];
  check(at, () => {
    if (Token.isUnresolved(name)) return [];
    if (!pattern.test(name)) return [finding('secrets/name', at, `${words}.`)];
    return isManagedName(name) ? [finding('secrets/name', at, `${name} is set by the service itself.`)] : [];
  });
}
