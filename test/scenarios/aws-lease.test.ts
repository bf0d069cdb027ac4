// Leases of AWS in a job: what stood over their keys is emptied, an account that is not meant is refused, and what AWS cannot end is told.
import { type AwsShop, startAwsShop } from '../support/aws/shop.ts';
import { BOTOCORE, testWith } from '../support/consumer.ts';
import { annotationsOf, World } from '../support/scenario.ts';

let world: World;
let aws: AwsShop;
beforeAll(async () => {
  aws = await startAwsShop();
  world = await World.start();
  const ceiling = { role_arns: [aws.roleArn], policy_arns: [aws.readArn], max_ttl_sec: 3600 };
  const integration = { type: 'aws', name: 'account', data: aws.data, allowed: ['shop/prd'], ceiling };
  await world.engine.must('POST', '/v3/integrations', integration);
  const declare = async (name: string, kind: string, parameters: object) => {
    const dynamic = { project: 'shop', config: 'prd', name, kind, integration: 'account', parameters };
    await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', dynamic);
  };
  await declare('SESSION', 'aws_sts', { role_arn: aws.roleArn });
  await declare('USER', 'aws_iam_user', { policy_arns: [aws.readArn] });
});
afterEach(() => {
  aws.model.account.lagMs = 0;
});
afterAll(async () => {
  await world?.stop();
  await aws?.close();
});

const inputs = { secrets: 'API_KEY', ttl: '15m', 'export-env': 'true' };
const users = () => [...aws.model.account.users.keys()];
const may = (env: Readonly<Record<string, string>>) => {
  const token = env['AWS_SESSION_TOKEN'];
  const key = { accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '' };
  return aws.model.may(token ? { ...key, sessionToken: token } : key, 's3:GetObject', 'arn:aws:s3:::shop/x');
};

test('of a session that cannot be ended post says until when it works, and it does', async () => {
  const job = world.job();
  const main = await job.uses({ id: 's', with: world.inputs({ ...inputs, dynamic: 'SESSION' }) });
  expect(annotationsOf(main, 'error')).toEqual([]);
  const report = await job.finish();
  const until = main.outputs['expires-at'] ?? '';
  expect(until).toMatch(/^\d{4}-\d\d-\d\dT/);
  const post = report.steps.at(-1);
  expect(post?.log.at(-1)).toMatch(/^1 leased, 1 revoked, 0 left, 1 valid until \d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(post?.summary).toContain(post?.log.at(-1));
  const told = Date.parse(/valid until (\S+)/.exec(post?.log.at(-1) ?? '')?.[1] ?? '');
  expect([told >= Date.parse(until), told - Date.parse(until) <= 120_000]).toEqual([true, true]);
  expect([report.status, may(main.env)]).toEqual(['success', 'yes']);
});

const STALE = { AWS_PROFILE: 'old', AWS_DEFAULT_PROFILE: 'old', AWS_SECURITY_TOKEN: 'old', AWS_SESSION_TOKEN: 'old' };

testWith(BOTOCORE, 'keys of a user stand where an old session stood, for the SDK too', async () => {
  const job = world.job({ env: STALE });
  const given = { ...inputs, dynamic: 'USER', overwrite: 'true', 'wait-usable': 'false' };
  const main = await job.uses({ id: 's', with: world.inputs(given) });
  const blank = { AWS_PROFILE: '', AWS_DEFAULT_PROFILE: '', AWS_SECURITY_TOKEN: '', AWS_SESSION_TOKEN: '' };
  expect(main.env).toMatchObject(blank);
  const program = `
import botocore.session
keys = botocore.session.Session().get_credentials().get_frozen_credentials()
print(len(keys.access_key), keys.token)`;
  // What the warning says: an empty profile is one that botocore does not find.
  const stuck = await job.run(`python3 -c '${program}'`, { continueOnError: true });
  expect([stuck.outcome, stuck.rawStderr]).toEqual(['failure', expect.stringContaining('ProfileNotFound')]);
  const [warning = ''] = annotationsOf(main, 'warning');
  const cure = /`(unset [A-Z_ ]+)`/.exec(warning)?.[1] ?? '';
  const step = await job.run(`${cure}\npython3 -c '${program}'`);
  expect([cure, step.rawStdout]).toEqual(['unset AWS_PROFILE AWS_DEFAULT_PROFILE', '20 None\n']);
  expect(may(main.env)).toBe('yes');
  expect((await job.finish()).log).toContain('1 leased, 1 revoked, 0 left');
  expect([may(main.env) === 'yes', users()]).toEqual([false, ['secrets-engine']]);
});

test('a key of an account that is not allowed is never handed over, and its user ends', async () => {
  const env = { AWS_ENDPOINT_URL_STS: aws.model.url };
  const given = { ...inputs, dynamic: 'USER', 'allowed-account-ids': '999999999999' };
  const { main, report } = await world.runOnce(given, { env });
  expect(annotationsOf(main, 'error')).toEqual([
    'The lease of USER is of AWS account 123456789012. List that account in allowed-account-ids if it is meant. ' +
      'Leases rolled back: 1 leased, 1 revoked, 0 left.',
  ]);
  expect([report.status, main.env, main.outputs, users()]).toEqual(['failure', {}, {}, ['secrets-engine']]);
});

test('a new key that AWS does not know yet is waited for, so that the next step can use it', async () => {
  aws.model.account.lagMs = 1_500;
  const env = { AWS_ENDPOINT_URL_STS: aws.model.url };
  const job = world.job({ env });
  const main = await job.uses({ id: 's', with: world.inputs({ ...inputs, dynamic: 'USER' }) });
  expect([annotationsOf(main, 'error'), annotationsOf(main, 'warning'), may(main.env)]).toEqual([[], [], 'yes']);
  aws.model.account.lagMs = 0;
  await job.finish();
});
