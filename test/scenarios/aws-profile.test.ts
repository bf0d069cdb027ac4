// A profile that outlives its keys: later steps and real SDKs get fresh ones by themselves, and the job's end takes all of it.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { age, ask, type Keys, keys } from '../support/aws/profile.ts';
import { type AwsShop, startAwsShop } from '../support/aws/shop.ts';
import { testCertificate } from '../support/certificate.ts';
import { BOTOCORE, testWith } from '../support/consumer.ts';
import { faultProxy } from '../support/far-side.ts';
import { type GithubOidc, startGithubOidc, trustJob } from '../support/github-oidc.ts';
import { otherNode } from '../support/nodes.ts';
import type { JobOptions } from '../support/runner/index.ts';
import { annotationsOf, type LeaseRow, World } from '../support/scenario.ts';
import { temporaryFolder } from '../support/temp.ts';
import { processes } from '../support/worker.ts';

let github: GithubOidc;
let world: World;
let aws: AwsShop;
beforeAll(async () => {
  github = await startGithubOidc();
  aws = await startAwsShop();
  world = await World.start(github.engine);
  const ceiling = { role_arns: [aws.roleArn], max_ttl_sec: 3600 };
  const integration = { type: 'aws', name: 'account', data: aws.data, allowed: ['shop/prd'], ceiling };
  await world.engine.must('POST', '/v3/integrations', integration);
  const parameters = { role_arn: aws.roleArn, hard_revoke: true };
  const terms = { kind: 'aws_sts', integration: 'account', parameters, default_ttl_sec: 900, max_ttl_sec: 3600 };
  const dynamic = { project: 'shop', config: 'prd', name: 'DEPLOY', ...terms };
  await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', dynamic);
});
afterAll(async () => {
  await world?.stop();
  await aws?.close();
  await github?.stop();
});

const inputs = { project: 'shop', config: 'prd', secrets: 'API_KEY', dynamic: 'DEPLOY', ttl: '15m' };
const profile = { ...inputs, file: 'aws', 'file-format': 'aws-profile', renew: 'true' };
const works = ({ AccessKeyId, SecretAccessKey, SessionToken }: Keys) => {
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return aws.model.may(credentials, 's3:GetObject', 'arn:aws:s3:::shop/x');
};
const asked = (requests: readonly { method: string; path: string }[]) =>
  requests.map(({ method, path }) => `${method} ${path.split('?')[0]?.split('/').at(-1)}`);

/** Leases of the dynamic secret that are not over. */
async function live(): Promise<LeaseRow[]> {
  const query = 'project=shop&config=prd&dynamic_secret=DEPLOY';
  const path = `/v3/configs/config/dynamic_secrets/dynamic_secret/leases?${query}`;
  const leases = (await world.engine.must('GET', path))['leases'] as LeaseRow[];
  return leases.filter(({ state }) => !['revoked', 'expired', 'aborted'].includes(state));
}

/** The job so far, with the profile written. */
async function start(apiUrl: string, more: Record<string, string> = {}, options: JobOptions = {}) {
  const identity = await trustJob(world.engine, github, { audience: new URL(apiUrl).origin, role: 'viewer' });
  const job = world.job({ secrets: {}, oidc: github.job, ...options });
  const main = await job.uses({ id: 'secrets', with: { identity, 'api-url': apiUrl, ...profile, ...more } });
  expect(annotationsOf(main, 'error')).toEqual([]);
  return { job, main, file: join(job.temp, 'aws'), folder: join(job.temp, 'aws.renewing') };
}

