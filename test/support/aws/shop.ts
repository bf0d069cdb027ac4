// An AWS account to lease from: an integration's user with no more rights than it needs, a role, a group and policies.
import { createEgress } from '#engine/egress.js';
import { createAwsIntegration } from '#engine/integrations/aws/aws.js';
import { createAwsSdk } from '#engine/integrations/aws/sdk.js';
import type { Aws } from '#engine/integrations/aws/calls.js';
import type { Integration } from '#engine/integrations/integration.js';
import { systemClock } from '../leasing/clocks.ts';
import { type AwsModel, type Credentials, startAwsModel } from './model.ts';

export const BUCKET = 'arn:aws:s3:::shop/*';
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource });
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
export const READ = policy(allow('s3:GetObject', BUCKET));

/** The second: IAM knows no path of a user that is not there, and would say AccessDenied in place of NoSuchEntity. */
const USERS = ['arn:aws:iam::*:user/secrets-action/*', 'arn:aws:iam::*:user/lease-*'];
/** README's policy for the integration: users below its path, the deny on one role, sessions of that role. */
export const ENGINE_RIGHTS = policy(
  allow(['iam:GetAccountSummary', 'iam:ListUsers', 'sts:GetFederationToken']),
  allow(
    [
      'CreateUser',
      'DeleteUser',
      'ListUserTags',
      'PutUserPolicy',
      'GetUserPolicy',
      'DeleteUserPolicy',
      'ListUserPolicies',
    ]
      .concat([
        'AttachUserPolicy',
        'DetachUserPolicy',
        'ListAttachedUserPolicies',
        'AddUserToGroup',
        'RemoveUserFromGroup',
      ])
      .concat(['ListGroupsForUser', 'CreateAccessKey', 'DeleteAccessKey', 'ListAccessKeys', 'DeleteLoginProfile'])
      .concat(['ListMFADevices', 'DeactivateMFADevice', 'ListSigningCertificates', 'DeleteSigningCertificate'])
      .concat(['ListSSHPublicKeys', 'DeleteSSHPublicKey', 'ListServiceSpecificCredentials'])
      .concat(['DeleteServiceSpecificCredential'])
      .map((verb) => `iam:${verb}`),
    USERS,
  ),
  allow(
    ['iam:GetRole', 'iam:PutRolePolicy', 'iam:ListRolePolicies', 'iam:DeleteRolePolicy'],
    'arn:aws:iam::*:role/deploy',
  ),
  allow(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], 'arn:aws:iam::*:role/*'),
  allow('s3:*'),
);

export type AwsShop = {
  model: AwsModel;
  /** What a user declares as the integration's data. */
  data: Record<string, unknown>;
  roleArn: string;
  readArn: string;
  boundaryArn: string;
  engine: Credentials;
  close(): Promise<void>;
};

/** @param now the time of AWS */
export async function startAwsShop({ now }: { now?: () => number } = {}): Promise<AwsShop> {
  const model = await startAwsModel(now ? { now } : {});
  const engine = model.addUser('secrets-engine', ENGINE_RIGHTS);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${model.account.id}:user/secrets-engine` },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      },
    ],
  };
  const role = model.addRole('deploy', { trust, policy: policy(allow('s3:*')), maxSessionSec: 7200 });
  model.addGroup('readers', policy(allow('s3:ListBucket')));
  const readArn = model.addPolicy('read', READ);
  const boundaryArn = model.addPolicy('boundary', policy(allow('s3:*')));
  const endpoints = { sts: model.url, iam: model.url };
  const keys = { access_key_id: engine.accessKeyId, secret_access_key: engine.secretAccessKey };
  const data = { region: 'eu-central-1', ...keys, endpoints };
  return { model, data, roleArn: role.arn, readArn, boundaryArn, engine, close: () => model.close() };
}

/** The real SDK, allowed onto this machine. */
export function localAws(now: () => number): Aws {
  const lookup = () => Promise.reject(new Error('no name is looked up here'));
  const allowed = { outgoing: [], integration: ['127.0.0.0/8'] };
  return createAwsSdk({ egress: createEgress({ clock: systemClock, lookup, allow: allowed }), now });
}

/** Pauses take no time, but for those who ask: `slept` gets their lengths. */
export function localIntegration({
  now,
  aws = localAws(now),
  slept = () => undefined,
}: {
  now: () => number;
  aws?: Aws;
  slept?: (ms: number) => void;
}): Integration {
  const sleep = async (ms: number) => {
    slept(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return createAwsIntegration({ aws, now, random: () => 0.5, sleep });
}

/** The leased values as credentials. */
export function credentialsOf(fields: ReadonlyMap<string, { reveal(): string }>): Credentials {
  const value = (field: string) => fields.get(field)?.reveal() ?? '';
  const token = fields.get('session_token')?.reveal();
  const keys = { accessKeyId: value('access_key_id'), secretAccessKey: value('secret_access_key') };
  return token === undefined ? keys : { ...keys, sessionToken: token };
}
