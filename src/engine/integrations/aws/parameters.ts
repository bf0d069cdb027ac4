// Parameters of aws_sts and aws_iam_user, the ceiling over them, and the lifetimes that AWS itself allows.
import type { Kind } from '#core/kinds.js';
import { Checker } from '../checker.ts';
import type { Checked, Declared, Lifetime } from '../integration.ts';
import { EXTERNAL_ID, isChained, ROLE_ARN } from './connection.ts';
import { policyText } from './policy-text.ts';

const POLICY_ARN = /^arn:aws[a-z-]{0,20}:iam::(\d{12}|aws):policy\/[\x21-\x7e]{1,640}$/;
const SOURCE_IDENTITY = /^[\w+=,.@-]{2,64}$/;
const GROUP = /^[\w+=,.@-]{1,128}$/;
/** STS API: 2,048 characters of session policy, ten managed ones. */
const SESSION_POLICY_LENGTH = 2048;
const SESSION_POLICIES = 10;
/** 2,048 characters for all inline policies of a user, of which ours takes less than 400. */
const INLINE_LENGTH = 1648;
/** IAM quotas per user: ten managed policies, ten groups, fifty tags of which three are ours. */
const USER_POLICIES = 10;
const USER_GROUPS = 10;
const USER_TAGS = 47;
const SESSION_TAGS = 50;
const TAG_KEY = /^(?!aws:|secrets-action:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;
const HOUR_SEC = 3600;

/** STS API: AssumeRole at most 12 h, or 1 h from a role; GetFederationToken at most 36 h. */
const LONGEST = {
  role: { maxTtlSec: 12 * HOUR_SEC, because: 'AWS lets no session of a role live longer' },
  chained: {
    maxTtlSec: HOUR_SEC,
    because: 'the integration works as a role, and AWS holds a role that assumes a role to one hour',
  },
  federation: { maxTtlSec: 36 * HOUR_SEC, because: 'AWS lets no federation token live longer' },
} as const;

export function checkParameters(kind: Kind, parameters: unknown): Checked {
  return kind === 'aws_iam_user' ? checkUser(parameters) : checkSession(parameters);
}

/**
 * `{role_arn, external_id?, source_identity?, transitive_tag_keys?, hard_revoke?}` or `{method: federation_token}`,
 * with `policy?, policy_arns?, session_tags?`
 */
function checkSession(parameters: unknown): Checked {
  const check = new Checker(parameters, 'parameters');
  const isRole = check.oneOf('method', ['assume_role', 'federation_token'], 'assume_role') !== 'federation_token';
  const role = check.text('role_arn', {
    maxLength: 600,
    required: isRole,
    pattern: ROLE_ARN,
    says: 'must be the ARN of a role',
  });
  const policy = check.parsed(
    'policy',
    sessionPolicy,
    `must be a policy of at most ${SESSION_POLICY_LENGTH} characters`,
  );
  const arns = check.parsed(
    'policy_arns',
    policyArns(SESSION_POLICIES),
    `must be up to ${SESSION_POLICIES} policy ARNs`,
  );
  const tags = check.parsed('session_tags', tagMap(SESSION_TAGS), `must be up to ${SESSION_TAGS} legal tags`);
  const transitive = check.parsed('transitive_tag_keys', texts(SESSION_TAGS, TAG_KEY), 'must be a list of tag keys');
  const external = check.text('external_id', {
    maxLength: 1224,
    pattern: EXTERNAL_ID,
    says: 'must be 2 to 1224 letters, digits or +=,.@:/-',
  });
  const source = check.text('source_identity', {
    pattern: SOURCE_IDENTITY,
    says: 'must be 2 to 64 letters, digits or +=,.@-',
  });
  const hard = check.parsed('hard_revoke', flag, 'must be true or false');
  if (transitive?.some((key) => tags?.[key] === undefined))
    check.problem('transitive_tag_keys', 'names a tag that session_tags lacks');
  if (isRole) return check.result();
  const forRoles = {
    role_arn: role,
    transitive_tag_keys: transitive,
    external_id: external,
    source_identity: source,
    hard_revoke: hard,
  };
  for (const [field, value] of Object.entries(forRoles)) {
    if (value !== undefined && value !== false) check.problem(field, 'is for assume_role only');
  }
  if (policy === undefined && !arns?.length)
    check.problem('policy', 'is missing: a federation token without one may do nothing');
  return check.result();
}

/** `{policy_arns?, groups?, policy?, permissions_boundary?, tags?}`; one of the first three at least. */
function checkUser(parameters: unknown): Checked {
  const check = new Checker(parameters, 'parameters');
  const arns = check.parsed('policy_arns', policyArns(USER_POLICIES), `must be up to ${USER_POLICIES} policy ARNs`);
  const groups = check.parsed('groups', texts(USER_GROUPS, GROUP), `must be up to ${USER_GROUPS} group names`);
  const policy = check.parsed('policy', inlinePolicy, `must be a policy of at most ${INLINE_LENGTH} characters`);
  check.text('permissions_boundary', { maxLength: 700, pattern: POLICY_ARN, says: 'must be the ARN of a policy' });
  check.parsed('tags', tagMap(USER_TAGS), `must be up to ${USER_TAGS} legal tags`);
  if (!arns?.length && !groups?.length && policy === undefined) {
    check.problem('policy_arns', 'is missing: name policies or groups, or give a policy');
  }
  return check.result();
}

/** `{role_arns?, policy_arns?, groups?, permissions_boundary?, federation_token?, max_ttl_sec?}`; what is not listed cannot be leased. */
export function checkCeiling(ceiling: unknown): Checked {
  const check = new Checker(ceiling, 'ceiling');
  check.parsed('role_arns', texts(100, ROLE_ARN), 'must be a list of at most 100 role ARNs');
  check.parsed('policy_arns', policyArns(100), 'must be a list of at most 100 policy ARNs');
  check.parsed('groups', texts(100, GROUP), 'must be a list of at most 100 group names');
  check.text('permissions_boundary', { maxLength: 700, pattern: POLICY_ARN, says: 'must be the ARN of a policy' });
  check.parsed('federation_token', flag, 'must be true or false');
  check.integer('max_ttl_sec', { min: 1, max: 366 * 24 * HOUR_SEC });
  return check.result();
}

/** A session policy can only narrow what the role may, so that any is allowed; a user's own policy gives rights. */
export function aboveCeiling(ceiling: Declared, parameters: Declared): string[] {
  const outside = (field: string, listed: string, what: string) =>
    names(parameters[field])
      .filter((name) => !names(ceiling[listed]).includes(name))
      .map((name) => `The ${what} ${name} is not in its ceiling.`);
  if ('method' in parameters) {
    if (parameters['method'] === 'assume_role') return outside('role_arn', 'role_arns', 'role');
    return ceiling['federation_token'] === true ? [] : ['Federation tokens are not in its ceiling.'];
  }
  const boundary = ceiling['permissions_boundary'];
  return [
    ...outside('policy_arns', 'policy_arns', 'policy'),
    ...outside('groups', 'groups', 'group'),
    ...(boundary === undefined || parameters['permissions_boundary'] === boundary
      ? []
      : [`Its users must have the permissions boundary ${String(boundary)}.`]),
    ...(parameters['policy'] !== undefined && boundary === undefined
      ? ['A policy of its own needs a permissions_boundary in the ceiling.']
      : []),
  ];
}

/** AWS's own bounds; undefined where a lease may live as long as its kind allows. */
export function lifetime(kind: Kind, parameters: Declared, data: Declared): Lifetime | undefined {
  if (kind !== 'aws_sts') return undefined;
  if (parameters['method'] === 'federation_token') return LONGEST.federation;
  return isChained(data) ? LONGEST.chained : LONGEST.role;
}

const sessionPolicy = (value: unknown) => policyText(value, SESSION_POLICY_LENGTH);
const inlinePolicy = (value: unknown) => policyText(value, INLINE_LENGTH);
const policyArns = (most: number) => texts(most, POLICY_ARN);
const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined);

function texts(most: number, pattern: RegExp): (value: unknown) => string[] | undefined {
  return (value) => {
    const fits = (one: unknown): one is string => typeof one === 'string' && pattern.test(one);
    return Array.isArray(value) && value.length <= most && value.every(fits) ? [...new Set(value)] : undefined;
  };
}

/** Keys that differ in case only are one key to IAM. */
function tagMap(most: number): (value: unknown) => Record<string, string> | undefined {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    const fits = entries.every(([key, text]) => TAG_KEY.test(key) && typeof text === 'string' && TAG_VALUE.test(text));
    const distinct = new Set(entries.map(([key]) => key.toLowerCase())).size === entries.length;
    return fits && distinct && entries.length <= most
      ? (Object.fromEntries(entries) as Record<string, string>)
      : undefined;
  };
}

/** One name or a list of them. */
function names(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}
