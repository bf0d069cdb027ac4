// The formats and name transformers of a download, byte for byte where the contract says so, and what they refuse.
import fc from 'fast-check';
import { contentTypeOf, DOWNLOAD_FORMATS, encodeDownload, isDownloadFormat } from '#formats/format.js';
import { encodeDocker } from '#formats/docker.js';
import { encodeEnvNoQuotes } from '#formats/env-no-quotes.js';
import { isNameTransformer, NAME_TRANSFORMERS, transformName, transformNames } from '#formats/transform.js';
import { encodeYaml } from '#formats/yaml.js';

/** The download that the Doppler CLI's end-to-end tests compare byte for byte (contracts/doppler.md 2.5). */
const CLI = new Map([
  ['FOO', 'bar'],
  ['DOPPLER_PROJECT', 'cli'],
  ['DOPPLER_CONFIG', 'e2e'],
  ['DOPPLER_ENVIRONMENT', 'e2e'],
]);

test.each([
  ['json', '{"DOPPLER_CONFIG":"e2e","DOPPLER_ENVIRONMENT":"e2e","DOPPLER_PROJECT":"cli","FOO":"bar"}'],
  ['dotnet-json', '{"DopplerConfig":"e2e","DopplerEnvironment":"e2e","DopplerProject":"cli","Foo":"bar"}'],
  ['env', 'DOPPLER_CONFIG="e2e"\nDOPPLER_ENVIRONMENT="e2e"\nDOPPLER_PROJECT="cli"\nFOO="bar"'],
  ['yaml', 'DOPPLER_CONFIG: "e2e"\nDOPPLER_ENVIRONMENT: "e2e"\nDOPPLER_PROJECT: "cli"\nFOO: "bar"'],
  ['docker', 'DOPPLER_CONFIG=e2e\nDOPPLER_ENVIRONMENT=e2e\nDOPPLER_PROJECT=cli\nFOO=bar'],
  ['env-no-quotes', 'DOPPLER_CONFIG=e2e\nDOPPLER_ENVIRONMENT=e2e\nDOPPLER_PROJECT=cli\nFOO=bar'],
] as const)('%s is written as the contract has it', (format, body) => {
  expect(encodeDownload(CLI, format)).toEqual({ body, contentType: contentTypeOf(format) });
});

test('every format is known by its wire name and has a content type', () => {
  expect(DOWNLOAD_FORMATS.filter(isDownloadFormat)).toHaveLength(6);
  expect(isDownloadFormat('toString')).toBe(false);
  expect(DOWNLOAD_FORMATS.map(contentTypeOf).every((type) => /^[a-z]+\/[a-z]+(?:; charset=utf-8)?$/.test(type))).toBe(
    true,
  );
});

/** contracts/doppler.md 2.5, its table of name transformers. */
test.each([
  ['upper-camel', 'ApiKey', 'SmtpUserName'],
  ['camel', 'apiKey', 'smtpUserName'],
  ['lower-snake', 'api_key', 'smtp__user_name'],
  ['tf-var', 'TF_VAR_api_key', 'TF_VAR_smtp__user_name'],
  ['dotnet', 'ApiKey', 'Smtp:UserName'],
  ['dotnet-env', 'ApiKey', 'Smtp__UserName'],
  ['lower-kebab', 'api-key', 'smtp--user-name'],
] as const)('%s makes of API_KEY %s and of SMTP__USER_NAME %s', (transformer, key, smtp) => {
  expect([transformName('API_KEY', transformer), transformName('SMTP__USER_NAME', transformer)]).toEqual([key, smtp]);
});

test('the managed names are transformed like all others', () => {
  expect(encodeDownload(new Map([['DOPPLER_CONFIG', 'e2e']]), 'env', 'tf-var').body).toBe(
    'TF_VAR_doppler_config="e2e"',
  );
});

test('two names that become one are refused, naming both, and so is a name that becomes nothing', () => {
  const values = new Map(['A_B', 'A__B', '_', 'C'].map((name) => [name, 'v']));
  expect(() => transformNames(values, 'camel')).toThrow(
    expect.objectContaining({
      code: 'ERR_REQUEST_INVALID',
      details: ["'A_B' and 'A__B' both become 'aB'.", "'_' has no form under camel."],
    }),
  );
});

test('a transformer asked for beside dotnet-json takes its place', () => {
  const values = new Map([['SMTP__USER_NAME', 'x']]);
  expect(encodeDownload(values, 'dotnet-json').body).toBe('{"Smtp:UserName":"x"}');
  expect(encodeDownload(values, 'dotnet-json', 'lower-snake').body).toBe('{"smtp__user_name":"x"}');
  expect(NAME_TRANSFORMERS.filter(isNameTransformer)).toHaveLength(7);
  expect(isNameTransformer('')).toBe(false);
});

test('no value is lost or moved by any transformer: as many names come out as went in, or none', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,5}$/), { maxLength: 6 });
  fc.assert(
    fc.property(names, fc.constantFrom(...NAME_TRANSFORMERS), (all, transformer) => {
      const values = new Map(all.map((name) => [name, `value of ${name}`]));
      let result: Map<string, string>;
      try {
        result = transformNames(values, transformer);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
        return;
      }
      expect(result.size).toBe(values.size);
      for (const name of all) expect(result.get(transformName(name, transformer))).toBe(`value of ${name}`);
    }),
  );
});

describe.each([
  ['docker', encodeDocker],
  ['env-no-quotes', encodeEnvNoQuotes],
])('%s', (format, encode) => {
  test('writes the value as it is: no quotes, no escapes', () => {
    expect(encode(new Map([['A', ' "q" \\n $x #y ']]))).toBe('A= "q" \\n $x #y ');
  });
  test.each(['\n', '\r', '\0'])('refuses %j in a value, naming each secret and never the value', (c) => {
    const values = new Map([
      ['TLS_KEY', `secret-part${c}rest`],
      ['TLS_CERT', `${c}`],
      ['FINE', 'x'],
    ]);
    expect(() => encode(values)).toThrow(
      expect.objectContaining({ code: 'ERR_REQUEST_INVALID', details: ["'TLS_CERT'", "'TLS_KEY'"] }),
    );
    expect(() => encode(values)).not.toThrow(/secret-part/);
    expect(() => encode(values)).toThrow(format);
  });
  test.each(['A\nB', 'A=B', '', ' A', '#A'])('refuses the name %j', (bad) => {
    expect(() => encode(new Map([[bad, 'x']]))).toThrow('cannot carry these names');
  });
});

test('yaml quotes a name that would be read as something else', () => {
  const values = new Map(['NO', 'Y', 'A-b', 'Smtp:UserName', 'A'].map((name) => [name, '']));
  expect(encodeYaml(values)).toBe('A: ""\nA-b: ""\n"NO": ""\n"Smtp:UserName": ""\n"Y": ""');
});
