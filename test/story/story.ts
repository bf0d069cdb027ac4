// The whole story of an example, step by step, each with its proof: declared, made, used by a job, ended with the job, destroyed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretsTerraform } from '../provider/support/secrets-world.ts';
import { tryLogin } from '../support/shop.ts';
import { declare, type Example } from './examples.ts';
import { type EndedJob, type Occasion, type RunningJob, runWorkflow } from './workflow.ts';
import type { StoryWorld } from './world.ts';

/** Told after each step, with what was seen. */
export type Tell = (proof: string) => void;

export const SHOP = { name: 'acme/shop', id: '700000001', ownerId: '90001' };
export const WORKER = { name: 'acme/shop-worker', id: '700000002', ownerId: '90001' };
const OVER = ['revoked', 'expired', 'aborted'];

/** @throws Error that says what does not hold */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** An example that terraform has made. */
export class MadeExample {
  readonly world: StoryWorld;
  readonly run: SecretsTerraform;
  readonly workflow: string;
  /** By the name of the repository without its owner. */
  readonly identities: ReadonlyMap<string, string>;

  private constructor(world: StoryWorld, run: SecretsTerraform, workflow: string, identities: Map<string, string>) {
    this.world = world;
    this.run = run;
    this.workflow = workflow;
    this.identities = identities;
  }

  /** Synthesizes, applies, and looks that a second plan has nothing to do. */
  static async make(example: Example, world: StoryWorld, tell: Tell): Promise<MadeExample> {
    const run = world.terraform();
    const workflow = declare(example, world, join(run.folder, 'work'));
    tell(`examples/${example} says what there is to be, and the workflow of the job that uses it`);
    await run.must('init');
    await run.must('plan', '-out=plan.bin');
    const applied = await run.must('apply', 'plan.bin');
    const added = Number(/(\d+) added, 0 changed, 0 destroyed/.exec(applied)?.[1] ?? 0);
    must(added > 0, `terraform apply added nothing:\n${applied}`);
    const shown = applied + (await run.must('show', '-json', 'plan.bin')) + stateOf(run);
    must(!holdsAny(shown, world.hidden), 'a value is in the plan, in the state or in what terraform printed');
    tell(`terraform apply made ${added} things; no value is in plan, state or output`);
    const again = await run.run('plan', '-detailed-exitcode');
    must(again.code === 0, `a second plan is not empty:\n${again.out}`);
    tell('a second plan has nothing to do');
    const outputs = JSON.parse(await run.must('output', '-json')) as Record<string, { value: string }>;
    const identities = Object.entries(outputs).map(
      ([name, { value }]) => [name.replace(/-identity$/, ''), value] as const,
    );
    return new MadeExample(world, run, workflow, new Map(identities));
  }

  /** What a job finds when this repository runs a workflow on its main branch. */
  occasion(repository = SHOP, more: Partial<Occasion> = {}): Occasion {
    const { secrets, github, aws } = this.world;
    const identity = this.identities.get(repository.name.split('/')[1] ?? '') ?? '';
    return {
      ...{ repository, github, temp: this.run.folder },
      vars: { SECRETS_URL: secrets.url, SECRETS_IDENTITY: identity },
      env: { AWS_ENDPOINT_URL_STS: aws.model.url },
      ...more,
    };
  }

  /** Takes everything away, and looks for what may be left. */
  async destroy(tell: Tell): Promise<void> {
    const { world, run } = this;
    await run.must('destroy', '-auto-approve');
    must((await run.must('state', 'list')).trim() === '', 'the state still holds something');
    const { status } = await world.secrets.engine.call('GET', '/v3/projects/project?project=shop');
    must(status === 404, `the project still answers with ${status}`);
    const roles = await world.secrets.roles();
    must(roles.length === 0, `the database still has ${roles.join(', ')}`);
    const integrations = await world.secrets.engine.must('GET', '/v3/integrations');
    const accounts = await world.secrets.engine.must('GET', '/v3/workplace/service_accounts');
    must(!JSON.stringify([integrations, accounts]).includes('shop'), 'an integration or an account is left');
    must(!holdsAny(stateOf(run), world.hidden), 'a value is in the state');
    tell('terraform destroy left nothing: no project, no account, no integration, no role in the database');
    const denies = deniesOf(world);
    must(
      denies.every(({ isDeny }) => isDeny),
      `in the AWS role is ${denies.map(({ name }) => name).join(', ')}`,
    );
    if (denies.length > 0)
      tell(
        `on purpose AWS (simulated) keeps denying ${denies.length} ended session(s) until their own end, and nothing else`,
      );
  }
}

/** The jobs of a workflow: what they lease works while they run, and is refused when they have ended. */
export async function jobsOf(made: MadeExample, text: string, occasion: Occasion, tell: Tell): Promise<EndedJob[]> {
  const { world } = made;
  const jobs = await runWorkflow(text, { ...occasion, during: (job) => used(world, job, tell) });
  for (const job of jobs) {
    must(job.report.status === 'success', `the job failed:\n${job.report.log.join('\n')}`);
    // In staging it is unmasked: whoever reads the log is meant to read it.
    const open = occasion.repository.id === WORKER.id ? [world.planted.log_level] : [];
    await ended(world, job, open, tell);
  }
  return jobs;
}

