// How openly a value may be shown: unmasked, masked or restricted, and which of two is the stricter.

export const VISIBILITIES = ['unmasked', 'masked', 'restricted'] as const;

/** docs/doppler-secret-visibility.txt: restricted values go to tokens that are not tied to a user, and to nobody else. */
export type Visibility = (typeof VISIBILITIES)[number];

/** Whether `text` names a visibility. */
export function isVisibility(text: unknown): text is Visibility {
  return VISIBILITIES.includes(text as Visibility);
}

/** The strictest of all; unmasked when there are none. */
export function strictest(...all: readonly Visibility[]): Visibility {
  let strictest = 0;
  for (const one of all) strictest = Math.max(strictest, VISIBILITIES.indexOf(one));
  return VISIBILITIES[strictest] ?? 'restricted';
}

/** Whether going from `from` to `to` shows more than before. */
export function loosens(from: Visibility, to: Visibility): boolean {
  return VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(from);
}
