// Signs a manager in: a GitHub job's OIDC token asked for, any OIDC token exchanged, the exchanged one ended.
import {
  endTokenRequest,
  exchangeRequest,
  readExchange,
  readGithubToken,
} from '#contract/doppler/management-sign-in.js';
import { authorization } from '#contract/doppler/wire.js';
import { AppError } from '#core/errors.js';
import { Http, type HttpRequest } from './http.ts';
import type { CallOptions } from './management-calls.ts';
import type { ConnectSigningIn } from './management.ts';
import { failureError, readJson, statusError } from './problem.ts';
import type { SendAnswer } from './send.ts';

type Machine = Pick<CallOptions, 'send' | 'clock' | 'random'>;
type Asked = { doing: string; tokenKind: string };

/** A ConnectSigningIn over the machine's network, clock and chance, which only a roof has. */
export function connectSigningInWith(machine: Machine): ConnectSigningIn {
  return ({ apiUrl, budgetMs }) => {
    const ask = asking(machine, budgetMs);
    const EXCHANGED = { doing: 'exchange an OIDC token', tokenKind: 'OIDC token' };
    return {
      exchange: async (identity, jwt) => readExchange(await ask(apiUrl, exchangeRequest(identity, jwt), EXCHANGED)),
      end: async (token) => {
        await ask(apiUrl, endTokenRequest(token), { doing: 'end a token', tokenKind: 'token' });
      },
      githubToken: async ({ url, requestToken, audience }) => {
        const { origin, pathname, searchParams } = tokenService(url);
        searchParams.set('audience', audience);
        const headers = { authorization: authorization(requestToken, 'bearer') };
        const request = { method: 'GET', target: `${pathname}?${searchParams.toString()}`, headers };
        const told = { doing: 'give this job an OIDC token', tokenKind: "job's request token" };
        return readGithubToken(await ask(origin, request, told));
      },
    };
  };
}

/** The JSON of an answer of success, undefined where it has no body. Each of these may be repeated. */
function asking({ send, clock, random }: Machine, budgetMs: number) {
  return async (baseUrl: string, request: HttpRequest, { doing, tokenKind }: Asked): Promise<unknown> => {
    const http = new Http({ send, clock, random, baseUrl, budgetMs });
    const { method, target, headers, body } = request;
    const outcome = await http.safe({ method, target, headers, ...(body === undefined ? {} : { body }) });
    if ('failure' in outcome) throw failureError(outcome.failure, http.host);
    const { answer } = outcome;
    if (!isOk(answer)) throw statusError(answer, { host: http.host, doing, tokenKind, now: clock.now(), redact });
    return answer.text === '' ? undefined : readJson(answer, http.host);
  };
}

function isOk({ status }: SendAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Three parts of base64url joined by dots. */
function redact(text: string): string {
  return text.replace(/\b[\w-]{8,}\.[\w-]{8,}\.[\w-]+\b/g, '[token]').replace(/\bdp\.[a-z]+\.[\w.-]+/g, '[token]');
}

function tokenService(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new AppError('ERR_CONFIG_INVALID', 'ACTIONS_ID_TOKEN_REQUEST_URL is no address.', {
    hint: 'GitHub sets it where the job has the permission id-token: write.',
  });
}
