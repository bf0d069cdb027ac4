// An engine that starts loads no AWS SDK; the first call loads the one service that it needs.
import { spawnSync } from 'node:child_process';

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
const endpoints = { sts: 'http://127.0.0.1:1', iam: 'http://127.0.0.1:1' };
const connection = { region: 'eu-central-1', endpoints, accessKeyId: 'A', secretAccessKey: sensitive('s') };
const { signal } = new AbortController();
tell('started');
const session = await createAwsSdk({ egress, now: Date.now }).open({ connection, signal });
tell('opened');
await session.call('sts:GetCallerIdentity', {}).catch(() => undefined);
tell('asked');
`;

test('a started engine has loaded neither, a session asks for STS only', () => {
  const flags = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', '--input-type=module'];
  // Nothing of the environment may reach the SDK: with these two it would go elsewhere, or read a file.
  const env = { ...process.env, NODE_OPTIONS: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_CONFIG_FILE: '/nowhere' };
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', SCRIPT], { env, encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({
    stdout: 'started false false\nopened false false\nasked true false\n',
    stderr: '',
  });
});