test.each([...new Set([process.execPath, otherNode()])])(
  'on %s a step is answered with the first lease while it is fresh and then with a new one, and post ends both',
  async (node) => {
    const far = await world.proxy();
    const { job, main, file, folder } = await start(far.url, {}, { node });
    expect(annotationsOf(main, 'notice')).toEqual([]);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(
      /^\[default\]\nregion = eu-central-1\ncredential_process = \S+ \S+\/dist\/credentials\/index\.js \S+\n$/,
    );
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['default.answer', 'default.json']);
    const before = far.requests.length;
    await job.run(ask('first'));
    expect(far.requests).toHaveLength(before);
    age(folder, 299);
    await job.run(ask('second'));
    const again = await job.run(ask('third'));
    expect(asked(far.requests.slice(before))).toEqual(['POST oidc', 'POST leases', 'POST revoke']);
    const [first, second, third] = [keys(job, 'first'), keys(job, 'second'), keys(job, 'third')];
    expect(first.AccessKeyId).toBe(main.outputs['AWS_ACCESS_KEY_ID']);
    expect([second.AccessKeyId === first.AccessKeyId, third]).toEqual([false, second]);
    expect([works(first), works(second)]).toEqual(['yes', 'yes']);
    for (const name of [...readdirSync(folder).map((one) => join(folder, one)), file]) {
      expect([name, statSync(name).mode & 0o777]).toEqual([name, 0o600]);
    }
    const brief = readFileSync(join(folder, 'default.json'), 'utf8');
    const values = [first, second].flatMap((one) => [one.SecretAccessKey, one.SessionToken]);
    for (const secret of [...values, ...github.given, github.job.token, 'dp.said.']) {
      expect([text, brief, main.rawStderr, again.rawStdout].join('\n')).not.toContain(secret);
    }
    const report = await job.finish();
    expect([report.status, report.log.join('\n')]).toEqual([
      'success',
      expect.stringContaining('2 leased, 2 revoked, 0 left'),
    ]);
    expect([existsSync(file), existsSync(folder)]).toEqual([false, false]);
    expect([works(first), works(second)]).toEqual(['no', 'no']);
  },
);

test('steps that ask at once lease once, and no process shows a token', async () => {
  let looked = () => {};
  const looking = new Promise<void>((done) => {
    looked = done;
  });
  const far = await world.proxy([{ path: '/v3/auth/revoke', nth: 2, answer: { kind: 'hold', until: looking } }]);
  const { job, folder } = await start(far.url);
  const before = far.requests.length;
  age(folder, 200);
  const running = job.run(`${[1, 2, 3, 4].map((n) => `${ask(`keys-${n}`)} &`).join('\n')}\nwait`);
  const { body } = await far.whenAsked({ path: '/v3/auth/revoke' }, 2);
  const { token } = JSON.parse(body) as { token: string };
  const all = processes();
  looked();
  await running;
  expect(asked(far.requests.slice(before))).toEqual(['POST oidc', 'POST leases', 'POST revoke']);
  const got = [1, 2, 3, 4].map((n) => keys(job, `keys-${n}`).AccessKeyId);
  expect(new Set(got).size).toBe(1);
  expect(all.some(({ cmdline }) => /dist\/credentials\/index\.js/.test(cmdline))).toBe(true);
  for (const { environ, cmdline } of all) {
    for (const secret of [token, ...github.given]) expect(environ + cmdline).not.toContain(secret);
  }
  await job.finish();
});

testWith(BOTOCORE, 'botocore takes its keys from the profile, and new ones when they near their end', async () => {
  const temp = join(temporaryFolder(), "it's a job");
  mkdirSync(temp);
  const { job, folder } = await start(world.engine.url, {}, { temp });
  const program = `
import json, botocore.session
keys = botocore.session.Session(profile="default").get_credentials().get_frozen_credentials()
print(json.dumps({"AccessKeyId": keys.access_key, "SecretAccessKey": keys.secret_key, "SessionToken": keys.token}))`;
  writeFileSync(join(job.workspace, 'ask.py'), program);
  const step = 'AWS_SHARED_CREDENTIALS_FILE="$RUNNER_TEMP/aws" AWS_CONFIG_FILE=/dev/null python3 ask.py >';
  const first = await job.run(`${step} first`);
  expect(first.outcome).toBe('success');
  age(folder, 100);
  await job.run(`${step} second`);
  expect(keys(job, 'second').AccessKeyId).not.toBe(keys(job, 'first').AccessKeyId);
  expect(works(keys(job, 'second'))).toBe('yes');
  expect((await job.finish()).log.join('\n')).toContain('2 leased, 2 revoked, 0 left');
});

