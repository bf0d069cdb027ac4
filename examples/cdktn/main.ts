// Synthesizes the stack into cdktf.out, and writes the workflow that belongs to it beside the stack.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktn';
import { ShopStack } from './shop-stack.ts';

const { SECRETS_URL: url = 'https://secrets.example.com', OIDC_ISSUER: issuer } = process.env;
const { DB_HOST = 'db.internal', DB_PORT = '5432', DB_USERNAME = 'secrets_engine', DB_SSLMODE } = process.env;
const { AWS_ROLE_ARN = 'arn:aws:iam::123456789012:role/shop-deployer', AWS_ENDPOINT } = process.env;
const { AWS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE' } = process.env;

const app = new App();
const stack = new ShopStack(app, 'shop', {
  url,
  database: { host: DB_HOST, port: Number(DB_PORT), username: DB_USERNAME },
  aws: { roleArn: AWS_ROLE_ARN, accessKeyId: AWS_KEY_ID, ...(AWS_ENDPOINT ? { endpoint: AWS_ENDPOINT } : {}) },
  ...(DB_SSLMODE === 'disable' ? { sslmode: 'disable' } : {}),
  ...(issuer === undefined ? {} : { issuer }),
});
app.synth();
writeFileSync(join(app.outdir, 'stacks', 'shop', 'deploy.yml'), stack.workflow);
