// What other rooms say of inputs and runners, as the command line says it.
import { failureError, statusError } from '#client/problem.js';
import { AppError } from '#core/errors.js';
import { inWords } from '../../src/commands/words.ts';

const asked = { host: 'h', doing: 'x', tokenKind: 'token', now: 0, redact: (text: string) => text };
const refusal = (status: number, said: string) =>
  statusError({ status, headers: {}, text: JSON.stringify({ messages: [said] }) }, asked);
const lost = (kind: Parameters<typeof failureError>[0]['kind']) =>
  failureError({ kind, mayHaveArrived: false, code: 'E' }, 'h');

test.each([
  [
    lost('dns'),
    'h could not be found by name (E). Check SECRETS_URL or --api-url and the name resolution of this machine.',
  ],
  [
    lost('connect'),
    'h could not be connected to (E). Check SECRETS_URL or --api-url and that this machine may reach it.',
  ],
  [
    lost('tls'),
    'h has a certificate that this machine does not trust (E). Check SECRETS_URL or --api-url; an authority of your own goes into NODE_EXTRA_CA_CERTS=FILE.',
  ],
  [lost('proxy'), 'h could not be reached through the proxy (E). Check HTTPS_PROXY, and NO_PROXY.'],
  [
    lost('client-certificate'),
    'h wants a client certificate, or another than it got (E). This command has none to give: go by way of an address that wants none.',
  ],
  [lost('timeout'), 'h did not answer in time (E). Try again.'],
  [
    refusal(400, 'You must specify a project'),
    'h refused to x (400: You must specify a project). Add -p PROJECT -c CONFIG.',
  ],
])('%s', (error, line) => expect(inWords(error).line).toBe(line));

test('what a far side says is left as it is', () => {
  const said = 'api-url of this runner: Try again. A step waits as long as its timeout input says, post at most 25 s.';
  expect(inWords(refusal(403, said)).message).toContain(said.slice(0, -1));
});

test('an error without a hint gets none', () => {
  expect(inWords(new AppError('ERR_CONFLICT', 'No.')).hint).toBeUndefined();
});
