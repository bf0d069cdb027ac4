// `npm run story`: the whole story of examples/cdktf on this machine, each step with its proof; nothing is left behind.
import { killEngines } from '../support/engine-process.ts';
import { jobsOf, leasedBy, MadeExample, must, strangerOf } from './story.ts';
import { terraformVersion } from '../provider/support/terraform.ts';
import { StoryWorld } from './world.ts';

const started = performance.now();
let step = 0;
const say = (proof: string) => {
  step += 1;
  console.log(`${String(step).padStart(2)}. ${proof}`);
};
let world: StoryWorld | undefined;
let cleaning: Promise<void> | undefined;

/** Ends everything, once, whoever asks. Folders go with the process. */
function cleanUp(): Promise<void> {
  cleaning ??= (async () => {
    await world?.stop();
    await killEngines();
  })();
  return cleaning;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void cleanUp().finally(() => process.exit(130)));
}
// npm that is killed outright leaves us with another parent; nothing may stay behind then either.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void cleanUp().finally(() => process.exit(1));
}, 500).unref();

async function story(): Promise<string> {
  if (terraformVersion === undefined) throw new Error('terraform is not on PATH; install 1.11 or newer');
  world = await StoryWorld.start('packed');
  say(
    'there are a PostgreSQL, an engine, an issuer of OIDC tokens in place of GitHub, and the provider as it is released',
  );
  say(
    'AWS is SIMULATED: a strict model of IAM and STS in this process answers the real SDK; no call leaves this machine',
  );
  const made = await MadeExample.make('cdktf', world, say);
  const [job] = await jobsOf(made, made.workflow, made.occasion(), say);
  const { login, session } = leasedBy(job ?? { commands: [] });
  must(login !== undefined && session !== undefined, 'the job did not lease a login and a session');
  await strangerOf(made, say);
  const leases = (await world.leases()).length;
  await made.destroy(say);
  return `${leases} leased, 0 live, terraform ${terraformVersion}`;
}

try {
  const counts = await story();
  await cleanUp();
  console.log(`story: ok (${counts}) in ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  await cleanUp();
  console.error(`story: failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
