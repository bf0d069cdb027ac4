// Policy documents: those that users declare, brought to one line, and those that bound a lease by themselves.

/** Version of the policy language; the older one knows no variables. */
const VERSION = '2012-10-17';
/** IAM reads the time to the second. */
const seconds = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/**
 * A policy given as JSON text or as an object, without white space; undefined when it is neither, or too long. What is
 * inside is AWS's to judge.
 */
export function policyText(value: unknown, maxLength: number): string | undefined {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || !('Statement' in parsed)) {
    return undefined;
  }
  const text = JSON.stringify(parsed);
  return text.length <= maxLength ? text : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What every leased user is denied: everything once its time is over, whether or not the engine still runs, and always
 * what would outlive it (design.md §5: sessions of its own, and IAM).
 */
export function boundsPolicy(endsAt: number): string {
  return JSON.stringify({
    Version: VERSION,
    Statement: [
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateGreaterThan: { 'aws:CurrentTime': seconds(endsAt) } },
      },
      { Effect: 'Deny', Action: ['sts:AssumeRole*', 'sts:Get*Token', 'iam:*'], Resource: '*' },
    ],
  });
}

/** The end that a `boundsPolicy` states, in epoch milliseconds; undefined for any other document. */
export function readBoundsEnd(document: string): number | undefined {
  const end = /"aws:CurrentTime":"([^"]{1,40})"/.exec(document)?.[1];
  const parsed = end === undefined ? Number.NaN : Date.parse(end);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * Denies one session of a role everything. Its name is the lease's own, so that no other session is meant; `aws:userid`
 * of a session is `<role id>:<session name>` (IAM guide, "Information available in all requests").
 */
export function sessionDenyPolicy(session: string): string {
  const Condition = { StringLike: { 'aws:userid': `*:${session}` } };
  return JSON.stringify({
    Version: VERSION,
    Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }],
  });
}
