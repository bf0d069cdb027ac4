// What the types refuse: each line below an expectation must not compile, or the type check of this repository fails.
import type { TerraformStack } from 'cdktf';
import {
  type AwsIntegration,
  AwsStsDynamicSecret,
  type BranchConfig,
  type Environment,
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  type PostgresIntegration,
  SecretsSecret,
  SecretValue,
  type ServiceAccount,
  Visibility,
} from '#provider/constructs/index.js';

/** Never called. */
export function refusedByTypes(
  stack: TerraformStack,
  { config }: Environment,
  aws: AwsIntegration,
  db: PostgresIntegration,
  account: ServiceAccount,
): BranchConfig {
  const value = SecretValue.generated();
  config.addSecret('FINE', { value, visibility: Visibility.RESTRICTED });
  // @ts-expect-error A visibility is no text.
  config.addSecret('A', { value, visibility: 'masked' });
  // @ts-expect-error There is no such visibility.
  config.addSecret('B', { value, visibility: Visibility.PUBLIC });
  // @ts-expect-error Nothing of the same shape stands for a visibility.
  config.addSecret('C', { value, visibility: { word: 'masked' } });
  // @ts-expect-error A secret is no text.
  config.addSecret('D', { value: 'hunter2' });
  // @ts-expect-error Nothing of the same shape stands for a value.
  config.addSecret('E', { value: { attributes: { valueWo: 'hunter2' } } });
  // @ts-expect-error A secret says where its value comes from.
  config.addSecret('F', {});
  // @ts-expect-error A block knows three visibilities.
  new SecretsSecret(stack, 'g', { project: 'p', config: 'c', name: 'G', visibility: 'public' });
  // @ts-expect-error A length of time is no number.
  new AwsStsDynamicSecret(stack, 'h', { config, name: 'H', integration: aws, roleArn: 'arn', maxTtl: 900 });
  // @ts-expect-error A login is not minted by AWS.
  new PostgresDynamicSecret(stack, 'i', { config, name: 'I', integration: aws, groupRoles: [] });
  const shape = { config, name: 'J', integration: db, groupRoles: [] };
  // @ts-expect-error A login has no session token.
  new PostgresDynamicSecret(stack, 'j', { ...shape, keyMap: { sessionToken: 'T' } });
  const github = {
    account,
    repository: 'a/b',
    repositoryId: '1',
    repositoryOwnerId: '2',
    audience: 'https://s.example',
  };
  // @ts-expect-error An identity of GitHub says by which way in a job is trusted.
  OidcIdentity.gitHubActions(stack, 'k', github);
  // @ts-expect-error There is no way in that trusts everybody.
  new GitHubTrust({}, ['*'], undefined);
  // @ts-expect-error A root config does not inherit: it is its environment's own.
  config.inheritFrom(config.addBranch('one'));
  return config.addBranch('two').inheritFrom(config.addBranch('one'));
}
