// Flags of a command: what it does not know is refused, and told in one line.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AppError } from '#core/errors.js';

/** A command line that cannot be understood; exit 2. `main` says which help tells more. */
export class UsageError extends AppError {
  constructor(message: string) {
    super('ERR_CONFIG_INVALID', message);
  }
}

/** @throws UsageError when a flag that must be there is not */
export function required(value: string | undefined, flag: string): string {
  if (value) return value;
  throw new UsageError(`${flag} is missing.`);
}

/**
 * @param stray what to do about a word that belongs to no flag
 * @throws UsageError for an unknown flag, a missing value or a stray word
 */
export function readFlags<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  stray?: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    // Node's message repeats the flag, not its value; its advice about `--` does not help here.
    const message = error instanceof Error ? error.message.split('. ')[0] : 'The flags are not understood';
    const isStray = (error as { code?: unknown }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    if (isStray && stray !== undefined) throw new UsageError(`${message?.split(/\.(?:\s|$)/)[0]}. ${stray}.`);
    throw new UsageError(`${message?.replace(/\.$/, '')}.`);
  }
}