async function used(world: StoryWorld, job: RunningJob, tell: Tell): Promise<void> {
  const errors = job.action.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message);
  must(errors.length === 0, `the action failed: ${errors.join(' ')}`);
  const { login, session } = leasedBy(job);
  const commands = job.commands.map(({ name }) => name).sort();
  tell(`the job signed in without a stored secret, and ran ${commands.join(', ')} with what it leased`);
  if (login !== undefined) {
    const orders = await tryLogin(login);
    must(orders === 3, `the leased login counts ${orders} orders`);
    tell('the leased login of PostgreSQL counts 3 orders');
  }
  if (session !== undefined) {
    must(may(world, session) === 'yes', 'AWS does not take the leased session');
    tell('AWS (simulated) lets the leased session put an object');
  }
}

async function ended(world: StoryWorld, job: EndedJob, open: readonly string[], tell: Tell): Promise<void> {
  const log = job.report.log.join('\n');
  const { login, session } = leasedBy(job);
  const leased = [login, ...Object.values(session ?? {})].filter((value) => value !== undefined);
  // The id of a key is no secret, and AWS shows it in its own logs.
  const shown = [...world.hidden, ...leased].filter((value) => value !== session?.accessKeyId && log.includes(value));
  must(
    `${shown}` === `${open}`,
    `of the values in the log of the job, ${shown.length} in number, ${open.length} may be there`,
  );
  const states = await world.leases();
  must(
    states.every((state) => OVER.includes(state)),
    `leases are ${states.join(', ')} after the job`,
  );
  tell(`the job has ended, and with it its leases: ${states.join(', ')}; no value is in its log`);
  if (login !== undefined) {
    const refused = await tryLogin(login);
    must(typeof refused === 'string' && refused.startsWith('28'), `after the job the login still answers (${refused})`);
    must((await world.secrets.roles()).length === 0, 'after the job its role is still there');
    tell(`PostgreSQL refuses the login (${refused}), and its role is gone`);
  }
  if (session !== undefined) {
    must(may(world, session) === 'no', 'after the job AWS still takes the session');
    tell('AWS (simulated) denies the session before its time is over');
  }
}

/** A job of another repository, with the identity of the shop in its hands, gets nothing. */
export async function strangerOf(made: MadeExample, tell: Tell): Promise<void> {
  const stranger = { ...SHOP, id: '700000009' };
  const [job] = await runWorkflow(made.workflow, made.occasion(stranger));
  const errors = job?.action.annotations.filter(({ kind }) => kind === 'error') ?? [];
  const outputs = Object.keys(job?.action.outputs ?? {}).filter((name) => /^[A-Z_]+$/.test(name));
  must(job?.report.status === 'failure' && errors.length === 1, 'a stranger was let in');
  must(outputs.length === 0 && job.commands.length === 0, `a stranger got ${outputs.join(', ')}`);
  tell('a repository of the same name with another number is refused, and gets nothing');
}

/** What the commands of a job had in their environment. */
export function leasedBy({ commands }: Pick<RunningJob, 'commands'>) {
  const value = (name: string) => commands.map(({ env }) => env.get(name)).find((found) => found !== undefined);
  const keys = [value('AWS_ACCESS_KEY_ID'), value('AWS_SECRET_ACCESS_KEY'), value('AWS_SESSION_TOKEN')] as const;
  const [accessKeyId, secretAccessKey, sessionToken] = keys;
  const hasSession = accessKeyId !== undefined && secretAccessKey !== undefined && sessionToken !== undefined;
  return {
    login: value('SHOP_DB_URL') ?? value('DATABASE_URL'),
    session: hasSession ? { accessKeyId, secretAccessKey, sessionToken } : undefined,
  };
}

/** What the role of the deployment has beside its rights. A deny that went with the stack would let its session in again. */
function deniesOf({ aws }: StoryWorld): { name: string; isDeny: boolean }[] {
  const role = [...aws.model.account.roles.values()].find(({ arn }) => arn === aws.roleArn);
  const others = [...(role?.inline ?? [])].filter(([name]) => name !== 'rights');
  return others.map(([name, { statements }]) => ({
    name,
    isDeny: /^lease-.*-until-\d+$/.test(name) && statements.every(({ Effect }) => Effect === 'Deny'),
  }));
}

function may(world: StoryWorld, session: NonNullable<ReturnType<typeof leasedBy>['session']>) {
  return world.aws.model.may(session, 's3:PutObject', 'arn:aws:s3:::acme-shop/index.html');
}

function holdsAny(text: string, values: readonly string[]): boolean {
  return values.some((value) => text.includes(value));
}

/** Every state file that terraform left, backups among them. */
function stateOf(run: SecretsTerraform): string {
  const work = join(run.folder, 'work');
  const files = readdirSync(work).filter((name) => name.includes('.tfstate'));
  return files.map((name) => readFileSync(join(work, name), 'utf8')).join('\n');
}
