// What /proc tells of our processes while each of them holds a token or a value: nothing but what the runner put there.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { age, ask, keys } from '../support/aws/profile.ts';
import { type AwsShop, startAwsShop } from '../support/aws/shop.ts';
import { type FarSide, faultProxy, type RecordedRequest } from '../support/far-side.ts';
import { type GithubOidc, startGithubOidc, trustJob } from '../support/github-oidc.ts';
import { type Mode, MODES, phaseShop, type PhaseShop } from '../support/phase/shop.ts';
import { annotationsOf, World } from '../support/scenario.ts';
import { processes, Worker } from '../support/worker.ts';

type Process = ReturnType<typeof processes>[number];
type Dialect = 'doppler' | 'phase';
const places = (['doppler', 'phase'] as const).flatMap((dialect) => MODES.map((mode) => ({ dialect, mode })));

let github: GithubOidc;
let world: World;
let shop: PhaseShop;
let aws: AwsShop;
beforeAll(async () => {
  github = await startGithubOidc();
  aws = await startAwsShop();
  world = await World.start(github.engine);
  shop = await phaseShop(world);
  const ceiling = { role_arns: [aws.roleArn], max_ttl_sec: 3600 };
  const integration = { type: 'aws', name: 'account', data: aws.data, allowed: ['shop/prd'], ceiling };
  await world.engine.must('POST', '/v3/integrations', integration);
  const terms = { kind: 'aws_sts', integration: 'account', parameters: { role_arn: aws.roleArn } };
  const dynamic = { project: 'shop', config: 'prd', name: 'DEPLOY', ...terms };
  await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', dynamic);
});
afterAll(async () => {
  await world?.stop();
  await aws?.close();
  await github?.stop();
});
beforeEach(() => {
  github.given.length = 0;
});

/** A far side that looks at every process while one of ours waits for its answer. */
class Watched {
  readonly far: FarSide;
  readonly seen: Process[];

  private constructor(far: FarSide, seen: Process[]) {
    [this.far, this.seen] = [far, seen];
  }

  static async of(mode: Mode): Promise<Watched> {
    const seen: Process[] = [];
    const look = () => {
      seen.push(...processes());
      return { kind: 'pass' as const };
    };
    const url = mode === 'engine' ? world.engine.url : await world.cloud();
    return new Watched(await faultProxy(url, [{ answer: look }]), seen);
  }

  /** As the dialect takes them; an identity where the far side knows any, so that there are tokens of minutes too. */
  async inputs(dialect: Dialect, mode: Mode, more: Record<string, string>): Promise<Record<string, string>> {
    const identity = await trustJob(world.engine, github, { audience: this.far.url, role: 'admin' });
    const who: Record<string, string> =
      dialect === 'phase' && mode !== 'engine' ? {} : { token: '', identity, backend: dialect };
    if (dialect === 'phase') return { ...(await shop.inputs(this.far, more)), ...who };
    return { ...world.inputs({ project: 'shop', config: 'prd', 'api-url': this.far.url, ...more }), ...who };
  }

  /** Every token and key that went over the wire. */
  get tokens(): string[] {
    const sent = this.far.requests.flatMap((request) => [...headerSecrets(request), ...bodySecrets(request)]);
    return [...new Set([...sent, ...github.given, github.job.token])].filter((text) => text.length >= 20);
  }

  /** Which of our stages were seen: other suites run theirs at the same time. A keeper has the id of its job and no more. */
  stages(): string[] {
    const jobOf = ({ environ }: Process) =>
      environ.split('\0').find((entry) => entry.startsWith('RUNNER_TRACKING_ID='));
    const jobs = new Set(this.seen.filter(({ environ }) => environ.includes(world.folder)).map(jobOf));
    jobs.delete(undefined);
    const ours = this.seen.filter((one) => jobs.has(jobOf(one)));
    const stages = ours.flatMap(({ cmdline }) => /\bdist\/(\w+)\/index\.js/.exec(cmdline)?.[1] ?? []);
    return [...new Set(stages)].sort();
  }
}

function headerSecrets({ headers }: RecordedRequest): string[] {
  const [kind, word = ''] = (headers.authorization ?? '').split(' ').slice(-2);
  const basic = Buffer.from(word, 'base64').toString().split(':');
  return [...(kind === 'Basic' ? basic : [word]), String(headers['x-secrets-lease-handle'] ?? '')];
}

function bodySecrets({ body }: RecordedRequest): string[] {
  return [...body.matchAll(/"token":"([^"]+)"/g)].map(([, token = '']) => token);
}

/** What the runner itself puts into the environment of a step, by whatever name it has there. */
const OF_RUNNER = /^(?:INPUT_|STATE_|ACTIONS_)/;

function expectNone(seen: readonly Process[], secrets: readonly string[]): void {
  // The search bites: what the runner put there is found.
  expect(seen.some(({ environ }) => secrets.some((secret) => environ.includes(secret)))).toBe(true);
  for (const { environ, cmdline } of seen) {
    const own = environ.split('\0').filter((entry) => !OF_RUNNER.test(entry));
    const told = [...own, cmdline].join('\n');
    for (const secret of secrets) expect([cmdline, told.includes(secret)]).toEqual([cmdline, false]);
  }
}

