// Parameters of a call, read with the bounds that the API reference states for them.
import { AwsFault, invalid } from './fault.ts';
import type { Params } from './wire.ts';

const NAME = /^[\w+=,.@-]+$/;

export function text(params: Params, name: string): string {
  const value = params[name];
  if (typeof value !== 'string' || value === '') throw invalid(`1 validation error detected: '${name}' is missing.`);
  return value;
}

export function optional(params: Params, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
}

/** A name of at most `most` characters. */
export function named(params: Params, name: string, most: number, least = 1): string {
  const value = text(params, name);
  if (value.length > most || value.length < least || !NAME.test(value)) {
    throw invalid(`1 validation error detected: Value at '${name}' failed to satisfy constraint: length or pattern.`);
  }
  return value;
}

export function userName(params: Params): string {
  return named(params, 'UserName', 64);
}

export function path(params: Params): string {
  const value = optional(params, 'Path') ?? '/';
  if (!/^(\/|\/[\x21-\x7e]{1,510}\/)$/.test(value))
    throw invalid("1 validation error detected: Value at 'Path' failed.");
  return value;
}

/** Seconds within the bounds of the call. */
export function seconds(params: Params, bounds: { min: number; max: number; fallback: number }): number {
  const value = Number(optional(params, 'DurationSeconds') ?? bounds.fallback);
  if (!Number.isSafeInteger(value) || value < bounds.min || value > bounds.max) {
    throw invalid(`1 validation error detected: Value '${value}' at 'durationSeconds' failed to satisfy constraint.`);
  }
  return value;
}

/** Tags of at most `most`, whose keys differ by more than case. */
export function tags(params: Params, most: number): Map<string, string> {
  const given = (params['Tags'] ?? []) as readonly Params[];
  if (given.length > most) throw new AwsFault('LimitExceeded', `Cannot exceed quota for Tags: ${most}.`, 409);
  const read = new Map<string, string>();
  const seen = new Set<string>();
  for (const one of given) {
    const [key, value] = [text(one, 'Key'), optional(one, 'Value') ?? ''];
    const legal = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;
    const fits = key.length <= 128 && value.length <= 256 && legal.test(key) && legal.test(value);
    if (!fits || /^aws:/i.test(key)) throw new AwsFault('InvalidInput', `The tag ${key} is not allowed.`);
    if (seen.has(key.toLowerCase())) throw new AwsFault('InvalidInput', 'Duplicate tag keys found.');
    seen.add(key.toLowerCase());
    read.set(key, value);
  }
  return read;
}

export function texts(params: Params, name: string): string[] {
  return ((params[name] ?? []) as readonly unknown[]).map(String);
}
