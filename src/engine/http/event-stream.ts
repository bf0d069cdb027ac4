// Server-sent events: each in a chunk of its own, for clients that take a chunk for an event (contracts/doppler.md 2.5).
import type { Answer } from './answer.ts';

type Source = { events: AsyncGenerator<string, void, void>; end(): void };

/** Answers at once and goes on until the source ends or the client leaves. A failure ends it without a word. */
export function eventStream({ events, end }: Source): Answer {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await events.next().catch(() => undefined);
        if (!next || next.done) return controller.close();
        controller.enqueue(encoder.encode(`event: message\ndata: ${JSON.stringify({ type: next.value })}\n\n`));
      },
      cancel: () => {
        end();
        void events.return();
      },
    },
    // Nothing is made before it can be sent: a slow reader gets one update for many changes.
    { highWaterMark: 0 },
  );
  const headers: Answer['headers'] = [
    ['cache-control', 'no-store'],
    ['x-accel-buffering', 'no'],
  ];
  return { status: 200, text: undefined, stream, contentType: 'text/event-stream', headers };
}
