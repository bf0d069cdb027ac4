// What an exchange keeps of a body: its bytes, and nothing of what they came in.
import { Exchange } from '#client/exchange.js';
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
