// The demo plugin as plain JavaScript in a temporary folder, so that it starts as a shipped one does and on Node 20 too.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import { temporaryFolder } from '../../support/temp.ts';

const FOLDERS = ['src/core', 'provider', 'test/provider/support'];

/** Transpiles the sources and returns the path of the plugin's entry file. */
export function buildDemo(): string {
  const out = temporaryFolder();
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (entry.endsWith('.ts')) build(join(folder, entry), join(out, folder, entry.replace(/\.ts$/, '.js')));
    }
  }
  const imports = { '#core/*.js': './src/core/*.js', '#provider/*.js': './provider/*.js' };
  writeFileSync(join(out, 'package.json'), JSON.stringify({ type: 'module', imports }));
  return join(out, 'test/provider/support/demo-main.js');
}

function build(from: string, to: string): void {
  const { code } = transformSync(readFileSync(from, 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, code.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
}
