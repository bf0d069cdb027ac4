// The operations example: its alert rules ask for metrics that the engine has, and systemd takes the unit.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metrics } from '#engine/metrics.js';

const read = (name: string) => readFileSync(`examples/operations/${name}`, 'utf8');

test('every metric and label that an alert rule asks for is served', () => {
  const metrics = new Metrics();
  metrics.request({ method: 'GET', route: '/v3/me', status: 500, ms: 3 });
  metrics.issued('postgres', 'ok');
  metrics.revoked('postgres', 'failed');
  const failing = [{ kind: 'postgres', state: 'needs_operator', count: 1 }];
  const leases = { live: [{ kind: 'postgres', count: 2 }], failing, due: 1, dueSince: 0 };
  const served = metrics.render({ leases, now: 5000, integrationsDown: 0, version: '1.0.0' });
  const wanted = [...read('alerts.yml').matchAll(/(secrets_\w+)(?:\{([^}]*)\})?/g)];
  expect(wanted.length).toBeGreaterThan(4);
  for (const [, name = '', labels = ''] of wanted) {
    const series = served.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    expect([name, series.length]).toEqual([name, expect.any(Number)]);
    expect(series.length).toBeGreaterThan(0);
    for (const [label] of labels.matchAll(/\w+(?==)/g)) expect(series.join()).toContain(`${label}="`);
  }
  expect(served).toContain('secrets_sweep_lag_seconds 5\n');
});

test('every flag of the unit and of the image is one that serve has', () => {
  const { stdout } = spawnSync(process.execPath, [
    ...['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', 'src/cli.ts'],
    ...['serve', '--help'],
  ]);
  const help = stdout.toString();
  for (const file of ['secrets-action.service', 'Dockerfile']) {
    const flags = [...read(file).matchAll(/(?<=[\s"])--(?!disable-warning|no-|from)[a-z-]+/g)].map(([flag]) => flag);
    expect(flags.length).toBeGreaterThan(3);
    for (const flag of flags) expect(help).toContain(flag);
  }
});

test('systemd takes the unit, and it leaves no core dump', () => {
  const unit = read('secrets-action.service');
  for (const line of ['LimitCORE=0', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'UMask=0077']) {
    expect(unit).toContain(`\n${line}\n`);
  }
  if (spawnSync('systemd-analyze', ['--version']).error) {
    process.stderr.write('PARTLY SKIPPED operations: systemd-analyze is not here, the unit was only read\n');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'unit-'));
  // The program of the unit is not installed on this machine.
  const path = join(folder, 'secrets-action.service');
  writeFileSync(path, unit.replace('/usr/bin/node', '/bin/true'));
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stderr.split('\n').filter((line) => line.includes('secrets-action.service'))).toEqual([]);
});
