// A far side that is hostile itself, or what somebody wrote into it: in both dialects, as engine and as cloud, on each Node.
import { resolve } from 'node:path';
import { type Fault, type FarSide, html, json, type Rule, redirect, startFarSide } from '../support/far-side.ts';
import { LEASES, MINT, STATIC, DYNAMIC } from '../support/phase/shop.ts';
import { listed } from '../support/fake-api.ts';
import { otherNode } from '../support/nodes.ts';
import { Job } from '../support/runner/index.ts';
import { annotationsOf } from '../support/scenario.ts';
import { temporaryFolder } from '../support/temp.ts';

const READ = '/v3/configs/config/secrets';
const TOKEN = { doppler: `dp.st.prd.${'A'.repeat(43)}`, phase: `ServiceAccount ${'b'.repeat(64)}` };
type Dialect = keyof typeof TOKEN;
type Values = Readonly<Record<string, string>>;

const open: FarSide[] = [];
const jobs: Job[] = [];
afterEach(async () => {
  for (const job of jobs.splice(0)) await job.dispose();
  for (const one of open.splice(0)) await one.close();
});

async function far(rules: readonly Rule[]): Promise<FarSide> {
  const side = await startFarSide(rules);
  open.push(side);
  return side;
}

/** A list of these secrets as the dialect answers it. */
function answering(dialect: Dialect, isEngine: boolean, values: readonly (readonly [string, string])[]): Rule {
  const headers: Record<string, string> = isEngine ? { 'secrets-engine': '1.0.0; lease-handle, lease-set' } : {};
  if (dialect === 'doppler') {
    const secrets = Object.fromEntries(values.map(([name, value]) => [name, listed(value)]));
    return { path: READ, answer: json(200, { secrets, success: true }, headers) };
  }
  const rows = values.map(([key, value]) => ({
    ...{ id: '0d5b8e5e-6b1c-4f0e-9a55-1c2d3e4f5a6b', key, value, comment: '', tags: [], override: null },
    ...{ type: 'secret', path: '/', version: 1 },
  }));
  return { path: STATIC, answer: json(200, rows, headers) };
}

async function run(dialect: Dialect, rules: readonly Rule[], more: Values = {}, node = process.execPath) {
  const { url } = await far(rules);
  const job = new Job({ actionDir: resolve('.'), temp: temporaryFolder(), node, secrets: { TOKEN: TOKEN[dialect] } });
  jobs.push(job);
  const place = dialect === 'doppler' ? { project: 'p', config: 'c' } : { project: 'p', environment: 'e' };
  const main = await job.uses({ id: 's', with: { token: TOKEN[dialect], 'api-url': url, ...place, ...more } });
  const report = await job.finish();
  const printed = report.steps.map(({ rawStdout }) => rawStdout).join('\n');
  return { main, report, printed, errors: annotationsOf(main, 'error') };
}

