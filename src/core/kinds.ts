// The kinds of dynamic secret: the fields each one leases, their default names, and how long and whether they live on.

export const KINDS = ['postgres', 'aws_sts', 'aws_iam_user'] as const;
export type Kind = (typeof KINDS)[number];

export type KindRules = {
  /** Fields that `create` returns, in the order users see them. */
  readonly fields: readonly string[];
  /** Default variable name of a field for the dynamic secret `name`. */
  readonly defaultKey: (name: string, field: string) => string;
  readonly renewable: boolean;
  readonly minTtlSec: number;
  readonly maxTtlSec: number;
  /** How long after a failed or unfinished create the target may still hide the credential from us. */
  readonly settleMs: number;
  /** Whether one "not found" on revoke settles that it is gone. */
  readonly notFoundIsFinal: boolean;
  /** How long after it was made the target may not know the credential everywhere. */
  readonly usableAfterMs: number;
  /** Whether ending one early can leave a deny behind, to be taken away when the credential is over by itself. */
  readonly leavesDenies: boolean;
};

const DAY_SEC = 24 * 3600;
const prefixed = (name: string, field: string) => `${name}_${field.toUpperCase()}`;
const awsName = (_name: string, field: string) => `AWS_${field.toUpperCase()}`;

/** design.md §5 and §6; contracts/leases.md A6, A7. */
export const KIND_RULES: Record<Kind, KindRules> = {
  postgres: {
    fields: ['host', 'port', 'database', 'username', 'password', 'url'],
    defaultKey: prefixed,
    renewable: true,
    minTtlSec: 10,
    maxTtlSec: 32 * DAY_SEC,
    settleMs: 0,
    notFoundIsFinal: true,
    usableAfterMs: 0,
    leavesDenies: false,
  },
  aws_sts: {
    fields: ['access_key_id', 'secret_access_key', 'session_token', 'region'],
    defaultKey: awsName,
    renewable: false,
    minTtlSec: 900,
    // Of a federation token; a role's session is held to less by the integration.
    maxTtlSec: 1.5 * DAY_SEC,
    settleMs: 0,
    notFoundIsFinal: true,
    usableAfterMs: 0,
    leavesDenies: true,
  },
  aws_iam_user: {
    fields: ['access_key_id', 'secret_access_key', 'region'],
    defaultKey: awsName,
    renewable: true,
    minTtlSec: 60,
    maxTtlSec: 32 * DAY_SEC,
    settleMs: 5 * 60_000,
    notFoundIsFinal: false,
    usableAfterMs: 10_000,
    leavesDenies: false,
  },
};

/** Whether `text` names a kind. */
export function isKind(text: unknown): text is Kind {
  return KINDS.some((known) => known === text);
}

/** Leased fields under the names that the reader gets: the key map of the dynamic secret over the kind's defaults. */
export function leasedNames(kind: Kind, name: string, keyMap: Readonly<Record<string, string>>): Map<string, string> {
  const rules = KIND_RULES[kind];
  return new Map(rules.fields.map((field) => [field, keyMap[field] ?? rules.defaultKey(name, field)]));
}
