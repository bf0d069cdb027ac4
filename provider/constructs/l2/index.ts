// Everything that a stack is written with, above the emitted classes.
export * from './places/config.ts';
export { DynamicSecret, type DynamicSecretOptions } from './leasing/dynamic-secret.ts';
export {
  AwsIamUserDynamicSecret,
  type AwsIamUserDynamicSecretProps,
  type AwsKeyMap,
  AwsStsDynamicSecret,
  type AwsStsDynamicSecretProps,
  PostgresDynamicSecret,
  type PostgresDynamicSecretProps,
  type PostgresKeyMap,
} from './leasing/dynamic-secrets.ts';
export type { FindingCode } from './words/finding.ts';
export { type GitHubIdentityProps, GitHubTrust } from './machines/github-claims.ts';
export * from './leasing/integration.ts';
export * from './words/interfaces.ts';
export { Lease, type LeaseOptions } from './leasing/lease.ts';
export * from './machines/oidc-identity.ts';
export * from './policy/policy.ts';
export * from './places/project.ts';
export * from './places/reader.ts';
export * from './places/secret.ts';
export * from './words/secret-value.ts';
export * from './machines/service-account.ts';
export * from './words/ttl.ts';
export * from './words/visibility.ts';
export * from './workflow/workflow.ts';
export type { WorkflowStep, WorkflowStepProps } from './workflow/workflow-step.ts';