/** What a runner would obey that is none of ours. */
const OBEYED = /^\s*(?:##\[|::(?!add-mask::|error::|warning::|notice::))|planted-command/m;

const HOSTILE = {
  H_LINES: 'one\ntwo\r\nthree\rfour\n\n',
  H_ENTRY: 'x\nINJECTED<<EOF\nvalue\nEOF\nA=B',
  H_COMMANDS: '::set-env name=x::y\n##[error]y\n::error::z\n::stop-commands::a-token',
  H_DELIMITER: 'secrets_\nghadelimiter_\nEOF',
  H_EQUALS: '=a=b=',
  H_ONE: 'x',
  H_BRACE: '{',
  H_LARGE: 'L'.repeat(131_071 - 'H_LARGE='.length),
};
const NAMES = [
  ...['A=B', 'A\nINJECTED=1', 'A\r\n##[planted-command]', '::error::planted-command', 'A<<EOF', '##[planted-command]x'],
  ...[
    '\u0000',
    '\ud800',
    '',
    ' ',
    '{',
    '${{ secrets.X }}',
    '__proto__',
    'constructor',
    'x'.repeat(131_072),
    'A\u2028B',
  ],
];

const places = [...new Set([process.execPath, otherNode()])].flatMap((node) =>
  (['doppler', 'phase'] as const).flatMap((dialect) =>
    [true, false].map((isEngine) => ({ node, dialect, isEngine, far: isEngine ? 'an engine' : 'a cloud' })),
  ),
);

describe.each(places)('on $node, $dialect of $far', ({ node, dialect, isEngine }) => {
  const given = (values: Values) => [answering(dialect, isEngine, Object.entries(values))];

  test('values that are all but commands, entries and delimiters arrive to the byte, as outputs and variables', async () => {
    const { main, report, errors, printed } = await run(dialect, given(HOSTILE), { 'export-env': 'true' }, node);
    expect([report.status, errors, main.rawStderr]).toEqual(['success', [], '']);
    const { 'lease-ids': _, 'expires-at': __, 'secret-names': ___, ...outputs } = main.outputs;
    expect([outputs, main.env]).toEqual([HOSTILE, HOSTILE]);
    expect(printed).not.toMatch(OBEYED);
  });

  test('values that nothing can carry are one line by name, and nothing is handed over', async () => {
    const odd = { TOO_LARGE: 'L'.repeat(131_072 - 'TOO_LARGE='.length), NUL: 'a\u0000b', LONE: 'a\ud800b' };
    const { main, report, errors } = await run(dialect, given(odd), { 'export-env': 'true' }, node);
    expect([report.status, main.outputs, main.env, main.rawStderr]).toEqual(['failure', {}, {}, '']);
    expect(errors).toEqual([expect.stringMatching(/TOO_LARGE.*\(131072 of 131071 bytes\)/)]);
    for (const text of ['NUL holds a NUL byte', 'LONE is not valid Unicode']) expect(errors[0]).toContain(text);
  });

  test('a name that is none stops everything in one line, whatever it holds', async () => {
    const rules = [
      answering(
        dialect,
        isEngine,
        [...NAMES, 'GOOD'].map((name) => [name, 'a-planted-value']),
      ),
    ];
    const { main, report, errors, printed } = await run(dialect, rules, {}, node);
    expect([report.status, main.outputs, main.env, main.rawStderr]).toEqual(['failure', {}, {}, '']);
    expect([errors.length, errors.join().includes('a-planted-value')]).toEqual([1, false]);
    for (const line of printed.split('\n').filter((one) => !one.startsWith('::error::'))) {
      expect(line).not.toMatch(OBEYED);
    }
  });
});

const always = (answer: Fault): Rule => ({ path: STATIC, answer });

describe('a Phase that misbehaves', () => {
  test.each<[string, Fault, RegExp]>([
    ['that drips', { kind: 'drip', body: '[]'.padEnd(200), everyMs: 500 }, /time/],
    ['that lies about its length', { kind: 'lie', contentLength: 9999, body: '[]' }, /cut|connection/],
    ['with a body without end', { kind: 'huge', bytes: 1024 ** 3 }, /more than/],
    ['with a body that is no UTF-8', { kind: 'answer', status: 200, body: new Uint8Array([0x5b, 0xff]) }, /UTF-8/],
    ['that leads to another host', redirect('https://203.0.113.9/'), /302|redirect/],
    ['that leads to a page', html(404), /404|API/],
    ['with a deep body', { kind: 'answer', status: 200, body: '['.repeat(1_000_000) }, /JSON/],
    ['that quotes the token', json(403, { error: `no, ${TOKEN.phase}\n::error::planted-command` }), /403/],
  ])('a read %s ends in one error line', async (_, answer, text) => {
    const { main, report, errors, printed } = await run('phase', [always(answer)], { timeout: '3s' });
    expect([report.status, errors, main.rawStderr]).toEqual(['failure', [expect.stringMatching(text)], '']);
    expect(main.outputs).toEqual({});
    expect(printed.replace(/^::add-mask::.*$/gm, '')).not.toContain('b'.repeat(64));
    expect(printed.split('\n')).not.toContainEqual(expect.stringMatching(/^::error::planted/));
  });

  const DB = { id: '1d5b8e5e-6b1c-4f0e-9a55-1c2d3e4f5a6b', name: 'DB', path: '/', type: 'dynamic', lease: null };
  const leasing = (mint: Fault): Rule[] => [
    { path: MINT, answer: mint },
    { path: LEASES, method: 'GET', answer: json(200, []) },
    { path: LEASES, answer: json(404, { error: 'Lease not found\n::error::planted-command' }) },
    { path: DYNAMIC, answer: json(200, [DB]) },
    always(json(200, [])),
  ];

  test.each<[string, Fault]>([
    ['that drips', { kind: 'drip', body: '[]'.padEnd(200), everyMs: 500 }],
    ['that lies about its length', { kind: 'lie', contentLength: 9999, body: '[]' }],
    ['with a body without end', { kind: 'huge', bytes: 1024 ** 3 }],
    ['with a body that is no UTF-8', { kind: 'answer', status: 200, body: new Uint8Array([0x5b, 0xff]) }],
    ['that is a page', html()],
  ])('a lease answer %s: one line says until when a lease may live', async (_, answer) => {
    const { main, report, errors } = await run('phase', leasing(answer), { dynamic: 'DB', timeout: '3s', ttl: '5m' });
    expect([report.status, errors, main.rawStderr]).toEqual([
      'failure',
      [expect.stringMatching(/DB may live until \S+Z/)],
      '',
    ]);
    expect(main.outputs).toEqual({});
  });

  test('a lease whose id and fields are hostile is handed over to nobody, and prints no command', async () => {
    const id = 'x\n::error::planted-command\n##[planted-command]';
    const lease = {
      ...{ id, name: 'n', secret: DB.id, ttl: '00:05:00', status: 'active', expiresAt: '2099-01-01T00:00:00.000000Z' },
      credentials: [
        { key: 'A=B\nINJECTED=1', value: 'a-planted-value' },
        { key: 'a\n##[planted-command]', value: 'another-planted-value' },
        { key: 'NODE_OPTIONS', value: '--require=/tmp/planted' },
      ],
    };
    const rules = leasing(json(200, [{ ...DB, lease }]));
    const { main, report, errors, printed } = await run('phase', rules, { dynamic: 'DB', 'export-env': 'true' });
    expect([report.status, main.outputs, main.env, main.rawStderr]).toEqual(['failure', {}, {}, '']);
    expect(errors).toEqual([expect.stringMatching(/NODE_OPTIONS/)]);
    for (const line of printed.split('\n')) expect(line).not.toMatch(/^::error::planted|^##\[/);
    const shown = printed.replace(/^::add-mask::.*$/gm, '');
    for (const value of ['a-planted-value', 'another-planted-value']) expect(shown).not.toContain(value);
  });
});
