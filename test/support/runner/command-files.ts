// Reads the files through which a step sets environment, outputs, state, path and summary.

export type Entry = { name: string; value: string };

/** Entries up to the first bad line, and what was wrong with that line: the runner applies the former and fails. */
export type KeyValueFile = { entries: readonly Entry[]; error: string | undefined };

/** Bytes of a step summary beyond which nothing is uploaded. */
export const SUMMARY_LIMIT_BYTES = 1024 * 1024;

/** What the runner names these files in RUNNER_TEMP/_runner_file_commands, in the order in which it reads them. */
export const COMMAND_FILES = [
  { variable: 'GITHUB_PATH', prefix: 'add_path_' },
  { variable: 'GITHUB_ENV', prefix: 'set_env_' },
  { variable: 'GITHUB_STEP_SUMMARY', prefix: 'step_summary_' },
  { variable: 'GITHUB_STATE', prefix: 'save_state_' },
  { variable: 'GITHUB_OUTPUT', prefix: 'set_output_' },
] as const;

export type CommandFileVariable = (typeof COMMAND_FILES)[number]['variable'];

/** Decodes as the runner does: UTF-8, a byte order mark dropped, bad bytes replaced. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

/**
 * ENV, OUTPUT and STATE files. On Linux only LF ends a line, so that a CR stays in the value. The first of `=` and
 * `<<` on the line decides its form; a name is neither trimmed nor checked.
 */
export function parseKeyValueFile(bytes: Uint8Array): KeyValueFile {
  const text = decode(bytes);
  const entries: Entry[] = [];
  let index = 0;
  const readLine = (): string | undefined => {
    if (index >= text.length) return undefined;
    const from = index;
    const end = text.indexOf('\n', from);
    index = end < 0 ? text.length : end + 1;
    return text.slice(from, end < 0 ? text.length : end);
  };
  for (let line = readLine(); line !== undefined; line = readLine()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      entries.push({ name: line.slice(0, equals), value: line.slice(equals + 1) });
      continue;
    }
    if (heredoc < 0) return { entries, error: `Invalid format '${line}'` };
    const name = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (name === '' || delimiter === '') {
      return { entries, error: `Invalid format '${line}'. Name must not be empty and delimiter must not be empty` };
    }
    const lines: string[] = [];
    for (let inner = readLine(); inner !== delimiter; inner = readLine()) {
      if (inner === undefined) {
        return { entries, error: `Invalid value. Matching delimiter not found '${delimiter}'` };
      }
      lines.push(inner);
    }
    entries.push({ name, value: lines.join('\n') });
  }
  return { entries, error: undefined };
}

/** PATH file: one folder a line, empty lines skipped. */
export function parsePathFile(bytes: Uint8Array): readonly string[] {
  return readLines(decode(bytes)).filter((line) => line !== '');
}

/** Splits as the runner's ReadLine does: at LF, CRLF and a lone CR; no line after a final line end. */
export function readLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What is uploaded of a step summary: masked line by line, or an error and nothing when the file is too large. */
export function scrubSummary(
  bytes: Uint8Array,
  mask: (line: string) => string,
): { text: string | undefined; error: string | undefined } {
  if (bytes.length === 0) return { text: undefined, error: undefined };
  if (bytes.length > SUMMARY_LIMIT_BYTES) {
    const size = Math.floor(bytes.length / 1024);
    const error = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`;
    return { text: undefined, error };
  }
  const lines = readLines(decode(bytes)).map((line) => `${mask(line)}\n`);
  return { text: lines.join(''), error: undefined };
}
