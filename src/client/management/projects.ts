// Projects, environments and configs, managed over the Doppler API v3.
import * as asked from '#contract/doppler/management.js';
import * as read from '#contract/doppler/management-answers.js';
import type { ManagementCalls } from '../management-calls.ts';
import type { ManagesProjects } from '../management.ts';
import { named } from './naming.ts';

export function projectCalls(calls: ManagementCalls): ManagesProjects {
  return {
    project: async (name, signal) =>
      read.readProject(await calls.get(asked.getProjectRequest(name), `read project ${name}`, signal)),
    createProject: async (wanted) => {
      const request = asked.createProjectRequest(wanted);
      return read.readProject(await calls.ask(request, `create project ${wanted.name}`, 'once'));
    },
    updateProject: async (name, next) => {
      // A rename that was done already is refused the second time.
      const manner = next.name === undefined || next.name === name ? 'again' : 'once';
      return read.readProject(
        await calls.ask(asked.updateProjectRequest(name, next), `change project ${name}`, manner),
      );
    },
    deleteProject: async (name) => {
      await calls.ask(asked.deleteProjectRequest(name), `delete project ${name}`);
    },
    ...environmentCalls(calls),
    ...configCalls(calls),
  };
}

type OfEnvironments = 'environments' | 'environment' | 'createEnvironment' | 'updateEnvironment' | 'deleteEnvironment';

function environmentCalls(calls: ManagementCalls): Pick<ManagesProjects, OfEnvironments> {
  const at = ({ project, environment }: asked.EnvironmentPlace) => `environment ${environment} of ${project}`;
  return {
    environments: async (project, signal) => {
      const request = asked.listEnvironmentsRequest(project);
      return read.readEnvironments(await calls.get(request, `list the environments of ${project}`, signal));
    },
    environment: async (place, signal) =>
      read.readEnvironment(await calls.get(asked.getEnvironmentRequest(place), `read ${at(place)}`, signal)),
    createEnvironment: async (wanted) => {
      const doing = `create environment ${wanted.slug} of ${wanted.project}`;
      return read.readEnvironment(await calls.ask(asked.createEnvironmentRequest(wanted), doing, 'once'));
    },
    updateEnvironment: async (place, next) => {
      const manner = next.slug === place.environment ? 'again' : 'once';
      const request = asked.updateEnvironmentRequest(place, next);
      return read.readEnvironment(await calls.ask(request, `change ${at(place)}`, manner));
    },
    deleteEnvironment: async (place) => {
      await calls.ask(asked.deleteEnvironmentRequest(place), `delete ${at(place)}`);
    },
  };
}

type OfConfigs = 'config' | 'createConfig' | 'updateConfig' | 'setInheritable' | 'setInherits' | 'deleteConfig';

function configCalls(calls: ManagementCalls): Pick<ManagesProjects, OfConfigs> {
  return {
    config: async (place, signal) =>
      read.readConfig(await calls.get(asked.getConfigRequest(place), `read config ${named(place)}`, signal)),
    createConfig: async (wanted) => {
      const doing = `create config ${wanted.project}/${wanted.name}`;
      return read.readConfig(await calls.ask(asked.createConfigRequest(wanted), doing, 'once'));
    },
    updateConfig: async (place, next) => {
      const manner = next.name === undefined || next.name === place.config ? 'again' : 'once';
      const request = asked.updateConfigRequest(place, next);
      return read.readConfig(await calls.ask(request, `change config ${named(place)}`, manner));
    },
    setInheritable: async (place, inheritable) => {
      await calls.ask(asked.inheritableRequest(place, inheritable), `share config ${named(place)}`);
    },
    setInherits: async (place, inherits) => {
      await calls.ask(asked.inheritsRequest(place, inherits), `change what config ${named(place)} inherits`);
    },
    deleteConfig: async (place) => {
      await calls.ask(asked.deleteConfigRequest(place), `delete config ${named(place)}`);
    },
  };
}
