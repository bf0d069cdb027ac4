// A scenario as one golden text: commands, files and requests in their order, with what differs from run to run named.
import { readFileSync } from 'node:fs';
import type { RecordedRequest } from './far-side.ts';
import { parseKeyValueFile, type StepReport } from './runner/index.ts';

/** What stands in a transcript in place of a text of this run, longest text first. */
export type Names = Readonly<Record<string, string>>;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, '<time>'],
  [/"until":\d+/g, '"until":<time>'],
  [/"since":\d+/g, '"since":<time>'],
  [/"expiresAt":\d+/g, '"expiresAt":<time>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>'],
  [/127\.0\.0\.1:\d+/g, '<host>'],
  [/\blease_[a-z0-9]{4,16}_[0-9a-f]{32}\b/g, '<role>'],
  [/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g, '<link>'],
];

/** The text with the names in it. */
export function named(text: string, names: Names): string {
  const known = Object.entries(names).sort(([a], [b]) => b.length - a.length);
  const replaced = known.reduce((result, [value, name]) => result.replaceAll(value, name), text);
  return PATTERNS.reduce((result, [pattern, name]) => result.replace(pattern, name), replaced);
}

/** What a step printed and wrote. Masks are counted by kind of value, not listed: their forms are a test of their own. */
export function stepTranscript(step: StepReport | undefined, names: Names): string {
  if (!step) return '(no step)';
  const lines = [`== ${step.kind}: ${step.outcome}, exit ${step.exitCode}`];
  for (const line of step.rawStdout.split('\n')) {
    if (line === '' || line.startsWith('::add-mask::')) {
      if (line !== '' && lines.at(-1) !== '::add-mask:: …') lines.push('::add-mask:: …');
    } else lines.push(named(line, names));
  }
  if (step.rawStderr !== '') lines.push(`stderr: ${named(step.rawStderr, names)}`);
  for (const variable of ['GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_OUTPUT'] as const) {
    const path = step.files[variable];
    if (path === undefined) continue;
    for (const { name, value } of parseKeyValueFile(readFileSync(path)).entries) {
      lines.push(`${variable.slice(7)} ${name}=${named(value, names).replaceAll('\n', '\\n')}`);
    }
  }
  return lines.join('\n');
}

/** Requests in the order of their arrival, with the headers that mean something. */
export function requestTranscript(requests: readonly RecordedRequest[], names: Names): string {
  const shown = ['authorization', 'x-secrets-lease-set', 'x-secrets-lease-handle', 'idempotency-key'];
  return requests
    .map(({ method, path, headers, body }) => {
      const head = shown.flatMap((name) =>
        headers[name] === undefined ? [] : [`  ${name}: ${String(headers[name])}`],
      );
      return named([`${method} ${path}`, ...head, ...(body === '' ? [] : [`  ${body}`])].join('\n'), names);
    })
    .join('\n');
}
