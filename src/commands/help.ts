// What `--help` teaches.
import { SHARED, STORE_HELP } from './help-store.ts';
import { REMOTE_HELP } from './remote/help.ts';

const INIT_HELP = `secrets-action init --data DIR [--root-key FILE] [--recovery-key FILE] [--dev] [--new-admin]

Makes a store in DIR, the root key that opens it, and the admin token.

  --data DIR       folder of the store; made if it is not there
  --root-key FILE  where the root key goes (default: DIR.root-key, beside the folder)
  --recovery-key FILE  an X25519 public key in PEM: the private half, kept elsewhere, brings a lost root key back
  --dev            let the root key lie inside DIR (default then: DIR/root-key); for trying out only
  --new-admin      on an existing store: end the admin token and print a new one; stop the engine first

Environment: SECRETS_ROOT_KEY (the key itself, 32 bytes in base64) or SECRETS_ROOT_KEY_FILE instead of --root-key.

The root key is the one thing that opens the store. Back it up, apart from the store: without it every value is lost.
The admin token manages projects, tokens and integrations. It reads no values and takes no leases.
${SHARED}`;

const SERVE_HELP = `secrets-action serve --data DIR [--listen 127.0.0.1:8090] [--root-key FILE]
                     [--tls-cert FILE --tls-key FILE [--redirect-http HOST:PORT] | --behind-proxy CIDR...]
                     [--allow-integration HOST|CIDR]... [--allow-egress HOST|CIDR]...

Serves the store in DIR. Prints 'listening on http://…' when it is ready; logs JSON lines to stderr.

  --data DIR                     folder of the store, made by 'secrets-action init'
  --listen HOST:PORT             a loopback address, or any with TLS or a proxy; port 0 takes a free one
  --tls-cert FILE --tls-key FILE PEM files; read again when they change
  --redirect-http HOST:PORT      with TLS: answer plain HTTP there with a redirect
  --metrics-listen HOST:PORT     serve /metrics, and nothing else, there too; without it only this machine may ask for it
  --behind-proxy CIDR            proxies that end TLS; only they may say where a request came from; may be repeated
  --root-key FILE                the root key (default: DIR.root-key, else DIR/root-key)
  --release-revocations          let the revokes go on that 'restore --hold-revocations' holds back
  --allow-integration HOST|CIDR  a target that integrations may reach, such as a database; may be repeated
  --allow-egress HOST|CIDR       a private target that other outgoing calls may reach; may be repeated

Environment: SECRETS_ROOT_KEY (the key itself, 32 bytes in base64) or SECRETS_ROOT_KEY_FILE instead of --root-key.
SECRETS_PLAN (developer, team or enterprise) sets the rate limits.

SIGTERM and SIGINT end it: requests under way are answered first.
${SHARED}Several engines may serve one database.
`;

const PROVIDER_HELP = `secrets-action provider install [--dir DIR]

Puts the Terraform provider org/secrets where terraform looks for providers by itself: no registry, no configuration.

  --dir DIR   another mirror than ~/.terraform.d/plugins, for a filesystem_mirror block

Terraform 1.11 or newer then finds it by 'terraform init'. It runs on the node on PATH, or the one in SECRETS_NODE.
`;

export const COMMAND_HELP = {
  init: INIT_HELP,
  serve: SERVE_HELP,
  provider: PROVIDER_HELP,
  ...REMOTE_HELP,
  ...STORE_HELP,
} as const;

export const HELP = `secrets-action: a self-hosted secrets service that speaks Doppler's and Phase's APIs

On the machine of the store:
  secrets-action init  --data DIR               make a store; prints the admin token, once
  secrets-action serve --data DIR               serve it on http://127.0.0.1:8090
  secrets-action dump | restore | rekey         back it up, bring it back, change its root key
  secrets-action load                           move it into a PostgreSQL database that engines share
  secrets-action recover                        write a lost root key again, with the recovery key
  secrets-action audit verify                   say whether its audit log is whole

Towards a service (SECRETS_URL, SECRETS_TOKEN; Doppler's or Phase's cloud, or this engine):
  secrets-action run -- COMMAND                 run a command with secrets and fresh leases in its environment
  secrets-action download                       print them, or write them to a file
  secrets-action secret list                    names and visibilities
  secrets-action lease issue|list|renew|revoke  one lease at a time
  secrets-action token create|list|revoke       service tokens of a config
  secrets-action user add|list|remove           people (engine only)
  secrets-action login approve CODE             let a 'doppler login' in (engine only)

Infrastructure as code:
  secrets-action provider install               make the Terraform provider known to terraform

Start here:
  secrets-action init --data ./engine --dev
  secrets-action serve --data ./engine

'secrets-action COMMAND --help' tells more.
`;
