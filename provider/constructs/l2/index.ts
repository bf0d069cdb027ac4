// Everything that a stack is written with, above the emitted classes.
export * from './config.ts';
export { DynamicSecret, type DynamicSecretOptions } from './dynamic-secret.ts';
export {
  AwsIamUserDynamicSecret,
  type AwsIamUserDynamicSecretProps,
  type AwsKeyMap,
  AwsStsDynamicSecret,
  type AwsStsDynamicSecretProps,
  PostgresDynamicSecret,
  type PostgresDynamicSecretProps,
  type PostgresKeyMap,
} from './dynamic-secrets.ts';
export type { FindingCode } from './finding.ts';
export { type GitHubIdentityProps, GitHubTrust } from './github-claims.ts';
export * from './integration.ts';
export * from './interfaces.ts';
export { Lease, type LeaseOptions } from './lease.ts';
export * from './oidc-identity.ts';
export * from './policy.ts';
export * from './project.ts';
export * from './reader.ts';
export * from './secret.ts';
export * from './secret-value.ts';
export * from './service-account.ts';
export * from './ttl.ts';
export * from './visibility.ts';
export * from './workflow.ts';
export type { WorkflowStep, WorkflowStepProps } from './workflow-step.ts';
