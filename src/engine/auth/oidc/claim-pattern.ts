// Patterns over claim values: literal, or with `*` standing for a run of characters inside one segment.

const SEPARATOR = /([:/])/;

/**
 * Whether `value` fits `pattern`. `*` stands for any run of characters, the empty one too, but never for `:` or `/`:
 * `ref:refs/heads/*` is every branch without a slash, and no tag (design.md §5, OIDC identities). Linear in both.
 */
export function fitsPattern(pattern: string, value: string): boolean {
  const wanted = pattern.split(SEPARATOR);
  const given = value.split(SEPARATOR);
  return wanted.length === given.length && wanted.every((part, index) => fitsSegment(part, given[index] ?? ''));
}

function fitsSegment(pattern: string, value: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === value;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  // The leftmost place is always the right one: whatever fits later fits after it too.
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

/**
 * Whether a pattern for `sub` says whom it trusts: the first two `:` segments are literal (`repo:OWNER/REPO`,
 * `project_path:group/project`, `organization:name`), or the first two `/` segments where there is no `:`.
 */
export function isAnchored(pattern: string): boolean {
  if (!pattern.includes('*')) return true;
  const segments = pattern.split(pattern.includes(':') ? ':' : '/');
  return segments.length > 2 && segments.slice(0, 2).every((segment) => segment !== '' && !segment.includes('*'));
}
