// Keys that another engine has made: noticed with the rows that need them, before anybody gets to see those rows.

/** A statement for the transaction in which rows are read; whoever adds a key changes its answer in the same commit. */
export const KEYS_MARK = `select encode(value, 'hex') as mark from kv where key = 'keys.newest'`;

/** Compares marks, and has the keyring look again when they differ. */
export class KeyWatch {
  #known: string | undefined;
  #listener: (() => Promise<void>) | undefined;
  #looking: Promise<void> | undefined;

  listen(listener: () => Promise<void>): void {
    this.#listener = listener;
  }

  /** Resolves when the keyring knows every key that was there at `mark`. */
  async see(mark: string | undefined): Promise<void> {
    if (mark !== this.#known && this.#listener) {
      this.#known = mark;
      this.#looking = this.#listener();
    }
    try {
      await this.#looking;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }
}
