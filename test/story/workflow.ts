// Runs a workflow file in the modelled runner: its jobs, every cell of a matrix, its expressions, and no permission that it does not ask for.
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { GithubOidc } from '../support/github-oidc.ts';
import { type Context, Job, type JobReport, type StepReport } from '../support/runner/index.ts';
import { checkOut, type Command, commandsIn } from './repository.ts';

export type Repository = { readonly name: string; readonly id: string; readonly ownerId: string };

/** Where and for whom a workflow runs. */
export type Occasion = {
  readonly repository: Repository;
  /** @default refs/heads/main */
  readonly ref?: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly github: GithubOidc;
  /** Where the folders of jobs are made. */
  readonly temp: string;
  /** What the machine of the runner has in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Looks at a job whose steps are done and whose leases are alive; also at one that failed. */
  readonly during?: (job: RunningJob) => Promise<void>;
};

export type RunningJob = {
  /** The step that uses the action. */
  readonly action: StepReport;
  /** What the other steps ran, with the environment that each had. */
  readonly commands: readonly Command[];
};
export type EndedJob = RunningJob & { readonly report: JobReport };

type Step = {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Fields;
  readonly env?: Fields;
};
type JobFile = {
  readonly environment?: string;
  readonly permissions?: Fields;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
};
type WorkflowFile = { readonly permissions?: Fields; readonly jobs: Readonly<Record<string, JobFile>> };
type Fields = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;

const EXPRESSION = /\$\{\{ (?:(vars|secrets|inputs|matrix)\.(\w+)|steps\.([\w-]+)\.outputs\.(\w+)) \}\}/g;

/** @throws Error for what this model cannot run: a step of an unknown action, an expression of another form */
export async function runWorkflow(text: string, occasion: Occasion): Promise<EndedJob[]> {
  const workflow = parse(text) as WorkflowFile;
  const ended: EndedJob[] = [];
  for (const file of Object.values(workflow.jobs)) {
    for (const matrix of cellsOf(file.strategy?.matrix ?? {})) {
      const permissions = file.permissions ?? workflow.permissions ?? {};
      ended.push(await runJob({ ...file, permissions }, matrix, occasion));
    }
  }
  return ended;
}

async function runJob(file: JobFile, matrix: Record<string, string>, occasion: Occasion): Promise<EndedJob> {
  const { github, vars, secrets = {}, inputs = {}, temp, env = {} } = occasion;
  github.claims = claimsOf(file, occasion);
  const job = new Job({
    ...{ actionDir: resolve('.'), temp, secrets, env },
    // GitHub gives a job no way to ask for tokens that did not ask for the permission.
    ...(file.permissions?.['id-token'] === 'write' ? { oidc: github.job } : {}),
  });
  try {
    const values = { vars, secrets, inputs, matrix };
    let action: StepReport | undefined;
    for (const step of file.steps) {
      const shape = shapeOf(step, values);
      if (step.uses?.startsWith('actions/checkout@')) checkOut(job.workspace, job.temp);
      else if (step.uses?.startsWith('org/secrets-action@'))
        action = await job.uses({ ...shape, with: (context) => filled(step.with, values, context) });
      else if (step.run !== undefined) {
        const script = `export PATH="${job.workspace}/bin:$PATH"\n${step.run}`;
        await job.run((context) => evaluated(script, values, context), shape);
      } else throw new Error(`A step of this model cannot use ${step.uses}.`);
    }
    if (!action) throw new Error('The workflow does not use the action.');
    const running = { action, commands: commandsIn(job.temp) };
    await occasion.during?.(running);
    return { ...running, report: await job.finish() };
  } finally {
    await job.dispose();
  }
}

function shapeOf({ id, name, env }: Step, values: Values) {
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    env: (context: Context) => filled(env, values, context),
  };
}

/** What GitHub's token says of such a job (docs.github.com, "OpenID Connect reference"), subject with names and numbers. */
function claimsOf({ environment }: JobFile, { repository, ref = 'refs/heads/main' }: Occasion): Fields {
  const [owner = '', name = ''] = repository.name.split('/');
  const way = environment === undefined ? `ref:${ref}` : `environment:${environment}`;
  return {
    sub: `repo:${owner}@${repository.ownerId}/${name}@${repository.id}:${way}`,
    ...(environment === undefined ? {} : { environment }),
    ...{ repository: repository.name, repository_id: repository.id, repository_owner_id: repository.ownerId },
    ...{ event_name: 'push', ref, ref_protected: 'true' },
  };
}

function cellsOf(matrix: Readonly<Record<string, readonly unknown[]>>): Record<string, string>[] {
  return Object.entries(matrix).reduce<Record<string, string>[]>(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: String(value) }))),
    [{}],
  );
}

function filled(fields: Fields | undefined, values: Values, context: Context): Record<string, string> {
  const entries = Object.entries(fields ?? {});
  return Object.fromEntries(entries.map(([name, text]) => [name, evaluated(String(text), values, context)]));
}

function evaluated(text: string, values: Values, context: Context): string {
  const done = text.replace(EXPRESSION, (_, from: string | undefined, name: string, id: string, output: string) =>
    from === undefined ? context.output(id, output) : (values[from]?.[name] ?? ''),
  );
  if (text.replace(EXPRESSION, '').includes('${{')) throw new Error(`An expression is not modelled: ${text}`);
  return done;
}
