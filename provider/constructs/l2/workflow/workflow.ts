// A whole GitHub workflow around the step of a config, as text that reads the same for every YAML reader.
import { VARIABLE_NAME } from '#core/names.js';
import { refused } from '../words/finding.ts';
import { oneLine, pinned, plain, type WorkflowStep } from './workflow-step.ts';

export interface WorkflowCommand {
  readonly name: string;
  /** A script. What it needs comes by its environment: an expression in it would be put together as text. */
  readonly run: string;
  /**
   * Names of secrets and leased values that it gets as environment variables.
   * @default none
   */
  readonly secrets?: readonly string[];
}

export interface WorkflowProps {
  readonly name: string;
  readonly step: WorkflowStep;
  readonly commands: readonly WorkflowCommand[];
  /** The commit of the action, 40 hexadecimal digits. */
  readonly commit: string;
  /**
   * The commit of actions/checkout.
   * @default the files of the repository are not fetched
   */
  readonly checkoutCommit?: string;
  /** A push to one of them starts it, and so does a hand. @default main */
  readonly branches?: readonly string[];
  /** @default ubuntu-latest */
  readonly runsOn?: string;
  /** @default deploy */
  readonly job?: string;
  /** After which the job is ended. @default 30 */
  readonly timeoutMinutes?: number;
}

type Yaml = string | number | readonly Yaml[] | { readonly [name: string]: Yaml | undefined };

/**
 * The text of a workflow file with one job.
 * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-*) for text that is more than it seems, or an unknown name
 */
export function renderWorkflow(props: WorkflowProps): string {
  const { name, step, commands, commit, checkoutCommit, job = 'deploy' } = props;
  const { branches = ['main'], runsOn = 'ubuntu-latest', timeoutMinutes = 30 } = props;
  const [action = ''] = step.uses.split('@');
  const steps = [
    ...(checkoutCommit === undefined ? [] : [{ uses: `actions/checkout@${pinned(checkoutCommit)}` }]),
    { id: step.id, uses: `${action}@${pinned(commit)}`, with: step.with },
    ...commands.map((command) => renderCommand(command, step)),
  ];
  const workflow = {
    name: oneLine(name),
    on: { push: { branches: branches.map(oneLine) }, workflow_dispatch: {} },
    permissions: {},
    jobs: {
      [plain(job)]: {
        'runs-on': oneLine(runsOn),
        'timeout-minutes': timeoutMinutes,
        environment: step.environment,
        permissions: step.permissions,
        steps,
      },
    },
  };
  return `${lines(workflow).join('\n')}\n`;
}

function renderCommand({ name, run, secrets = [] }: WorkflowCommand, { id, delivers }: WorkflowStep): Yaml {
  if (run.includes('${{'))
    throw refused('secrets/workflow-text', 'A script with an expression can be made to do more.');
  for (const secret of secrets) {
    if (!VARIABLE_NAME.test(secret))
      throw refused('secrets/workflow-text', `${JSON.stringify(secret)} is no plain name.`);
    if (delivers && !delivers.includes(secret))
      throw refused('secrets/workflow-foreign', `The step delivers no ${secret}.`);
  }
  const env = Object.fromEntries(secrets.map((secret) => [secret, `\${{ steps.${id}.outputs.${secret} }}`]));
  return { name: oneLine(name), env: secrets.length === 0 ? undefined : env, run };
}

/** Block style; texts of several lines as literal blocks, every other text bare or in the quotes of JSON. */
function lines(value: Exclude<Yaml, string | number>): string[] {
  if (isList(value)) {
    return value.flatMap((item) => {
      if (typeof item === 'string' || typeof item === 'number') return [`- ${scalar(item)}`];
      const [first = '', ...rest] = lines(item);
      return [`- ${first}`, ...rest.map(indented)];
    });
  }
  return Object.entries(value).flatMap(([name, item]) => {
    if (item === undefined) return [];
    if (typeof item === 'object') {
      const inner = lines(item);
      return inner.length === 0 ? [`${name}: {}`] : [`${name}:`, ...inner.map(indented)];
    }
    if (typeof item === 'number' || !isBlock(item)) return [`${name}: ${scalar(item)}`];
    return [`${name}: |-`, ...item.split('\n').map(indented)];
  });
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** Lines that a literal block gives back as they are: no blank at an end, no first line that is indented, no control. */
function isBlock(text: string): boolean {
  return /\n/.test(text) && /^\S/.test(text) && /\S$/.test(text) && !/[^\n\u0020-\u007e]/.test(text);
}

/** `on`, `yes` and their kin are words here and booleans to old readers: only what no reader takes so stands bare. */
function scalar(text: string | number): string {
  if (typeof text === 'number') return String(text);
  const isBare =
    /^[A-Za-z][\w./@-]*( [\w./@-]+)*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text);
  return isBare || /^\$\{\{ [\w.-]+ \}\}$/.test(text) ? text : quoted(text);
}

/** JSON's escapes are a subset of YAML's; what JSON leaves bare and YAML folds is escaped too. */
function quoted(text: string): string {
  const escape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}
