// Gives the runner every mask in one write, and says by name which secrets it cannot hide or hides too well.
import { AppError } from '#core/errors.js';
import type { Runner } from '../runner.ts';
import { MASK_BUDGET, type Maskable, type MaskPack, packMasks } from './pack.ts';
import { namesHidingTooMuch } from './lint.ts';

/** What the runner prints of every job; a mask that hits it also makes job outputs vanish (contracts/runner.md 2.3). */
const PUBLIC_VARIABLES = [
  'GITHUB_REPOSITORY',
  'GITHUB_REF_NAME',
  'GITHUB_ACTOR',
  'GITHUB_JOB',
  'GITHUB_WORKFLOW',
  'GITHUB_EVENT_NAME',
  'GITHUB_SERVER_URL',
  'RUNNER_OS',
] as const;
const SHOWN_NAMES = 20;

/** `expiresAt` is there for what was leased. */
type Hidden = Maskable & { readonly expiresAt?: number | undefined };

/**
 * Hides what is not public of these. Nothing of them may be handed over before this has returned.
 * @throws AppError ERR_UNAVAILABLE when nobody heard it
 */
export function hide(runner: Runner, values: readonly Hidden[], minLength: number): void {
  const { masks, reduced, unmaskable } = packMasks(values, { minLength, ...MASK_BUDGET });
  runner.mask(masks);
  if (!runner.isHeard) throw new AppError('ERR_UNAVAILABLE', 'Nobody reads what this step writes: it cannot mask.');
  const shown = PUBLIC_VARIABLES.map((name) => runner.variable(name) ?? '');
  // What a lease's target is called is not for the reader of the notice to change.
  const chosen = values.filter(({ expiresAt }) => expiresAt === undefined);
  const tooMuch = namesHidingTooMuch(chosen, minLength, shown);
  if (unmaskable.length + tooMuch.length + reduced.length > 0)
    tell(runner, { unmaskable, tooMuch, reduced, minLength });
}

type Told = Omit<MaskPack, 'masks'> & { readonly tooMuch: readonly string[]; readonly minLength: number };

function tell(runner: Runner, { unmaskable, tooMuch, reduced, minLength }: Told): void {
  if (unmaskable.length > 0) {
    runner.notice(
      `Not masked, since blank or shorter than ${minLength} characters: ${listed(unmaskable)}. Make them longer, or unmasked if they are no secrets.`,
    );
  }
  if (tooMuch.length > 0) {
    runner.notice(
      `The log and job outputs lose everyday words to the masks of ${listed(tooMuch)}: make these unmasked, or longer.`,
    );
  }
  if (reduced.length > 0) {
    runner.notice(
      `There are too many masks for every encoding: name fewer in the secrets input. Hidden as they stand, but not in each encoding: ${listed(reduced)}.`,
    );
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - SHOWN_NAMES;
  return more > 0 ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
