// What kill points lease from AWS, by kind, and how their credentials are found and tried at the model.
import type { AwsModel, Credentials } from '../aws/model.ts';
import type { Declaration, Values } from './round.ts';

const OBJECT = 'arn:aws:s3:::shop/x';

export type AwsCase = {
  dynamicSecret: Declaration['dynamicSecret'];
  ceiling: Record<string, unknown>;
  /** Names of the credentials of an engine that open something. */
  external(model: AwsModel, engineId: string): string[];
};

export const AWS_CASES = {
  aws_iam_user: {
    dynamicSecret: { kind: 'aws_iam_user', parameters: { policy_arns: ['arn:aws:iam::123456789012:policy/read'] } },
    ceiling: { policy_arns: ['arn:aws:iam::123456789012:policy/read'] },
    external: (model, engineId) =>
      [...model.account.users.values()].map(({ name }) => name).filter((name) => name.startsWith(`lease-${engineId}-`)),
  },
  aws_sts: {
    dynamicSecret: {
      kind: 'aws_sts',
      parameters: { role_arn: 'arn:aws:iam::123456789012:role/deploy', hard_revoke: true },
    },
    ceiling: { role_arns: ['arn:aws:iam::123456789012:role/deploy'] },
    external: (model, engineId) =>
      [...model.account.sessions.values()]
        .filter(({ name }) => name.startsWith(`lease-${engineId}-`))
        .filter(({ keyId: accessKeyId, secret: secretAccessKey, token: sessionToken }) =>
          isUsable(model, { accessKeyId, secretAccessKey, sessionToken }),
        )
        .map(({ name }) => name),
  },
} satisfies Record<string, AwsCase>;

/** Whether leased values open anything. */
export function opensAws(model: AwsModel, values: Values): boolean {
  return isUsable(model, credentialsOf(values));
}

function isUsable(model: AwsModel, credentials: Credentials): boolean {
  return model.may(credentials, 's3:GetObject', OBJECT) === 'yes';
}

function credentialsOf(values: Values): Credentials {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = values;
  const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return AWS_SESSION_TOKEN === undefined ? keys : { ...keys, sessionToken: AWS_SESSION_TOKEN };
}
