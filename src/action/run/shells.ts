// Pure: how each shell runs a script file, as the runner itself starts it for a run step.
import type { Shell } from '../inputs/delivery.ts';

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  /** cmd reads its line by rules of its own: no quoting may be added. */
  readonly isVerbatim?: boolean;
};

type Rule = {
  readonly extension: string;
  readonly command: (path: string) => Command;
  readonly before?: string;
  readonly after?: string;
};

const POWERSHELL = {
  extension: '.ps1',
  before: "$ErrorActionPreference = 'stop'",
  // A failing program ends no PowerShell script by itself.
  after: 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }',
};
const powershell = (file: string) => (path: string) => ({
  file,
  args: ['-command', `. '${path.replaceAll("'", "''")}'`],
});
const plain =
  (file: string, ...flags: readonly string[]) =>
  (path: string) => ({ file, args: [...flags, path] });

/** What a script can be run with: a shell that a workflow names, or what stands in for one. */
export type Runnable = Shell | 'python3';

const RULES: Readonly<Record<Runnable, Rule>> = {
  bash: { extension: '.sh', command: plain('bash', '--noprofile', '--norc', '-eo', 'pipefail') },
  sh: { extension: '.sh', command: plain('sh', '-e') },
  python: { extension: '.py', command: plain('python') },
  python3: { extension: '.py', command: plain('python3') },
  node: { extension: '.js', command: plain('node') },
  pwsh: { ...POWERSHELL, command: powershell('pwsh') },
  powershell: { ...POWERSHELL, command: powershell('powershell') },
  cmd: {
    extension: '.cmd',
    before: '@echo off',
    command: (path) => ({
      file: 'cmd',
      args: ['/D', '/E:ON', '/V:OFF', '/S', '/C', `"CALL "${path}""`],
      isVerbatim: true,
    }),
  },
};

/** Which shells to try in turn: the one asked for, or what the platform is sure to have. */
export function shellsFor(asked: Shell | undefined, platform: string): readonly Runnable[] {
  // Debian has no `python` of its own.
  if (asked === 'python' && platform !== 'win32') return ['python', 'python3'];
  if (asked !== undefined) return [asked];
  return platform === 'win32' ? ['pwsh', 'powershell'] : ['bash', 'sh'];
}

/** The script file's extension and text for a shell. */
export function scriptFor(shell: Runnable, script: string, platform: string): { extension: string; text: string } {
  const { extension, before, after } = RULES[shell];
  const lines = [before, script, after].filter((part) => part !== undefined).join('\n');
  const end = platform === 'win32' ? '\r\n' : '\n';
  return { extension, text: `${lines.replace(/\r\n|\r|\n/g, end)}${end}` };
}

/** The command that runs the script file at `path`. */
export function commandFor(shell: Runnable, path: string): Command {
  return RULES[shell].command(path);
}
