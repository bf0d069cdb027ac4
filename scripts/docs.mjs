// Writes the generated parts of the documentation from their sources; with --check it only says whether they are fresh.
import { readFileSync, writeFileSync } from 'node:fs';

const yaml = readFileSync('action.yml', 'utf8');

/** The entries of a top-level mapping of action.yml: our own file, two-space indents, one-line or folded scalars. */
function entries(section) {
  const block = new RegExp(`^${section}:\\n((?: {2,}.*\\n|\\s*\\n)*)`, 'm').exec(yaml)?.[1] ?? '';
  const found = [];
  let key = '';
  for (const line of block.split('\n')) {
    const name = /^ {2}([A-Za-z][\w-]*):\s*$/.exec(line)?.[1];
    const field = /^ {4}([\w-]+):\s*(.*)$/.exec(line);
    const more = /^ {6,}(\S.*)$/.exec(line)?.[1];
    if (name) found.push({ name });
    else if (field && found.length > 0) {
      key = field[1];
      found.at(-1)[key] = /^[>|][+-]?$/.test(field[2]) ? '' : unquote(field[2]);
    } else if (more && found.length > 0) found.at(-1)[key] = `${found.at(-1)[key]} ${more}`.trim();
  }
  return found;
}

function unquote(text) {
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : text;
}

const cell = (text) => (text ?? '').replaceAll('|', '\\|');

function inputsTable() {
  const inputs = entries('inputs').map(
    ({ name, description, required, default: byDefault }) =>
      `| \`${name}\` | ${required === 'true' ? 'required' : byDefault ? `\`${cell(byDefault)}\`` : ''} | ${cell(description)} |`,
  );
  const outputs = entries('outputs').map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`);
  return [
    '| input | default | |',
    '|---|---|---|',
    ...inputs,
    '',
    '| output | |',
    '|---|---|',
    '| one per secret | the value, masked in the log |',
    ...outputs,
  ].join('\n');
}

const GENERATED = [{ file: 'README.md', mark: 'inputs', text: inputsTable() }];

let stale = 0;
for (const { file, mark, text } of GENERATED) {
  const before = readFileSync(file, 'utf8');
  const pattern = new RegExp(`(<!-- ${mark} -->\\n)[\\s\\S]*?(<!-- /${mark} -->)`);
  if (!pattern.test(before)) throw new Error(`${file} has no place for ${mark}`);
  const after = before.replace(pattern, (_, open, close) => `${open}${text}\n${close}`);
  if (after === before) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file}: the generated part "${mark}" is stale; run: npm run docs`);
    stale += 1;
  } else writeFileSync(file, after);
}
process.exitCode = stale === 0 ? 0 : 1;
