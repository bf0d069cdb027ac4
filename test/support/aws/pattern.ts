// Patterns of policies, and the facts of a request that they and conditions are about.

/** Condition keys with their values. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** `*` any run of characters, `?` any one. */
export function like(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Policy variables (`${aws:username}`); one without a value matches nothing. */
export function filled(pattern: string, context: Context): string {
  return pattern.replace(/\$\{([^}]+)\}/g, (_, key: string) => String(context[key] ?? '\u0000'));
}
