// What we write is read by the programs that it is written for, for hostile values; where one cannot, the limit is shown.
import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseEnv as nodeParseEnv } from 'node:util';
import fc from 'fast-check';
import { encodeDocker } from '#formats/docker.js';
import { encodeEnv } from '#formats/env.js';
import { encodeYaml } from '#formats/yaml.js';
import { BASH, DOCKER, PYTHON_DOTENV, PYTHON_YAML, python, testWith } from '../support/consumer.ts';
import { temporaryFolder } from '../support/temp.ts';

const HOSTILE = [
  '"',
  '\\',
  '\n',
  '\r',
  '\t',
  '$',
  '{',
  '}',
  '`',
  '#',
  ' ',
  '=',
  ':',
  "'",
  '!',
  'n',
  '\u2028',
  'é',
  '🦊',
];
const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,6}$/).map((word) => `V_${word}`);
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...HOSTILE) }));
const asRecord = (map: ReadonlyMap<string, string>) => Object.fromEntries(map);

/** Many value sets at once, because each run starts a program. */
function batches(isCarried: (value: string) => boolean, size = 60) {
  const value = text.map((raw) => raw.replaceAll('\0', '')).filter(isCarried);
  const set = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }).map((pairs) => new Map(pairs));
  return fc.array(set, { minLength: size, maxLength: size });
}
const RUNS = { numRuns: 4, endOnFailure: true };

const DOTENV = `
import sys, json, io, dotenv
case = json.load(sys.stdin)
print(json.dumps([dotenv.dotenv_values(stream=io.StringIO(t), interpolate=case["interpolate"]) for t in case["texts"]]))`;
const dotenv = (texts: readonly string[], interpolate: boolean) => python(DOTENV, { texts, interpolate });

testWith(PYTHON_DOTENV, 'python-dotenv reads every env download whose values do not end in a backslash', () => {
  fc.assert(
    fc.property(
      batches((value) => !value.endsWith('\\')),
      (maps) => expect(dotenv(maps.map(encodeEnv), false)).toEqual(maps.map(asRecord)),
    ),
    RUNS,
  );
});

testWith(PYTHON_DOTENV, 'python-dotenv with its default interpolation reads every value without ${', () => {
  fc.assert(
    fc.property(
      batches((value) => !value.endsWith('\\') && !value.includes('${')),
      (maps) => expect(dotenv(maps.map(encodeEnv), true)).toEqual(maps.map(asRecord)),
    ),
    RUNS,
  );
});

testWith(PYTHON_DOTENV, 'limit of python-dotenv: a value that ends in a backslash takes its neighbour with it', () => {
  const ends = new Map([
    ['A', 'x\\'],
    ['B', 'y'],
  ]);
  expect(dotenv([encodeEnv(ends)], false)).toEqual([{}]);
});

const YAML = `
import sys, json, yaml
print(json.dumps([yaml.safe_load(t) for t in json.load(sys.stdin)]))`;

testWith(PYTHON_YAML, 'PyYAML reads every yaml download as the same strings', () => {
  fc.assert(
    fc.property(
      batches(() => true),
      (maps) => expect(python(YAML, maps.map(encodeYaml))).toEqual(maps.map(asRecord)),
    ),
    RUNS,
  );
});

testWith(PYTHON_YAML, 'PyYAML takes no name and no value for anything but a string', () => {
  const words = [
    'Y',
    'NO',
    'On',
    'NULL',
    'true',
    '1',
    '0x1F',
    '1e3',
    '~',
    '',
    '- a',
    'a: b',
    '2026-01-01',
    '<<',
    '=',
    '\0',
  ];
  const map = new Map(words.map((word) => [word === '' ? 'EMPTY' : word, word]));
  expect(python(YAML, [encodeYaml(map), encodeYaml(new Map())])).toEqual([asRecord(map), {}]);
});

