// What the managing client declares for AWS is what the engine takes, and what the engine keeps is what it reads back.
import { readDynamicSecret, readIntegration } from '#contract/doppler/management-answers.js';
import * as lending from '#contract/doppler/management-lending.js';
import { dynamicSecretAnswer, integrationAnswer } from '#contract/doppler/answers.js';
import type { WireRequest } from '#contract/doppler/wire.js';
import { sensitive } from '#core/sensitive.js';
import { systemClock } from '../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE } from '../support/leasing/engine.ts';
import { localIntegration, READ } from '../support/aws/shop.ts';

const ARN = 'arn:aws:iam::123456789012';
const TERMS = {
  project: 'shop',
  config: 'prd',
  integration: 'aws',
  keyMap: new Map([['region', 'REGION']]),
  defaultTtlSec: undefined,
  maxTtlSec: 3600,
  maxLiveLeases: undefined,
};
const CEILING = {
  roleArns: [`${ARN}:role/deploy`],
  policyArns: [`${ARN}:policy/read`],
  groups: ['readers'],
  permissionsBoundary: `${ARN}:policy/boundary`,
  federationToken: true,
  maxTtlSec: 7200,
};
type Body = Record<'name' | 'type' | 'kind' | 'integration', string> &
  Record<string, unknown> & { max_ttl_sec: number };
const body = (request: WireRequest) => JSON.parse(request.body ?? '') as Body;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ clock: systemClock, integrations: (now) => [localIntegration({ now })] });
});
afterAll(() => engine.close());

test('an integration with everything that can be said of it', async () => {
  const request = lending.createAwsRequest({
    name: 'aws',
    region: 'eu-central-1',
    accessKeyId: 'AKIAAAAAAAAAAAAAAAAA',
    secretAccessKey: sensitive('Pl4nted'),
    sessionToken: sensitive('t0ken'),
    roleArn: `${ARN}:role/engine`,
    externalId: 'shop-7',
    endpoints: { sts: 'https://sts.example' },
    allowed: ['shop'],
    ceiling: CEILING,
  });
  const { type, name, data, allowed, ceiling } = body(request);
  const made = await engine.definitions.createIntegration({ type, name, data, allowed, ceiling }, BY);
  const answered = { integration: integrationAnswer(made) };
  expect(JSON.stringify(answered)).not.toMatch(/Pl4nted|t0ken|AKIA/);
  expect(readIntegration(answered)).toMatchObject({ name: 'aws', type: 'aws', allowed: ['shop'], awsCeiling: CEILING });
});

const policy = JSON.stringify(READ);
const SESSION = {
  ...TERMS,
  roleArn: CEILING.roleArns[0],
  policy,
  policyArns: [],
  sessionTags: { team: 'web' },
  transitiveTagKeys: ['team'],
  externalId: 'shop-8',
  sourceIdentity: 'ci',
  hardRevoke: true,
};
const BARE = {
  roleArn: undefined,
  transitiveTagKeys: [],
  externalId: undefined,
  sourceIdentity: undefined,
  hardRevoke: false,
};
const USER = {
  ...TERMS,
  policy,
  policyArns: CEILING.policyArns,
  groups: CEILING.groups,
  permissionsBoundary: CEILING.permissionsBoundary,
  tags: { team: 'web' },
};

test.each([
  ['a session of a role', lending.createDynamicAwsStsRequest({ ...SESSION, name: 'ROLE' }), 'aws_sts'],
  ['a federation token', lending.createDynamicAwsStsRequest({ ...SESSION, ...BARE, name: 'TOKEN' }), 'aws_sts'],
  ['a user', lending.createDynamicAwsIamUserRequest({ ...USER, name: 'USER' }), 'aws_iam_user'],
])('%s', async (_what, request, kind) => {
  const { name, kind: declared, integration, parameters, key_map: keyMap, max_ttl_sec: maxTtlSec } = body(request);
  const asked = { ...PLACE, name, kind: declared, integration, parameters, keyMap, maxTtlSec };
  const made = await engine.definitions.createDynamicSecret(asked, BY);
  const read = readDynamicSecret({ dynamicSecret: dynamicSecretAnswer(made, PLACE) });
  expect(read).toMatchObject({ name, kind, integration: 'aws', maxTtlSec: 3600 });
  expect(read.parameters).toEqual(parameters);
});
