// What `--help` teaches about the commands that ask a service.

const SERVICE = `  -p, --project NAME  -c, --config NAME   where; a service token needs neither
  --app ID  --env NAME  --path PATH       where, with a token of Phase (path: / by default)
  --api-url URL       the API (default: SECRETS_URL, else the cloud that the token is of); http for loopback only
  --token-file FILE   a file that holds the token (default: SECRETS_TOKEN). dp.… is Doppler's; pss_…,
                      'ServiceAccount …' and 'User …' are Phase's`;
const ENGINE = `  --api-url URL       the engine (default: SECRETS_URL); http for loopback only
  --token-file FILE   a file that holds the admin token (default: SECRETS_TOKEN)`;
const VALUES = `  --only-names A,B          these secrets only; each must be there
  --dynamic NAME            lease this dynamic secret; may be repeated
  --dynamic-ttl 15m         how long a lease lives if nothing ends it sooner (default 30m)
  --name-transformer NAME   camel, upper-camel, lower-snake, tf-var, dotnet, dotnet-env or lower-kebab`;

export const REMOTE_HELP = {
  run: `secrets-action run [--dynamic NAME]... [flags] -- COMMAND [ARGUMENT]...

Runs COMMAND with the secrets of a config in its environment. Leases are revoked when it ends, however it ends; its exit
code is ours. Signals go on to it. It does not get SECRETS_TOKEN.

  SECRETS_URL=http://127.0.0.1:8090 secrets-action run --dynamic APP_DB -- ./report.sh
  secrets-action run --app ID --env Production --dynamic 'deploy bot' -- ./deploy.sh

${VALUES}
  --allow-names A,B         names that steer a process, as PATH or LD_PRELOAD, are refused unless they stand here
${SERVICE}
`,
  download: `secrets-action download [--format env] [--out FILE] [--dynamic NAME]... [flags]

Prints the secrets of a config, or writes them to a new file with mode 0600. Leases stay alive until their time is up:
their ids are told on stderr.

  --format FORMAT           json (default), env, yaml, docker, dotnet-json or env-no-quotes
  --out FILE                a file that is not there yet
${VALUES}
${SERVICE}
`,
  secret: `secrets-action secret list [--visibility masked] [flags]

Lists names and visibilities. Values are not printed.

  --visibility NAME   masked, unmasked or restricted only
${SERVICE}
`,
  lease: `secrets-action lease issue  --dynamic NAME [--ttl 15m]   prints the lease as JSON, values included
secrets-action lease list   --dynamic NAME                     id, state and end of each (engine, Phase)
secrets-action lease renew  --dynamic NAME --id ID --ttl 15m   (engine, Phase: there the ttl is added to the old end)
secrets-action lease revoke --dynamic NAME --id ID
secrets-action lease stuck                        leases of all projects whose revocation fails (engine, admin token)
secrets-action lease force-close --id ID          give one up, when its credential is gone for sure (engine, admin token)

${SERVICE}
`,
  user: `secrets-action user add --email ADDRESS [--name NAME] [--access ROLE] [--project NAME --role ROLE]
secrets-action user list [--email ADDRESS]
secrets-action user remove --email ADDRESS        tokens and leases of the user end with it

People of an engine. 'add' prints the slug; with --project it gives the user, new or not, a role there.

  --access ROLE       role in the workplace: owner, admin, collaborator, viewer, no_access or one of your own
                      (default no_access)
  --project NAME --role ROLE   role in a project: admin, collaborator, viewer or one of your own
${ENGINE}
`,
  login: `secrets-action login approve CODE --user ADDRESS
secrets-action login refuse CODE

'doppler login' shows a code and waits: approve it here, and it acts as that user. Ask the person for the code on a
channel that you trust; it is good for ten minutes and once.

${ENGINE}
`,
  token: `secrets-action token create --name NAME [--access read] [--ttl 24h]   prints the token, once
secrets-action token create --name NAME --user ADDRESS [--dialect phase]           a personal token of that user
secrets-action token create --name NAME --service-account NAME [--dialect phase]   a token of that account
secrets-action token list
secrets-action token revoke --slug SLUG                              its leases end with it

  --access read|read/write   what it may do in its config (default read)
  --dialect doppler|phase    whose clients it is for: dp.…, or the pss_… that Phase's clients take (default doppler)
  --user, --service-account  engine only, with the admin token
${SERVICE}
`,
} as const;
