// GitHub's own language service over our action.yml and workflows, so that what we show is what GitHub accepts.
import { readFileSync } from 'node:fs';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** What an action declares of itself, as the service wants to be told about actions that a workflow uses. */
export type Metadata = {
  name: string;
  description: string;
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
};

let documents = 0;

/** The complaints about `text`, one line each. `path` decides whether it is an action or a workflow. */
export async function complaints(
  path: string,
  text: string,
  actions: Readonly<Record<string, Metadata>> = {},
): Promise<string[]> {
  // The service remembers what it parsed by address.
  documents += 1;
  const uri = path.endsWith('action.yml')
    ? `file:///${documents}/action.yml`
    : `file:///${documents}/.github/workflows/${path}`;
  const document = TextDocument.create(uri, 'yaml', 1, text);
  const actionsMetadataProvider = {
    fetchActionMetadata: async ({ owner, name }: { owner: string; name: string }) => actions[`${owner}/${name}`],
  };
  const found = await validate(document, { actionsMetadataProvider });
  return found.map(({ range, message }) => `${path}:${range.start.line + 1} ${message}`);
}

/** As `complaints`, of a file. */
export async function complaintsOf(path: string, actions?: Readonly<Record<string, Metadata>>): Promise<string[]> {
  return complaints(path.split('/').at(-1) ?? path, readFileSync(path, 'utf8'), actions);
}
