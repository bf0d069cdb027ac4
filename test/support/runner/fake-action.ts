// Writes a tiny action into a folder, for tests of the model itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type FakeAction = { dir: string; remove(): void };

/** `main` and `post` are bodies of ES modules; `inputs` are the lines below `inputs:`. */
export function fakeAction(parts: { main: string; post?: string; inputs?: string; runs?: string }): FakeAction {
  const dir = mkdtempSync(join(tmpdir(), 'fake-action-'));
  const lines = [
    'name: Fake',
    ...(parts.inputs === undefined ? [] : ['inputs:', parts.inputs]),
    'runs:',
    '  using: node24',
    '  main: dist/main.mjs',
    ...(parts.post === undefined ? [] : ['  post: dist/post.mjs']),
    ...(parts.runs === undefined ? [] : [parts.runs]),
  ];
  mkdirSync(join(dir, 'dist'));
  writeFileSync(join(dir, 'action.yml'), `${lines.join('\n')}\n`);
  writeFileSync(join(dir, 'dist', 'main.mjs'), parts.main);
  if (parts.post !== undefined) writeFileSync(join(dir, 'dist', 'post.mjs'), parts.post);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
