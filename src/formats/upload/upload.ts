// The text of `secrets upload`: which of env, JSON and YAML it is, and what it says; strict, bounded, never by guessing.
import { UploadReader } from './reader.ts';
import { readDotenv } from './dotenv.ts';
import { readFlatJson } from './flat-json.ts';
import { readFlatYaml } from './flat-yaml.ts';

export type UploadFormat = 'env' | 'json' | 'yaml';

/** `{` is JSON; otherwise the first line that says anything decides: `NAME=` is env, `NAME:` and `---` are YAML. */
export function detectUploadFormat(text: string): UploadFormat | undefined {
  if (/^\s*\{/.test(text)) return 'json';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (/^(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=/.test(line.trimStart())) return 'env';
    if (/^(?:---\s*$|%YAML|["']?[A-Za-z_][\w.-]*["']?[ \t]*:(?:\s|$))/.test(line)) return 'yaml';
    return undefined;
  }
  return undefined;
}

/**
 * Names and values of an uploaded text (contracts/doppler.md 2.5 Upload). A text with a single meaning is read; one that
 * could be meant otherwise is refused. Duplicate names are refused, and so is more than 1 Mi characters or 1,200 names.
 * @throws AppError ERR_REQUEST_INVALID with the line where it goes wrong, and never with its text
 */
export function parseUpload(text: string): Map<string, string> {
  const reader = new UploadReader(text);
  const format = detectUploadFormat(reader.text);
  if (format === 'json') return readFlatJson(reader);
  if (format === 'yaml') return readFlatYaml(reader);
  if (format === 'env') return readDotenv(reader);
  throw reader.refusal(1, 'The text is neither env, JSON nor flat YAML');
}
