// The `env` download as Prefect's recipe reads it: through python-dotenv, with values that try to break out.
import { PYTHON_DOTENV, python, testWith } from '../../support/consumer.ts';
import { startTestEngine } from '../../support/engine.ts';

const READ = `
import sys, json, io, dotenv
print(json.dumps(dotenv.dotenv_values(stream=io.StringIO(json.load(sys.stdin)), interpolate=False)))`;

const HOSTILE: Record<string, string> = {
  QUOTES: `"'\`"`,
  BACKSLASHES: 'a\\b\\n\\"c',
  LINES: 'one\ntwo\n\nB=injected\n',
  COMMENT: 'a # b',
  DOLLARS: '$HOME',
  SPACES: '  padded  ',
  EMPTY: '',
  UNICODE: 'é漢🔑',
  EQUALS: 'a=b=c',
};

async function downloaded(secrets: Record<string, string>): Promise<Record<string, string>> {
  const engine = await startTestEngine();
  try {
    const token = await engine.token('dev', 'read/write');
    await engine.send(token, 'POST /configs/config/secrets', { body: { secrets } });
    const { text } = await engine.send(token, 'GET /configs/config/secrets/download?format=env');
    return python(READ, text) as Record<string, string>;
  } finally {
    await engine.close();
  }
}

testWith(PYTHON_DOTENV, 'hostile values arrive as they were', async () => {
  expect(await downloaded(HOSTILE)).toMatchObject(HOSTILE);
});

testWith(
  PYTHON_DOTENV,
  'known not to arrive: a value that ends in a backslash, and with it the ones after it',
  async () => {
    process.stderr.write('python-dotenv cannot read a value that ends in a backslash (examples/prefect/README.md).\n');
    expect(await downloaded({ A_ENDS: 'x\\', B_AFTER: 'y' })).not.toMatchObject({ A_ENDS: 'x\\' });
  },
);
