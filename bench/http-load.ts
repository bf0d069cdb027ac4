// Thread that sends requests: as many at once as it is told, over kept connections, and says how many were answered.
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

type Round = { url: string; token: string; etag?: string };
const { atOnce } = workerData as { atOnce: number };
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

function once({ url, token, etag }: Round): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, ...(etag ? { 'if-none-match': etag } : {}) };
    const sent = request(url, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === (etag ? 304 : 200)));
    });
    sent.once('error', () => resolve(false));
    sent.end();
  });
}

async function answerRound(round: Round): Promise<void> {
  const answered = await Promise.all(Array.from({ length: atOnce }, () => once(round)));
  parentPort?.postMessage(answered.every(Boolean) ? answered.length : 0);
}

parentPort?.on('message', (round: Round) => void answerRound(round));
