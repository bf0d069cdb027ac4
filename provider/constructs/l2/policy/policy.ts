// Policies over whole stacks, as Aspects: they see every block, also those that no construct of ours made.
import type { IConstruct } from 'constructs';
import { Annotations, type IAspect } from '../../engine.ts';
import {
  EphemeralSecretsLease,
  EphemeralSecretsServiceToken,
  SecretsDynamicSecretAwsIamUser,
  SecretsDynamicSecretAwsSts,
  SecretsDynamicSecretPostgres,
  SecretsSecret,
  SecretsServiceToken,
} from '../../l1/index.ts';
import { WHY_NOT_STS } from '../leasing/dynamic-secrets.ts';
import { environmentsOf } from './environment-of.ts';
import { type FindingCode, finding } from '../words/finding.ts';
import { Ttl } from '../words/ttl.ts';

function forbid(code: FindingCode, at: IConstruct, what: string): void {
  Annotations.of(at).addError(finding(code, at, what));
}

export interface ForbidUnmaskedProps {
  /** @default prd, prod and production */
  readonly environments?: readonly string[];
}

/** No unmasked secret in a production environment. Where it cannot be told, an environment is taken for production. */
export class ForbidUnmasked implements IAspect {
  readonly #environments: readonly string[];

  constructor(props: ForbidUnmaskedProps = {}) {
    this.#environments = props.environments ?? ['prd', 'prod', 'production'];
  }

  visit(node: IConstruct): void {
    if (!(node instanceof SecretsSecret)) return;
    const { name, visibility = 'masked' } = node.input;
    // A reference may stand for anything.
    if (visibility === 'masked' || visibility === 'restricted') return;
    const environments = environmentsOf(node, node.input.config);
    const production = environments.find((environment) => this.#environments.includes(environment));
    if (environments.length > 0 && production === undefined) return;
    forbid('secrets/unmasked-in-production', node, `${name} is unmasked in ${production ?? 'what may be production'}.`);
  }
}

/** Every token ends by itself. */
export class RequireTokenExpiry implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof SecretsServiceToken) || node.input.expiresAt !== undefined) return;
    forbid('secrets/token-never-expires', node, `The token ${node.input.name} lives until somebody ends it.`);
  }
}

/** No IAM user where an STS session would do. */
export class ForbidIamUsers implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof SecretsDynamicSecretAwsIamUser)) return;
    if (node.node.metadata.some(({ type, data }) => type === WHY_NOT_STS && String(data).trim() !== '')) return;
    forbid('secrets/iam-user', node, `${node.input.name} leases IAM users.`);
  }
}

export interface TtlCeilingProps {
  /** The longest life of a lease, and of the token of a run. */
  readonly ttl: Ttl;
}

/** No lease, no dynamic secret and no token of a run lives longer. What names no limit of its own is over it. */
export class TtlCeiling implements IAspect {
  readonly #ttl: Ttl;

  constructor(props: TtlCeilingProps) {
    this.#ttl = props.ttl;
  }

  visit(node: IConstruct): void {
    const life = lifeOf(node);
    if (life === undefined || (life.ttl !== undefined && !life.ttl.isLongerThan(this.#ttl))) return;
    const ttl = life.ttl === undefined ? 'names no longest life' : `may live for ${life.ttl.toString()}`;
    forbid('secrets/ttl-over-policy', node, `It ${ttl}; the policy allows ${this.#ttl.toString()}.`);
  }
}

/** Undefined for what does not live; without a `ttl` for what says nothing, or says it by a reference. */
function lifeOf(node: IConstruct): { ttl: Ttl | undefined } | undefined {
  if (isDynamicSecret(node)) return { ttl: readTtl(node.input.maxTtlSec) };
  if (node instanceof EphemeralSecretsLease) return { ttl: readTtl(node.input.ttl ?? '15m') };
  if (node instanceof EphemeralSecretsServiceToken) return { ttl: readTtl(node.input.ttl ?? '1h') };
  return undefined;
}

function readTtl(said: string | number | undefined): Ttl | undefined {
  try {
    return said === undefined ? undefined : Ttl.parse(String(said));
  } catch {
    return undefined;
  }
}

function isDynamicSecret(node: IConstruct) {
  return (
    node instanceof SecretsDynamicSecretPostgres ||
    node instanceof SecretsDynamicSecretAwsSts ||
    node instanceof SecretsDynamicSecretAwsIamUser
  );
}
