// A project with its environments, each of which comes with a root config.
import { Construct } from 'constructs';
import { SecretsEnvironment, SecretsProject } from '../../l1/index.ts';
import { type BranchConfig, type BranchOptions, RootConfig } from './config.ts';
import { ImportedProject } from './imported-project.ts';
import type { IProject } from '../words/interfaces.ts';
import { checkName } from '../words/names.ts';

export interface ProjectProps {
  readonly name: string;
  /** @default none */
  readonly description?: string;
  /**
   * Refuses to delete or to replace it, here and at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

export class Project extends Construct implements IProject {
  readonly projectName: string;
  readonly literalName: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsProject;

  /** A project that is declared elsewhere. */
  static fromName(scope: Construct, id: string, name: string): IProject {
    return new ImportedProject(scope, id, name);
  }

  constructor(scope: Construct, id: string, props: ProjectProps) {
    super(scope, id);
    const { name, description, deletionProtection } = props;
    checkName(this, 'project', name);
    this.l1 = new SecretsProject(this, 'Resource', { name, description, deletionProtection });
    this.projectName = this.l1.name;
    this.literalName = name;
  }

  addEnvironment(slug: string, options: EnvironmentOptions = {}): Environment {
    return new Environment(this, slug, { project: this, slug, ...options });
  }

  /** A branch config `<environment>_<name>`. */
  addConfig(name: string, options: ConfigOptions): BranchConfig {
    const { environment, ...rest } = options;
    return environment.config.addBranch(name, rest);
  }
}

export interface ConfigOptions extends BranchOptions {
  readonly environment: Environment;
}

export interface EnvironmentOptions {
  /**
   * For people.
   * @default the slug
   */
  readonly name?: string;
  /**
   * Whether every user gets a config of their own.
   * @default false
   */
  readonly personalConfigs?: boolean;
  /**
   * Refuses, at plan, to delete or to replace it.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

export interface EnvironmentProps extends EnvironmentOptions {
  readonly project: IProject;
  /** Also the name of its root config. */
  readonly slug: string;
}

/** An environment of a project, declared here or elsewhere. */
export class Environment extends Construct {
  readonly project: IProject;
  readonly slug: string;
  /** Its root config. */
  readonly config: RootConfig;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsEnvironment;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id);
    const { project, slug, name = slug, personalConfigs, deletionProtection } = props;
    checkName(this, 'environment', slug);
    this.project = project;
    this.slug = slug;
    this.l1 = new SecretsEnvironment(this, 'Resource', {
      project: project.projectName,
      slug,
      name,
      personalConfigs,
      deletionProtection,
    });
    this.config = new RootConfig(this, 'config', {
      project,
      environmentSlug: this.l1.slug,
      literalEnvironment: slug,
      configName: this.l1.config,
      literalName: slug,
    });
  }
}
