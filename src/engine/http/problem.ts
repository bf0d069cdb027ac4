// Errors at the edge: an AppError's status and the dialect's error body; nothing else of an error leaves.
import { problemBody } from '#contract/doppler/problem.js';
import { type AppError, asAppError, oneLine } from '#core/errors.js';
import { type Answer, json } from './answer.ts';

/** Characters. */
const MAX_MESSAGE = 1000;

/** Statuses of HTTP itself, for requests that reach no feature. */
export const HTTP_PROBLEMS = {
  badRequest: {
    status: 400,
    message: 'The request cannot be read: its body must be a JSON object in UTF-8, not nested too deep.',
  },
  unreadable: {
    status: 400,
    message: 'The request cannot be read: it must be HTTP/1.1 with a host, and its address percent-encoded.',
  },
  notFound: { status: 404, message: 'There is nothing at this address.' },
  notAllowed: { status: 405, message: 'This address does not take that method.' },
  notAcceptable: { status: 406, message: 'Answers here are JSON, which the header Accept does not take.' },
  tooSlow: { status: 408, message: 'The body took too long.' },
  tooLarge: { status: 413, message: 'The body is over 1 MiB.' },
  badExpectation: { status: 417, message: 'The header Expect may ask for 100-continue only.' },
  notJson: { status: 415, message: 'The body must be JSON (content-type: application/json).' },
} as const;
export type HttpProblem = keyof typeof HTTP_PROBLEMS;

/** How a dialect writes its errors. */
export type WriteProblem = (messages: readonly string[]) => object;

/**
 * The answer to a request that HTTP itself refuses. The connection of a sender that stalls ends. That of one who still
 * sends does not: what he sends is thrown away for a while, because to close at once would take the answer from him.
 */
export function httpProblem(
  which: HttpProblem,
  headers: Answer['headers'] = [],
  write: WriteProblem = problemBody,
): Answer {
  const { status, message } = HTTP_PROBLEMS[which];
  const ending: Answer['headers'] = which === 'tooSlow' ? [['connection', 'close']] : [];
  return json(write([message]), { status, headers: [...headers, ...ending] });
}

/** The answer to an error; anything foreign has the fixed text of ERR_INTERNAL. */
export function problem(thrown: unknown, write: WriteProblem = problemBody): { answer: Answer; error: AppError } {
  const error = asAppError(thrown);
  const hints = error.hint === undefined ? [] : [error.hint];
  // Messages quote names out of requests, and clients print them into logs where a line of its own may be a command.
  const messages = [error.message, ...error.details, ...hints].map((message) => oneLine(message, MAX_MESSAGE));
  const headers: Answer['headers'] = [];
  if (error.code === 'ERR_UNAUTHENTICATED') headers.push(['www-authenticate', 'Bearer, Basic']);
  if (error.retryAfterSec !== undefined) headers.push(['retry-after', String(error.retryAfterSec)]);
  return { answer: json(write(messages), { status: error.status, headers }), error };
}

/** Where an error came from, without what it says: a foreign message may quote a value. */
export function frames(error: unknown): string[] {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return [];
  const lines = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.name, ...lines.slice(0, 8).map((line) => line.trim())];
}
