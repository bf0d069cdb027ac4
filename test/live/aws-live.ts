// `npm run aws:live`: the life of the AWS kinds on a real account, with the credentials of the environment. Costs nothing.
import { lookup } from 'node:dns/promises';
import { GetAccessKeyInfoCommand, STSClient } from '@aws-sdk/client-sts';
import { asAppError } from '#core/errors.js';
import { createEgress } from '#engine/egress.js';
import { createAwsIntegration } from '#engine/integrations/aws/aws.js';
import { createAwsSdk } from '#engine/integrations/aws/sdk.js';
import { systemClock } from '../support/leasing/clocks.ts';
import { lifecycle, type Probe } from './lifecycle.ts';

const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_LIVE_ROLE_ARN } = process.env;
const region = process.env['AWS_REGION'] ?? 'us-east-1';
const tell = (line: string) => console.log(`aws:live ${line}`);
const now = () => Date.now();

if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
  tell('NOT RUN: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of a sandbox account (and AWS_LIVE_ROLE_ARN).');
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await run(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)) ? 0 : 1;
  } catch (error) {
    tell(`FAILED: ${asAppError(error).line}`);
    process.exitCode = 1;
  }
}

function run(access_key_id: string, secret_access_key: string): Promise<boolean> {
  const egress = createEgress({
    clock: systemClock,
    lookup: (host) => lookup(host, { all: true }),
    allow: { outgoing: [], integration: [] },
  });
  const sleep = (ms: number, signal: AbortSignal) => systemClock.sleep(ms, signal);
  const integration = createAwsIntegration({ aws: createAwsSdk({ egress, now }), now, sleep, random: Math.random });
  const token = AWS_SESSION_TOKEN ? { session_token: AWS_SESSION_TOKEN } : {};
  const { value: data, problems } = integration.checkData({ region, access_key_id, secret_access_key, ...token });
  if (problems.length > 0) throw new Error(problems.join(' '));
  return lifecycle({ integration, data, roleArn: AWS_LIVE_ROLE_ARN, probe, clock: systemClock, tell });
}

async function probe(...[fields]: Parameters<Probe>): ReturnType<Probe> {
  const value = (field: string) => fields.get(field)?.reveal() ?? '';
  const sessionToken = fields.get('session_token')?.reveal();
  const credentials = { accessKeyId: value('access_key_id'), secretAccessKey: value('secret_access_key') };
  const client = new STSClient({ region, credentials: sessionToken ? { ...credentials, sessionToken } : credentials });
  try {
    await client.send(new GetAccessKeyInfoCommand({ AccessKeyId: value('access_key_id') }));
    return 'yes';
  } catch (error) {
    return (error as Error).name.startsWith('AccessDenied') ? 'no' : 'unknown';
  } finally {
    client.destroy();
  }
}
