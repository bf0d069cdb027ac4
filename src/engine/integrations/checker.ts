// Reads declared JSON field by field and gathers every problem at once, each a sentence that quotes no value.
import type { Checked, Declared } from './integration.ts';

type TextRule = { required?: boolean; maxLength?: number; pattern?: RegExp; says?: string };
type NumberRule = { min: number; max: number; fallback?: number };

/** One object under inspection. Ask for each field, then `result()`. */
export class Checker {
  readonly #source: Declared;
  readonly #at: string;
  readonly #problems: string[] = [];
  readonly #value: Record<string, unknown> = {};
  readonly #known = new Set<string>();

  /** @param at how the object is called in problems, e.g. `data` */
  constructor(source: unknown, at: string) {
    this.#at = at;
    const isObject = typeof source === 'object' && source !== null && !Array.isArray(source);
    if (!isObject && source !== undefined) this.#problems.push(`${at} must be an object.`);
    this.#source = isObject ? (source as Declared) : {};
  }

  text(field: string, rule: TextRule = {}): string | undefined {
    const value = this.#take(field);
    if (value === undefined || value === null || value === '') {
      if (rule.required) this.problem(field, 'is missing');
      return undefined;
    }
    const fits = typeof value === 'string' && value.length <= (rule.maxLength ?? 255) && !value.includes('\0');
    if (!fits || (rule.pattern && !rule.pattern.test(value))) {
      this.problem(field, rule.says ?? `must be a text of at most ${rule.maxLength ?? 255} characters`);
      return undefined;
    }
    this.#value[field] = value;
    return value;
  }

  integer(field: string, { min, max, fallback }: NumberRule): number | undefined {
    const value = this.#take(field) ?? fallback;
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      this.problem(field, `must be a whole number from ${min} to ${max}`);
      return undefined;
    }
    this.#value[field] = value;
    return value;
  }

  oneOf<const Option extends string>(field: string, options: readonly Option[], fallback?: Option): Option | undefined {
    const value = this.#take(field) ?? fallback;
    if (value === undefined) return undefined;
    const found = options.find((option) => option === value);
    if (!found) this.problem(field, `must be one of ${options.join(', ')}`);
    else this.#value[field] = found;
    return found;
  }

  /** A list of distinct names; `alias` accepts a single one under another field. */
  names(
    field: string,
    { maxBytes, alias, required }: { maxBytes: number; alias?: string; required?: boolean },
  ): string[] {
    const single = alias === undefined ? undefined : this.#take(alias);
    const given = this.#take(field) ?? (single === undefined ? [] : [single]);
    const legal = (name: unknown): name is string =>
      typeof name === 'string' && name !== '' && !name.includes('\0') && Buffer.byteLength(name) <= maxBytes;
    if (!Array.isArray(given) || given.length > 100 || !given.every(legal)) {
      this.problem(field, `must be a list of at most 100 names of at most ${maxBytes} bytes`);
      return [];
    }
    if (required && given.length === 0) this.problem(field, 'is missing');
    const names = [...new Set(given)];
    this.#value[field] = names;
    return names;
  }

  /** A field of any other shape: `read` gives its normalized form, or undefined when it does not fit. */
  parsed<Value>(field: string, read: (value: unknown) => Value | undefined, says: string): Value | undefined {
    const given = this.#take(field);
    if (given === undefined || given === null) return undefined;
    const value = read(given);
    if (value === undefined) this.problem(field, says);
    else this.#value[field] = value;
    return value;
  }

  problem(field: string, says: string): void {
    this.#problems.push(`${this.#at}.${field} ${says}.`);
  }

  /** The normalized object; fields that nobody asked for are problems, since a misspelt one would be lost silently. */
  result(): Checked {
    for (const field of Object.keys(this.#source)) {
      if (!this.#known.has(field)) this.#problems.push(`${this.#at}.${field.slice(0, 60)} is not known.`);
    }
    return { value: this.#value, problems: this.#problems };
  }

  #take(field: string): unknown {
    this.#known.add(field);
    return this.#source[field];
  }
}
