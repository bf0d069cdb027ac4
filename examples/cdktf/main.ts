// Synthesizes the stack into cdktf.out, and writes the workflow that belongs to it beside the stack.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { ShopStack } from './shop-stack.ts';

const { SECRETS_URL: url = 'https://secrets.example.com', DB_HOST = 'db.internal', DB_PORT = '5432' } = process.env;
const { DB_USERNAME = 'secrets_engine', DB_SSLMODE } = process.env;

const app = new App();
const stack = new ShopStack(app, 'shop', {
  url,
  database: { host: DB_HOST, port: Number(DB_PORT), username: DB_USERNAME },
  ...(DB_SSLMODE === 'disable' ? { sslmode: 'disable' } : {}),
});
app.synth();
writeFileSync(join(app.outdir, 'stacks', 'shop', 'deploy.yml'), stack.workflow);
