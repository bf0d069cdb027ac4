// The port through which every outgoing request leaves: one request, one answer or one failure, nothing thrown.
import type { Sensitive } from '#core/sensitive.js';
import type { Network } from './network.ts';

export type SendRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | Sensitive>>;
  readonly body?: string;
  /** Straight out when absent. Connections are shared by the requests of one object. */
  readonly network?: Network | undefined;
  /** Until the connection stands. */
  readonly connectMs: number;
  /** Between two signs of life on it. */
  readonly idleMs: number;
  /** For all of it. */
  readonly totalMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Names of headers are lower case; the body is checked UTF-8. */
export type SendAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

export type FailureKind =
  | 'dns'
  | 'connect'
  | 'proxy'
  | 'tls'
  | 'client-certificate'
  | 'timeout'
  | 'cut'
  | 'aborted'
  | 'too-large'
  | 'not-utf8'
  | 'not-allowed';

export type SendFailure = {
  readonly kind: FailureKind;
  /** False only when the request certainly never left, so that sending it again cannot do anything twice. */
  readonly mayHaveArrived: boolean;
  /** The system's own code, as ECONNREFUSED. */
  readonly code: string;
};

export type Outcome = { readonly answer: SendAnswer } | { readonly failure: SendFailure };

export type Send = (request: SendRequest) => Promise<Outcome>;
