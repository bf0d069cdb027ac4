// Import by a human address, `project/config/NAME`.
import { AppError } from '#core/errors.js';

/**
 * An `import` that reads the parts of `pattern` (names of attributes between slashes) from what the user wrote.
 * @throws AppError ERR_REQUEST_INVALID that shows the form, when the parts do not match
 */
export function byAddress<const P extends string>(pattern: P) {
  const names = pattern.split('/');
  const read = async ({ id }: { id: string }): Promise<Record<Parts<P>, string>> => {
    const parts = id.split('/');
    if (parts.length !== names.length || parts.some((part) => part === '')) {
      throw new AppError('ERR_REQUEST_INVALID', 'The import address has another form.', {
        hint: `Write it as ${pattern}.`,
      });
    }
    return Object.fromEntries(names.map((name, n) => [name, parts[n] ?? ''])) as Record<Parts<P>, string>;
  };
  return Object.assign(read, { form: pattern as string });
}

/** An `import` by id or by name, where `read` finds the object by either. */
export function byIdOrName() {
  return Object.assign(async ({ id }: { id: string }) => ({ id }), { form: 'id, or name' });
}

/** How an `import` of these is written, for the documentation. */
export function importForm(read: unknown): string | undefined {
  return typeof read === 'function' && 'form' in read ? String(read.form) : undefined;
}

type Parts<P extends string> = P extends `${infer Head}/${infer Tail}` ? Head | Parts<Tail> : P;
