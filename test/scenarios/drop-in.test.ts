// Drop-in: a workflow of Doppler's own action changes its `uses:` line and nothing else, and gets what it got.
import { type FarSide, faultProxy } from '../support/far-side.ts';
import { FakeApi, listAnswer, listed, SECRETS } from '../support/fake-api.ts';
import { testCertificate } from '../support/certificate.ts';
import { annotationsOf, type Once, World } from '../support/scenario.ts';

let world: World;
let front: FarSide;
let env: Record<string, string>;
const certificate = testCertificate();
const withTls = certificate ? test : test.skip;

beforeAll(async () => {
  world = await World.start();
  if (!certificate) return;
  front = await faultProxy(world.engine.url, [], { tls: { key: certificate.keyPem, cert: certificate.pem } });
  env = { NODE_EXTRA_CA_CERTS: certificate.cert };
});
afterAll(async () => {
  await front?.close();
  await world?.stop();
});

const MANAGED = { DOPPLER_PROJECT: 'shop', DOPPLER_CONFIG: 'prd', DOPPLER_ENVIRONMENT: 'prd' };

/** One job whose step has exactly the inputs of Doppler's action. */
async function dropIn(inputs: Record<string, string>): Promise<Once> {
  const job = world.job({ env });
  const main = await job.uses({
    id: 'doppler',
    with: { 'doppler-token': world.shop.token, 'doppler-api-domain': `127.0.0.1:${front.port}`, ...inputs },
  });
  const report = await job.finish();
  return { main, post: report.steps.find(({ kind }) => kind === 'post'), report };
}

const masksOf = ({ main }: Once) => main.rawStdout.split('\n').filter((line) => line.startsWith('::add-mask::'));
const secretsOf = ({ main }: Once) =>
  Object.fromEntries(
    Object.entries(main.outputs).filter(([name]) => !['lease-ids', 'expires-at', 'secret-names'].includes(name)),
  );

withTls(
  'the same secrets by their names and by ours: same outputs, variables and masks, and DOPPLER_* beside',
  async () => {
    const theirs = await dropIn({ 'inject-env-vars': 'true' });
    expect(theirs.report.status).toBe('success');
    const ours = await world.runOnce({ 'export-env': 'true' });
    expect(secretsOf(theirs)).toEqual({ ...secretsOf(ours), ...MANAGED });
    expect(theirs.main.env).toEqual({ ...ours.main.env, ...MANAGED });
    expect(masksOf(theirs)).toEqual(masksOf(ours));
    expect(annotationsOf(theirs.main, 'warning')).toEqual([]);
  },
);

withTls('without inject-env-vars there are outputs and no variables', async () => {
  const { main } = await dropIn({});
  expect(main.outputs).toMatchObject(world.shop.values);
  expect(main.env).toEqual({});
});

withTls('a service token reads its own config, whatever project is named', async () => {
  const { main, report } = await dropIn({ 'doppler-project': 'elsewhere', 'doppler-config': 'dev' });
  expect(report.status).toBe('success');
  expect(main.outputs['DOPPLER_PROJECT']).toBe('shop');
  expect(front.requests.at(-1)?.path).not.toContain('elsewhere');
});

withTls('what the token may not read is an empty text with a warning, which our own names make an error', async () => {
  const inputs = {
    'doppler-token': world.engine.folder.adminToken,
    'doppler-project': 'shop',
    'doppler-config': 'prd',
  };
  const { main, report } = await dropIn(inputs);
  expect(report.status).toBe('success');
  expect(main.outputs['DEPLOY_TOKEN']).toBe('');
  expect(annotationsOf(main, 'warning')).toContainEqual(
    expect.stringMatching(/^DEPLOY_TOKEN is restricted, and this .* may not read it: it is delivered as ''\.$/),
  );
});

withTls('a variable that the job has is replaced, and a name that steers later steps is left out', async () => {
  const change = (value: string | null) =>
    world.engine.must('POST', '/v3/configs/config/secrets', {
      project: 'shop',
      config: 'prd',
      secrets: { LD_PRELOAD: value },
    });
  await change('/tmp/planted.so');
  env = { ...env, API_KEY: 'set before' };
  const { main, report } = await dropIn({ 'inject-env-vars': 'true' });
  await change(null);
  expect(report.status).toBe('success');
  expect(main.env['API_KEY']).toBe(world.shop.values.API_KEY);
  expect(main.env).not.toHaveProperty('LD_PRELOAD');
  expect(main.outputs).not.toHaveProperty('LD_PRELOAD');
  expect(annotationsOf(main, 'warning')).toEqual([expect.stringMatching(/LD_PRELOAD would steer later steps/)]);
});

withTls('leases can be added to their names, and end with the job', async () => {
  const { main, report } = await dropIn({ dynamic: 'APP_DB' });
  expect(main.outputs['APP_DB_URL']).toMatch(/^postgres/);
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
});

test('auth-method oidc signs in with the usual audience, and recommends to pin it', async () => {
  const asked: string[] = [];
  const payload = Buffer.from(JSON.stringify({ iss: 'x', aud: 'y', sub: 'z', exp: 4_000_000_000 })).toString(
    'base64url',
  );
  const idToken = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${payload}.c2lnbmF0dXJl`;
  const api = await new FakeApi(({ method, path, query, body }) => {
    if (path === '/id-token') {
      asked.push(JSON.stringify(query));
      return { status: 200, body: { count: 1, value: idToken } };
    }
    if (path === '/v3/auth/oidc') {
      asked.push(body);
      return { status: 200, body: { success: true, token: 'dp.said.exchanged', expires_at: '2099-01-01T00:00:00Z' } };
    }
    if (method === 'GET' && path === SECRETS) return listAnswer({ A: listed('a value') });
    return { status: 200, body: {} };
  }).start();
  try {
    const job = world.job({ oidc: { url: `${api.url}/id-token?x=1`, token: 'request-token' } });
    const main = await job.uses({
      id: 'doppler',
      with: {
        'auth-method': 'oidc',
        'doppler-identity-id': 'f1a2b3c4-0000-4000-8000-000000000001',
        'doppler-project': 'app',
        'doppler-config': 'dev',
        'api-url': api.url,
      },
    });
    const report = await job.finish();
    expect(report.status).toBe('success');
    expect(asked[0]).toBe('{"x":"1"}');
    expect(JSON.parse(asked[1] ?? '')).toEqual({ identity: 'f1a2b3c4-0000-4000-8000-000000000001', token: idToken });
    expect(api.seen.find(({ path }) => path === SECRETS)?.query).toMatchObject({ project: 'app', config: 'dev' });
    expect(main.outputs['A']).toBe('a value');
    expect(annotationsOf(main, 'notice')).toEqual([expect.stringMatching(/oidc-audience/)]);
  } finally {
    await api.stop();
  }
});
