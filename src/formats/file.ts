// The formats of a file that the action writes, by the words of its `file-format` input.
import { encodeAwsProfile } from './aws-profile.ts';
import { encodeDocker } from './docker.ts';
import { encodeDotnetJson } from './dotnet-json.ts';
import { encodeEnv } from './env.ts';
import { encodeJson } from './json.ts';
import { encodeShell } from './shell.ts';
import { encodeYaml } from './yaml.ts';

const ENCODERS = {
  env: encodeEnv,
  json: encodeJson,
  yaml: encodeYaml,
  docker: encodeDocker,
  'dotnet-json': encodeDotnetJson,
  shell: encodeShell,
  'aws-profile': encodeAwsProfile,
} as const;

export type FileFormat = keyof typeof ENCODERS;

/**
 * `values` in `format`, ending in a newline.
 * @throws AppError ERR_REQUEST_INVALID naming what the format cannot carry
 */
export function encodeFile(values: ReadonlyMap<string, string>, format: FileFormat): string {
  return `${ENCODERS[format](values)}\n`;
}
