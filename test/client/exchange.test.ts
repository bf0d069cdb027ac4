// What an exchange keeps of a body: its bytes, and nothing of what they came in; and what an error of a system means.
import { Exchange, failureKindOf } from '#client/exchange.js';
import type { Outcome } from '#client/send.js';

test('a body is copied out of the parts that it came in, however many and small', async () => {
  const outcome = await new Promise<Outcome>((resolve) => {
    const limits = { connectMs: 1000, idleMs: 1000, totalMs: 1000 };
    const request = { method: 'GET', url: 'http://127.0.0.1/', headers: {}, ...limits };
    const exchange = new Exchange({ request, maxBytes: 1000, resolve });
    exchange.start(() => {});
    for (let n = 0; n < 1000; n += 1) {
      // A part holds on to all that was read with it.
      const read = Buffer.from(`1;extension\r\n${n % 10}\r\n`);
      exchange.data(read.subarray(13, 14));
      read.fill('x');
    }
    exchange.end(200, {});
  });
  expect(outcome).toEqual({ answer: { status: 200, headers: {}, text: '0123456789'.repeat(100) } });
});

test.each([
  ['ENOTFOUND', 'dns'],
  ['ECONNRESET', 'connect'],
  ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'connect'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'connect'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['INVALID_PURPOSE', 'tls'],
  ['PATH_LENGTH_EXCEEDED', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-certificate'],
])('%s before the connection stands is of the kind %s', (code, kind) => {
  expect(failureKindOf(code, false)).toBe(kind);
});
