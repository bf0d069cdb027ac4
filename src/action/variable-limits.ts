// Pure: what an environment can hold on each platform; beyond it no later process of the job would start.
import { oneLine } from '#core/errors.js';

type Limit = {
  /** Of one `NAME=value`. */
  readonly each: number;
  /** Of all that we add, with room left for what is there and for arguments. */
  readonly total: number;
  readonly unit: 'bytes' | 'characters';
};

/**
 * Linux: MAX_ARG_STRLEN is 131,072 with the final NUL, and arguments and environment share 2 MiB at the usual stack
 * size. macOS: they share ARG_MAX, 1 MiB. Windows: 32,767 UTF-16 units for a variable with its NUL, no limit in all.
 */
const LIMITS: Readonly<Record<string, Limit>> = {
  linux: { each: 131_071, total: 1_500_000, unit: 'bytes' },
  darwin: { each: 750_000, total: 750_000, unit: 'bytes' },
  win32: { each: 32_766, total: Number.POSITIVE_INFINITY, unit: 'characters' },
};
const USUAL = 'linux';

/** Why these do not fit into an environment, as sentences that name them. */
export function environmentObjections(values: ReadonlyMap<string, string>, platform: string = USUAL): string[] {
  const limit = LIMITS[platform] ?? LIMITS[USUAL];
  if (!limit) return [];
  const found: string[] = [];
  let total = 0;
  for (const [name, text] of values) {
    const size = sizeOf(name, limit) + 1 + sizeOf(text, limit);
    total += size;
    if (text.includes('\0') || size > limit.each) found.push(objectionTo(name, text, size, limit));
  }
  if (found.length > 0 || total <= limit.total) return found;
  const { unit } = limit;
  return [`All values together are too large for the environment (${total} of ${limit.total} ${unit}): use a file.`];
}

function objectionTo(name: string, text: string, size: number, { each, unit }: Limit): string {
  const shown = oneLine(name, 120);
  if (text.includes('\0')) return `${shown} holds a NUL byte, which no environment can carry: use a file.`;
  return `${shown} is too large for the environment (${size} of ${each} ${unit}): use its output or a file.`;
}

function sizeOf(text: string, { unit }: Limit): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}
