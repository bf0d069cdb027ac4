// What constructs know of each other: projects, configs, accounts and integrations, declared here or elsewhere.
import type { IConstruct } from 'constructs';
import type { Ttl } from './ttl.ts';

export interface IProject extends IConstruct {
  /** What refers to it is made after it. */
  readonly projectName: string;
  /** The same as it is written, for workflows and messages. */
  readonly literalName: string;
}

export interface IConfig extends IConstruct {
  readonly project: IProject;
  /** The slug of its environment, as a reference. */
  readonly environmentSlug: string;
  readonly literalEnvironment: string;
  /** What refers to it is made after it. */
  readonly configName: string;
  readonly literalName: string;
  /** `project/config`, as references. */
  readonly address: string;
  /** Every name that lies in it, inherited ones among them; undefined when it is declared elsewhere. */
  readonly declaredNames: readonly string[] | undefined;
}

/** What an account may do in an environment. */
export type Access = 'read' | 'read/write';

/** Who can be let into a config. */
export interface IGrantee extends IConstruct {
  /** Lets it into the whole environment: the service knows no smaller place. */
  admit(config: IConfig, access: Access): void;
}

export interface IServiceAccount extends IConstruct {
  /** The id by which identities name it. */
  readonly accountId: string;
}

export interface IIntegration extends IConstruct {
  readonly integrationName: string;
  /** Whether dynamic secrets of `config` may use it; true when it is declared elsewhere and nobody here can say. */
  allows(config: IConfig): boolean;
  /** @default no ceiling beside that of the kind */
  readonly maxTtl: Ttl | undefined;
}

/** What a job can lease. */
export interface IDynamicSecret extends IConstruct {
  readonly config: IConfig;
  readonly secretName: string;
  /** The longest life of a lease. */
  readonly longestTtl: Ttl;
  /** The names under which a job gets its fields. */
  readonly leasedNames: readonly string[];
}

/** How a job signs in without a stored secret. */
export interface IOidcIdentity extends IConstruct {
  /** The id, known after apply. */
  readonly identityId: string;
  /** The GitHub environment that the job must run in, when the identity trusts one. */
  readonly gitHubEnvironment: string | undefined;
}
