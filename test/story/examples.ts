// Each example becomes what terraform reads, in the way its README says.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runScript } from './script.ts';
import type { StoryWorld } from './world.ts';

export const EXAMPLES = ['cdktf', 'cdktn', 'terraform'] as const;
export type Example = (typeof EXAMPLES)[number];

/** Puts the configuration of the example into `work`, where terraform runs. @returns the workflow that belongs to it */
export function declare(example: Example, world: StoryWorld, work: string): string {
  return example === 'terraform' ? copied(world, work) : synthesized(example, world, work);
}

/** A program of the user's: it lies beside node_modules, which hold the library as a package. */
function synthesized(line: 'cdktf' | 'cdktn', { installed, places }: StoryWorld, work: string): string {
  const program = join(installed, line);
  mkdirSync(program, { recursive: true });
  for (const file of ['main.ts', 'shop-stack.ts', 'cdktf.json'])
    cpSync(resolve('examples', line, file), join(program, file));
  const out = join(work, 'cdktf.out');
  runScript([join(program, 'main.ts')], { cwd: work, env: { ...places, CDKTF_OUTDIR: out } });
  const stack = join(out, 'stacks', 'shop');
  cpSync(join(stack, 'cdk.tf.json'), join(work, 'cdk.tf.json'));
  return readFileSync(join(stack, 'deploy.yml'), 'utf8');
}

function copied({ places }: StoryWorld, work: string): string {
  cpSync(resolve('examples/terraform'), work, { recursive: true });
  const named = {
    url: places['SECRETS_URL'],
    issuer: places['OIDC_ISSUER'],
    db_host: places['DB_HOST'],
    db_port: Number(places['DB_PORT']),
    db_username: places['DB_USERNAME'],
    db_sslmode: places['DB_SSLMODE'],
    aws_role_arn: places['AWS_ROLE_ARN'],
    aws_access_key_id: places['AWS_KEY_ID'],
    aws_endpoint: places['AWS_ENDPOINT'],
  };
  writeFileSync(join(work, 'terraform.tfvars.json'), JSON.stringify(named));
  return readFileSync('examples/workflows/aws-deploy.yml', 'utf8');
}
