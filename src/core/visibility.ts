// How openly a value may be shown: unmasked, masked or restricted, and which of two is the stricter.

export const VISIBILITIES = ['unmasked', 'masked', 'restricted'] as const;

/** docs/doppler-secret-visibility.txt: restricted values go to tokens that are not tied to a user, and to nobody else. */
export type Visibility = (typeof VISIBILITIES)[number];

/** Whether `text` names a visibility. */
export function isVisibility(text: unknown): text is Visibility {
  return VISIBILITIES.some((known) => known === text);
}

/** The strictest of all; unmasked when there are none. */
export function strictest(...all: readonly Visibility[]): Visibility {
  return VISIBILITIES[Math.max(0, ...all.map((one) => VISIBILITIES.indexOf(one)))] ?? 'restricted';
}

/** Whether going from `from` to `to` shows more than before. */
export function loosens(from: Visibility, to: Visibility): boolean {
  return VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(from);
}
