// What the audit log records of one act: who, what, on which thing, with what outcome; never a value.

/** Who did what to which thing, by id; a value never enters it (design.md §5, Audit). */
export type AuditEvent = {
  at: number;
  /** `token:<id>`, `principal:<id>`, `handle` or `engine`. */
  actor: string;
  /** Dotted verb, e.g. `lease.issue`. */
  action: string;
  /** `<kind>:<id>`. */
  target: string;
  outcome: 'intent' | 'ok' | 'denied' | 'failed';
  /** Machine-readable extras; never a value, token or name of a secret. */
  detail?: Readonly<Record<string, string | number | boolean | null>>;
  requestId?: string;
  ip?: string;
};
