// What a reader of the log sees when later steps print values as real programs encode them: nothing.
import { World } from '../support/scenario.ts';
import { survivors } from '../support/survivors.ts';

const VALUES = {
  M_PLAIN: 'sk_live_51HqLyjWDarjtT1zdp7dc',
  M_ODD: `it's a "value" with / & + % and é`,
  M_KEY: `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\nAgEAAoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4M2b\n-----END PRIVATE KEY-----\n`,
  M_JSON: JSON.stringify({ who: 'd3ployer', inner: { key: 'pl4nted-leaf-1' }, list: ['pl4nted-leaf-2'] }, null, 2),
  M_URL: 'postgres://app:p%40ss%2Fw0rd-9@db.example.com/shop',
};

let world: World;
beforeAll(async () => {
  world = await World.start();
  const change = { project: 'shop', config: 'prd', secrets: VALUES };
  await world.engine.must('POST', '/v3/configs/config/secrets', change);
});
afterAll(() => world?.stop());

/** What a step prints of `$V`, by program; each prints on one line or on lines of its own. */
const PROGRAMS: Record<string, string> = {
  echo: 'echo "$V"',
  base64: 'printf %s "$V" | base64',
  'base64 with a line end, a user and no wrapping':
    'printf "user:%s\\n" "$V" | base64 -w0; printf "us:%s" "$V" | base64 -w0; printf "u:%s@host" "$V" | base64 -w0',
  od: 'printf %s "$V" | od -An -v -tx1 | tr -d " \\n"; printf %s "$V" | od -An -v -tx1 | tr -d " \\n" | tr a-f A-F',
  'a traced shell': 'set -x; true "$V"; true "Bearer $V"',
  'python json': `python3 -c 'import os,json; print(json.dumps({"v": os.environ["V"]}))'`,
  'python quote': `python3 -c 'import os; from urllib.parse import *; v=os.environ["V"]; print(quote(v), quote(v,safe=""), quote_plus(v), urlencode({"v":v}))'`,
  'python base64url': `python3 -c 'import os,base64; print(base64.urlsafe_b64encode(os.environ["V"].encode()).decode())'`,
  'node json': `node -e 'console.log(JSON.stringify(process.env.V), JSON.stringify(JSON.stringify({v:process.env.V})).length)'`,
  'node urls': `node -e 'const v=process.env.V; console.log(encodeURIComponent(v), encodeURI(v), String(new URLSearchParams({v})))'`,
  'node buffers': `node -e 'const b=Buffer.from(process.env.V); console.log(b.toString("base64url"), b.toString("hex"), b.toString("base64"))'`,
};

test.each(Object.entries(PROGRAMS))(
  '%s shows no four characters of any value',
  async (_, program) => {
    const job = world.job();
    await job.uses({ id: 'secrets', with: world.inputs({ secrets: Object.keys(VALUES).join('\n') }) });
    for (const [name, text] of Object.entries(VALUES)) {
      const step = await job.run(program, { env: (context) => ({ V: context.output('secrets', name) }) });
      expect(step.outcome).toBe('success');
      expect(step.rawStdout.length + step.rawStderr.length).toBeGreaterThan(10);
      expect([name, survivors(text, step.log.slice(1))]).toEqual([name, []]);
    }
    await job.finish();
  },
  120_000,
);

test('what is inside a value is hidden by itself: strings of a JSON text, the password of a URL', async () => {
  const job = world.job();
  await job.uses({ id: 'secrets', with: world.inputs({ secrets: 'M_JSON,M_URL' }) });
  const parts = ['pl4nted-leaf-1', 'pl4nted-leaf-2', 'p@ss/w0rd-9', 'p%40ss%2Fw0rd-9'];
  const step = await job.run(parts.map((part) => `echo '> ${part}'; printf %s '${part}' | base64`).join('\n'));
  const shown = step.log.filter((line) => !line.includes('echo'));
  for (const part of parts) expect([part, survivors(part, shown)]).toEqual([part, []]);
  await job.finish();
});

test('names the secrets that cannot be masked, and prints no mask that would eat the log', async () => {
  const secrets = { M_SHORT: 'ab', M_FLAG: 'true' };
  await world.engine.must('POST', '/v3/configs/config/secrets', { project: 'shop', config: 'prd', secrets });
  const { main, report } = await world.runOnce({ secrets: 'M_SHORT,M_FLAG,M_JSON' });
  expect(main.annotations.map(({ message }) => message)).toEqual([
    'Not masked, since blank or shorter than 4 characters: M_SHORT. Make them longer, or unmasked if they are no secrets.',
    'The log and job outputs lose everyday words to the masks of M_FLAG: make these unmasked, or longer.',
  ]);
  expect(report.log.join('\n')).not.toMatch(/^\*\*\*$/m);
  expect(main.rawStdout).not.toMatch(/^::add-mask::.{0,3}$/m);
});
