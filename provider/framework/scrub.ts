// Keeps the values of secrets out of every text that leaves the process.
import { isListValue, isMapValue, isObjectValue, type Value } from '../wire/types.ts';

const SHOWN = '[sensitive]';
/** Shorter values are only replaced where they stand alone: their letters are in every sentence. */
const SHORT = 4;

/** Learns values and removes them, in the spellings in which they tend to come back, from texts. */
export class Scrubber {
  readonly #long = new Set<string>();
  readonly #short = new Set<string>();
  #pattern: RegExp | undefined;

  /** Learns every string inside `value`; numbers and bools are no secrets that could be told from prose. */
  learn(value: Value): void {
    if (typeof value === 'string') this.#learnText(value);
    else if (isListValue(value)) value.forEach((item) => this.learn(item));
    else if (isMapValue(value)) for (const item of value.values()) this.learn(item);
    else if (isObjectValue(value)) for (const item of Object.values(value)) this.learn(item);
  }

  /** `text` without any learned value. */
  clean(text: string): string {
    this.#pattern ??= this.#compile();
    return this.#pattern ? text.replace(this.#pattern, SHOWN) : text;
  }

  #learnText(text: string): void {
    if (text.trim() === '') return;
    const lines = text.split(/\r?\n/).filter((line) => line.trim().length >= SHORT);
    for (const part of new Set([text, text.trim(), ...lines])) {
      for (const spelling of spellings(part)) (spelling.length < SHORT ? this.#short : this.#long).add(spelling);
    }
    this.#pattern = undefined;
  }

  #compile(): RegExp | undefined {
    const escape = (part: string) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    const long = [...this.#long].sort((a, b) => b.length - a.length).map(escape);
    const short = [...this.#short].map((part) => `(?<![\\p{L}\\p{N}])${escape(part)}(?![\\p{L}\\p{N}])`);
    return long.length + short.length === 0 ? undefined : new RegExp([...long, ...short].join('|'), 'gu');
  }
}

function spellings(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  const json = JSON.stringify(text).slice(1, -1);
  return [text, json, encodeURIComponent(text.toWellFormed()), bytes.toString('base64'), bytes.toString('base64url')];
}
