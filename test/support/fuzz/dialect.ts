// Error bodies by dialect: what stands below /v3 is Doppler's, and elsewhere Phase's is one too.

/** @throws Error where the body is no error of the address's dialect */
export function dialectMessages(request: string, text: string): string[] {
  const body = JSON.parse(text) as Record<string, unknown>;
  const { messages, success, error } = body;
  if (Array.isArray(messages) && messages.length > 0 && success === false && Object.keys(body).length === 2) {
    if (messages.every((one) => typeof one === 'string' && one !== '')) return messages as string[];
  }
  if (!/\s\/v3\//.test(request) && typeof error === 'string' && error !== '') return [error];
  throw new Error(`${request} is refused with ${text.slice(0, 200)}`);
}
