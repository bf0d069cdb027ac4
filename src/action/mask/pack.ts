// Pure: from the values of a job to the masks that the runner gets, best first, within what its log can bear.
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import {
  base64,
  doubled,
  type Encoder,
  escaped,
  hex,
  inMarkup,
  inUrls,
  isPlain,
  linesOf,
  overEscaped,
  percentEncoded,
  shellQuoted,
  wrappedBase64,
} from './forms.ts';
import { partsOf } from './parts.ts';

export type Maskable = { readonly name: string; readonly value: Sensitive; readonly visibility: Visibility };

export type MaskPack = {
  /** Every string to hide, each once; the lines of the values themselves come first. */
  readonly masks: readonly string[];
  /** Names of those whose every line is hidden, but not every other spelling. */
  readonly reduced: readonly string[];
  /** Names of those that cannot be hidden at all: white space, or shorter than the minimum. */
  readonly unmaskable: readonly string[];
};

export type MaskLimits = { readonly minLength: number; readonly forms: number; readonly characters: number };

/**
 * The runner searches every line of the log for each mask in 4 to 12 spellings of its own. A thousand masks are some
 * 5,000 searches: at most a third of a millisecond a line, half a minute in a log of 100,000 lines; and they hold every
 * spelling of a hundred plain values. Lines of values are never left out and do not count.
 */
export const MASK_BUDGET = { forms: 1_000, characters: 4 * 1_048_576 } as const;

/**
 * What is hidden beside the lines of a value, most likely first; the last is the first to go. `isCertain` where every
 * value has such a form, which spares making it once there is no room. A plain text has these forms and no others.
 */
const TIERS: readonly Tier[] = [
  { of: 'parts', name: 'lines', ofPlain: undefined, isCertain: false },
  { of: 'value', name: 'usual', ofPlain: base64, isCertain: true },
  { of: 'value', name: 'quoted', ofPlain: hex, isCertain: true },
  { of: 'parts', name: 'parts', ofPlain: undefined, isCertain: false },
  { of: 'value', name: 'wrapped', ofPlain: wrappedBase64, isCertain: false },
];

/** What is made of a text that is not plain. */
const ENCODERS = {
  lines: [linesOf],
  usual: [escaped, base64],
  quoted: [shellQuoted, inMarkup, overEscaped, doubled, inUrls, hex],
  parts: [escaped, base64, shellQuoted, overEscaped, doubled, inUrls, hex],
  wrapped: [wrappedBase64],
} as const satisfies Record<string, readonly Encoder[]>;

type Tier = {
  readonly of: 'value' | 'parts';
  readonly name: keyof typeof ENCODERS;
  readonly ofPlain: Encoder | undefined;
  readonly isCertain: boolean;
};

/** A value to hide; plain texts have no parts. */
type Hidden = {
  readonly name: string;
  readonly text: string;
  readonly plain: boolean;
  readonly parts: readonly string[];
};

/** The masks for these values. Unmasked values are public by their owner's word. */
export function packMasks(values: readonly Maskable[], limits: MaskLimits): MaskPack {
  const hidden: Hidden[] = [];
  const masks = new Set<string>();
  const reduced = new Set<string>();
  const unmaskable = new Set<string>();
  for (const { name, value, visibility } of values) {
    if (visibility === 'unmasked') continue;
    const text = textOf(value);
    const plain = isPlain(text);
    hidden.push({ name, text, plain, parts: plain ? [] : partsOf(text) });
    if (text.length < limits.minLength && value.reveal() !== '') unmaskable.add(name);
    // One line, in which there is nothing that the runner would not take.
    if (plain && text.length >= limits.minLength) masks.add(text);
    else for (const line of linesOf(text)) if (line.length >= limits.minLength) masks.add(digestible(line));
  }
  const left = { forms: limits.forms, characters: limits.characters };
  for (const tier of TIERS) {
    for (const one of hidden) {
      if (one.plain && !tier.ofPlain) continue;
      if (left.forms <= 0 && tier.isCertain && one.text.length >= limits.minLength) reduced.add(one.name);
      if (left.forms <= 0 && reduced.has(one.name)) continue;
      for (const form of formsOf(one, tier, limits)) {
        if (masks.has(form)) continue;
        if (left.forms <= 0 || left.characters < form.length) {
          reduced.add(one.name);
          continue;
        }
        masks.add(form);
        left.forms -= 1;
        left.characters -= form.length;
      }
    }
  }
  return { masks: [...masks], reduced: [...reduced], unmaskable: [...unmaskable] };
}

/** Every spelling of one value with no thought of cost, and the value whole: for masking that is our own. */
export function everyForm(value: Sensitive, minLength: number): string[] {
  const text = textOf(value);
  const all = [text, ...partsOf(text)].flatMap((piece) => [
    piece,
    ...linesOf(piece),
    Buffer.from(piece).toString('base64'),
    ...[escaped, base64, shellQuoted, inMarkup, overEscaped, doubled, inUrls, hex, wrappedBase64].flatMap((encode) =>
      encode(piece),
    ),
  ]);
  return [...new Set(longEnough(all, { minLength }))];
}

/** White space around a value is cut: every spelling of the rest is part of the spelling of the whole. */
function textOf(value: Sensitive): string {
  return value.reveal().toWellFormed().trim();
}

function formsOf({ text, plain, parts }: Hidden, tier: Tier, limits: MaskLimits): Iterable<string> {
  if (!plain) return oddForms(tier.of === 'value' ? [text] : parts, tier, limits);
  return tier.ofPlain && text.length >= limits.minLength ? longEnough(tier.ofPlain(text), limits) : NONE;
}

const NONE: readonly string[] = [];

function oddForms(pieces: readonly string[], { name }: Tier, limits: MaskLimits): Iterable<string> {
  const long = pieces.filter((piece) => piece.length >= limits.minLength);
  const forms = long.flatMap((piece) => {
    const known = madeByRunner(piece);
    return ENCODERS[name].flatMap((encode) => encode(piece)).filter((form) => !known.includes(form));
  });
  return new Set(longEnough(forms, limits).map(digestible));
}

/** What the runner adds by itself to a mask of one line, as long as its JSON and ours agree; of several it sees lines. */
function madeByRunner(piece: string): string[] {
  if (/[\r\n]/.test(piece)) return [];
  const ascii = /[\u007f-\uffff]/.test(piece) ? [] : [JSON.stringify(piece).slice(1, -1)];
  return [percentEncoded(piece), ...ascii].filter((form) => form !== piece);
}

function longEnough(forms: readonly string[], { minLength }: Pick<MaskLimits, 'minLength'>): string[] {
  return forms.filter((form) => form.trim().length >= minLength);
}

/**
 * A text whose first `&+` ends it makes the runner's PowerShell encoder throw: add-mask then fails and hides nothing.
 * Without the plus it is taken, and the plus alone tells nothing.
 */
function digestible(form: string): string {
  return form.indexOf('&+') >= 0 && form.indexOf('&+') === form.length - 2 ? form.slice(0, -1) : form;
}
