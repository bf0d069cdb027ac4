// A command line as everybody splits it who runs the `credential_process` of an AWS profile.

/** No reader of the file or of the line sees more in these than what they are. */
const PLAIN = /^[A-Za-z0-9_./:@+-]+$/;
const PLAIN_ON_WINDOWS = /^[A-Za-z0-9_./\\:@+-]+$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
/** Where some readers of the file see a comment begin. */
const COMMENT = /\s[#;]/;

/**
 * `words` as one line, or undefined where readers would not agree on it. Elsewhere than on Windows some SDKs hand the
 * line to `sh -c` and botocore splits it by Python's shlex: single quotes mean the same to both, double quotes do not.
 */
export function commandLine(words: readonly string[], platform: string): string | undefined {
  const [plain, quote] = platform === 'win32' ? [PLAIN_ON_WINDOWS, quotedForWindows] : [PLAIN, quotedForShells];
  const parts = words.map((word) => (plain.test(word) ? word : PRINTABLE.test(word) ? quote(word) : undefined));
  const line = parts.join(' ');
  return parts.includes(undefined) || COMMENT.test(line) ? undefined : line;
}

function quotedForShells(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** cmd.exe replaces `%NAME%` inside quotes too, and a backslash before a quote escapes it; no file is called so. */
function quotedForWindows(word: string): string | undefined {
  return /["%]|\\$/.test(word) ? undefined : `"${word}"`;
}
