// What one lease at AWS is made from and undone by: planned before it exists, read back from our own seal.
import type { Declared, Planned, PlanRequest } from '../integration.ts';
import { type AwsConnection, type Endpoints, readConnection } from './connection.ts';
import { federatedName, leaseName, namePrefix } from './names.ts';

/** Where it was planned; credentials are those of today. */
type Where = { region: string; endpoints: Endpoints; role: AwsConnection['role']; prefix: string };

export type SessionPlan = Where & {
  kind: 'aws_sts';
  session: string;
  /** Undefined: a federation token. */
  roleArn: string | undefined;
  policy: string | undefined;
  policyArns: readonly string[];
  tags: Readonly<Record<string, string>>;
  transitiveTagKeys: readonly string[];
  externalId: string | undefined;
  sourceIdentity: string | undefined;
  hardRevoke: boolean;
};

export type UserPlan = Where & {
  kind: 'aws_iam_user';
  user: string;
  path: string;
  leaseId: string;
  engineId: string;
  boundary: string | undefined;
  policyArns: readonly string[];
  groups: readonly string[];
  policy: string | undefined;
  tags: Readonly<Record<string, string>>;
};

export type AwsPlan = SessionPlan | UserPlan;

/** Every user of the engine lies under it, so that its own can be listed. */
export function userPath(engineId: string): string {
  return `/secrets-action/${engineId}/`;
}

/** From data and parameters that were checked. */
export function planLease(request: PlanRequest): Planned {
  const plan = request.kind === 'aws_iam_user' ? planUser(request) : planSession(request);
  return { externalRef: plan.kind === 'aws_iam_user' ? plan.user : plan.session, plan };
}

function planSession({ leaseId, engineId, data, parameters }: PlanRequest): SessionPlan {
  const roleArn = text(parameters['role_arn']);
  return {
    kind: 'aws_sts',
    ...where(data, engineId),
    session: roleArn === undefined ? federatedName(leaseId) : leaseName(engineId, leaseId),
    roleArn,
    policy: text(parameters['policy']),
    policyArns: list(parameters['policy_arns']),
    tags: map(parameters['session_tags']),
    transitiveTagKeys: list(parameters['transitive_tag_keys']),
    externalId: text(parameters['external_id']),
    sourceIdentity: text(parameters['source_identity']),
    hardRevoke: parameters['hard_revoke'] === true,
  };
}

function planUser({ leaseId, engineId, data, parameters }: PlanRequest): UserPlan {
  return {
    kind: 'aws_iam_user',
    ...where(data, engineId),
    user: leaseName(engineId, leaseId),
    path: userPath(engineId),
    leaseId,
    engineId,
    boundary: text(parameters['permissions_boundary']),
    policyArns: list(parameters['policy_arns']),
    groups: list(parameters['groups']),
    policy: text(parameters['policy']),
    tags: map(parameters['tags']),
  };
}

function where(data: Declared, engineId: string): Where {
  const { region, endpoints, role } = readConnection(data);
  return { region, endpoints, role, prefix: namePrefix(engineId) };
}

/** Plans come back from our own seal, so that their shape is the one that `planLease` gave them. */
export function readPlan(plan: Declared): AwsPlan {
  return plan as unknown as AwsPlan;
}

/** The connection of a plan: where it was planned, with the keys of today. */
export function connectionOf(plan: AwsPlan, data: Declared): AwsConnection {
  const { region, endpoints, role } = plan;
  return { ...readConnection(data), region, endpoints, role };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function map(value: unknown): Record<string, string> {
  return (value ?? {}) as Record<string, string>;
}
