// What differs between the dialects when somebody is let in by an ID token, and out again.
import type { WireRequest } from '#contract/doppler/wire.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Backend } from './client.ts';
import type { HttpOptions, HttpRequest } from './http.ts';
import type { Asked } from './problem.ts';

/** Where to sign in; Doppler's way where no backend is named. */
export type FarSide = Omit<HttpOptions, 'baseUrl'> & {
  readonly apiUrl: string;
  readonly backend?: Backend | undefined;
};

/** How a service is asked to let somebody in and out. */
export type SignInDialect = {
  readonly base: (apiUrl: string) => string;
  readonly exchangeRequest: (identity: string, token: Sensitive) => WireRequest;
  /** The token to go on with first, then whatever else of the answer would open something. */
  readonly readExchange: (body: unknown) => readonly [Sensitive, ...Sensitive[]];
  readonly endRequest: (token: Sensitive) => HttpRequest;
  readonly hint: (status: number) => string | undefined;
  /** What its error bodies say, where that is not Doppler's way. */
  readonly readProblem?: NonNullable<Asked['read']>;
};
