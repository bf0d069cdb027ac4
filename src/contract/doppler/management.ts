// What a manager asks on the Doppler wire: projects, environments, configs, changes of secrets (contracts/doppler.md 2.2–2.5).
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { type WireRequest, bare, target, withJson } from './wire.ts';

/** A config by both of its names. */
export type ConfigPlace = { readonly project: string; readonly config: string };
export type EnvironmentPlace = { readonly project: string; readonly environment: string };

const SECRETS = '/configs/config/secrets';

export function getProjectRequest(project: string): WireRequest {
  return bare('GET', target('/projects/project', { project }));
}

export type ProjectChange = {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly isProtected?: boolean | undefined;
};
export type NewProject = {
  readonly name: string;
  readonly description: string;
  readonly usual: boolean;
  readonly isProtected?: boolean | undefined;
};

/** `usual` asks for dev, stg and prd, which the service makes unless told otherwise. */
export function createProjectRequest(asked: NewProject): WireRequest {
  const { name, description, usual, isProtected } = asked;
  const body = { name, description, create_default_environments: usual, deletion_protection: isProtected };
  return withJson('POST', target('/projects', {}), body);
}

/** What is undefined stays as it is. `isProtected` is the engine's alone: undefined towards the cloud. */
export function updateProjectRequest(project: string, next: ProjectChange): WireRequest {
  const { name, description, isProtected } = next;
  return withJson('POST', target('/projects/project', {}), {
    project,
    name: name ?? project,
    description,
    deletion_protection: isProtected,
  });
}

export function deleteProjectRequest(project: string): WireRequest {
  return bare('DELETE', target('/projects/project', { project }));
}

export function listEnvironmentsRequest(project: string): WireRequest {
  return bare('GET', target('/environments', { project }));
}

export function getEnvironmentRequest(place: EnvironmentPlace): WireRequest {
  return bare('GET', target('/environments/environment', place));
}

export function createEnvironmentRequest(asked: {
  project: string;
  slug: string;
  name: string;
  personalConfigs: boolean;
}): WireRequest {
  const { project, slug, name, personalConfigs } = asked;
  return withJson('POST', target('/environments', {}), { project, slug, name, personal_configs: personalConfigs });
}

export type EnvironmentChange = { readonly name: string; readonly slug: string; readonly personalConfigs: boolean };

/** A new slug renames its configs too. */
export function updateEnvironmentRequest(place: EnvironmentPlace, next: EnvironmentChange): WireRequest {
  const { name, slug, personalConfigs } = next;
  return withJson('PUT', target('/environments/environment', place), { name, slug, personal_configs: personalConfigs });
}

export function deleteEnvironmentRequest(place: EnvironmentPlace): WireRequest {
  return bare('DELETE', target('/environments/environment', place));
}

export function getConfigRequest(place: ConfigPlace): WireRequest {
  return bare('GET', target('/configs/config', place));
}

export function createConfigRequest(asked: { project: string; environment: string; name: string }): WireRequest {
  return withJson('POST', target('/configs', {}), asked);
}

export type ConfigChange = { readonly name?: string | undefined; readonly isProtected?: boolean | undefined };

/** Renames, and protects where the far side is an engine. */
export function updateConfigRequest(place: ConfigPlace, { name, isProtected }: ConfigChange): WireRequest {
  return withJson('POST', target('/configs/config', {}), { ...place, name, deletion_protection: isProtected });
}

export function inheritableRequest(place: ConfigPlace, inheritable: boolean): WireRequest {
  return withJson('POST', target('/configs/config/inheritable', {}), { ...place, inheritable });
}

/** All that it inherits from, in the order in which later ones win. */
export function inheritsRequest(place: ConfigPlace, inherits: readonly ConfigPlace[]): WireRequest {
  return withJson('POST', target('/configs/config/inherits', {}), { ...place, inherits });
}

export function deleteConfigRequest(place: ConfigPlace): WireRequest {
  return bare('DELETE', target('/configs/config', place));
}

/** A value that the engine makes; nobody else ever sees it on the way. */
export type Generate = { readonly length: number; readonly charset: string };

/** What becomes of one secret. Without a value the stored one stays; `from` renames. */
export type SecretChange = {
  readonly name: string;
  readonly from?: string | undefined;
  readonly value?: Sensitive | undefined;
  /** Engine extensions. */
  readonly generate?: Generate | undefined;
  readonly isProtected?: boolean | undefined;
  readonly visibility: Visibility;
};
export type SecretDeletion = { readonly name: string; readonly isDeletion: true };

/** All changes or none. Saying the same twice changes nothing. */
export function changeSecretsRequest(
  place: ConfigPlace,
  changes: readonly (SecretChange | SecretDeletion)[],
): WireRequest {
  return withJson('POST', target(SECRETS, {}), { ...place, change_requests: changes.map(changeRequest) });
}

function changeRequest(change: SecretChange | SecretDeletion): object {
  const { name } = change;
  if ('isDeletion' in change) return { name, originalName: name, shouldDelete: true };
  const { from, value, generate, isProtected, visibility } = change;
  return {
    name,
    originalName: from ?? name,
    ...(value && { value: value.reveal() }),
    generate,
    visibility,
    deletion_protection: isProtected,
  };
}

/** Engine extension: names, versions and visibilities without any value. */
export function secretMetadataRequest(place: ConfigPlace): WireRequest {
  return bare('GET', target(`${SECRETS}/metadata`, place));
}

/** Engine extension: whether these are the stored values. */
export function compareSecretsRequest(place: ConfigPlace, values: ReadonlyMap<string, Sensitive>): WireRequest {
  const opened = Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()]));
  return withJson('POST', target(`${SECRETS}/compare`, {}), { ...place, values: opened });
}