const isBashSafe = (value: string) => !/[$`]/.test(value);

testWith(BASH, 'bash that sources an env download sets every value without $ and `', () => {
  fc.assert(
    fc.property(batches(isBashSafe), (maps) => {
      const folder = temporaryFolder();
      maps.forEach((map, index) => {
        const show = [...map.keys()].sort().map((key) => `printf '%s\\0' "$${key}"`);
        writeFileSync(join(folder, `${index}.sh`), `${encodeEnv(map)}\n${show.join('\n')}\n`);
      });
      const script = `for n in $(seq 0 ${maps.length - 1}); do ( . "$1/$n.sh" ); done`;
      const run = spawnSync('bash', ['-c', script, 'bash', folder], {
        encoding: 'utf8',
        env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] },
      });
      const wanted = maps.flatMap((map) => [...map.keys()].sort().map((key) => map.get(key)));
      expect(run.stdout.split('\0').slice(0, -1)).toEqual(wanted);
    }),
    RUNS,
  );
});

testWith(BASH, 'limit of bash: sourcing an env download runs what stands in $( ), so it is no way to read one', () => {
  const run = spawnSync('bash', ['-c', `${encodeEnv(new Map([['A', '$(echo ran)']]))}\nprintf %s "$A"`], {
    encoding: 'utf8',
  });
  expect(run.stdout).toBe('ran');
});

/** Node's reader knows one escape, \n, and ends at the next quote: it fits values without quotes and backslashes. */
const isNodeSafe = (value: string) => !/["\\\r]/.test(value);

test('node --env-file reads every value without a double quote, a backslash and a carriage return', () => {
  fc.assert(
    fc.property(batches(isNodeSafe), (maps) => {
      for (const map of maps) expect({ ...nodeParseEnv(encodeEnv(map)) }).toEqual(asRecord(map));
    }),
    RUNS,
  );
  const file = join(temporaryFolder(), '.env');
  const map = new Map([
    ['V_LINES', 'one\n two # three '],
    ['V_DOLLAR', "${HOME} $(id) 'q'"],
  ]);
  writeFileSync(file, encodeEnv(map));
  const show = 'process.stdout.write(JSON.stringify([process.env.V_LINES, process.env.V_DOLLAR]))';
  const run = spawnSync(process.execPath, [`--env-file=${file}`, '-e', show], { encoding: 'utf8', env: {} });
  expect(JSON.parse(run.stdout)).toEqual([...map.values()]);
});

test('limit of node --env-file: it leaves escapes as they stand and ends at an escaped quote', () => {
  expect(nodeParseEnv(encodeEnv(new Map([['A', 'a\\b']])))).toEqual({ A: 'a\\\\b' });
  expect(nodeParseEnv(encodeEnv(new Map([['A', 'a"b']])))['A']).not.toBe('a"b');
});

/** The docker client reads env files itself and sends them to a daemon; this one only listens. */
async function dockerReads(bodies: readonly string[]): Promise<string[][]> {
  const seen: string[][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (!request.url?.includes('/containers/create')) return response.setHeader('Api-Version', '1.43').end('OK');
      seen.push((JSON.parse(body) as { Env: string[] | null }).Env ?? []);
      return response.writeHead(201).end('{"Id":"x","Warnings":[]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = temporaryFolder();
  try {
    for (const body of bodies) {
      const file = join(folder, 'file.env');
      writeFileSync(file, body);
      const env = { PATH: process.env['PATH'], HOME: folder, DOCKER_HOST: host };
      await new Promise<void>((resolve, reject) =>
        execFile('docker', ['create', '--env-file', file, 'image'], { env }, (error) =>
          error ? reject(error) : resolve(),
        ),
      );
    }
  } finally {
    server.close();
  }
  return seen;
}

testWith(DOCKER, 'docker --env-file reads every value of a docker download', async () => {
  const maps =
    fc.sample(
      batches((value) => !/[\n\r]/.test(value), 8),
      1,
    )[0] ?? [];
  const wanted = maps.map((map) => [...map.keys()].sort().map((key) => `${key}=${map.get(key)}`));
  expect(await dockerReads(maps.map(encodeDocker))).toEqual(wanted);
});

testWith(
  DOCKER,
  'docker --env-file drops a carriage return at a line end: why the docker format refuses one',
  async () => {
    expect(await dockerReads(['A=x\r\nB=y'])).toEqual([['A=x', 'B=y']]);
    expect(() => encodeDocker(new Map([['A', 'x\r']]))).toThrow('cannot carry');
  },
);
