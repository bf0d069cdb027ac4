// Signing in with OIDC where Phase's dialect is spoken: our engine has it, Phase itself does not.
import { readProblem } from '#contract/phase/problem.js';
import * as signIn from '#contract/phase/sign-in.js';
import { engineBase, restBase } from './phase-address.ts';
import type { SignInDialect } from './sign-in-dialect.ts';

export const PHASE: SignInDialect = {
  base: restBase,
  ...signIn,
  readProblem,
  // A token is ended where the engine's own routes are: Phase has no word for that.
  endBase: engineBase,
  hint: (status) =>
    status === 404 || status === 405
      ? "Phase itself signs nobody in by an ID token of a workflow: give token a service account's token, or set api-url to an engine of your own."
      : undefined,
};
