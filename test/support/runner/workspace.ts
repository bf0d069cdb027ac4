// The folders of one job and what every process in it finds in its environment.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_FILES, type CommandFileVariable } from './command-files.ts';

export type Workspace = {
  /** Everything of the job lies below. */
  root: string;
  /** Where steps run. */
  folder: string;
  /** RUNNER_TEMP: lives until the job is disposed of, command files included. */
  temp: string;
  home: string;
  /** RUNNER_TRACKING_ID: marks every process of the job. */
  trackingId: string;
};

/** Fresh folders below `parent`. */
export function makeWorkspace(parent: string = tmpdir()): Workspace {
  const root = mkdtempSync(join(realpathSync(parent), 'runner-'));
  const workspace: Workspace = {
    root,
    folder: join(root, 'work'),
    temp: join(root, '_temp'),
    home: join(root, 'home'),
    trackingId: `github_${randomUUID()}`,
  };
  for (const folder of [workspace.folder, workspace.home, join(workspace.temp, '_runner_file_commands')]) {
    mkdirSync(folder, { recursive: true });
  }
  return workspace;
}

export function removeWorkspace(workspace: Workspace): void {
  if (existsSync(workspace.root)) rmSync(workspace.root, { recursive: true, force: true, maxRetries: 3 });
}

/** One empty command file of each kind, by the variable that names it. They stay after the step, as with the runner. */
export function makeCommandFiles(workspace: Workspace): Record<CommandFileVariable, string> {
  const id = randomUUID();
  const made = COMMAND_FILES.map(({ variable, prefix }) => {
    const path = join(workspace.temp, '_runner_file_commands', prefix + id);
    writeFileSync(path, '');
    return [variable, path] as const;
  });
  return Object.fromEntries(made) as Record<CommandFileVariable, string>;
}

/**
 * What the runner sets over everything a workflow or a step exported. `overrides` are tests' own GITHUB_* values.
 * The last three names are set by the process invoker and yield to nothing.
 */
export function runnerEnv(workspace: Workspace, overrides: Readonly<Record<string, string>>): Record<string, string> {
  return {
    GITHUB_ACTION: '__run',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'job',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1234567890',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'workflow',
    GITHUB_WORKSPACE: workspace.folder,
    RUNNER_ARCH: arch().toUpperCase(),
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_NAME: 'model',
    RUNNER_OS: { linux: 'Linux', darwin: 'macOS' }[process.platform as string] ?? 'Windows',
    RUNNER_TEMP: workspace.temp,
    RUNNER_TOOL_CACHE: join(workspace.root, '_tool'),
    RUNNER_WORKSPACE: workspace.root,
    ...overrides,
    RUNNER_TRACKING_ID: workspace.trackingId,
    GITHUB_ACTIONS: 'true',
  };
}

/** The little that a process inherits from the machine. */
export function machineEnv(workspace: Workspace): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: workspace.home, LANG: 'C.UTF-8', CI: 'true' };
}
