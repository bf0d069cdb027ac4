// Names and values as flat JSON under .NET's configuration keys: `SMTP__USER_NAME` is `Smtp:UserName`.
import { encodeJson } from './json.ts';
import { transformNames } from './transform.ts';

/**
 * `values` as compact JSON, sorted by the names of the dotnet transformer (contracts/doppler.md 2.5).
 * @throws AppError ERR_REQUEST_INVALID when two names become the same key
 */
export function encodeDotnetJson(values: ReadonlyMap<string, string>): string {
  return encodeJson(transformNames(values, 'dotnet'));
}
