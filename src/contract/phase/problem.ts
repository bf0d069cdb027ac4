// The error body of the Phase dialect: `{"error": …}`, and the leases of a request that failed in part (contracts/phase.md 1.2, 4.5).

export type Problem = {
  readonly messages: readonly string[];
  /** Set when other leases of the same request were made and stay unnamed. */
  readonly successfulLeases?: number;
};

const MAX_FAILED = 10;

/** What an error body says, or undefined when it is not one. */
export function readProblem(body: unknown): Problem | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { error, detail, failedLeases, successfulLeases } = body as Record<string, unknown>;
  const said = typeof error === 'string' ? error : detail;
  if (typeof said !== 'string') return undefined;
  const failed = Array.isArray(failedLeases) ? failedLeases.slice(0, MAX_FAILED).flatMap(failedLease) : [];
  return {
    messages: [said, ...failed],
    ...(typeof successfulLeases === 'number' ? { successfulLeases } : {}),
  };
}

function failedLease(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { secretName, error } = value as Record<string, unknown>;
  return typeof secretName === 'string' && typeof error === 'string' ? [`${secretName}: ${error}`] : [];
}

/** The body for this sentence. */
export function problemBody(error: string): { readonly error: string } {
  return { error };
}
