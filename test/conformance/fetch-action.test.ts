// Doppler's own secrets-fetch-action, replayed: Basic, the header `accepts`, exactly 200 and two fields (contracts/doppler.md 8.3).
import { basic, ReplayedClient, type Service, startService } from './service.ts';

const LIST = '/v3/configs/config/secrets';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.ok(service.tokens.write, 'POST /configs/config/secrets', {
    change_requests: [
      { name: 'OPEN', originalName: null, value: 'https://api.example', visibility: 'unmasked' },
      { name: 'KEY', originalName: null, value: 'planted-key', visibility: 'masked' },
      { name: 'USES', originalName: null, value: '${KEY}@${OPEN}', visibility: 'unmasked' },
      { name: 'SHUT', originalName: null, value: 'planted-restricted', visibility: 'restricted' },
    ],
  });
}, 60_000);
afterAll(() => service.close());

type Told = { value: string; isMasked: boolean };

/** As the action does: project and config for some kinds of token only, exactly 200, null becomes nothing. */
async function fetchSecrets(token: string): Promise<Map<string, Told>> {
  const needsPlace = ['dp.sa.', 'dp.said.', 'dp.pt.'].some((prefix) => token.startsWith(prefix));
  const client = new ReplayedClient(service.url, { ...basic(token), accepts: 'application/json' });
  const { status, body } = await client.send(`GET ${LIST}${needsPlace ? '?project=app&config=dev' : ''}`);
  if (status !== 200) throw new Error((JSON.parse(body) as { messages: string[] }).messages.join(' '));
  const { secrets } = JSON.parse(body) as {
    secrets: Record<string, { computed: string | null; computedVisibility: string }>;
  };
  return new Map(
    Object.entries(secrets).map(([name, { computed, computedVisibility }]) => {
      const isMasked = !name.startsWith('DOPPLER_') && computedVisibility !== 'unmasked';
      return [name, { value: computed ?? '', isMasked }];
    }),
  );
}

test('a service token needs no place and gets every value, with what to mask by its computed visibility', async () => {
  expect(Object.fromEntries(await fetchSecrets(service.tokens.read))).toEqual({
    DOPPLER_CONFIG: { value: 'dev', isMasked: false },
    DOPPLER_ENVIRONMENT: { value: 'dev', isMasked: false },
    DOPPLER_PROJECT: { value: 'app', isMasked: false },
    KEY: { value: 'planted-key', isMasked: true },
    OPEN: { value: 'https://api.example', isMasked: false },
    SHUT: { value: 'planted-restricted', isMasked: true },
    USES: { value: 'planted-key@https://api.example', isMasked: true },
  });
});

test('a token of a service account gets them at its place, a personal one without the restricted', async () => {
  expect((await fetchSecrets(service.tokens.owner)).get('SHUT')?.value).toBe('planted-restricted');
  const personal = await fetchSecrets(service.tokens.viewer);
  expect([personal.get('SHUT')?.value, personal.get('KEY')?.value]).toEqual(['', 'planted-key']);
});

test('with its identity it gets a token at status 200 and reads with it', async () => {
  const identity = await service.identity(service.slugs.owner);
  const open = new ReplayedClient(service.url, { 'Content-Type': 'application/json', accepts: 'application/json' });
  const { status, body } = await open.send('POST /v3/auth/oidc', {
    ...{ identity, token: service.issuer.token({ jti: 'fetch' }) },
  });
  const { token } = JSON.parse(body) as { token: string };
  expect([status, token.slice(0, 8), (await fetchSecrets(token)).get('KEY')?.value]).toEqual([
    200,
    'dp.said.',
    'planted-key',
  ]);
});

test('a refusal is joined from its messages', async () => {
  await expect(fetchSecrets('dp.st.dev.nothing')).rejects.toThrow('Invalid Auth token');
  await expect(fetchSecrets(service.tokens.nobody)).rejects.toThrow(/does not have the permission/);
});
