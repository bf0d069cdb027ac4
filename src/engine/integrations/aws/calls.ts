// The port to AWS: one named call at a time in the shapes of its API, small enough to wrap every call in a test.
import type * as Iam from '@aws-sdk/client-iam';
import type * as Sts from '@aws-sdk/client-sts';
import type { AwsConnection } from './connection.ts';

/** Every call that we make. A name is also the permission that the integration's identity needs for it. */
export type Calls = {
  'sts:AssumeRole': [Sts.AssumeRoleCommandInput, Sts.AssumeRoleCommandOutput];
  'sts:GetCallerIdentity': [Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput];
  'sts:GetFederationToken': [Sts.GetFederationTokenCommandInput, Sts.GetFederationTokenCommandOutput];
  'iam:AddUserToGroup': [Iam.AddUserToGroupCommandInput, Iam.AddUserToGroupCommandOutput];
  'iam:AttachUserPolicy': [Iam.AttachUserPolicyCommandInput, Iam.AttachUserPolicyCommandOutput];
  'iam:CreateAccessKey': [Iam.CreateAccessKeyCommandInput, Iam.CreateAccessKeyCommandOutput];
  'iam:CreateUser': [Iam.CreateUserCommandInput, Iam.CreateUserCommandOutput];
  'iam:DeactivateMFADevice': [Iam.DeactivateMFADeviceCommandInput, Iam.DeactivateMFADeviceCommandOutput];
  'iam:DeleteAccessKey': [Iam.DeleteAccessKeyCommandInput, Iam.DeleteAccessKeyCommandOutput];
  'iam:DeleteLoginProfile': [Iam.DeleteLoginProfileCommandInput, Iam.DeleteLoginProfileCommandOutput];
  'iam:DeleteRolePolicy': [Iam.DeleteRolePolicyCommandInput, Iam.DeleteRolePolicyCommandOutput];
  'iam:DeleteSSHPublicKey': [Iam.DeleteSSHPublicKeyCommandInput, Iam.DeleteSSHPublicKeyCommandOutput];
  'iam:DeleteServiceSpecificCredential': [
    Iam.DeleteServiceSpecificCredentialCommandInput,
    Iam.DeleteServiceSpecificCredentialCommandOutput,
  ];
  'iam:DeleteSigningCertificate': [Iam.DeleteSigningCertificateCommandInput, Iam.DeleteSigningCertificateCommandOutput];
  'iam:DeleteUser': [Iam.DeleteUserCommandInput, Iam.DeleteUserCommandOutput];
  'iam:DeleteUserPolicy': [Iam.DeleteUserPolicyCommandInput, Iam.DeleteUserPolicyCommandOutput];
  'iam:DetachUserPolicy': [Iam.DetachUserPolicyCommandInput, Iam.DetachUserPolicyCommandOutput];
  'iam:GetAccountSummary': [Iam.GetAccountSummaryCommandInput, Iam.GetAccountSummaryCommandOutput];
  'iam:GetRole': [Iam.GetRoleCommandInput, Iam.GetRoleCommandOutput];
  'iam:GetUserPolicy': [Iam.GetUserPolicyCommandInput, Iam.GetUserPolicyCommandOutput];
  'iam:ListAccessKeys': [Iam.ListAccessKeysCommandInput, Iam.ListAccessKeysCommandOutput];
  'iam:ListAttachedUserPolicies': [Iam.ListAttachedUserPoliciesCommandInput, Iam.ListAttachedUserPoliciesCommandOutput];
  'iam:ListGroupsForUser': [Iam.ListGroupsForUserCommandInput, Iam.ListGroupsForUserCommandOutput];
  'iam:ListMFADevices': [Iam.ListMFADevicesCommandInput, Iam.ListMFADevicesCommandOutput];
  'iam:ListRolePolicies': [Iam.ListRolePoliciesCommandInput, Iam.ListRolePoliciesCommandOutput];
  'iam:ListSSHPublicKeys': [Iam.ListSSHPublicKeysCommandInput, Iam.ListSSHPublicKeysCommandOutput];
  'iam:ListServiceSpecificCredentials': [
    Iam.ListServiceSpecificCredentialsCommandInput,
    Iam.ListServiceSpecificCredentialsCommandOutput,
  ];
  'iam:ListSigningCertificates': [Iam.ListSigningCertificatesCommandInput, Iam.ListSigningCertificatesCommandOutput];
  'iam:ListUserPolicies': [Iam.ListUserPoliciesCommandInput, Iam.ListUserPoliciesCommandOutput];
  'iam:ListUserTags': [Iam.ListUserTagsCommandInput, Iam.ListUserTagsCommandOutput];
  'iam:ListUsers': [Iam.ListUsersCommandInput, Iam.ListUsersCommandOutput];
  'iam:PutRolePolicy': [Iam.PutRolePolicyCommandInput, Iam.PutRolePolicyCommandOutput];
  'iam:PutUserPolicy': [Iam.PutUserPolicyCommandInput, Iam.PutUserPolicyCommandOutput];
  'iam:RemoveUserFromGroup': [Iam.RemoveUserFromGroupCommandInput, Iam.RemoveUserFromGroupCommandOutput];
};
export type CallName = keyof Calls;

export interface AwsSession {
  /** Sends it once. Rejects with `AwsError`, whose cause is an AppError when that says all there is to say. */
  call<Name extends CallName>(name: Name, input: Calls[Name][0]): Promise<Calls[Name][1]>;
  /** Closes its connections. */
  end(): void;
}

export type Opening = {
  connection: AwsConnection;
  /** Cuts what is under way. */
  signal: AbortSignal;
  /** No request is sent from this instant of the engine's clock on. */
  deadlineAt?: number;
};

export interface Aws {
  open(opening: Opening): Promise<AwsSession>;
}

/**
 * A failure as AWS or the line reported it. `message` is theirs and may quote what was sent: a cause for debug logs,
 * never shown.
 */
export class AwsError extends Error {
  readonly call: CallName;
  /** AWS's error code, or empty when the line failed. */
  readonly code: string;
  /** HTTP status of the answer; 0 without one. */
  readonly status: number;
  /** Whether the request may have reached AWS. */
  readonly sent: boolean;

  constructor(
    message: string,
    options: { call: CallName; code?: string; status?: number; sent: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'AwsError';
    this.call = options.call;
    this.code = options.code ?? '';
    this.status = options.status ?? 0;
    this.sent = options.sent;
  }

  /** AWS answered and refused: the call has certainly had no effect. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500;
  }
}

/** Whether AWS said that what the call is about does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof AwsError && error.code.startsWith('NoSuchEntity');
}

/** Whether AWS refused with one of these codes; some versions of its API append `Exception` to them. */
export function hasCode(error: unknown, ...codes: readonly string[]): error is AwsError {
  return error instanceof AwsError && codes.includes(error.code.replace(/Exception$/, ''));
}

/** AWS was asked too fast, did nothing, and said so. */
export function isThrottled(error: AwsError): boolean {
  return (
    error.status === 429 || /^(Throttl|RequestThrottled|RequestLimitExceeded|TooManyRequests|SlowDown)/.test(error.code)
  );
}
