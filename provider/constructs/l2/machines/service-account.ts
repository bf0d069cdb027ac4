// The account of a machine, and what it was granted: one role per project, in the environments that were named.
import { Construct } from 'constructs';
import { SecretsServiceAccount } from '../../l1/index.ts';
import { check, finding } from '../words/finding.ts';
import type { Access, IConfig, IGrantee, IServiceAccount } from '../words/interfaces.ts';

export interface ServiceAccountProps {
  readonly name: string;
  /**
   * The identifier of a workplace role.
   * @default none: the account may do what it is granted
   */
  readonly workplaceRole?: string;
  /**
   * Workplace permissions of its own, instead of a role.
   * @default none
   */
  readonly permissions?: readonly string[];
}

/** Roles of a project (contracts/doppler.md 2.9); a viewer may also lease. */
const ROLES = { read: 'viewer', 'read/write': 'collaborator' } as const satisfies Record<Access, string>;

type Place = { readonly project: string; readonly role: string; readonly environments: Set<string> };

export class ServiceAccount extends Construct implements IServiceAccount, IGrantee {
  readonly accountId: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsServiceAccount;
  readonly #places = new Map<string, Place>();
  readonly #conflicts = new Set<string>();

  /** An account that is declared elsewhere, by its id. Nothing can be granted to it here. */
  static fromId(scope: Construct, id: string, accountId: string): IServiceAccount {
    return new ImportedServiceAccount(scope, id, accountId);
  }

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const projects = () => this.#projects();
    this.l1 = new SecretsServiceAccount(this, 'Resource', {
      ...props,
      // Grants follow when the account is already there: what stands in the block is asked for at synth.
      get projects() {
        return projects();
      },
    });
    this.accountId = this.l1.id;
    check(this, () =>
      [...this.#conflicts].map((project) =>
        finding('secrets/roles-differ', this, `It would have two roles in ${project}, where one holds everywhere.`),
      ),
    );
  }

  admit(config: IConfig, access: Access): void {
    const { projectName, literalName } = config.project;
    const role = ROLES[access];
    const place = this.#places.get(projectName) ?? { project: literalName, role, environments: new Set() };
    if (place.role !== role) this.#conflicts.add(literalName);
    place.environments.add(config.environmentSlug);
    this.#places.set(projectName, place);
  }

  #projects(): Record<string, { role: string; environments: string[] }> | undefined {
    const places = [...this.#places].map(([project, { role, environments }]) => [
      project,
      { role, environments: [...environments] },
    ]);
    return places.length === 0 ? undefined : Object.fromEntries(places);
  }
}

class ImportedServiceAccount extends Construct implements IServiceAccount {
  readonly accountId: string;

  constructor(scope: Construct, id: string, accountId: string) {
    super(scope, id);
    this.accountId = accountId;
  }
}
