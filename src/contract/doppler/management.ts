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

/** `usual` asks for dev, stg and prd, which the service makes unless told otherwise. */
export function createProjectRequest(asked: { name: string; description: string; usual: boolean }): WireRequest {
  const { name, description, usual } = asked;
  return withJson('POST', target('/projects', {}), { name, description, create_default_environments: usual });
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

export function deleteEnvironmentRequest(place: EnvironmentPlace): WireRequest {
  return bare('DELETE', target('/environments/environment', place));
}

export function getConfigRequest(place: ConfigPlace): WireRequest {
  return bare('GET', target('/configs/config', place));
}

export function createConfigRequest(asked: { project: string; environment: string; name: string }): WireRequest {
  return withJson('POST', target('/configs', {}), asked);
}

export function deleteConfigRequest(place: ConfigPlace): WireRequest {
  return bare('DELETE', target('/configs/config', place));
}

/** What becomes of one secret. Without a value the stored one stays; `from` renames. */
export type SecretChange = {
  readonly name: string;
  readonly from?: string | undefined;
  readonly value?: Sensitive | undefined;
  readonly visibility: Visibility;
};

/** All changes or none. Saying the same twice changes nothing. */
export function changeSecretsRequest(place: ConfigPlace, changes: readonly SecretChange[]): WireRequest {
  const change_requests = changes.map(({ name, from, value, visibility }) => ({
    name,
    originalName: from ?? name,
    ...(value && { value: value.reveal() }),
    visibility,
  }));
  return withJson('POST', target(SECRETS, {}), { ...place, change_requests });
}

export function deleteSecretRequest(place: ConfigPlace, name: string): WireRequest {
  return bare('DELETE', target('/configs/config/secret', { ...place, name }));
}

/** Engine extension: whether these are the stored values. */
export function compareSecretsRequest(place: ConfigPlace, values: ReadonlyMap<string, Sensitive>): WireRequest {
  const opened = Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()]));
  return withJson('POST', target(`${SECRETS}/compare`, {}), { ...place, values: opened });
}
