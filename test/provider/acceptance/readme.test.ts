// What the README tells a newcomer, done to the letter: install, init, apply, a lease that is revoked; on this Node and another.
import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../support/cli.ts';
import { otherNode } from '../../support/nodes.ts';
import { SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

jest.setTimeout(240_000);

/** The blocks of the README in HCL. */
function configuration(): string {
  const blocks = [...readFileSync('provider/README.md', 'utf8').matchAll(/^```hcl\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, text]) => text).join('\n');
}

describeTerraform('the README of the provider', () => {
  let world: SecretsWorld;

  beforeAll(async () => {
    const made = spawnSync(process.execPath, ['scripts/provider.mjs'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    world = await SecretsWorld.start();
  });
  afterAll(() => world?.stop());

  test.each([
    ['this Node', process.execPath],
    ['another Node', otherNode()],
  ])('leads from nothing to a revoked lease, on %s', async (_, node) => {
    const run = new SecretsTerraform({
      SECRETS_URL: world.url,
      SECRETS_TOKEN: world.token,
      SECRETS_NODE: node,
      TF_VAR_api_key: 'planted-hunter2-value',
      TF_VAR_db_password: world.admin.password,
      TF_VAR_db_port: String(world.database.port),
    });
    expect(cli(['provider', 'install'], { HOME: run.folder })).toMatchObject({ status: 0, stderr: '' });
    const text = configuration().replace('"secrets_engine"', `"${world.admin.username}"`);
    writeFileSync(join(run.folder, 'work', 'main.tf'), text);
    await run.must('init');
    expect(await run.must('validate')).toMatch(/Success/);
    expect(await run.must('apply', '-auto-approve')).toMatch(/Apply complete! Resources: 10 added/);
    expect([await world.leases('app'), await world.roles()]).toEqual([['revoked'], []]);
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    expect(run.state()).not.toMatch(/planted-hunter2-value/);
    writeFileSync(join(run.folder, 'work', 'app.tftest.hcl'), TESTED);
    await run.must('destroy', '-auto-approve');
    expect(await run.must('test')).toMatch(/1 passed, 0 failed/);
    rmSync(join(run.folder, 'work', 'app.tftest.hcl'));
    expect(existsSync(join(run.folder, '.terraform.d'))).toBe(true);
    expect((await world.engine.call('GET', '/v3/projects/project?project=app')).status).toBe(404);
  });

  const TESTED = `
    run "declared" {
      command = apply
      assert {
        condition     = secrets_secret.api_key.visibility == "restricted"
        error_message = "It is not restricted."
      }
    }
  `;
});
