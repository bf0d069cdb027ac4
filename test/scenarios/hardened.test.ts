// What a later step exports: it neither redirects a token of ours, nor prints one, nor makes us believe another server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { testCertificate, type TestCertificate } from '../support/certificate.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { type FarSide, faultProxy } from '../support/far-side.ts';
import { type GithubOidc, startGithubOidc, trustJob } from '../support/github-oidc.ts';
import { annotationsOf, World } from '../support/scenario.ts';
import { processes } from '../support/worker.ts';

let github: GithubOidc;
let world: World;
let tls: FarSide;
let trap: ConnectProxy;
let certificate: TestCertificate;
let other: TestCertificate;
beforeAll(async () => {
  const [made, second] = [testCertificate(), testCertificate()];
  if (!made || !second) throw new Error('these scenarios need openssl');
  [certificate, other] = [made, second];
  github = await startGithubOidc();
  world = await World.start(github.engine);
  tls = await faultProxy(world.engine.url, [], { tls: { key: made.keyPem, cert: made.pem } });
  trap = await startConnectProxy({});
});
afterAll(async () => {
  await trap?.stop();
  await tls?.close();
  await world?.stop();
  await github?.stop();
});

const base = { secrets: 'API_KEY', dynamic: 'APP_DB', project: 'shop', config: 'prd' };
const DEBUG = 'http,https,http2,tls,net,undici,fetch,crypto';

/** A script that exports these to later steps. */
function lines(exported: Record<string, string>): string {
  return Object.entries(exported)
    .map(([name, value]) => `echo '${name}=${value}' >> "$GITHUB_ENV"`)
    .join('\n');
}

/** A job with a step after ours that exports these. */
async function jobWith(exported: Record<string, string>, inputs: Record<string, string>, oidc = false) {
  const job = world.job(oidc ? { oidc: github.job } : {});
  const main = await job.uses({ id: 'secrets', with: inputs });
  await job.run(lines(exported));
  const report = await job.finish();
  return { main, post: report.steps.at(-1), log: report.log.join('\n'), url: main.outputs['APP_DB_URL'] ?? '' };
}

const overTls = () => world.inputs({ ...base, 'api-url': tls.url, 'ca-certificate': certificate.pem });

test('a proxy that a later step sets is not used: main had none', async () => {
  const { log } = await jobWith({ HTTPS_PROXY: trap.url, https_proxy: trap.url, ALL_PROXY: trap.url }, overTls());
  expect(log).toContain('1 leased, 1 revoked, 0 left');
  expect(trap.asked).toEqual([]);
});

test('TLS stays verified whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
  const { main } = await world.runOnce({ ...base, 'api-url': tls.url }, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(/certificate that this runner does not trust/)]);
  const { log } = await jobWith({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, overTls());
  expect(log).toContain('1 leased, 1 revoked, 0 left');
});

test('a CA that a later step adds: nothing is sent, and the warning says why and until when', async () => {
  const before = tls.requests.length;
  const { post, url } = await jobWith({ NODE_EXTRA_CA_CERTS: other.cert }, overTls());
  expect(annotationsOf(post, 'warning')).toEqual([
    expect.stringMatching(
      /1 leased, 0 revoked, 1 left, expires \S+\. A later step changed whom TLS trusts or which proxy/,
    ),
  ]);
  expect(tls.requests.slice(before).map(({ method }) => method)).not.toContain('DELETE');
  expect(await world.tryLogin(url)).toBe(3);
});

test('a proxy that main had and a later step changes: nothing is sent', async () => {
  const inputs = { ...overTls(), proxy: 'http://127.0.0.1:1', 'api-url': tls.url };
  const job = world.job({ env: { WAY: 'http://127.0.0.1:1' } });
  const main = await job.uses({ id: 'secrets', with: ({ env }) => ({ ...inputs, proxy: env['WAY'] ?? '' }) });
  await job.run('echo "WAY=http://127.0.0.1:2" >> "$GITHUB_ENV"');
  const report = await job.finish();
  // Loopback goes straight, so main worked; what counts is that post saw another proxy.
  expect(main.outcome).toBe('success');
  expect(annotationsOf(report.steps.at(-1), 'warning')).toEqual([expect.stringMatching(/nothing was sent/)]);
});

