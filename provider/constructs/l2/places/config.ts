// Configs: the root of an environment, its branches, and those that are declared elsewhere.
import { Construct } from 'constructs';
import { SecretsConfig } from '../../l1/index.ts';
import { check, finding, refused } from '../words/finding.ts';
import { ImportedProject } from './imported-project.ts';
import type { Access, IConfig, IGrantee, IProject } from '../words/interfaces.ts';
import { checkName } from '../words/names.ts';
import { Secret, type SecretOptions } from './secret.ts';
import { renderStep, type WorkflowStep, type WorkflowStepProps } from '../workflow/workflow-step.ts';

/** Who was let in where. */
export interface Grant {
  readonly grantee: IGrantee;
  readonly config: IConfig;
  readonly access: Access;
}

export interface BranchOptions {
  /**
   * Whether other configs may inherit from it. One that is inherited from here becomes so by itself.
   * @default false
   */
  readonly inheritable?: boolean;
  /**
   * Refuses to delete or to replace it, here and at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

type Place = Pick<IConfig, 'project' | 'environmentSlug' | 'literalEnvironment' | 'configName' | 'literalName'>;

/** What every config offers. */
export abstract class Config extends Construct implements IConfig {
  readonly project: IProject;
  readonly environmentSlug: string;
  readonly literalEnvironment: string;
  readonly literalName: string;
  readonly #secrets: string[] = [];

  /**
   * A config that is declared elsewhere, as `project/environment/config`.
   * @throws AppError ERR_CONFIG_INVALID (secrets/name) when the address has another form
   */
  static fromAddress(scope: Construct, id: string, address: string): Config {
    const [project = '', environment = '', config = '', ...rest] = address.split('/');
    if (project === '' || environment === '' || config === '' || rest.length > 0) {
      throw refused('secrets/name', 'The address of a config has the form project/environment/config.');
    }
    return new ImportedConfig(scope, id, { project, environment, config });
  }

  protected constructor(scope: Construct, id: string, place: Omit<Place, 'configName'>) {
    super(scope, id);
    this.project = place.project;
    this.environmentSlug = place.environmentSlug;
    this.literalEnvironment = place.literalEnvironment;
    this.literalName = place.literalName;
    checkName(this, 'config', place.literalName);
  }

  abstract readonly configName: string;
  abstract readonly declaredNames: readonly string[] | undefined;

  get address(): string {
    return `${this.project.projectName}/${this.configName}`;
  }

  addSecret(name: string, options: SecretOptions): Secret {
    const secret = new Secret(this, name, { config: this, name, ...options });
    this.#secrets.push(name);
    return secret;
  }

  /** Lets the account read the secrets of this environment, and lease from it. */
  grantRead(grantee: IGrantee): Grant {
    return this.#grant(grantee, 'read');
  }

  /** Lets the account also write them. */
  grantReadWrite(grantee: IGrantee): Grant {
    return this.#grant(grantee, 'read/write');
  }

  /**
   * The step by which a job gets this config: what is declared here and what the job asks for cannot drift.
   * @throws AppError ERR_CONFIG_INVALID (secrets/workflow-*) for what is not of this config, or no plain name
   */
  workflowStep(props: WorkflowStepProps): WorkflowStep {
    return renderStep(this, props);
  }

  /** The names of the secrets that were added here. */
  protected get ownNames(): readonly string[] {
    return this.#secrets;
  }

  #grant(grantee: IGrantee, access: Access): Grant {
    grantee.admit(this, access);
    return { grantee, config: this, access };
  }
}

/** The config that an environment comes with; made by `Environment`. */
export class RootConfig extends Config {
  readonly configName: string;

  constructor(scope: Construct, id: string, place: Place) {
    super(scope, id, place);
    this.configName = place.configName;
  }

  get declaredNames(): readonly string[] {
    return this.ownNames;
  }

  /** A branch config `<environment>_<name>`, which starts from the secrets of this one. */
  addBranch(name: string, options: BranchOptions = {}): BranchConfig {
    return new BranchConfig(this, name, { root: this, name: `${this.literalEnvironment}_${name}`, ...options });
  }
}

export interface BranchConfigProps extends BranchOptions {
  readonly root: RootConfig;
  /** Begins with the environment and an underscore. */
  readonly name: string;
}

/** A branch of an environment. */
export class BranchConfig extends Config {
  readonly configName: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsConfig;
  readonly #root: RootConfig;
  readonly #sources: Config[] = [];
  #isInheritable: boolean;

  constructor(scope: Construct, id: string, props: BranchConfigProps) {
    const { root, name, inheritable = false, deletionProtection } = props;
    const { project, environmentSlug, literalEnvironment } = root;
    super(scope, id, { project, environmentSlug, literalEnvironment, literalName: name });
    this.#root = root;
    this.#isInheritable = inheritable;
    const late = { inheritable: () => this.#isInheritable, inherits: () => this.#addresses() };
    this.l1 = new SecretsConfig(this, 'Resource', {
      project: project.projectName,
      environment: environmentSlug,
      name,
      // Asked for at synth: more may be inherited until then.
      get inheritable() {
        return late.inheritable();
      },
      get inherits() {
        return late.inherits();
      },
      deletionProtection,
    });
    this.configName = this.l1.name;
    check(this, () =>
      this.#isInheritable && this.#sources.length > 0
        ? [finding('secrets/inherits-from-heir', this, `${name} inherits and is inherited from.`)]
        : [],
    );
    check(this, () =>
      name.startsWith(`${literalEnvironment}_`)
        ? []
        : [finding('secrets/name', this, `A branch of ${literalEnvironment} begins with ${literalEnvironment}_.`)],
    );
  }

  /** Takes over the secrets of other configs; of one name the last holds. A branch that is declared here becomes inheritable. */
  inheritFrom(...sources: readonly Config[]): this {
    for (const source of sources) {
      if (source instanceof BranchConfig) source.#isInheritable = true;
      this.#sources.push(source);
    }
    return this;
  }

  get declaredNames(): readonly string[] | undefined {
    const inherited = [this.#root, ...this.#sources].map(({ declaredNames }) => declaredNames);
    const known = inherited.flatMap((names) => (names === undefined ? [] : [names]));
    return known.length < inherited.length ? undefined : [...new Set([...known.flat(), ...this.ownNames])];
  }

  #addresses(): string[] | undefined {
    return this.#sources.length === 0 ? undefined : this.#sources.map(({ address }) => address);
  }
}

class ImportedConfig extends Config {
  readonly configName: string;
  readonly declaredNames: undefined = undefined;

  constructor(scope: Construct, id: string, at: { project: string; environment: string; config: string }) {
    const environment = { environmentSlug: at.environment, literalEnvironment: at.environment };
    const project = new ImportedProject(scope, `${id}-project`, at.project);
    super(scope, id, { project, ...environment, literalName: at.config });
    this.configName = at.config;
  }
}