test('over TLS with a CA of ours: a step can redirect nothing, print no token, and trusts whom main trusted or sends nothing', async () => {
  const [certificate, other] = [testCertificate(), testCertificate()];
  if (!certificate || !other) throw new Error('this scenario needs openssl');
  const tls = await faultProxy(world.engine.url, [], { tls: { key: certificate.keyPem, cert: certificate.pem } });
  try {
    const { job, folder } = await start(tls.url, { 'ca-certificate': certificate.pem });
    const before = tls.requests.length;
    age(folder, 10);
    const elsewhere = { HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1' };
    const env = { ...elsewhere, NODE_DEBUG: 'http,https,net,tls,undici', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const step = await job.run(ask('first'), { env });
    expect(asked(tls.requests.slice(before))).toEqual(['POST oidc', 'POST leases', 'POST revoke']);
    const { token } = JSON.parse(tls.requests.at(-1)?.body ?? '') as { token: string };
    const { SecretAccessKey, SessionToken } = keys(job, 'first');
    for (const secret of [token, ...github.given, github.job.token, SecretAccessKey, SessionToken]) {
      expect(step.rawStderr).not.toContain(secret);
    }
    const sent = tls.requests.length;
    age(folder, 10);
    const untrusting = await job.run(ask('second'), {
      env: { NODE_EXTRA_CA_CERTS: other.cert },
      continueOnError: true,
    });
    expect(untrusting.rawStderr).toMatch(/^This step trusts other authorities than [^\n]+\n$/);
    expect(tls.requests).toHaveLength(sent);
    expect((await job.finish()).log.join('\n')).toContain('2 leased, 2 revoked, 0 left');
  } finally {
    await tls.close();
  }
});

test('while nothing can be leased the last keys are given until a minute before their end, then one line says why', async () => {
  const far = await world.proxy([{ path: '/v3/auth/oidc', nth: [2, 3, 4], answer: { kind: 'answer', status: 403 } }]);
  const { job, folder } = await start(far.url);
  age(folder, 90);
  expect((await job.run(ask('first'))).outcome).toBe('success');
  age(folder, 50);
  const failed = await job.run(ask('second'));
  expect([failed.outcome, readFileSync(join(job.workspace, 'second'), 'utf8')]).toEqual(['failure', '']);
  expect(failed.rawStderr).toMatch(/^[^\n]*ID token of this job[^\n]*\n$/);
  for (const token of github.given) expect(failed.rawStderr).not.toContain(token);
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
});

test('beside another lease only that one is spoken of, and a prefix makes the name of the profile', async () => {
  const { job, main, file } = await start(world.engine.url, { dynamic: 'DEPLOY as PROD_\nAPP_DB' });
  const unrenewed = annotationsOf(main, 'notice').filter((text) => text.includes('is not renewed'));
  expect(unrenewed).toEqual([expect.stringMatching(/^The lease of APP_DB is not renewed: /)]);
  expect(readFileSync(file, 'utf8')).toMatch(/^\[prod\]\nregion = \S+\ncredential_process = \S+ \S+ \S+prod\.json\n$/);
  await job.run(ask('first'));
  expect(works(keys(job, 'first'))).toBe('yes');
  expect((await job.finish()).log.join('\n')).toContain('2 leased, 2 revoked, 0 left');
});

test('who keeps the brief beyond the job cannot lease under its set any more, with an ID token neither', async () => {
  const { job, folder } = await start(world.engine.url);
  const kept = temporaryFolder();
  cpSync(folder, kept, { recursive: true });
  age(kept, 10);
  expect((await job.finish()).log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  const later = world.job({ oidc: github.job });
  const step = await later.run(`"${process.execPath}" ${resolve('dist/credentials/index.js')} ${kept}/default.json`);
  expect([step.outcome, step.rawStdout, step.rawStderr]).toEqual([
    'failure',
    '',
    expect.stringMatching(/^[^\n]*set is closed[^\n]*\n$/),
  ]);
  expect(await live()).toEqual([]);
});

test.each([
  ['a token in place of an identity', async () => world.inputs(profile)],
  [
    'a cloud in place of our engine',
    async () => {
      const cloud = await world.cloud();
      const audience = new URL(cloud).origin;
      return {
        ...profile,
        identity: await trustJob(world.engine, github, { audience, role: 'admin' }),
        'api-url': cloud,
      };
    },
  ],
])('with %s the profile holds keys, and one notice says until when they live', async (_, given) => {
  const job = world.job({ oidc: github.job });
  const main = await job.uses({ id: 'secrets', with: await given() });
  expect(annotationsOf(main, 'error')).toEqual([]);
  expect(annotationsOf(main, 'notice')).toEqual([
    expect.stringMatching(/^The lease of DEPLOY is not renewed: .* It ends at \d{4}-/),
  ]);
  const text = readFileSync(join(job.temp, 'aws'), 'utf8');
  expect(text).toMatch(/^aws_session_token = /m);
  expect(text).not.toContain('credential_process');
  await job.finish();
});
