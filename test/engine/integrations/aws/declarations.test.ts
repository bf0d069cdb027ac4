// Declaring aws integrations and their dynamic secrets: every problem named without a value, scope and ceiling kept.
import { readConnection, signingRegion } from '#engine/integrations/aws/connection.js';
import type { Declared, Integration } from '#engine/integrations/integration.js';
import { localIntegration } from '../../../support/aws/shop.ts';

const integration: Integration = localIntegration({ now: Date.now });
const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const POLICY = 'arn:aws:iam::123456789012:policy/read';
const DOCUMENT = { Version: '2012-10-17', Statement: [] };
const DATA = { region: 'eu-central-1', access_key_id: 'AKIAAAAAAAAAAAAAAAAA', secret_access_key: 'Pl4nted' };

const dataProblems = (more: object) => integration.checkData({ ...DATA, ...more }).problems;
const problems = (kind: 'aws_sts' | 'aws_iam_user', parameters: object) =>
  integration.checkParameters(kind, parameters).problems;
const above = (kind: 'aws_sts' | 'aws_iam_user', ceiling: Declared, parameters: object) =>
  integration.aboveCeiling(
    integration.checkCeiling(ceiling).value,
    integration.checkParameters(kind, parameters).value,
    DATA,
  );

test('endpoints are https, or in clear on this machine, and nothing but an address', () => {
  expect(dataProblems({ endpoints: { sts: 'https://sts.example', iam: 'http://127.0.0.1:4566' } })).toEqual([]);
  for (const url of ['http://sts.example', 'https://sts.example/path', 'https://u:p@sts.example', 'ftp://x', 'x']) {
    expect(dataProblems({ endpoints: { sts: url } })).toEqual([
      'data.endpoints must hold https addresses under sts and iam.',
    ]);
  }
  expect(dataProblems({ endpoints: { s3: 'https://s3.example' } })).toHaveLength(1);
});

test.each([
  ['eu-central-1', 'https://sts.eu-central-1.amazonaws.com', 'https://iam.amazonaws.com', 'us-east-1'],
  [
    'cn-northwest-1',
    'https://sts.cn-northwest-1.amazonaws.com.cn',
    'https://iam.cn-north-1.amazonaws.com.cn',
    'cn-north-1',
  ],
  ['us-gov-east-1', 'https://sts.us-gov-east-1.amazonaws.com', 'https://iam.us-gov.amazonaws.com', 'us-gov-west-1'],
])('without endpoints of its own %s is asked at those of its partition', (region, sts, iam, signedFor) => {
  expect(readConnection({ ...DATA, region }).endpoints).toEqual({ sts, iam });
  expect([signingRegion('sts', region), signingRegion('iam', region)]).toEqual([region, signedFor]);
});

test('every problem of the connection is named, and no value with it', () => {
  const told = dataProblems({ region: 'mars', access_key_id: 'short', secret_access_key: 5, role_arn: 'x', more: 1 });
  for (const field of ['region', 'access_key_id', 'secret_access_key', 'role_arn', 'more']) {
    expect(told.join('\n')).toContain(`data.${field} `);
  }
  expect(told.join('\n')).not.toMatch(/mars|short/);
});

test('a policy may be text or an object, is kept without white space, and must fit', () => {
  const kept = (policy: unknown) => integration.checkParameters('aws_sts', { role_arn: ROLE, policy }).value['policy'];
  expect(kept(JSON.stringify(DOCUMENT, null, 4))).toBe(JSON.stringify(DOCUMENT));
  expect(kept(DOCUMENT)).toBe(JSON.stringify(DOCUMENT));
  for (const policy of ['{', [], { Version: 'x' }, { ...DOCUMENT, Id: 'x'.repeat(2048) }]) {
    expect(problems('aws_sts', { role_arn: ROLE, policy })).toEqual([
      'parameters.policy must be a policy of at most 2048 characters.',
    ]);
  }
});

test('a session needs a role, a federation token needs a policy and takes nothing that is for roles', () => {
  expect(problems('aws_sts', {})).toEqual(['parameters.role_arn is missing.']);
  expect(problems('aws_sts', { method: 'federation_token', policy: DOCUMENT })).toEqual([]);
  const mixed = { method: 'federation_token', role_arn: ROLE, hard_revoke: true, source_identity: 'ci' };
  expect(problems('aws_sts', mixed)).toEqual([
    'parameters.role_arn is for assume_role only.',
    'parameters.source_identity is for assume_role only.',
    'parameters.hard_revoke is for assume_role only.',
    'parameters.policy is missing: a federation token without one may do nothing.',
  ]);
});

test('no session is promised for longer than AWS lets it live, and one from a session for an hour', () => {
  const longest = (parameters: Declared, data: object = DATA) =>
    integration.lifetime?.('aws_sts', parameters, { ...data })?.maxTtlSec;
  expect(longest({ method: 'assume_role' })).toBe(12 * 3600);
  expect(longest({ method: 'federation_token' })).toBe(36 * 3600);
  for (const chained of [{ role_arn: ROLE }, { session_token: 'token' }]) {
    expect(longest({ method: 'assume_role' }, { ...DATA, ...chained })).toBe(3600);
  }
});

test('tags are legal, distinct whatever their case, and leave room for ours', () => {
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']));
  const user = { policy_arns: [POLICY] };
  expect(problems('aws_iam_user', { ...user, tags: tags(47) })).toEqual([]);
  for (const bad of [
    tags(48),
    { Team: 'a', team: 'b' },
    { 'aws:x': 'y' },
    { 'secrets-action:lease': 'y' },
    { a: 'ü{' },
  ]) {
    expect(problems('aws_iam_user', { ...user, tags: bad })).toEqual(['parameters.tags must be up to 47 legal tags.']);
  }
  expect(problems('aws_sts', { role_arn: ROLE, session_tags: { a: 'b' }, transitive_tag_keys: ['c'] })).toHaveLength(1);
});

test('a user has rights from somewhere', () => {
  expect(problems('aws_iam_user', {})).toHaveLength(1);
  for (const one of [{ policy_arns: [POLICY] }, { groups: ['readers'] }, { policy: DOCUMENT }]) {
    expect(problems('aws_iam_user', one)).toEqual([]);
  }
});

test('without a ceiling nothing can be leased', () => {
  expect(above('aws_sts', {}, { role_arn: ROLE })).toEqual([`The role ${ROLE} is not in its ceiling.`]);
  expect(above('aws_sts', {}, { method: 'federation_token', policy: DOCUMENT })).toHaveLength(1);
  expect(above('aws_iam_user', {}, { policy_arns: [POLICY], groups: ['readers'], policy: DOCUMENT })).toEqual([
    `The policy ${POLICY} is not in its ceiling.`,
    'The group readers is not in its ceiling.',
    'A policy of its own needs a permissions_boundary in the ceiling.',
  ]);
});

test('what the ceiling lists can be leased, and its boundary is everyone’s', () => {
  const boundary = 'arn:aws:iam::123456789012:policy/boundary';
  const ceiling = { role_arns: [ROLE], policy_arns: [POLICY], permissions_boundary: boundary, federation_token: true };
  expect(above('aws_sts', ceiling, { role_arn: ROLE })).toEqual([]);
  expect(above('aws_sts', ceiling, { method: 'federation_token', policy: DOCUMENT })).toEqual([]);
  const user = { policy_arns: [POLICY], policy: DOCUMENT };
  expect(above('aws_iam_user', ceiling, user)).toEqual([`Its users must have the permissions boundary ${boundary}.`]);
  expect(above('aws_iam_user', ceiling, { ...user, permissions_boundary: boundary })).toEqual([]);
});
