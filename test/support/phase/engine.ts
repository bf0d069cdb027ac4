// An engine with accounts that hold Phase tokens, and Phase's client before it, through fetch.
import { PhaseClient } from '#client/phase.js';
import type { Send } from '#client/send.js';
import { Sensitive } from '#core/sensitive.js';
import { startTestEngine, type TestEngine } from '../engine.ts';
import { field } from '../people.ts';

export type PhaseEngine = TestEngine & {
  /** The id of project `app`. */
  app: string;
  /** Collaborators of `app`: of a service account, and of a user. */
  tokens: { account: string; user: string };
  accountId: string;
  client(token?: string): PhaseClient;
  /** `METHOD /path` from the root of the engine, with the REST form of a token. */
  ask(request: string, more?: { token?: string; body?: unknown; headers?: Record<string, string> }): Promise<Asked>;
};
export type Asked = { status: number; headers: Headers; text: string; body: unknown };

const ACCOUNTS = '/workplace/service_accounts';

export async function startPhaseEngine(more: Parameters<typeof startTestEngine>[0] = {}): Promise<PhaseEngine> {
  const engine = await startTestEngine(more);
  const ok = async (request: string, body: unknown) => {
    const reply = await engine.send(engine.admin, request, { body });
    if (reply.status >= 300) throw new Error(`${request}: ${reply.status} ${reply.text}`);
    return reply.body;
  };
  const accountId = field(await ok(`POST ${ACCOUNTS}`, { name: 'ci' }), 'service_account.slug');
  const { slug: userId } = await engine.engine.people.users.add('engine', { email: 'ada@example.test' });
  for (const [type, slug] of Object.entries({ service_account: accountId, workplace_user: userId })) {
    await ok('POST /projects/project/members', { project: 'app', type, slug, role: 'collaborator' });
  }
  const account = field(await ok(`POST /v1/service-accounts/${accountId}/tokens/`, { name: 'job' }), 'token');
  const made = await engine.engine.phaseTokens.createPersonal('engine', userId, { name: 'laptop', expiresAt: null });
  const { bearer, keys } = made;
  const parts = [bearer.reveal(), keys.publicKey, keys.share.reveal(), keys.wrapKey.reveal()];
  const user = ['pss_user:v1', ...parts].join(':');
  const tokens = { account, user };
  const client = (token = account) =>
    new PhaseClient({
      send: sendTo(engine),
      clock: { now: () => engine.now(), monotonic: () => performance.now(), sleep: async () => undefined },
      random: () => 0,
      budgetMs: 60_000,
      baseUrl: 'http://engine',
      token: new Sensitive(token),
    });
  const app = (await engine.store.read.findProject({ name: 'app' }))?.id ?? '';
  return { ...engine, app, tokens, accountId, client, ask: askOf(engine, tokens) };
}

/** `pss_…` as it goes into the header. */
export function restForm(token: string): string {
  const [head = '', , bearer = ''] = token.split(':');
  return `${head === 'pss_user' ? 'User' : 'ServiceAccount'} ${bearer}`;
}

function askOf(engine: TestEngine, tokens: PhaseEngine['tokens']): PhaseEngine['ask'] {
  return async (request, { token = tokens.account, body, headers } = {}) => {
    const [method = '', path = ''] = request.split(' ');
    const all = { authorization: `Bearer ${restForm(token)}`, 'content-type': 'application/json', ...headers };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await engine.fetch(new Request(`http://engine${path}`, { method, headers: all, ...sent }));
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}

function sendTo(engine: TestEngine): Send {
  return async ({ method, url, headers, body }) => {
    const plain = Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.reveal(),
    ]);
    const sent = body === undefined ? {} : { body };
    const response = await engine.fetch(new Request(url, { method, headers: Object.fromEntries(plain), ...sent }));
    return {
      answer: { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() },
    };
  };
}