test.each(['token', 'identity'])('with a %s, NODE_DEBUG prints no token, in main or in post', async (who) => {
  const cloud = await world.cloud();
  const identity = await trustJob(world.engine, github, { audience: new URL(cloud).origin, role: 'admin' });
  const credential = who === 'identity' ? { token: '', identity } : {};
  const job = world.job({ oidc: github.job, env: { NODE_DEBUG: DEBUG } });
  const main = await job.uses({ id: 's', with: { ...world.inputs(base), ...credential, 'api-url': cloud } });
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  const said = report.steps
    .map(({ rawStdout, rawStderr }) => rawStdout.replace(/^::add-mask::.*$/gm, '') + rawStderr)
    .join('\n');
  expect(said).toMatch(/HTTP \d+:|NET \d+:/);
  for (const token of [world.shop.token, ...github.given, main.outputs['API_KEY'] ?? 'none'])
    expect(said).not.toContain(token);
  expect(said).not.toMatch(/dp\.said\.[A-Za-z0-9]{8}/);
});

test('the revoke action verifies TLS and prints no token, whatever a step before it exports', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: overTls() });
  const exported = { NODE_DEBUG: DEBUG, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  await job.run(lines(exported));
  const given = { token: world.shop.token, 'lease-ids': main.outputs['lease-ids'] ?? '', 'api-url': tls.url };
  const before = tls.requests.length;
  const early = { action: resolve('revoke'), continueOnError: true };
  const refused = await job.uses({ ...early, with: given });
  expect(annotationsOf(refused, 'error')).toEqual([expect.stringMatching(/does not trust/)]);
  expect(tls.requests.length).toBe(before);
  const done = await job.uses({ ...early, with: { ...given, 'ca-certificate': certificate.pem } });
  expect(done.rawStdout).toContain('1 leased, 1 revoked, 0 left');
  await job.finish();
  for (const { rawStdout, rawStderr } of [refused, done]) {
    expect(rawStderr).toMatch(/HTTP \d+:|NET \d+:/);
    expect(rawStdout.replace(/^::add-mask::.*$/gm, '') + rawStderr).not.toContain(world.shop.token);
  }
});

test('SIGUSR1 opens no inspector, in main and in post', async () => {
  const others = ['dist/main/index.js', 'dist/post/index.js'].map((path) =>
    spawn('sh', ['-c', 'read end; exit 7', path], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  const unharmed = others.map((other) => once(other, 'exit'));
  const far = await world.proxy([
    { method: 'DELETE', nth: 1, answer: () => signalled('dist/post') },
    { path: '/v3/configs/config/secrets', nth: 1, answer: () => signalled('dist/main') },
  ]);
  const { main, log } = await jobWith({}, world.inputs({ ...base, 'api-url': far.url }));
  expect(log).toContain('1 leased, 1 revoked, 0 left');
  expect(main.rawStderr + log).not.toMatch(/Debugger listening/);
  for (const { stdin } of others) stdin.end();
  expect(await Promise.all(unharmed)).toEqual(others.map(() => [7, null]));
});

/** Sends SIGUSR1 to the stage of ours that waits for this answer, and lets the request pass. */
function signalled(stage: string): { kind: 'pass' } {
  // Others run such stages too, at the same time, and a Node that has only just started ends by this signal.
  const ours = processes().filter(({ environ }) => environ.includes(`RUNNER_TEMP=${world.folder}/`));
  const found = ours.filter(({ cmdline }) => cmdline.includes(`${stage}/index.js`));
  if (found.length === 0) throw new Error(`${stage} does not run`);
  for (const { pid } of found) process.kill(pid, 'SIGUSR1');
  return { kind: 'pass' };
}
