// Errors in the words of the command line: a room that the action uses too speaks of inputs, jobs and runners.
import { AppError } from '#core/errors.js';

/** What other rooms say of their own accord, never what a far side said: that stands in brackets in the message. */
const HINT: readonly (readonly [said: RegExp, here: string])[] = [
  [
    /an authority of your own goes into ca-certificate\./,
    'an authority of your own goes into NODE_EXTRA_CA_CERTS=FILE.',
  ],
  [/^Set client-certificate .*/, 'This command has none to give: go by way of an address that wants none.'],
  [/\bthis runner\b/, 'this machine'],
  [/(?<!-)\bapi-url\b/, 'SECRETS_URL or --api-url'],
  [/the proxy input or HTTPS_PROXY/, 'HTTPS_PROXY'],
  [/Try again\. A step waits as long as its timeout input says, post at most 25 s\./, 'Try again.'],
  [/^Set project to the id of the app .*/, 'Add --app ID --env NAME.'],
];
const MESSAGE: typeof HINT = [
  [/a certificate that this runner does not trust/, 'a certificate that this machine does not trust'],
  [/when this job was cancelled/, 'when this command was ended'],
];
const NO_PLACE = /You must specify a (?:project|config)\b/;

/** The same error for whoever typed the command. */
export function inWords({ code, message, hint, details }: AppError): AppError {
  const missing = code === 'ERR_REQUEST_INVALID' && NO_PLACE.test(message) ? 'Add -p PROJECT -c CONFIG.' : undefined;
  const said = missing ?? (hint && replaced(hint, HINT));
  return new AppError(code, replaced(message, MESSAGE), { details, ...(said === undefined ? {} : { hint: said }) });
}

function replaced(text: string, words: typeof HINT): string {
  return words.reduce((known, [said, here]) => known.replace(said, here), text);
}
