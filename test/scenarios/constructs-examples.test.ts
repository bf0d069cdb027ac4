// Every example under the real terraform, and every example workflow under the identities that a stack made: used, ended, refused, gone.
import { readdirSync, readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { describeTerraform } from '../provider/support/terraform.ts';
import { EXAMPLES } from '../story/examples.ts';
import { jobsOf, leasedBy, MadeExample, SHOP, strangerOf, WORKER } from '../story/story.ts';
import type { EndedJob, Occasion } from '../story/workflow.ts';
import { StoryWorld } from '../story/world.ts';
import { testCertificate } from '../support/certificate.ts';
import type { EngineProcess } from '../support/engine-process.ts';
import { type FarSide, faultProxy } from '../support/far-side.ts';

const quietly = () => undefined;
jest.setTimeout(120_000);

/** The settings of what terraform makes, without what differs by nature: addresses in the configuration, ids, times. */
function settingsOf(shown: string): string[] {
  const { values } = JSON.parse(shown) as {
    values: { root_module: { resources: { type: string; values: Record<string, unknown> }[] } };
  };
  return values.root_module.resources
    .map(({ type, values: { id: _, service_account: _account, ...settings } }) => JSON.stringify([type, settings]))
    .sort();
}

describeTerraform('the examples', () => {
  let world: StoryWorld;
  const settings = new Map<string, string[]>();
  beforeAll(async () => {
    world = await StoryWorld.start('attached');
  });
  afterAll(() => world?.stop());

  test.each(['cdktf', 'cdktn'] as const)(
    '%s: the job leases under the identity that the stack made, nothing outlives the job, and destroy leaves nothing',
    async (line) => {
      const made = await MadeExample.make(line, world, quietly);
      settings.set(line, settingsOf(await made.run.must('show', '-json')));
      const [job, ...others] = await jobsOf(made, made.workflow, made.occasion(), quietly);
      expect([others, commandsOf(job)]).toEqual([[], ['aws', 'migrate.sh']]);
      expect(leasedBy(job ?? { commands: [] })).toEqual({
        login: expect.stringContaining('/shop'),
        session: expect.objectContaining({ sessionToken: expect.any(String) }),
      });
      await strangerOf(made, quietly);
      await made.destroy(quietly);
    },
  );

  describe('terraform', () => {
    let made: MadeExample;
    let front: FarSide;
    beforeAll(async () => {
      made = await MadeExample.make('terraform', world, quietly);
      const certificate = testCertificate();
      if (!certificate) throw new Error('openssl is needed for the front of the drop-in');
      const tls = { key: certificate.keyPem, cert: certificate.pem };
      front = await faultProxy(world.secrets.url, [], { tls });
      CA.NODE_EXTRA_CA_CERTS = certificate.cert;
    });
    afterAll(() => front?.close());
    const CA = { NODE_EXTRA_CA_CERTS: '' };

    const run = (file: string, occasion: Occasion) =>
      jobsOf(made, readFileSync(`examples/workflows/${file}`, 'utf8'), occasion, quietly);
    /** Each runs one of the files, in a repository that it is for. */
    const WORKFLOWS: Record<string, (file: string) => Promise<void>> = {
      'aws-deploy.yml': async (file) => {
        const [job] = await run(file, made.occasion());
        expect([commandsOf(job), leasedBy(job ?? { commands: [] }).session]).toEqual([['aws'], expect.anything()]);
        // The AWS account is looked at, and no static secret is fetched into outputs.
        expect(job?.action.outputs).not.toHaveProperty('STRIPE_KEY');
        await strangerOf(made, quietly);
      },
      'matrix.yml': async (file) => {
        const jobs = await run(file, made.occasion(WORKER));
        const logins = jobs.map((job) => leasedBy(job).login);
        expect(jobs.map(({ commands }) => commands[0]?.env.get('SHARD'))).toEqual(['1', '2']);
        expect(new Set(logins).size).toBe(2);
        expect(jobs[0]?.commands[0]?.env.get('LOG_LEVEL')).toBe(world.planted.log_level);
      },
      'reusable.yml': async (file) => {
        const [job] = await run(file, made.occasion(WORKER, { inputs: { config: 'stg' } }));
        expect([commandsOf(job), leasedBy(job ?? { commands: [] }).login]).toEqual([
          ['npm'],
          expect.stringContaining('/shop_stg'),
        ]);
      },
      'one-command.yml': async (file) => {
        const [job] = await run(file, made.occasion(SHOP, { ref: 'refs/tags/v1.0.0' }));
        expect(commandsOf(job)).toEqual(['check-prices.sh', 'publish-prices.sh']);
        for (const { env } of job?.commands ?? []) expect(env.get('STRIPE_KEY')).toBe(world.planted.stripe_key);
        expect(Object.values({ ...job?.action.outputs, ...job?.report.env })).not.toContain(world.planted.stripe_key);
      },
      'phase.yml': async (file) => {
        const { token, app } = await phaseOf(world);
        const vars = { PHASE_HOST: world.secrets.url, PHASE_APP_ID: app };
        const [job] = await run(file, { ...made.occasion(SHOP, { secrets: { PHASE_SERVICE_TOKEN: token } }), vars });
        expect(commandsOf(job)).toEqual(['aws', 'migrate.sh']);
        const [aws, migrate] = ['aws', 'migrate.sh'].map((name) => job?.commands.find((one) => one.name === name)?.env);
        expect([migrate?.get('STRIPE_KEY'), migrate?.get('BATCH')]).toEqual([world.planted.stripe_key, 'of ten']);
        expect([aws?.get('STRIPE_KEY'), aws?.get('BATCH')]).toEqual([undefined, undefined]);
        expect([aws?.get('LOG_LEVEL'), leasedBy(job ?? { commands: [] }).session]).toEqual([
          world.planted.log_level,
          expect.anything(),
        ]);
      },
      'doppler-drop-in.yml': async (file) => {
        const token = await tokenOf(world, 'stg');
        const [job] = await run(file, {
          ...made.occasion(WORKER, { secrets: { DOPPLER_TOKEN: token }, env: CA }),
          vars: { DOPPLER_API_DOMAIN: `127.0.0.1:${front.port}` },
        });
        expect(commandsOf(job)).toEqual(['npm', 'publish']);
        const [npm, publish] = ['npm', 'publish'].map((name) => job?.commands.find((one) => one.name === name)?.env);
        expect(npm?.get('DOPPLER_CONFIG')).toBe('stg');
        expect(publish?.get('SESSION_KEY')).toMatch(/^\w{48}$/);
      },
    };

    test('declares what the constructs declare', async () => {
      const declared = settingsOf(await made.run.must('show', '-json'));
      expect(declared).toEqual(settings.get('cdktf'));
      expect(declared).toEqual(settings.get('cdktn'));
      expect(EXAMPLES).toHaveLength(3);
    });

    test.each(readdirSync('examples/workflows').filter((name) => name.endsWith('.yml')))(
      '%s runs as it stands under what was made, and what it leased ends with it',
      async (file) => {
        const workflow = WORKFLOWS[file];
        if (!workflow) throw new Error(`Nobody runs ${file}.`);
        await workflow(file);
      },
    );

    test('is destroyed, and nothing is left', () => made.destroy(quietly));
  });
});

function commandsOf(job: EndedJob | undefined): string[] {
  return (job?.commands ?? []).map(({ name }) => name).sort();
}

async function tokenOf(world: StoryWorld, config: string): Promise<string> {
  const asked = { project: 'shop', config, name: 'drop-in', access: 'read' };
  const made = await world.secrets.engine.must('POST', '/v3/configs/config/tokens', asked);
  return (made['token'] as { key: string }).key;
}

/** As Phase's users see the shop: the account that the stack made, a token of it, and a secret in a folder. */
async function phaseOf({ secrets: { engine } }: StoryWorld): Promise<{ token: string; app: string }> {
  const accounts = '/v3/workplace/service_accounts';
  const { service_accounts: all } = await engine.must('GET', accounts);
  const account = (all as { name: string; slug: string }[]).find(({ name }) => name === 'shop-ci')?.slug ?? '';
  const token = await phaseTokenOf(engine, account);
  const { apps } = await engine.must('GET', '/service/secrets/tokens/', undefined, token);
  const app = (apps as { id: string; name: string }[]).find(({ name }) => name === 'shop')?.id ?? '';
  const made = await engine.must('POST', accounts, { name: 'writer' });
  const { slug } = made['service_account'] as { slug: string };
  const member = { project: 'shop', type: 'service_account', slug, role: 'collaborator' };
  await engine.must('POST', '/v3/projects/project/members', member);
  const place = `app_id=${app}&env=production`;
  const secrets = [{ key: 'BATCH', value: 'of ten', path: '/migrations' }];
  await engine.must('POST', `/service/public/v1/secrets/?${place}`, { secrets }, await phaseTokenOf(engine, slug));
  await engine.must('DELETE', `${accounts}/service_account/${slug}`);
  return { token, app };
}

async function phaseTokenOf(engine: EngineProcess, account: string): Promise<string> {
  const made = await engine.must('POST', `/v1/service-accounts/${account}/tokens/`, { name: 'job' });
  return String(made['bearerToken']);
}
