// Masks a stream of text that arrives in pieces: every needle becomes ***, wherever the pieces are cut.

const SHOWN = '***';
/** Needles are found by their first characters; longer keys mean fewer candidates. */
const KEY_LENGTH = 4;
/** From so many needles of one length on, one look-up costs less than comparing with each. */
const MANY = 8;

/** Needles with the same key and the same length. */
type Group = { readonly length: number; readonly needles: Set<string> };

/**
 * Finds needles at every position, the longest first; finds that overlap or touch are one `***`, as with the runner.
 * Holds back only what may still become a needle.
 */
export class StreamMask {
  /** By key, the longest first. */
  readonly #groups = new Map<string, Group[]>();
  /** Every beginning of a key: what the end of a piece may be the start of. */
  readonly #beginnings = new Set<string>();
  readonly #keyLength: number;
  /** What is not decided yet. */
  #text = '';
  /** How far into `#text` the open find reaches; below 0 there is none, at 0 it may still be continued. */
  #covered = -1;

  constructor(needles: readonly string[]) {
    const known = [...new Set(needles)].filter((needle) => needle !== '');
    this.#keyLength = Math.min(KEY_LENGTH, ...known.map((needle) => needle.length));
    for (const needle of known.toSorted((a, b) => b.length - a.length)) {
      const key = needle.slice(0, this.#keyLength);
      const groups = this.#groups.get(key) ?? [];
      this.#groups.set(key, groups);
      if (groups.at(-1)?.length !== needle.length) groups.push({ length: needle.length, needles: new Set() });
      groups.at(-1)?.needles.add(needle);
      for (let length = 1; length < key.length; length++) this.#beginnings.add(key.slice(0, length));
    }
  }

  /** What of the text so far is decided, masked. */
  push(piece: string): string {
    this.#text += piece;
    return this.#decide(false);
  }

  /** The rest, masked. */
  end(): string {
    return this.#decide(true);
  }

  #decide(isLast: boolean): string {
    const text = this.#text;
    let out = '';
    let plainFrom = Math.max(0, this.#covered);
    let at = 0;
    for (; at < text.length; at++) {
      const length = this.#longestAt(text, at, isLast);
      if (length === undefined) break;
      if (length === 0) continue;
      // A find that begins beyond the open one closes it.
      if (this.#covered >= 0 && at > this.#covered) {
        out += SHOWN;
        this.#covered = -1;
      }
      if (this.#covered < 0) out += text.slice(plainFrom, at);
      this.#covered = Math.max(this.#covered, at + length);
      plainFrom = this.#covered;
    }
    if (this.#covered >= 0 && (isLast || at > this.#covered)) {
      out += SHOWN;
      this.#covered = -1;
    }
    if (this.#covered < 0 && at > plainFrom) out += text.slice(plainFrom, at);
    if (this.#covered >= 0) this.#covered -= at;
    this.#text = text.slice(at);
    return out;
  }

  /** The length of the longest needle at `at`, 0 when there is none, undefined while more text may make one (longer). */
  #longestAt(text: string, at: number, isLast: boolean): number | undefined {
    const key = text.slice(at, at + this.#keyLength);
    if (key.length < this.#keyLength) return !isLast && this.#beginnings.has(key) ? undefined : 0;
    const rest = text.length - at;
    // Longest first: one that the text is too short for is undecided before a shorter one is found.
    for (const { length, needles } of this.#groups.get(key) ?? []) {
      if (length > rest) {
        if (!isLast && [...needles].some((needle) => needle.startsWith(text.slice(at)))) return undefined;
      } else if (
        needles.size < MANY
          ? [...needles].some((needle) => text.startsWith(needle, at))
          : needles.has(text.slice(at, at + length))
      ) {
        return length;
      }
    }
    return 0;
  }
}
