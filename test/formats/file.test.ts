// The formats of the action's file, each read back by programs that people give such files to.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv as nodeParseEnv } from 'node:util';
import fc from 'fast-check';
import { encodeProfiles } from '#formats/aws-profile.js';
import { encodeFile, type FileFormat } from '#formats/file.js';
import { BASH, BOTOCORE, DASH, PYTHON, PYTHON_YAML, python, SH, testWith } from '../support/consumer.ts';
import { temporaryFolder } from '../support/temp.ts';

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,6}$/).map((word) => `V_${word}`);
const HOSTILE = [...'\'"\\\n\r\t$`!#;&|<>(){}[]*?~=: %', 'é', '🦊', '\u2028', '::', '##[', 'EOF', "'\\''"];
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((raw) => raw.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom(...HOSTILE) }),
  fc.constantFrom('', '{', 'x'.repeat(131_072), '-n', '-e \\x41', '$(id)', '`id`', '\\', "'"),
);
const values = fc.array(fc.tuple(name, text), { minLength: 1, maxLength: 12 }).map((pairs) => new Map(pairs));
const RUNS = { numRuns: 25, endOnFailure: true };

/** What a shell that reads the file then hands to its children, as they stand in the environment. */
function readByShell(shell: string, file: string): Map<string, string> {
  const path = join(temporaryFolder(), 'values.sh');
  writeFileSync(path, file);
  const run = spawnSync(shell, ['-c', '. "$1"; exec /usr/bin/env -0', shell, path], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`${shell} failed: ${run.stderr}`);
  const entries = run.stdout.split('\0').filter((entry) => entry.startsWith('V_'));
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

/** One exported variable may not be larger than Linux allows; that is not the format's limit. */
const exportable = values.map((map) => new Map([...map].filter(([, value]) => Buffer.byteLength(value) < 131_000)));

for (const shell of [BASH, SH, DASH]) {
  testWith(shell, `${shell.name} exports exactly the values of a shell file`, () => {
    fc.assert(
      fc.property(exportable, (map) => {
        expect(readByShell(shell.command, encodeFile(map, 'shell'))).toEqual(map);
      }),
      RUNS,
    );
  });
}

testWith(BASH, 'bash reads a value of 131,072 bytes from a shell file, though it could not export it', () => {
  const file = encodeFile(new Map([['V', "'".repeat(131_072)]]), 'shell').replace('export ', '');
  const path = join(temporaryFolder(), 'large.sh');
  writeFileSync(path, file);
  const run = spawnSync('bash', ['-c', '. "$1"; printf %s "${#V}"', 'bash', path], { encoding: 'utf8' });
  expect([run.stdout, run.stderr]).toEqual(['131072', '']);
});

test('the shell format refuses what no variable can be or hold, by name', () => {
  expect(() => encodeFile(new Map([['A', 'x\0y']]), 'shell')).toThrow('The shell format cannot carry these');
  expect(() => encodeFile(new Map([['A;id', 'x']]), 'shell')).toThrow('The shell format cannot carry these');
});

const JSON_READER = 'import sys, json; print(json.dumps(json.loads(json.load(sys.stdin))))';

testWith(PYTHON, 'python3 and node read every json file', () => {
  fc.assert(
    fc.property(values, (map) => {
      const file = encodeFile(map, 'json');
      expect(JSON.parse(file)).toEqual(Object.fromEntries(map));
      expect(python(JSON_READER, file)).toEqual(Object.fromEntries(map));
    }),
    { numRuns: 8 },
  );
});

testWith(PYTHON_YAML, 'PyYAML reads every yaml file', () => {
  const reader = 'import sys, json, yaml; print(json.dumps(yaml.safe_load(json.load(sys.stdin))))';
  fc.assert(
    fc.property(values, (map) => expect(python(reader, encodeFile(map, 'yaml'))).toEqual(Object.fromEntries(map))),
    { numRuns: 8 },
  );
});

test('node reads an env file of values without quotes, backslashes and carriage returns', () => {
  const plain = values.map((map) => new Map([...map].filter(([, value]) => !/["\\\r]/.test(value))));
  fc.assert(
    fc.property(plain, (map) => expect({ ...nodeParseEnv(encodeFile(map, 'env')) }).toEqual(Object.fromEntries(map))),
  );
});

test('every format ends in one newline, refuses nothing for plain values, and holds no more than them', () => {
  const plain = new Map([
    ['AWS_ACCESS_KEY_ID', 'AKIA123'],
    ['AWS_SECRET_ACCESS_KEY', 's/e+c='],
  ]);
  const formats: readonly FileFormat[] = ['env', 'json', 'yaml', 'docker', 'dotnet-json', 'shell', 'aws-profile'];
  for (const format of formats) expect(encodeFile(plain, format)).toMatch(/AKIA123[^]*s\/e\+c=[^\n]*\n$/);
});

describe('aws-profile', () => {
  const key = fc.stringMatching(/^[A-Z0-9]{4,20}$/);
  const secret = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  const prefix = fc.constantFrom('', 'PROD_', 'EU_WEST_', 'x1_');
  const credential = fc.record({
    id: key,
    secret,
    token: fc.option(secret),
    region: fc.option(fc.constant('eu-west-1')),
  });
  const accounts = fc.dictionary(prefix, credential, { minKeys: 1, noNullPrototype: true });

  const variables = (
    all: Record<string, { id: string; secret: string; token: string | null; region: string | null }>,
  ) =>
    new Map(
      Object.entries(all).flatMap(([before, one]) => {
        const entries = {
          ACCESS_KEY_ID: one.id,
          SECRET_ACCESS_KEY: one.secret,
          SESSION_TOKEN: one.token,
          REGION: one.region,
        };
        return Object.entries(entries).flatMap(([last, value]) =>
          value === null ? [] : [[`${before}AWS_${last}`, value] as const],
        );
      }),
    );
  const wanted = (all: Record<string, { id: string; secret: string; token: string | null; region: string | null }>) =>
    Object.fromEntries(
      Object.entries(all).map(([before, one]) => [
        before.replace(/_$/, '').toLowerCase() || 'default',
        {
          aws_access_key_id: one.id,
          aws_secret_access_key: one.secret,
          ...(one.token === null ? {} : { aws_session_token: one.token }),
          ...(one.region === null ? {} : { region: one.region }),
        },
      ]),
    );

  const CONFIGPARSER = `
import sys, json, configparser
p = configparser.RawConfigParser(default_section='no default'); p.read_string(json.load(sys.stdin))
print(json.dumps({s: dict(p.items(s)) for s in p.sections()}))`;

  testWith(PYTHON, 'configparser reads exactly the credentials, one profile for each prefix', () => {
    fc.assert(
      fc.property(accounts, (all) => {
        expect(python(CONFIGPARSER, encodeFile(variables(all), 'aws-profile'))).toEqual(wanted(all));
      }),
      { numRuns: 15 },
    );
  });

  const SDK = `
import sys, json, os, tempfile, botocore.session
out = []
for text in json.load(sys.stdin):
    f = tempfile.NamedTemporaryFile('w'); f.write(text); f.flush()
    os.environ['AWS_SHARED_CREDENTIALS_FILE'] = f.name
    c = botocore.session.Session().get_credentials()
    out.append([c.access_key, c.secret_key, c.token])
print(json.dumps(out))`;

  testWith(BOTOCORE, "AWS's own SDK signs with what the file says", () => {
    const all = fc.sample(fc.tuple(key, secret, secret), 20);
    const files = all.map(([id, secretKey, token]) =>
      encodeFile(variables({ '': { id, secret: secretKey, token, region: null } }), 'aws-profile'),
    );
    expect(python(SDK, files)).toEqual(all);
  });

  test('holds nothing but AWS settings', () => {
    const file = encodeFile(
      new Map([
        ['AWS_ACCESS_KEY_ID', 'AK'],
        ['AWS_SECRET_ACCESS_KEY', 'SK'],
        ['API_KEY', 'other'],
      ]),
      'aws-profile',
    );
    expect(file).toBe('[default]\naws_access_key_id = AK\naws_secret_access_key = SK\n');
  });

  test.each([
    [{ API_KEY: 'x' }, 'There is no AWS credential among the values'],
    [{ AWS_ACCESS_KEY_ID: 'AK' }, "The AWS profile 'default' cannot be written for aws_secret_access_key."],
    [{ AWS_ACCESS_KEY_ID: 'A\n[b]', AWS_SECRET_ACCESS_KEY: 's' }, 'cannot be written for aws_access_key_id.'],
    [{ AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'a #b' }, 'cannot be written for aws_secret_access_key.'],
  ])('refuses %j', (record, message) => {
    expect(() => encodeFile(new Map(Object.entries(record)), 'aws-profile')).toThrow(message);
  });

  test('a profile may name a process that gives credentials, and nothing can break out of its line', () => {
    const of = (command: string) => [{ name: 'default', settings: new Map([['credential_process', command]]) }];
    expect(encodeProfiles(of('/opt/x --profile a'))).toBe('[default]\ncredential_process = /opt/x --profile a');
    expect(() => encodeProfiles(of('/opt/x\n[other]'))).toThrow('cannot be written for credential_process');
  });
});
