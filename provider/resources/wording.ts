// The client's errors, which speak of inputs and runners, in the words of a Terraform user.
import { AppError, asAppError } from '#core/errors.js';

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bapi-url\b/g, 'host'],
  [/\bthis runner\b/g, 'this machine'],
  [/\bthis job was cancelled\b/g, 'the run was stopped'],
  [/, or raise the timeout input\b/g, ''],
];

/** What `work` gives; what it throws is told in the words of this side. */
export async function toldHere<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const found = asAppError(error);
    throw new AppError(found.code, reworded(found.message), {
      details: found.details.map(reworded),
      cause: found.cause,
      ...(found.hint === undefined ? {} : { hint: reworded(found.hint) }),
      ...(found.retryAfterSec === undefined ? {} : { retryAfterSec: found.retryAfterSec }),
    });
  }
}

function reworded(text: string): string {
  return WORDS.reduce((said, [from, to]) => said.replace(from, to), text);
}
