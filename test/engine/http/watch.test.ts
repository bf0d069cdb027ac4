// A watch over a real connection, read as the CLI reads it: one chunk is one event, and the first comes at once.
import { get, type IncomingMessage } from 'node:http';
import { nodeClock } from '#client/node-clock.js';
import { listen } from '#engine/http/server.js';
import { startTestEngine } from '../../support/engine.ts';

test('every event comes in a chunk of its own of at most 1 KiB, and stopping the engine ends it', async () => {
  const engine = await startTestEngine();
  const listener = await listen(engine.engine.handle, {
    host: '127.0.0.1',
    port: 0,
    clock: nodeClock,
    log: () => undefined,
  });
  try {
    const token = await engine.token('dev', 'read/write');
    const chunks: string[] = [];
    const arrivals: (() => void)[] = [];
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` };
      get(`${listener.url}/v3/configs/config/secrets/watch?project=&config=`, { headers }, resolve).on('error', reject);
    });
    expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
      200,
      'text/event-stream',
      'no-store',
    ]);
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk.toString());
      for (const arrived of arrivals.splice(0)) arrived();
    });
    const ended = new Promise((resolve) => response.once('end', resolve));
    const arrival = (count: number): Promise<void> =>
      chunks.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => arrivals.push(resolve)).then(() => arrival(count));
    await arrival(1);
    for (const value of ['a', 'b']) {
      await engine.send(token, 'POST /configs/config/secrets', { body: { secrets: { WATCHED: value } } });
      await arrival(value === 'a' ? 2 : 3);
    }
    const event = (type: string) => `event: message\ndata: {"type":"${type}"}\n\n`;
    expect(chunks).toEqual([event('connected'), event('secrets.update'), event('secrets.update')]);
    engine.engine.endStreams();
    await ended;
  } finally {
    await listener.close();
    await engine.close();
  }
});
