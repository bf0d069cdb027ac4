// The error body of the Doppler dialect: `{"messages": […], "success": false}` (contracts/doppler.md 2.1).

export type Problem = { readonly messages: readonly string[] };

/** The messages of an error body, or undefined when it is not one. */
export function readProblem(body: unknown): Problem | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const messages: unknown = (body as Record<string, unknown>)['messages'];
  if (!Array.isArray(messages) || !messages.every((one) => typeof one === 'string')) return undefined;
  return { messages };
}

/** The body for these messages. */
export function problemBody(messages: readonly string[]): { messages: readonly string[]; success: false } {
  return { messages, success: false };
}
