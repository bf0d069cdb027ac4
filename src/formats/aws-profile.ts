// AWS credentials among the values as a shared credentials file, one profile for each prefix of their names.
import { AppError } from '#core/errors.js';

/** A section of the file: its settings in order. Instead of keys it may hold a `credential_process`. */
export type AwsProfile = { readonly name: string; readonly settings: ReadonlyMap<string, string> };

/** Variable → setting, in the order of the file; the first two make a credential. */
const SETTINGS = {
  AWS_ACCESS_KEY_ID: 'aws_access_key_id',
  AWS_SECRET_ACCESS_KEY: 'aws_secret_access_key',
  AWS_SESSION_TOKEN: 'aws_session_token',
  AWS_REGION: 'region',
} as const;

/** Readers trim, and some cut at a comment sign after a space: what has neither space nor control is read alike by all. */
const CARRIED = /^[\x21-\x7e]+$/;
const PROCESS = /^[\x20-\x7e]+$/;
const PROFILE = /^[A-Za-z0-9_.-]+$/;

/**
 * The credentials of `values`: those under the plain AWS names are `[default]`, those under `PROD_AWS_…` are `[prod]`.
 * Other values have no place in such a file and are left out.
 * @throws AppError ERR_REQUEST_INVALID when there is no credential, one lacks a half, or one holds what no key holds
 */
export function encodeAwsProfile(values: ReadonlyMap<string, string>): string {
  const prefixes = [...values.keys()].flatMap(
    (name) => /^(.*?)AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.exec(name)?.[1] ?? [],
  );
  const found = [...new Set(prefixes)].sort();
  if (found.length === 0) {
    throw new AppError('ERR_REQUEST_INVALID', 'There is no AWS credential among the values for an AWS profile.', {
      hint: 'Lease one with the dynamic input, or use another file-format.',
    });
  }
  return encodeProfiles(found.map((prefix) => profileOf(prefix, values)));
}

/** @throws AppError ERR_REQUEST_INVALID naming the profile that the file cannot carry */
export function encodeProfiles(profiles: readonly AwsProfile[]): string {
  return profiles
    .map(({ name, settings }) => {
      const lines = [...settings].map(([setting, value]) => {
        if (!(setting === 'credential_process' ? PROCESS : CARRIED).test(value)) throw refusal(name, setting);
        return `${setting} = ${value}`;
      });
      if (!PROFILE.test(name)) throw refusal(name, 'its name');
      return [`[${name}]`, ...lines].join('\n');
    })
    .join('\n\n');
}

function profileOf(prefix: string, values: ReadonlyMap<string, string>): AwsProfile {
  const name = prefix.replace(/_+$/, '').toLowerCase() || 'default';
  const settings = Object.entries(SETTINGS).flatMap(([variable, setting]) => {
    const value = values.get(prefix + variable);
    return value === undefined ? [] : [[setting, value] as const];
  });
  const profile = { name, settings: new Map<string, string>(settings) };
  for (const needed of ['aws_access_key_id', 'aws_secret_access_key']) {
    if (!profile.settings.has(needed)) throw refusal(name, needed);
  }
  return profile;
}

function refusal(profile: string, what: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', `The AWS profile '${profile}' cannot be written for ${what}.`, {
    hint: 'A profile needs an access key id and its secret, of printable characters without spaces.',
  });
}
