// Entity tags: whether a request holds the answer already, the tag on an answer, and the empty answer to who holds it.
import type { Answer } from './answer.ts';

const TAG = /(?:W\/)?"([\w-]{1,100})"/g;

/** Whether `If-None-Match` names the tag. `*` does not count: it says nothing about what the sender holds. */
export function holds(header: string | undefined): (etag: string) => boolean {
  const tags = new Set([...(header ?? '').slice(0, 4096).matchAll(TAG)].map(([, tag]) => tag));
  return (etag) => tags.has(etag);
}

export function tagged(answer: Answer, etag: string): Answer {
  return { ...answer, headers: [...answer.headers, ['etag', `"${etag}"`]] };
}

export function notModified(etag: string): Answer {
  const headers: Answer['headers'] = [
    ['cache-control', 'no-store'],
    ['etag', `"${etag}"`],
  ];
  return { status: 304, text: undefined, contentType: '', headers };
}
