// Doppler's Kubernetes operator, replayed: Basic authorization, tags, formats and its identity (contracts/doppler.md 1.3, 8.3).
import { flag, instant, map, object, text } from './decode.ts';
import { basic, errorText, ReplayedClient, type Service, startService } from './service.ts';

const HEADERS = { 'User-Agent': 'kubernetes-operator/1.7.1', Accept: 'application/json' };
const DOWNLOAD = '/v3/configs/config/secrets/download';

let service: Service;
const as = (token: string) => new ReplayedClient(service.url, { ...HEADERS, ...basic(token) });
beforeAll(async () => {
  service = await startService();
  const secrets = { API_KEY: 'planted', SMTP__USER_NAME: 'mail' };
  await service.ok(service.tokens.write, 'POST /configs/config/secrets', { secrets });
}, 60_000);
afterAll(() => service.close());

test('a map of texts comes with a tag, and 304 without a body while nothing changes', async () => {
  const operator = as(service.tokens.read);
  const first = await operator.send(`GET ${DOWNLOAD}?format=json&project=&config=`);
  const values = map(text)(JSON.parse(first.body), 'download');
  expect([first.status, values.get('API_KEY')]).toEqual([200, 'planted']);
  const tag = first.headers.get('etag') ?? '';
  expect(tag).not.toBe('');
  const again = () =>
    operator.send(`GET ${DOWNLOAD}?format=json&project=&config=`, undefined, { 'If-None-Match': tag });
  const held = await again();
  expect([held.status, held.body]).toEqual([304, '']);
  await service.ok(service.tokens.write, 'POST /configs/config/secrets', { secrets: { API_KEY: 'changed' } });
  const changed = await again();
  expect([changed.status, map(text)(JSON.parse(changed.body), '').get('API_KEY')]).toEqual([200, 'changed']);
});

test('the README\u2019s transformers give the README\u2019s names', async () => {
  const names = async (transformer: string) => {
    const query = `format=json&name_transformer=${transformer}&secrets=API_KEY,SMTP__USER_NAME`;
    return [...(await as(service.tokens.read).ask(map(text), `GET ${DOWNLOAD}?${query}`)).keys()];
  };
  expect(await names('upper-camel')).toEqual(['ApiKey', 'SmtpUserName']);
  expect(await names('camel')).toEqual(['apiKey', 'smtpUserName']);
  expect(await names('tf-var')).toEqual(['TF_VAR_api_key', 'TF_VAR_smtp__user_name']);
  expect(await names('dotnet-env')).toEqual(['ApiKey', 'Smtp__UserName']);
  expect(await names('lower-kebab')).toContain('api-key');
});

test('a format is a text of its own, without a lease in it', async () => {
  const { status, body } = await as(service.tokens.read).send(`GET ${DOWNLOAD}?format=env&secrets=SMTP__USER_NAME`);
  expect([status, body]).toEqual([200, 'SMTP__USER_NAME="mail"']);
});

test('a pod\u2019s identity is exchanged for a token until it has less than a minute left', async () => {
  const identity = await service.identity(service.slugs.owner);
  const open = new ReplayedClient(service.url, { ...HEADERS, 'Content-Type': 'application/json' });
  const answer = object({ success: flag, token: text, expires_at: instant });
  const jwt = service.issuer.token({ jti: 'pod' });
  const { success, token, expires_at } = await open.ask(answer, 'POST /v3/auth/oidc', { identity, token: jwt });
  expect([success, Date.parse(expires_at) - service.now() > 60_000]).toEqual([true, true]);
  expect((await as(token).ask(map(text), `GET ${DOWNLOAD}?project=app&config=dev`)).get('API_KEY')).toBe('changed');
});

test('an error is told in words that the operator can read', async () => {
  const { status, headers, body } = await as('dp.st.dev.nothing').send(`GET ${DOWNLOAD}`);
  expect([status, errorText(headers, body)]).toEqual([401, 'Invalid Auth token']);
});
