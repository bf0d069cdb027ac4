// Every input of action.yml with the value it has when the workflow gives none, and the subjects they fall into.

/** In the order of action.yml. An empty default means that the input is absent, or that its reader decides. */
export const INPUT_DEFAULTS = {
  backend: '',
  'api-url': '',
  token: '',
  identity: '',
  'oidc-audience': '',
  project: '',
  config: '',
  environment: '',
  path: '',
  secrets: '',
  prefix: '',
  'name-transform': '',
  dynamic: 'false',
  ttl: '30m',
  renew: 'false',
  'renew-for': '6h',
  'wait-usable': 'true',
  'allowed-account-ids': '',
  'export-env': 'false',
  file: '',
  'file-format': 'env',
  run: '',
  shell: '',
  'working-directory': '',
  require: '',
  'allow-names': '',
  overwrite: '',
  'mask-min-length': '4',
  'on-revoke-failure': 'warn',
  timeout: '60s',
  'dry-run': 'false',
  proxy: '',
  'ca-certificate': '',
  'client-certificate': '',
  'client-key': '',
  'allow-insecure-http': 'false',
  'doppler-token': '',
  'doppler-project': '',
  'doppler-config': '',
  'auth-method': '',
  'doppler-identity-id': '',
  'doppler-api-domain': '',
  'inject-env-vars': '',
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;

/** What the workflow gave, or the default. */
export type Given = (name: InputName) => string;

/** The inputs of a subject whose reader is loaded only when a workflow uses one of them. */
export const SUBJECTS = {
  dropIn: [
    'doppler-token',
    'doppler-project',
    'doppler-config',
    'auth-method',
    'doppler-identity-id',
    'doppler-api-domain',
    'inject-env-vars',
  ],
  selection: ['secrets', 'prefix', 'name-transform'],
  leasing: ['dynamic', 'ttl', 'renew', 'renew-for', 'wait-usable', 'allowed-account-ids'],
  delivery: ['file', 'file-format', 'run', 'shell', 'working-directory'],
  rules: ['require', 'allow-names', 'overwrite', 'mask-min-length', 'on-revoke-failure', 'timeout', 'dry-run'],
  network: ['proxy', 'ca-certificate', 'client-certificate', 'client-key', 'allow-insecure-http'],
} as const satisfies Record<string, readonly InputName[]>;

export type Subject = keyof typeof SUBJECTS;

/** Runs one reader; its problem is kept with all others, and `otherwise` stands for what it did not read. */
export type Attempt = <T>(read: () => T, otherwise: T) => T;
