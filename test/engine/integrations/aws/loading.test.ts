// An engine that starts loads no AWS SDK; the first call loads the one service that it needs, and no environment moves it.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startAwsShop } from '../../../support/aws/shop.ts';
import { temporaryFolder } from '../../../support/temp.ts';

const SCRIPT = `
import { registerHooks } from 'node:module';
const seen = { sts: 0, iam: 0 };
registerHooks({
  load(url, context, next) {
    if (url.includes('/@aws-sdk/client-sts/')) seen.sts += 1;
    if (url.includes('/@aws-sdk/client-iam/')) seen.iam += 1;
    return next(url, context);
  },
});
const tell = (when) => console.log(when, seen.sts > 0, seen.iam > 0);
await import('#engine/engine.js');
await import('#engine/minting.js');
const { createAwsSdk } = await import('#engine/integrations/aws/sdk.js');
const { sensitive } = await import('#core/sensitive.js');
const egress = { resolve: async (host) => ({ host, address: '127.0.0.1', loopback: true }) };
const { url, accessKeyId, secretAccessKey } = JSON.parse(process.argv[1]);
const endpoints = { sts: url, iam: url };
const connection = { region: 'eu-central-1', endpoints, accessKeyId, secretAccessKey: sensitive(secretAccessKey) };
const { signal } = new AbortController();
tell('started');
const session = await createAwsSdk({ egress, now: Date.now }).open({ connection, signal });
tell('opened');
const { Arn } = await session.call('sts:GetCallerIdentity', {});
session.end();
tell('answered ' + Arn);
`;

const NOWHERE = 'http://127.0.0.1:9';

test('a started engine has loaded neither, a session asks for STS only, at the endpoint and with the keys it was given', async () => {
  const shop = await startAwsShop();
  const config = join(temporaryFolder(), 'config');
  writeFileSync(config, `[default]\nregion = us-west-2\nendpoint_url = ${NOWHERE}\nuse_fips_endpoint = true\n`);
  const hostile = {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: config,
    AWS_ENDPOINT_URL: NOWHERE,
    AWS_ENDPOINT_URL_STS: NOWHERE,
    AWS_REGION: 'us-west-2',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_ACCESS_KEY_ID: 'AKIAAAAAAAAAAAAAAAAA',
    AWS_SECRET_ACCESS_KEY: 'other',
    HTTP_PROXY: NOWHERE,
  };
  const flags = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', '--input-type=module'];
  const given = JSON.stringify({ url: shop.model.url, ...shop.engine });
  try {
    const env = { ...process.env, NODE_OPTIONS: '', ...hostile };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...flags, '-e', SCRIPT, given], { env });
    const arn = `arn:aws:iam::${shop.model.account.id}:user/secrets-engine`;
    expect({ stdout, stderr }).toEqual({
      stdout: `started false false\nopened false false\nanswered ${arn} true false\n`,
      stderr: '',
    });
  } finally {
    await shop.close();
  }
});