describe.each(places)('$dialect, $mode', ({ dialect, mode }) => {
  const isEngine = mode === 'engine';

  test('main, keeper and post show no token and no value', async () => {
    const watched = await Watched.of(mode);
    const inputs = await watched.inputs(dialect, mode, { dynamic: 'APP_DB', ttl: '60s', renew: 'true' });
    const worker = await Worker.start(
      { temp: world.folder, oidc: github.job, secrets: { TOKEN: shop.bearer } },
      { id: 's', with: inputs },
    );
    try {
      expect(annotationsOf(worker.main, 'error')).toEqual([]);
      const kept = worker.leftovers();
      expect(kept.map(({ environ }) => environ.split('\0').filter(Boolean).length)).toEqual(isEngine ? [1] : []);
      watched.seen.push(...kept);
      expect((await worker.finish()).log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
      expect(watched.stages()).toEqual(isEngine ? ['keeper', 'main', 'post'] : ['main', 'post']);
      const { outputs } = worker.main;
      const values = [world.shop.values.API_KEY, outputs['APP_DB_PASSWORD'] ?? '', outputs['APP_DB_URL'] ?? ''];
      expectNone(watched.seen, [...watched.tokens, ...values]);
    } finally {
      await worker.kill();
      await watched.far.close();
    }
  }, 60_000);

  test('the parent of a script and the revoke action show no token and no value', async () => {
    const watched = await Watched.of(mode);
    try {
      const job = world.job({ oidc: github.job, secrets: { TOKEN: shop.bearer } });
      const { dynamic, ...inputs } = await watched.inputs(dialect, mode, { dynamic: 'APP_DB' });
      const look = 'for f in environ cmdline; do cat /proc/$PPID/$f > parent.$f; done; printf %s "$API_KEY" | wc -c';
      const ran = await job.uses({ with: { ...inputs, run: look } });
      expect(ran.rawStdout).toContain(`\n${world.shop.values.API_KEY.length}\n`);
      const [environ = '', cmdline = ''] = ['environ', 'cmdline'].map((name) =>
        readFileSync(join(job.workspace, `parent.${name}`), 'utf8'),
      );
      expect(cmdline).toContain('dist/main/index.js');
      watched.seen.push({ pid: 0, environ, cmdline });

      const leased = await job.uses({ id: 's', with: { ...inputs, dynamic: dynamic ?? '' } });
      const who = Object.fromEntries(['token', 'identity', 'api-url'].map((name) => [name, inputs[name] ?? '']));
      const given = { ...who, 'lease-ids': leased.outputs['lease-ids'] ?? '' };
      const early = await job.uses({ action: resolve('revoke'), with: given });
      expect([early.rawStdout, annotationsOf(early, 'error')]).toEqual([
        expect.stringContaining('1 leased, 1 revoked, 0 left'),
        [],
      ]);
      expect((await job.finish()).status).toBe('success');
      expect(watched.stages()).toEqual(['main', 'post', 'revoke']);
      const { outputs } = leased;
      const values = [world.shop.values.API_KEY, outputs['APP_DB_PASSWORD'] ?? '', outputs['APP_DB_URL'] ?? ''];
      expectNone(watched.seen, [...watched.tokens, ...values]);
    } finally {
      await watched.far.close();
    }
  }, 60_000);
});

test('the credential process of a Phase job shows no token and no value, nor prints one, whatever the step exports', async () => {
  const watched = await Watched.of('engine');
  try {
    const profile = { file: 'aws', 'file-format': 'aws-profile', renew: 'true' };
    const given = { secrets: 'API_KEY', dynamic: 'DEPLOY', ttl: '15m', ...profile };
    const job = world.job({ oidc: github.job, secrets: {} });
    const main = await job.uses({ id: 's', with: await watched.inputs('phase', 'engine', given) });
    expect(annotationsOf(main, 'error')).toEqual([]);
    age(join(job.temp, 'aws.renewing'), 100);
    const elsewhere = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };
    const env = { ...elsewhere, NODE_DEBUG: 'http,https,net,tls,stream', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const step = await job.run(ask('keys'), { env });
    expect([step.outcome, step.rawStderr]).toEqual(['success', expect.stringMatching(/NET \d+:/)]);
    const { AccessKeyId, SecretAccessKey, SessionToken } = keys(job, 'keys');
    expect(AccessKeyId).not.toBe(main.outputs['AWS_ACCESS_KEY_ID']);
    expect((await job.finish()).log.join('\n')).toMatch(/2 leased, 2 revoked, 0 left/);
    expect(watched.stages()).toEqual(['credentials', 'main', 'post']);
    const secrets = [...watched.tokens, SecretAccessKey, SessionToken, main.outputs['AWS_SECRET_ACCESS_KEY'] ?? ''];
    expectNone(watched.seen, secrets);
    for (const secret of secrets) expect(step.rawStderr).not.toContain(secret);
  } finally {
    await watched.far.close();
  }
});
