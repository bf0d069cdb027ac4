// A stack from its constructs to the JSON that Terraform reads, by the whole way: aspects, validations, files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { Project, SecretsProvider } from '#provider/constructs/index.js';
import { temporaryFolder } from '../../support/temp.ts';

export type Block = Record<string, unknown>;
export type Synthesized = Readonly<Record<string, Record<string, Record<string, Block>>>>;

/** The configuration of the stack `app`, without what cdktf notes in it. @throws what fails the synth */
export function synth(build: (stack: TerraformStack) => void): Synthesized {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new TerraformStack(app, 'app');
  new SecretsProvider(stack, 'secrets');
  build(stack);
  app.synth();
  const text = readFileSync(join(app.outdir, 'stacks', 'app', 'cdk.tf.json'), 'utf8');
  return JSON.parse(text, (key, value) => (key === '//' ? undefined : value)) as Synthesized;
}

/** The findings for which the synth of a stack fails, one line each; none when it does not. @throws every other failure */
export function findings(build: (stack: TerraformStack) => void): string[] {
  try {
    synth(build);
    return [];
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const found = text.split('\n').flatMap((line) => /secrets\/[a-z-]+ at .*/.exec(line)?.[0] ?? []);
    if (found.length === 0) throw error;
    return found;
  }
}

/** Every block of a type. */
export function blocks(synthesized: Synthesized, type: string, kind = 'resource'): Block[] {
  return Object.values(synthesized[kind]?.[type] ?? {});
}

/** A project with an environment for production and one for everything else. */
export function shop(stack: TerraformStack) {
  const project = new Project(stack, 'shop', { name: 'shop' });
  const prd = project.addEnvironment('prd', { name: 'Production' });
  const dev = project.addEnvironment('dev');
  return { project, prd, dev };
}
