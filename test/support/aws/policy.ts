// Policies as IAM reads them: documents checked, and statements with Action, Resource and Condition decided.
import { AwsFault } from './fault.ts';
import { holds, isOperator } from './condition.ts';
import { type Context, filled, like } from './pattern.ts';

export type Statement = {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Principal?: '*' | { AWS?: string | string[] };
  Condition?: Record<string, Record<string, string | string[]>>;
};
export type Policy = { text: string; statements: readonly Statement[] };

const list = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Item[]) : [value as Item];

/**
 * @param kind `identity` policies say on what, `trust` policies say to whom
 * @throws AwsFault MalformedPolicyDocument
 */
export function readPolicy(text: string, kind: 'identity' | 'trust' = 'identity'): Policy {
  const document = parse(text);
  const { Version, Statement: given } = document;
  if (Version !== '2012-10-17' && Version !== '2008-10-17') throw malformed('Version');
  const statements = list(given as Statement | Statement[]);
  if (statements.length === 0) throw malformed('Statement');
  for (const one of statements) checkStatement(one, kind);
  return { text, statements };
}

function parse(text: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
      return document as Record<string, unknown>;
    }
  } catch {}
  throw malformed('JSON');
}

function checkStatement(one: Statement, kind: 'identity' | 'trust'): void {
  if (one.Effect !== 'Allow' && one.Effect !== 'Deny') throw malformed('Effect');
  if ((one.Action === undefined) === (one.NotAction === undefined)) throw malformed('Action');
  for (const action of [...list(one.Action), ...list(one.NotAction)]) {
    if (action !== '*' && !/^[a-z0-9-]+:[a-z0-9*?]+$/i.test(action)) throw malformed('Action');
  }
  const hasResource = one.Resource !== undefined || one.NotResource !== undefined;
  if (kind === 'identity' ? !hasResource || one.Principal !== undefined : hasResource || !one.Principal) {
    throw malformed(kind === 'identity' ? 'Resource' : 'Principal');
  }
  if (!Object.keys(one.Condition ?? {}).every(isOperator)) throw malformed('Condition');
}

/** Length as quotas count it: white space is free. */
export function policyLength(text: string): number {
  return text.replace(/\s/g, '').length;
}

export type Verdict = 'allow' | 'deny' | 'none';

/** What a set of policies says: one Deny decides, then one Allow. */
export function decide(policies: readonly Policy[], action: string, resource: string, context: Context): Verdict {
  const applying = policies
    .flatMap(({ statements }) => statements)
    .filter((one) => applies(one, action, resource, context));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return applying.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'none';
}

function applies(one: Statement, action: string, resource: string, context: Context): boolean {
  return (
    covers(one.Action, one.NotAction, (pattern) => like(action.toLowerCase(), pattern.toLowerCase())) &&
    covers(one.Resource, one.NotResource, (pattern) => like(resource, filled(pattern, context))) &&
    holds(one.Condition, context)
  );
}

function covers(
  some: string | string[] | undefined,
  none: string | string[] | undefined,
  matches: (pattern: string) => boolean,
): boolean {
  if (none !== undefined) return !list(none).some(matches);
  return some === undefined || list(some).some(matches);
}

function malformed(where: string): AwsFault {
  return new AwsFault('MalformedPolicyDocument', `Syntax errors in policy: ${where}.`);
}
