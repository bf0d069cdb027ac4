// Errors at the edge: an AppError's status and the dialect's error body; nothing else of an error leaves.
import { problemBody } from '#contract/doppler/problem.js';
import { type AppError, asAppError } from '#core/errors.js';
import { type Answer, json } from './answer.ts';

/** Statuses of HTTP itself, for requests that reach no feature. */
export const HTTP_PROBLEMS = {
  badRequest: {
    status: 400,
    message: 'The request cannot be read: its body must be a JSON object in UTF-8, not nested too deep.',
  },
  notFound: { status: 404, message: 'There is nothing at this address.' },
  notAllowed: { status: 405, message: 'This address does not take that method.' },
  tooSlow: { status: 408, message: 'The body took too long.' },
  tooLarge: { status: 413, message: 'The body is over 1 MiB.' },
  notJson: { status: 415, message: 'The body must be JSON (content-type: application/json).' },
} as const;
export type HttpProblem = keyof typeof HTTP_PROBLEMS;

/** How a dialect writes its errors. */
export type WriteProblem = (messages: readonly string[]) => object;

/** The answer to a request that HTTP itself refuses; the connection ends where its body was not read. */
export function httpProblem(
  which: HttpProblem,
  headers: Answer['headers'] = [],
  write: WriteProblem = problemBody,
): Answer {
  const { status, message } = HTTP_PROBLEMS[which];
  const unread: Answer['headers'] = status === 408 || status === 413 ? [['connection', 'close']] : [];
  return json(write([message]), { status, headers: [...headers, ...unread] });
}

/** The answer to an error; anything foreign has the fixed text of ERR_INTERNAL. */
export function problem(thrown: unknown, write: WriteProblem = problemBody): { answer: Answer; error: AppError } {
  const error = asAppError(thrown);
  const messages = [error.message, ...error.details, ...(error.hint === undefined ? [] : [error.hint])];
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
