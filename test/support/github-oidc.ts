// GitHub's part of OIDC for scenarios: an issuer over TLS that an engine can ask, and the service that gives a job its ID tokens.
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testCertificate } from './certificate.ts';
import type { EngineProcess } from './engine-process.ts';
import { signingKey, TestIssuer } from './oidc-issuer.ts';
import { field } from './people.ts';

export type GithubOidc = {
  readonly issuer: TestIssuer;
  /** What an engine needs to ask the issuer. */
  readonly engine: { args: string[]; env: Record<string, string> };
  /** What a job with `id-token: write` has. */
  readonly job: { url: string; token: string };
  /** Every ID token that was given out. */
  readonly given: string[];
  /** What every ID token says beside the usual. */
  claims: Readonly<Record<string, unknown>>;
  /** Statuses that the token service answers with first, one a request. */
  readonly outages: number[];
  stop(): Promise<void>;
};

const ACCOUNTS = '/v3/workplace/service_accounts';
const REQUEST_TOKEN = 'request-token-of-this-job';
export const SUBJECT = 'repo:octo/hello:ref:refs/heads/main';

export async function startGithubOidc(): Promise<GithubOidc> {
  const certificate = testCertificate();
  if (!certificate) throw new Error('OIDC scenarios need openssl for the certificate of their issuer');
  let issuer: TestIssuer | undefined;
  const told: { claims: GithubOidc['claims'] } = { claims: {} };
  const given: string[] = [];
  const outages: number[] = [];
  const publish: RequestListener = (request, response) => {
    const isDiscovery = request.url?.endsWith('/openid-configuration');
    const keys = issuer?.keys.map(({ jwk }) => jwk);
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(isDiscovery ? issuer?.discovery : { keys }));
  };
  const give: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://service');
    const outage = outages.shift();
    const isAllowed = request.headers.authorization === `Bearer ${REQUEST_TOKEN}`;
    if (outage !== undefined || !isAllowed || !issuer) return void response.writeHead(outage ?? 401).end();
    issuer.clock.time = Date.now();
    const audience = url.searchParams.get('audience') ?? 'https://github.com/octo';
    const value = issuer.token({
      aud: audience,
      jti: crypto.randomUUID(),
      job_workflow_ref: 'octo/hello/.github/workflows/ci.yml@refs/heads/main',
      ...told.claims,
    });
    given.push(value);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ count: 1, value }));
  };
  const https = createHttps({ key: certificate.keyPem, cert: certificate.pem }, publish);
  const http = createHttp(give);
  for (const server of [https, http]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = (server: typeof http | typeof https) => (server.address() as AddressInfo).port;
  issuer = new TestIssuer(`https://localhost:${port(https)}`, signingKey('k1', 'RS256'));
  return Object.assign(told, {
    ...{ issuer, given, outages },
    engine: {
      args: ['--allow-egress', '127.0.0.1', '--allow-egress', 'localhost'],
      env: { NODE_EXTRA_CA_CERTS: certificate.cert },
    },
    job: { url: `http://127.0.0.1:${port(http)}/token?api-version=2.0`, token: REQUEST_TOKEN },
    stop: async () => {
      for (const server of [https, http]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  });
}

/** An identity of a service account that may read and lease, and with role `admin` revoke what others leased too. */
export async function trustJob(
  engine: EngineProcess,
  github: GithubOidc,
  trust: { audience: string; role: 'viewer' | 'admin'; subject?: string },
): Promise<string> {
  const account = field(
    await engine.must('POST', ACCOUNTS, {
      name: `ci-${crypto.randomUUID()}`,
      workplace_role: { identifier: 'no_access' },
    }),
    'service_account.slug',
  );
  const member = { project: 'shop', type: 'service_account', slug: account, role: trust.role };
  await engine.must('POST', '/v3/projects/project/members', member);
  const claims = { aud: [trust.audience], sub: [trust.subject ?? SUBJECT] };
  const config = { discovery_url: github.issuer.issuer, claims_type: 'exact', claims };
  const body = { name: 'ci', method: 'oidc', config, ttl_seconds: 600 };
  return field(await engine.must('POST', `${ACCOUNTS}/service_account/${account}/identities`, body), 'identity.slug');
}
