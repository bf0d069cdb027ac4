// Signing in by OIDC: where the token is found, when it is exchanged again, and that it is given back.
import { AppError } from '#core/errors.js';
import { sensitive } from '#core/sensitive.js';
import type { SigningIn } from '#client/management.js';
import { type Oidc, OidcSignIn } from '#provider/resources/sign-in.js';
import type { Signed } from '#provider/resources/session.js';

const MINUTE = 60_000;
const OIDC: Oidc = { identity: 'i', audience: null, token: null, token_env: null };

function signIn(oidc: Partial<Oidc>, env: Record<string, string> = {}, lifeMs = 15 * MINUTE) {
  const seen: string[] = [];
  const clock = { time: 0, now: () => clock.time, monotonic: () => clock.time, sleep: async () => undefined };
  const far: SigningIn = {
    exchange: async (identity, jwt) => {
      seen.push(`exchange ${identity} ${jwt.reveal()}`);
      return { token: sensitive(`token-${seen.length}`), expiresAt: clock.time + lifeMs };
    },
    end: async (token) => void seen.push(`end ${token.reveal()}`),
    githubToken: async ({ url, requestToken, audience }) => {
      seen.push(`ask ${url} ${requestToken.reveal()} ${audience}`);
      return sensitive('github-jwt');
    },
  };
  const under = (token: { reveal(): string }) => ({ management: token.reveal() }) as unknown as Signed;
  const parts = { apiUrl: 'https://e.test/path', budgetMs: 1, connect: () => far, under, env, clock };
  return { seen, clock, it: new OidcSignIn({ ...parts, oidc: { ...OIDC, ...oidc } }) };
}

test('the token is the one of the block, of the named variable, of HCP Terraform, of the GitHub job: in this order', async () => {
  const env = {
    MY_JWT: 'mine',
    TFC_WORKLOAD_IDENTITY_TOKEN: 'hcp',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://gh.test/token?v=2',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request',
  };
  const { TFC_WORKLOAD_IDENTITY_TOKEN: _, ...github } = env;
  const cases: [Partial<Oidc>, Record<string, string>, string[]][] = [
    [{ token: sensitive('given'), token_env: 'MY_JWT' }, env, ['exchange i given']],
    [{ token_env: 'MY_JWT' }, env, ['exchange i mine']],
    [{}, env, ['exchange i hcp']],
    [{}, github, ['ask https://gh.test/token?v=2 request https://e.test', 'exchange i github-jwt']],
    [{ audience: 'a' }, github, ['ask https://gh.test/token?v=2 request a', 'exchange i github-jwt']],
  ];
  for (const [oidc, environment, wanted] of cases) {
    const { it, seen } = signIn(oidc, environment);
    await it.signed();
    expect(seen).toEqual(wanted);
  }
});

test('without a token the user is told where one is looked for; a named variable is never replaced by another', async () => {
  const nothing = await signIn({})
    .it.signed()
    .catch((error: unknown) => error);
  expect((nothing as AppError).line).toMatch(/TFC_WORKLOAD_IDENTITY_AUDIENCE.*id-token: write/);
  const other = signIn(
    { token_env: 'MY_JWT' },
    { ACTIONS_ID_TOKEN_REQUEST_URL: 'u', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' },
  );
  const missing = await other.it.signed().catch((error: unknown) => error);
  expect([(missing as AppError).line, other.seen]).toEqual([expect.stringMatching(/Set MY_JWT/), []]);
});

test('many who ask at once sign in once, and once more when the token is about to run out', async () => {
  const { it, seen, clock } = signIn({ token: sensitive('jwt') });
  const all = await Promise.all(Array.from({ length: 20 }, () => it.signed()));
  expect([seen.length, new Set(all).size]).toEqual([1, 1]);
  clock.time = 12 * MINUTE;
  await it.signed();
  expect(seen).toHaveLength(1);
  clock.time = 13 * MINUTE;
  const again = await Promise.all(Array.from({ length: 20 }, () => it.signed()));
  expect([seen.length, new Set(again).size, again[0] === all[0]]).toEqual([2, 1, false]);
});

test('a token of a short life is used for most of it', async () => {
  const { it, seen, clock } = signIn({ token: sensitive('jwt') }, {}, MINUTE);
  await it.signed();
  clock.time = 40_000;
  await it.signed();
  expect(seen).toHaveLength(1);
});

test('a failed sign-in is tried again by the next who asks; what was given is ended at the end', async () => {
  const { it, seen } = signIn({ token_env: 'LATE' });
  await expect(it.signed()).rejects.toThrow(AppError);
  await it.end();
  expect(seen).toEqual([]);
  const fine = signIn({ token: sensitive('jwt') });
  await fine.it.signed();
  await fine.it.end();
  expect(fine.seen).toEqual(['exchange i jwt', 'end token-1']);
});
