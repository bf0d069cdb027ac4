// Policies as Aspects: each finds what it forbids wherever it stands, names its code and the path of the node, and nothing else.
import { Aspects, type IAspect, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AwsIamUserDynamicSecret,
  AwsIntegration,
  EphemeralSecretsServiceToken,
  ForbidIamUsers,
  ForbidUnmasked,
  Project,
  RequireTokenExpiry,
  SecretsConfig,
  SecretsDynamicSecretPostgres,
  SecretsSecret,
  SecretsServiceToken,
  SecretValue,
  Ttl,
  TtlCeiling,
  Visibility,
} from '#provider/constructs/index.js';
import { findings } from '../support/synth.ts';

function found(policy: IAspect, build: (stack: TerraformStack) => void): string[] {
  const all = findings((stack) => {
    Aspects.of(stack).add(policy);
    build(stack);
  });
  return all.map((line) => line.slice(0, line.indexOf(': ')));
}

describe('no unmasked secret in production', () => {
  const unmasked = { visibility: Visibility.UNMASKED, value: SecretValue.external() };

  test('is found in the environment itself and in its branches, and nowhere else', () => {
    const lines = found(new ForbidUnmasked(), (stack) => {
      const shop = new Project(stack, 'shop', { name: 'shop' });
      for (const slug of ['dev', 'prd']) {
        const { config } = shop.addEnvironment(slug);
        config.addSecret('OPEN', unmasked);
        config.addSecret('CLOSED', { value: SecretValue.external() });
        config.addBranch('api').addSecret('OPEN', unmasked);
      }
    });
    expect(lines).toEqual([
      'secrets/unmasked-in-production at app/shop/prd/config/OPEN/Resource',
      'secrets/unmasked-in-production at app/shop/prd/config/api/OPEN/Resource',
    ]);
  });

  test('is found in a block that no construct made, by name, by reference, and where nothing can be told', () => {
    const lines = found(new ForbidUnmasked({ environments: ['pre_prod', 'live'] }), (stack) => {
      const secret = (id: string, config: string, visibility: 'unmasked' | 'masked' = 'unmasked') =>
        new SecretsSecret(stack, id, { project: 'p', config, name: 'A', visibility, external: true });
      secret('root', 'live');
      secret('branch', 'pre_prod_api');
      secret('unknown', new TerraformVariable(stack, 'where', {}).stringValue);
      const config = new SecretsConfig(stack, 'c', { project: 'p', environment: 'live', name: 'live_x' });
      secret('reference', config.name);
      secret('part', `${config.name}_y`);
      secret('elsewhere', 'dev_live');
      secret('masked', 'live', 'masked');
    });
    expect(lines.map((line) => line.split('app/')[1]).sort()).toEqual([
      'branch',
      'part',
      'reference',
      'root',
      'unknown',
    ]);
  });
});

test('a token that never ends is found; one that does is not', () => {
  const lines = found(new RequireTokenExpiry(), (stack) => {
    const token = (id: string, expiresAt?: string) =>
      new SecretsServiceToken(stack, id, { project: 'p', config: 'c', name: 'ci', keyWo: 'k', expiresAt });
    token('endless');
    token('ending', '2030-01-31T12:00:00Z');
  });
  expect(lines).toEqual(['secrets/token-never-expires at app/endless']);
});

test('an IAM user is found unless it says why a session will not do', () => {
  const lines = found(new ForbidIamUsers(), (stack) => {
    const { config } = new Project(stack, 'shop', { name: 'shop' }).addEnvironment('prd');
    const integration = AwsIntegration.fromName(stack, 'aws', 'aws');
    const user = (id: string, whyNotSts?: string) =>
      new AwsIamUserDynamicSecret(stack, id, {
        ...{ config, name: id.toUpperCase(), integration, groups: ['ci'] },
        ...(whyNotSts === undefined ? {} : { whyNotSts }),
      });
    user('plain');
    user('blank', ' ');
    user('mail', 'Passwords of SES are derived from the key of a user.');
  });
  expect(lines.sort()).toEqual(['secrets/iam-user at app/blank/Resource', 'secrets/iam-user at app/plain/Resource']);
});

test('what may live longer than the policy allows is found, and so is what names no limit', () => {
  const lines = found(new TtlCeiling({ ttl: Ttl.minutes(30) }), (stack) => {
    const place = { project: 'p', config: 'c' };
    const secret = (id: string, maxTtlSec?: number) =>
      new SecretsDynamicSecretPostgres(stack, id, { ...place, name: 'D', integration: 'i', groupRoles: [], maxTtlSec });
    const token = (id: string, ttl?: string) => new EphemeralSecretsServiceToken(stack, id, { ...place, ttl });
    secret('long', 1801);
    secret('fits', 1800);
    secret('silent');
    token('usual');
    token('short', '30m');
    token('text', new TerraformVariable(stack, 'life', {}).stringValue);
  });
  expect(lines.map((line) => line.split('app/')[1]).sort()).toEqual(['long', 'silent', 'text', 'usual']);
  expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(['secrets/ttl-over-policy']));
});
