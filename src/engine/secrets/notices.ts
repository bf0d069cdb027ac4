// Notices that configs have changed, from those who change them to those who watch; nothing is kept.

type Listener = (configIds: readonly string[]) => void;

export class Notices {
  readonly #listeners = new Set<Listener>();

  /** After the change is on disk. */
  publish(configIds: readonly string[]): void {
    for (const listener of this.#listeners) listener(configIds);
  }

  /** @returns what ends the listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
