// The step of a GitHub workflow that belongs to a config: it asks for what is declared, in words that nothing can read otherwise.
import { VARIABLE_NAME } from '#core/names.js';
import { Token } from '../../engine.ts';
import { check, finding, refused } from '../words/finding.ts';
import type { IConfig, IDynamicSecret, IOidcIdentity } from '../words/interfaces.ts';
import type { ISecret } from '../places/secret.ts';
import type { Ttl } from '../words/ttl.ts';

export interface WorkflowStepProps {
  /** Whom the job becomes. Its id is known after apply: the step reads it from `identityVariable`. */
  readonly identity: IOidcIdentity;
  /**
   * The variable of the repository that holds the id of the identity.
   * @default SECRETS_IDENTITY
   */
  readonly identityVariable?: string;
  /**
   * The variable of the repository that holds the address of the engine.
   * @default SECRETS_URL
   */
  readonly urlVariable?: string;
  /**
   * What to lease; each must lie in this config.
   * @default nothing
   */
  readonly dynamic?: readonly IDynamicSecret[];
  /**
   * What to deliver; each must lie in this config.
   * @default every secret of the config
   */
  readonly secrets?: readonly ISecret[];
  /**
   * How long a lease lives if nothing ends it sooner.
   * @default the action's own, 30 minutes, or the longest that each allows
   */
  readonly ttl?: Ttl;
  /**
   * Whether later steps get the values as environment variables, and not as outputs of this step alone.
   * @default false
   */
  readonly exportEnv?: boolean;
  /**
   * The commit of the action, 40 hexadecimal digits.
   * @default the tag v1
   */
  readonly commit?: string;
  /**
   * By which later steps refer to it.
   * @default secrets
   */
  readonly id?: string;
}

/** A step as it stands in a workflow, and what its job needs. */
export interface WorkflowStep {
  readonly id: string;
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
  /** Permissions of the job. */
  readonly permissions: Readonly<Record<string, string>>;
  /** The environment that the job must run in. */
  readonly environment: string | undefined;
  /** The names of its outputs; undefined where the config is declared elsewhere. */
  readonly delivers: readonly string[] | undefined;
}

const ACTION = 'org/secrets-action';
const USUAL_TTL_SEC = 1800;

/**
 * A TTL over the ceiling is a finding at synth, as everywhere else.
 * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-*)
 */
export function renderStep(config: IConfig, props: WorkflowStepProps): WorkflowStep {
  const { identity, dynamic = [], secrets, exportEnv = false, commit, id = 'secrets' } = props;
  const { identityVariable = 'SECRETS_IDENTITY', urlVariable = 'SECRETS_URL' } = props;
  for (const { secretName, config: place } of [...dynamic, ...(secrets ?? [])]) {
    if (place !== config) throw refused('secrets/workflow-foreign', `${secretName} lies in ${place.node.path}.`);
  }
  const names = secrets?.map(({ secretName }) => plain(secretName));
  const inputs = {
    'api-url': variable(urlVariable),
    identity: variable(identityVariable),
    project: plain(config.project.literalName),
    config: plain(config.literalName),
    secrets: names && names.length > 0 ? names.join('\n') : undefined,
    dynamic: dynamic.length === 0 ? undefined : dynamic.map((one) => line(config, one, props.ttl)).join('\n'),
    ttl: props.ttl?.toString(),
    'export-env': exportEnv ? 'true' : undefined,
  };
  const wanted = names ?? config.declaredNames;
  return {
    id: plain(id),
    uses: `${ACTION}@${commit === undefined ? 'v1' : pinned(commit)}`,
    with: Object.fromEntries(
      Object.entries(inputs).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    ),
    permissions: { contents: 'read', 'id-token': 'write' },
    environment: identity.gitHubEnvironment === undefined ? undefined : oneLine(identity.gitHubEnvironment),
    delivers: wanted && [...wanted, ...dynamic.flatMap(({ leasedNames }) => leasedNames)],
  };
}

/** One that allows less than the action asks for by itself says so. */
function line(config: IConfig, { secretName, longestTtl }: IDynamicSecret, ttl: Ttl | undefined): string {
  if (ttl?.isLongerThan(longestTtl)) {
    const limit = `${secretName} has leases of ${longestTtl.toString()} at most`;
    const what = `A step asks for ${ttl.toString()}; ${limit}.`;
    check(config, () => [finding('secrets/ttl-over-ceiling', config, what)]);
  }
  const isShort = ttl === undefined && longestTtl.toSeconds() < USUAL_TTL_SEC;
  return isShort ? `${plain(secretName)} ttl=${longestTtl.toString()}` : plain(secretName);
}

function variable(name: string): string {
  if (!VARIABLE_NAME.test(name)) throw refused('secrets/workflow-text', 'A variable of a repository has a plain name.');
  return `\${{ vars.${name} }}`;
}

/**
 * A name that neither the runner's expressions nor a line of an input can take for something else.
 * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-text)
 */
export function plain(name: string): string {
  if (!/^[\w.-]+$/.test(name)) throw refused('secrets/workflow-text', `${JSON.stringify(name)} is no plain name.`);
  return name;
}

/**
 * Text of one line without an expression; a reference of Terraform means nothing in a workflow.
 * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-text)
 */
export function oneLine(text: string): string {
  if (Token.isUnresolved(text) || /[\u0000-\u001f\u007f\u0085\u2028\u2029]|\$\{\{/.test(text) || text.trim() === '') {
    throw refused('secrets/workflow-text', `${JSON.stringify(text)} cannot stand in a workflow.`);
  }
  return text;
}

/**
 * A commit: a tag can be moved.
 * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-text)
 */
export function pinned(commit: string): string {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw refused('secrets/workflow-text', 'A commit has 40 hexadecimal digits.');
  return commit;
}
