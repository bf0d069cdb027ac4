// A job without a stored secret: it signs in by its ID token, leases, delivers, and leaves no token that is good for anything.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GithubOidc, startGithubOidc, SUBJECT, trustJob } from '../support/github-oidc.ts';
import { otherNode } from '../support/nodes.ts';
import type { JobOptions } from '../support/runner/index.ts';
import { annotationsOf, World } from '../support/scenario.ts';

let github: GithubOidc;
let world: World;
beforeAll(async () => {
  github = await startGithubOidc();
  world = await World.start(github.engine);
});
afterAll(async () => {
  await world?.stop();
  await github?.stop();
});
beforeEach(() => {
  github.given.length = 0;
});

const place = { project: 'shop', config: 'prd', secrets: 'API_KEY', dynamic: 'APP_DB' };
const origin = (url: string) => new URL(url).origin;

/** A whole job at this address; what it exchanged is read off the wire. */
async function run(
  apiUrl: string,
  identity: string,
  node?: string,
  more: Record<string, string> = {},
  at: JobOptions = {},
) {
  const job = world.job({ secrets: {}, oidc: github.job, ...(node ? { node } : {}), ...at });
  const main = await job.uses({ id: 'secrets', with: { identity, 'api-url': apiUrl, ...place, ...more } });
  const url = main.outputs['APP_DB_URL'] ?? '';
  const before = await world.tryLogin(url);
  const report = await job.finish();
  return { main, report, url, before, log: report.log.join('\n') };
}

describe.each([...new Set([process.execPath, otherNode()])])('on %s', (node) => {
  test('towards the engine: leases outlive the token that issued them, and end with the job', async () => {
    const far = await world.proxy();
    const identity = await trustJob(world.engine, github, { audience: origin(far.url), role: 'viewer' });
    const { main, report, url, before, log } = await run(far.url, identity, node);
    expect([report.status, annotationsOf(main, 'error'), main.outputs['API_KEY'], before]).toEqual([
      'success',
      [],
      world.shop.values.API_KEY,
      3,
    ]);
    expect(far.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'POST /v3/auth/oidc',
      'GET /v3/configs/config/secrets',
      'POST /v3/configs/config/dynamic_secrets/dynamic_secret/leases',
      'POST /v3/auth/revoke',
      'DELETE /v3/leases',
    ]);
    const token = (JSON.parse(far.requests[3]?.body ?? '') as { token: string }).token;
    expect(token).toMatch(/^dp\.said\./);
    expect((await world.engine.call('GET', '/v3/me', undefined, token)).status).toBe(401);
    expect(log).toContain('1 leased, 1 revoked, 0 left');
    expect(await world.tryLogin(url)).toMatch(/^28/);
    const state = JSON.stringify([main.state, main.outputs, main.env, log]);
    for (const secret of [token, ...github.given]) expect(state).not.toContain(secret);
    expect(main.rawStdout.indexOf(`::add-mask::${token}`)).toBeGreaterThanOrEqual(0);
  });

  test('towards a cloud: post signs in again, and both tokens are ended', async () => {
    const cloud = await world.cloud();
    const identity = await trustJob(world.engine, github, { audience: origin(cloud), role: 'admin' });
    const { report, url, before, log } = await run(cloud, identity, node);
    expect([report.status, before]).toEqual(['success', 3]);
    expect(log).toContain('1 leased, 1 revoked, 0 left');
    expect(await world.tryLogin(url)).toMatch(/^28/);
    expect(github.given).toHaveLength(2);
  });
});

test('on a GitHub of one’s own all is asked where the runner says, and no bundle knows an address of another', async () => {
  const far = await world.proxy();
  const identity = await trustJob(world.engine, github, { audience: origin(far.url), role: 'viewer' });
  const own = { GITHUB_SERVER_URL: 'https://ghes.invalid', GITHUB_API_URL: 'https://ghes.invalid/api/v3' };
  const { report, before } = await run(far.url, identity, undefined, {}, { github: own });
  expect([report.status, before, github.given.length]).toEqual(['success', 3, 1]);
  const bundles = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  expect(bundles).toContain('main/index.js');
  for (const name of bundles) {
    const text = readFileSync(join('dist', name), 'utf8');
    expect([name, /github(?:usercontent)?\.com/.test(text)]).toEqual([name, false]);
  }
});

test('a token service that is out for a moment is asked again', async () => {
  const identity = await trustJob(world.engine, github, { audience: origin(world.engine.url), role: 'viewer' });
  github.outages.push(503, 500);
  const { report } = await run(world.engine.url, identity);
  expect(report.status).toBe('success');
});

test('an identity that does not trust this job: the claims to paste, no token, one error', async () => {
  const trust = { audience: origin(world.engine.url), role: 'viewer', subject: 'repo:octo/other:ref:refs/heads/main' };
  const identity = await trustJob(world.engine, github, { ...trust, role: 'viewer' });
  const { main, report, log } = await run(world.engine.url, identity);
  expect(report.status).toBe('failure');
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(/did not accept the ID token of this job/)]);
  for (const line of [
    `\niss: ${github.issuer.issuer}`,
    `\nsub: ${SUBJECT}`,
    `\naud: ${trust.audience}`,
    '\nevent_name: push',
  ]) {
    expect(log).toContain(line);
  }
  expect(log).toMatch(/\njob_workflow_ref: octo\/hello\/\.github/);
  for (const token of github.given) expect(main.rawStdout.replace(`::add-mask::${token}`, '')).not.toContain(token);
});

test('a token for another audience is refused: by default it is good at this address only', async () => {
  const identity = await trustJob(world.engine, github, { audience: 'https://elsewhere.example', role: 'viewer' });
  expect((await run(world.engine.url, identity)).report.status).toBe('failure');
  const told = await run(world.engine.url, identity, undefined, { 'oidc-audience': 'https://elsewhere.example' });
  expect(told.report.status).toBe('success');
});

test('a job without id-token: write is told so', async () => {
  const job = world.job({ secrets: {} });
  const main = await job.uses({ with: { identity: crypto.randomUUID(), 'api-url': world.engine.url, ...place } });
  await job.finish();
  expect(annotationsOf(main, 'error')).toEqual([expect.stringMatching(/may not ask for an ID token.*id-token: write/)]);
});
