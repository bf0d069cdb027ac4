// The seven name transformers of the download: from `API_KEY` to what another world would call it.
import { AppError } from '#core/errors.js';

export const NAME_TRANSFORMERS = [
  'camel',
  'upper-camel',
  'lower-snake',
  'tf-var',
  'dotnet',
  'dotnet-env',
  'lower-kebab',
] as const;
export type NameTransformer = (typeof NAME_TRANSFORMERS)[number];

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const upperCamel = (name: string) =>
  name
    .split('_')
    .filter((word) => word !== '')
    .map(capitalised)
    .join('');
const camel = (name: string) => {
  const upper = upperCamel(name);
  return upper.charAt(0).toLowerCase() + upper.slice(1);
};

/** contracts/doppler.md 2.5. A doubled underscore becomes a doubled dash under lower-kebab: no name is lost by it. */
const RULES: Record<NameTransformer, (name: string) => string> = {
  camel,
  'upper-camel': upperCamel,
  'lower-snake': (name) => name.toLowerCase(),
  'tf-var': (name) => `TF_VAR_${name.toLowerCase()}`,
  dotnet: (name) => name.split('__').map(upperCamel).join(':'),
  'dotnet-env': (name) => name.split('__').map(upperCamel).join('__'),
  'lower-kebab': (name) => name.toLowerCase().replaceAll('_', '-'),
};

/** Whether `text` names a transformer. */
export function isNameTransformer(text: unknown): text is NameTransformer {
  return NAME_TRANSFORMERS.some((known) => known === text);
}

/** `name` under the transformer, e.g. `SMTP__USER_NAME` → `Smtp:UserName` under dotnet. */
export function transformName(name: string, transformer: NameTransformer): string {
  return RULES[transformer](name);
}

/**
 * `values` under their transformed names; the three managed names are transformed like all others.
 * @throws AppError ERR_REQUEST_INVALID with one detail for each two names that become the same, and for each that
 * becomes nothing (`_` has no camel form): a value that silently takes another's place would be the worst answer
 */
export function transformNames(values: ReadonlyMap<string, string>, transformer: NameTransformer): Map<string, string> {
  const originals = new Map<string, string>();
  const transformed = new Map<string, string>();
  const problems: string[] = [];
  for (const name of [...values.keys()].sort()) {
    const result = transformName(name, transformer);
    const earlier = originals.get(result);
    if (!/[A-Za-z0-9]/.test(result)) problems.push(`'${name}' has no form under ${transformer}.`);
    else if (earlier !== undefined) problems.push(`'${earlier}' and '${name}' both become '${result}'.`);
    else {
      originals.set(result, name);
      transformed.set(result, values.get(name) ?? '');
    }
  }
  if (problems.length === 0) return transformed;
  throw new AppError('ERR_REQUEST_INVALID', `The names cannot be transformed by ${transformer}:`, {
    details: problems.slice(0, 20),
    hint: 'Rename one of them, name the secrets that you need, or use another transformer.',
  });
}
