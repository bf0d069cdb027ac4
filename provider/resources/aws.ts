// AWS: secrets_integration_aws, secrets_dynamic_secret_aws_sts and secrets_dynamic_secret_aws_iam_user.
import { bool, int, map, object, oneOf, set, str } from '../framework/schema/words.ts';
import { dynamicSecretType } from './dynamic-secret-type.ts';
import { integrationType } from './integration-type.ts';

const YEAR_SEC = 366 * 24 * 3600;
const roleArn = str.matches(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, 'be the ARN of a role');
const policyArn = str.matches(/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/\S+$/, 'be the ARN of a policy');
const policy = str.rule((text) => (isJsonObject(String(text)) ? undefined : 'It must be a policy document in JSON.'));

export const integrationAws = integrationType({
  type: 'aws',
  describe: 'An AWS account and the access key, or the role, by which the engine leases others.',
  data: {
    region: str.required().replaces(),
    access_key_id: str.required().replaces(),
    secret_access_key_wo: str.required().sensitive().writeOnly().replaces().describe('Never in a plan nor in state.'),
    secret_access_key_wo_version: str.optional().replaces().describe('Change it together with the key.'),
    session_token_wo: str.optional().sensitive().writeOnly().replaces(),
    role_arn: roleArn.optional().replaces().describe('Assumed first. AWS then holds leased sessions to one hour.'),
    external_id: str.optional().replaces().describe('For role_arn.'),
    endpoints: object({ sts: str.optional(), iam: str.optional() })
      .optional()
      .replaces()
      .describe('Other addresses than those of AWS.'),
  },
  ceiling: {
    role_arns: set(roleArn).optional(),
    policy_arns: set(policyArn).optional(),
    groups: set(str).optional(),
    permissions_boundary: policyArn.optional().describe('Every leased user must have it.'),
    federation_token: bool.optional(),
    max_ttl_sec: int.optional().between(1, YEAR_SEC),
  },
});

export const dynamicSecretAwsSts = dynamicSecretType({
  kind: 'aws_sts',
  integration: 'aws',
  describe: 'A dynamic secret: each lease of it is an STS session, which ends at its time and cannot be renewed.',
  parameters: {
    method: oneOf('assume_role', 'federation_token').default('assume_role'),
    role_arn: roleArn.optional().describe('For assume_role.'),
    external_id: str.optional(),
    source_identity: str.optional(),
    policy: policy.optional().describe('A session policy in JSON: it only narrows what the role may.'),
    policy_arns: set(policyArn).optional(),
    session_tags: map(str).optional(),
    transitive_tag_keys: set(str).optional(),
    hard_revoke: bool.optional().describe('Denies the session to its role when the lease is revoked before its time.'),
  },
});

export const dynamicSecretAwsIamUser = dynamicSecretType({
  kind: 'aws_iam_user',
  integration: 'aws',
  describe: 'A dynamic secret: each lease of it is an IAM user with one access key, both gone at the end.',
  parameters: {
    policy_arns: set(policyArn).optional(),
    groups: set(str).optional(),
    policy: policy
      .optional()
      .describe('An inline policy in JSON; the ceiling must then demand a permissions boundary.'),
    permissions_boundary: policyArn.optional(),
    tags: map(str).optional(),
  },
});

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
