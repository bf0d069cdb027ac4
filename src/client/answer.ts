// An answer of success, and the JSON in it; what any other answer means is explained in problem.ts.
import { AppError } from '#core/errors.js';
import type { SendAnswer } from './send.ts';

/** Whether an answer is one of success. */
export function isOk({ status }: SendAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The JSON of an answer. A parser's message quotes the text, so it is dropped. */
export function readJson(answer: SendAnswer, host: string): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    throw notJson(answer, host);
  }
}

function notJson(answer: SendAnswer, host: string): AppError {
  const kind = /^\s*</.test(answer.text) ? 'a web page' : answer.text === '' ? 'nothing' : 'something';
  return new AppError('ERR_CONTRACT', `${host} answered with ${kind} that is not JSON (${answer.status}).`, {
    hint: 'Check that api-url is the address of the API, and that no proxy or login page stands before it.',
  });
}

/** The hint of `stillRevoking`, by which others can tell it from a lease that nobody ends any more. */
export const GOES_ON = 'The service goes on by itself.';

/** A revoke that was taken and is not over (202): our engine's word for a target that is slow or down. */
export function stillRevoking({ id, dynamic }: { id: string; dynamic: string }): AppError {
  return new AppError('ERR_UNAVAILABLE', `Lease ${id} of ${dynamic} is being revoked and not gone yet.`, {
    hint: GOES_ON,
  });
}
