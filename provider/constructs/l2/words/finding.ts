// What a stack may do wrong, by codes that stay: each finding names the code, the node and what to do next.
import type { IConstruct } from 'constructs';
import { AppError } from '#core/errors.js';

/** Code to what to do next. A code is never given another meaning. */
const NEXT = {
  'secrets/name': 'Give it a name that the service accepts.',
  'secrets/plain-value': 'Give a reference: an ephemeral variable, or an attribute of an ephemeral resource.',
  'secrets/ttl-bounds': 'Choose a TTL that this kind of dynamic secret can have.',
  'secrets/ttl-over-ceiling': 'Shorten the TTL, or raise the ceiling where it is declared.',
  'secrets/outside-ceiling': 'Add it to the ceiling of the integration, or take it away here.',
  'secrets/integration-not-allowed': 'Name the config in allowed of the integration.',
  'secrets/roles-differ': 'Use one service account for what it reads and another for what it writes.',
  'secrets/inherits-from-heir': 'Inherit from a config that does not inherit itself.',
  'secrets/trust': 'Narrow whom the identity trusts.',
  'secrets/unmasked-in-production': 'Make it masked or restricted.',
  'secrets/token-never-expires': 'Set expiresAt, or use an OIDC identity.',
  'secrets/iam-user': 'Use an AwsStsDynamicSecret, or say in whyNotSts why a session will not do.',
  'secrets/ttl-over-policy': 'Set a maxTtl or ttl that the policy allows.',
  'secrets/workflow-text': 'Use a plain name: one line, without an expression.',
  'secrets/workflow-foreign': 'Ask for what this config declares, in a step of its own config.',
} as const;

/** One of the closed list of findings. */
export type FindingCode = keyof typeof NEXT;

/** One line: code, path of the node, what is wrong, what to do. */
export function finding(code: FindingCode, at: IConstruct, what: string): string {
  return `${code} at ${at.node.path}: ${what} ${NEXT[code]}`;
}

/** Runs at synth, with everything declared. Each returned line fails it. */
export function check(at: IConstruct, problems: () => readonly string[]): void {
  at.node.addValidation({ validate: () => [...problems()] });
}

/** What is wrong with an argument, told at once: there may be no node yet. */
export function refused(code: FindingCode, what: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', `${code}: ${what}`, { hint: NEXT[code] });
}
