// Signing in with OIDC where Phase's dialect is spoken: our engine has it, Phase itself does not.
import { readProblem } from '#contract/phase/problem.js';
import { endTokenRequest, exchangeRequest, readExchange } from '#contract/phase/sign-in.js';
import { authorization, readToken } from '#contract/phase/token.js';
import { AppError } from '#core/errors.js';
import { restBase } from './phase-address.ts';
import type { SignInDialect } from './sign-in-dialect.ts';

export const PHASE: SignInDialect = {
  base: restBase,
  exchangeRequest,
  readExchange,
  endRequest: (token) => {
    const { authorized: _, ...request } = endTokenRequest();
    const parts = readToken(token.reveal());
    if (!parts) throw new AppError('ERR_CONTRACT', 'The token of this job is none of Phase.');
    return { ...request, headers: { ...request.headers, authorization: authorization(parts) } };
  },
  readProblem,
  hint: (status) =>
    status === 404 || status === 405
      ? "Phase itself signs nobody in by an ID token of a workflow: give token a service account's token, or set api-url to an engine of your own."
      : undefined,
};
