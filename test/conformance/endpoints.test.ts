// Every endpoint that contracts/doppler.md 1.3 to 2.14 lists: served, or refused with its reason, and none forgotten.
import { isExtension } from '#engine/http/extensions.js';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

const CRUD = 'GET PUT DELETE';
/** Methods by address; `:x` stands for any one part. */
const SERVED: Readonly<Record<string, string>> = {
  // 1.3 to 1.7
  '/auth/oidc': 'POST',
  '/auth/revoke': 'POST',
  '/auth/cli/generate/2': 'GET',
  '/auth/cli/authorize': 'POST',
  '/auth/cli/roll': 'POST',
  '/auth/cli/revoke': 'POST',
  '/me': 'GET',
  '/workplace/service_accounts/service_account/:x/identities': 'GET POST',
  '/workplace/service_accounts/service_account/:x/identities/identity/:x': CRUD,
  // 2.2
  '/projects': 'GET POST',
  '/projects/project': 'GET POST DELETE',
  '/projects/project/note': 'POST',
  '/projects/project/tags': 'GET POST DELETE',
  '/projects/project/tags/tag/:x': 'DELETE',
  '/workplace/tags': 'GET POST',
  '/workplace/tags/tag/:x': 'GET PATCH DELETE',
  '/projects/permissions': 'GET',
  '/projects/project/members': 'GET POST',
  '/projects/project/members/member/:x/:x': 'GET PATCH DELETE',
  '/projects/roles': 'GET POST',
  '/projects/roles/role/:x': 'GET PATCH DELETE',
  // 2.3, 2.4
  '/environments': 'GET POST',
  '/environments/environment': CRUD,
  '/configs': 'GET POST',
  '/configs/config': 'GET POST DELETE',
  '/configs/config/clone': 'POST',
  '/configs/config/lock': 'POST',
  '/configs/config/unlock': 'POST',
  '/configs/config/inheritable': 'POST',
  '/configs/config/inherits': 'POST',
  '/configs/config/ping': 'GET',
  // 2.5
  '/configs/config/secrets': 'GET POST',
  '/configs/config/secret': 'GET DELETE',
  '/configs/config/secrets/names': 'GET',
  '/configs/config/secrets/upload': 'POST',
  '/configs/config/secrets/note': 'POST',
  '/configs/config/secrets/download': 'GET',
  '/configs/config/secrets/watch': 'GET',
  // 2.6 to 2.9
  '/configs/config/tokens': 'GET POST',
  '/configs/config/tokens/token': 'DELETE',
  '/configs/config/trusted_ips': 'GET POST DELETE',
  '/configs/config/logs': 'GET',
  '/configs/config/logs/log': 'GET',
  '/configs/config/logs/log/rollback': 'POST',
  '/logs': 'GET',
  '/logs/log': 'GET',
  '/configs/config/dynamic_secrets/dynamic_secret/leases': 'POST',
  '/configs/config/dynamic_secrets/dynamic_secret/leases/lease': 'DELETE',
  // 2.11, 2.12
  '/integrations': 'GET POST',
  '/integrations/integration': CRUD,
  '/integrations/generate_external_id': 'POST',
  '/integrations/integration/members': 'GET POST',
  '/integrations/integration/members/:x/:x': 'GET PATCH DELETE',
  '/integrations/integration/members/member/:x/:x': 'GET PATCH DELETE',
  '/workplace/integrations/integration/members': 'GET POST',
  '/workplace/integrations/integration/members/:x/:x': 'GET PATCH DELETE',
  '/webhooks': 'GET POST',
  '/webhooks/webhook/:x': 'GET PATCH DELETE',
  '/webhooks/webhook/:x/enable': 'POST',
  '/webhooks/webhook/:x/disable': 'POST',
  // 2.13
  '/workplace': 'GET POST',
  '/workplace/template/import': 'POST',
  '/workplace/users': 'GET',
  '/workplace/users/:x': 'GET PATCH',
  '/workplace/groups': 'GET POST',
  '/workplace/groups/group/:x': 'GET PATCH DELETE',
  '/workplace/groups/group/:x/members': 'GET POST PUT',
  '/workplace/groups/group/:x/members/:x/:x': 'GET DELETE',
  '/workplace/service_accounts': 'GET POST',
  '/workplace/service_accounts/service_account/:x': 'GET PATCH DELETE',
  '/workplace/service_accounts/service_account/:x/tokens': 'GET POST',
  '/workplace/service_accounts/service_account/:x/tokens/token/:x': 'GET DELETE',
  '/workplace/roles': 'GET POST',
  '/workplace/roles/role/:x': 'GET PATCH DELETE',
  '/workplace/permissions': 'GET',
  '/workplace/invites': 'GET',
};

const SYNCS = /has no syncs/;
const REQUESTS = /has no change requests/;
/** Methods by address, and why not. */
const REFUSED: Readonly<Record<string, [methods: string, why: RegExp]>> = {
  '/me/mfa_recovery': ['POST', /has no second factor to recover/],
  '/configs/config/rotated_secrets': ['POST', /has no rotated secrets/],
  '/configs/config/rotated_secrets/rotated_secret': [CRUD, /has no rotated secrets/],
  '/integrations/integration/options': ['GET', /has no options of integrations/],
  '/configs/config/syncs': ['POST', SYNCS],
  '/configs/config/syncs/sync': ['GET DELETE', SYNCS],
  '/workplace/change_request_policies': ['GET POST', REQUESTS],
  '/workplace/change_request_policies/change_request_policy/:x': ['GET POST DELETE', REQUESTS],
  '/workplace/change_requests': ['GET POST', REQUESTS],
  '/workplace/change_requests/change_request/:x': ['GET POST', REQUESTS],
  '/workplace/change_requests/change_request/:x/apply': ['POST', REQUESTS],
};

const pairs = (addresses: Readonly<Record<string, string>>) =>
  Object.entries(addresses).flatMap(([path, methods]) => methods.split(' ').map((method) => `${method} ${path}`));
const shape = (path: string) => path.replace(/:\w+/g, ':x');

test('every listed endpoint is a route, and every route of Doppler’s is listed', () => {
  const ours = engine.engine.routes.filter((one) => one.path.startsWith('/v3/') && !isExtension(one));
  expect(ours.map(({ method, path }) => `${method} ${shape(path.slice(3))}`).sort()).toEqual(pairs(SERVED).sort());
});

const refusals = Object.entries(REFUSED).flatMap(([path, [methods, why]]) =>
  methods.split(' ').map((method): [string, RegExp] => [`${method} ${path.replaceAll(':x', 'x')}`, why]),
);

test.each(refusals)('%s is refused with its reason', async (request, why) => {
  const { status, body } = await engine.send(engine.admin, request);
  expect([status, body]).toEqual([501, { messages: [expect.stringMatching(why)], success: false }]);
});
