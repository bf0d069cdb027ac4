// Ending a leased IAM user: its keys first, then everything that hangs on it, whoever put it there, then the user.
import type { RevokeOutcome } from '../../integration.ts';
import { type AwsSession, hasCode, isMissing } from '../calls.ts';
import { pages } from '../pages.ts';
import type { UserPlan } from '../plans.ts';

type Removal = (session: AwsSession, UserName: string) => Promise<void>;

/**
 * Idempotent. A key that a stale list did not show makes DeleteUser a DeleteConflict, which is tried again.
 */
export async function revokeUser(session: AwsSession, { user }: UserPlan): Promise<RevokeOutcome> {
  for (const remove of USUAL) await remove(session, user);
  try {
    return await deleteUser(session, user);
  } catch (error) {
    if (!hasCode(error, 'DeleteConflict')) throw error;
  }
  for (const remove of RARE) await remove(session, user);
  return deleteUser(session, user);
}

/** Every key that the user has. */
export const deleteKeys: Removal = async (session, UserName) => {
  const keys = await listed(async (marker) => {
    const page = await session.call('iam:ListAccessKeys', { UserName, ...marker });
    return { ...page, items: page.AccessKeyMetadata };
  });
  for (const { AccessKeyId } of keys) {
    await unlessMissing(session.call('iam:DeleteAccessKey', { UserName, AccessKeyId }));
  }
};

const detachPolicies: Removal = async (session, UserName) => {
  const policies = await listed(async (marker) => {
    const page = await session.call('iam:ListAttachedUserPolicies', { UserName, ...marker });
    return { ...page, items: page.AttachedPolicies };
  });
  for (const { PolicyArn } of policies) {
    await unlessMissing(session.call('iam:DetachUserPolicy', { UserName, PolicyArn }));
  }
};

const leaveGroups: Removal = async (session, UserName) => {
  const groups = await listed(async (marker) => {
    const page = await session.call('iam:ListGroupsForUser', { UserName, ...marker });
    return { ...page, items: page.Groups };
  });
  for (const { GroupName } of groups) {
    await unlessMissing(session.call('iam:RemoveUserFromGroup', { UserName, GroupName }));
  }
};

const deletePolicies: Removal = async (session, UserName) => {
  const names = await listed(async (marker) => {
    const page = await session.call('iam:ListUserPolicies', { UserName, ...marker });
    return { ...page, items: page.PolicyNames };
  });
  for (const PolicyName of names) {
    await unlessMissing(session.call('iam:DeleteUserPolicy', { UserName, PolicyName }));
  }
};

const deleteLogin: Removal = async (session, UserName) => {
  await unlessMissing(session.call('iam:DeleteLoginProfile', { UserName }));
};

const deactivateDevices: Removal = async (session, UserName) => {
  const devices = await listed(async (marker) => {
    const page = await session.call('iam:ListMFADevices', { UserName, ...marker });
    return { ...page, items: page.MFADevices };
  });
  for (const { SerialNumber } of devices) {
    await unlessMissing(session.call('iam:DeactivateMFADevice', { UserName, SerialNumber }));
  }
};

const deleteCertificates: Removal = async (session, UserName) => {
  const certificates = await listed(async (marker) => {
    const page = await session.call('iam:ListSigningCertificates', { UserName, ...marker });
    return { ...page, items: page.Certificates };
  });
  for (const { CertificateId } of certificates) {
    await unlessMissing(session.call('iam:DeleteSigningCertificate', { UserName, CertificateId }));
  }
};

const deleteSshKeys: Removal = async (session, UserName) => {
  const keys = await listed(async (marker) => {
    const page = await session.call('iam:ListSSHPublicKeys', { UserName, ...marker });
    return { ...page, items: page.SSHPublicKeys };
  });
  for (const { SSHPublicKeyId } of keys) {
    await unlessMissing(session.call('iam:DeleteSSHPublicKey', { UserName, SSHPublicKeyId }));
  }
};

const deleteServiceCredentials: Removal = async (session, UserName) => {
  const credentials = await listed(async (marker) => {
    const page = await session.call('iam:ListServiceSpecificCredentials', { UserName, ...marker });
    return { ...page, items: page.ServiceSpecificCredentials };
  });
  for (const { ServiceSpecificCredentialId } of credentials) {
    await unlessMissing(session.call('iam:DeleteServiceSpecificCredential', { UserName, ServiceSpecificCredentialId }));
  }
};

/** The inline policies last, since our own denies are among them. */
const USUAL: readonly Removal[] = [deleteKeys, detachPolicies, leaveGroups, deletePolicies];
/** What others hang on a user by hand; asked for only when the user cannot be deleted (IAM API, DeleteUser). */
const RARE: readonly Removal[] = [
  deleteKeys,
  deleteLogin,
  deactivateDevices,
  deleteCertificates,
  deleteSshKeys,
  deleteServiceCredentials,
];

async function deleteUser(session: AwsSession, UserName: string): Promise<RevokeOutcome> {
  try {
    await session.call('iam:DeleteUser', { UserName });
    return 'done';
  } catch (error) {
    if (isMissing(error)) return 'not_found';
    throw error;
  }
}

/** A list of a user that is not there, or not seen yet, is empty: DeleteUser decides. */
async function listed<Item>(read: Parameters<typeof pages<Item>>[0]): Promise<Item[]> {
  try {
    return await pages(read);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function unlessMissing(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
