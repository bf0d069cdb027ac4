// How openly a secret may be shown, as three values that no text can stand for.
import type { Visibility as Word } from '#core/visibility.js';

export class Visibility {
  /** Shown to everybody who may see the config. */
  static readonly UNMASKED: Visibility = new Visibility('unmasked');
  /** Hidden until somebody asks to see it. */
  static readonly MASKED: Visibility = new Visibility('masked');
  /** Readable by tokens of machines only. */
  static readonly RESTRICTED: Visibility = new Visibility('restricted');

  readonly #word: Word;

  private constructor(word: Word) {
    this.#word = word;
  }

  /** The word of the service. */
  get word(): Word {
    return this.#word;
  }
}
