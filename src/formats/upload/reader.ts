// What the three readers of an uploaded text share: its size bounds, its names, and errors that point without quoting.
import { AppError } from '#core/errors.js';

/** Twice what a config may hold (contracts/doppler.md 2.16), for quotes and comments. */
const MAX_TEXT = 1024 * 1024;
const MAX_NAMES = 1200;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/** An uploaded text without its byte order mark, gathering what was read from it. */
export class UploadReader {
  readonly text: string;
  readonly values = new Map<string, string>();

  /** @throws AppError ERR_REQUEST_INVALID when the text is too long */
  constructor(text: string) {
    if (text.length > MAX_TEXT) {
      throw new AppError('ERR_REQUEST_INVALID', `The text is longer than ${MAX_TEXT} characters.`);
    }
    this.text = text.replace(/^\ufeff/, '');
  }

  /** The 1-based line of a position. */
  lineAt(position: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < position; at = this.text.indexOf('\n', at + 1)) line += 1;
    return line;
  }

  /**
   * Keeps one entry.
   * @throws AppError ERR_REQUEST_INVALID when the name is none, is there already, or is one too many
   */
  add(name: string, value: string, line: () => number): void {
    if (!NAME.test(name)) throw this.refusal(line(), 'A name is not letters, digits and underscores');
    if (this.values.has(name)) throw this.refusal(line(), `The name '${name}' is there twice`);
    if (this.values.size >= MAX_NAMES) throw this.refusal(line(), `There are more than ${MAX_NAMES} names`);
    this.values.set(name, value);
  }

  /** An error about `line`. The text itself is secret and stays out. */
  refusal(line: number, message: string): AppError {
    return new AppError('ERR_REQUEST_INVALID', `${message} (line ${line}).`, {
      hint: 'Upload NAME="value" lines, a flat JSON object, or a flat YAML mapping.',
    });
  }
}

/** `text` up to a ` #` comment, without the blanks at its end. No regular expression: ` +$` is quadratic on blanks. */
export function bareValue(text: string): string {
  const comment = text.search(/[ \t]#/);
  let end = comment < 0 ? text.length : comment;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}
