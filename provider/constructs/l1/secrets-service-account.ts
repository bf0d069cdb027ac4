// The block secrets_service_account, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

export interface SecretsServiceAccountProjects {
  /** The identifier of a project role, such as viewer or collaborator. */
  readonly role: string;
  /** Only these; otherwise all. */
  readonly environments?: readonly string[] | undefined;
}

/** What SecretsServiceAccount is given. */
export interface SecretsServiceAccountConfig extends TerraformMetaArguments {
  readonly name: string;
  /** The identifier of a workplace role; without it, and permissions: none. */
  readonly workplaceRole?: string | undefined;
  /** Workplace permissions of its own, instead of a role. */
  readonly permissions?: readonly string[] | undefined;
  /** What it may do, by the name of a project. Places that are not named here are left alone. */
  readonly projects?: Readonly<Record<string, SecretsServiceAccountProjects>> | undefined;
}

const BINDING: Binding = {
  type: 'secrets_service_account',
  names: {
    name: 'name',
    workplaceRole: 'workplace_role',
    permissions: 'permissions',
    projects: { to: 'projects', inside: { role: 'role', environments: 'environments' }, each: true },
  },
};

/** An account for a machine. Deleting it ends its tokens, its identities and every lease they hold. */
export class SecretsServiceAccount extends BoundResource<SecretsServiceAccountConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsServiceAccountConfig) {
    super(scope, id, BINDING, config);
  }

  get id(): string {
    return this.getStringAttribute('id');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  /** The identifier of a workplace role; without it, and permissions: none. */
  get workplaceRole(): string {
    return this.getStringAttribute('workplace_role');
  }

  /** Workplace permissions of its own, instead of a role. */
  get permissions(): string[] {
    return this.getListAttribute('permissions');
  }

  /** What it may do, by the name of a project. Places that are not named here are left alone. */
  get projects(): IResolvable {
    return this.interpolationForAttribute('projects');
  }
}
