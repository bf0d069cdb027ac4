// Names: what a leased field is called, and what may not be delivered.
import fc from 'fast-check';
import { type Delivery, leasedName, objections, refuse, replacements } from '#action/naming.js';
import { Sensitive } from '#core/sensitive.js';

const delivery = (name: string, value = 'value', source = `secret ${name}`): Delivery => ({
  name,
  value: new Sensitive(value),
  visibility: 'masked',
  source,
});
const RULES = { allowNames: [], exportEnv: true };

test.each([
  ['DB_URL', 'DB_URL'],
  ['accessKeyId', 'AWS_ACCESS_KEY_ID'],
  ['access_key', 'AWS_ACCESS_KEY_ID'],
  ['aws-secret-access-key', 'AWS_SECRET_ACCESS_KEY'],
  ['SecretKey', 'AWS_SECRET_ACCESS_KEY'],
  ['sessionToken', 'AWS_SESSION_TOKEN'],
  ['userName', 'DB_USER_NAME'],
  ['password', 'DB_PASSWORD'],
  ['constructor', 'DB_CONSTRUCTOR'],
  ['client.id', 'DB_CLIENT_ID'],
])('calls the leased field %s %s', (field, name) => expect(leasedName('DB', field)).toBe(name));

test.each([
  ['deploy bot', 'AWS_IAM_USERNAME', undefined, 'AWS_IAM_USERNAME'],
  ['deploy bot', 'access key', undefined, 'AWS_ACCESS_KEY_ID'],
  ['deploy bot', 'userName', undefined, 'DEPLOY_BOT_USER_NAME'],
  ['deploy bot', 'userName', 'X_', 'X_USER_NAME'],
  ['deploy-bot', 'DEPLOY_BOT_URL', 'X_', 'X_URL'],
])('of %p the field %s with prefix %p is %s', (dynamic, field, prefix, name) => {
  expect(leasedName(dynamic, field, prefix)).toBe(name);
});

test('calls any field something that fits a variable, or is refused', () => {
  fc.assert(
    fc.property(fc.string(), (field) => {
      const name = leasedName('DB', field);
      expect(/^[A-Z_][A-Z0-9_]*$/.test(name) || objections([delivery(name)], RULES).length > 0).toBe(true);
    }),
  );
});

test('names both sources of one name', () => {
  const found = objections([delivery('A'), delivery('a', 'x', 'field a of the lease of DB')], RULES);
  expect(found).toEqual(['a has two sources: secret A and field a of the lease of DB. Give one another name.']);
});

test('names that differ in case only are one where they are outputs or the machine folds case', () => {
  const both = [delivery('token'), delivery('TOKEN')];
  const run = { ...RULES, exportEnv: false, run: {} };
  expect(objections(both, { ...RULES, platform: 'linux' })).toHaveLength(1);
  expect(objections(both, { ...run, platform: 'win32' })).toHaveLength(1);
  expect(objections(both, { ...run, platform: 'linux' })).toEqual([]);
  expect(objections(both, { ...run, platform: 'darwin' })).toEqual([]);
});

test('names of other worlds are outputs, and no variables', () => {
  const odd = [delivery('db-url'), delivery('Smtp:UserName')];
  expect(objections(odd, { ...RULES, exportEnv: false })).toEqual([]);
  expect(objections(odd, RULES)).toHaveLength(2);
  expect(objections(odd, { ...RULES, exportEnv: false, run: {} })).toHaveLength(2);
});

test('a variable of the job gives way only to its own value, to overwrite, or when it is empty', () => {
  const job = { variable: (name: string) => ({ A: 'old', B: 'value', C: '' })[name] };
  const all = ['A', 'B', 'C', 'D'].map((name) => delivery(name));
  const inputs = { exportEnv: true, overwrite: false };
  expect(replacements(all, inputs, job)).toEqual([
    'A has two sources: the environment of this job and secret A; overwrite: true lets the second win.',
  ]);
  expect(replacements(all, { ...inputs, overwrite: true }, job)).toEqual([]);
  expect(replacements(all, { ...inputs, exportEnv: false }, job)).toEqual([]);
});

test('a prefix takes the place of the name of a dynamic secret, and stands before every other name', () => {
  expect(leasedName('DB', 'DB_URL', 'ADMIN_')).toBe('ADMIN_URL');
  expect(leasedName('DB', 'password', 'ADMIN_')).toBe('ADMIN_PASSWORD');
  expect(leasedName('AWS', 'accessKeyId', 'STAGING_')).toBe('STAGING_ACCESS_KEY_ID');
  expect(leasedName('DEPLOY', 'AWS_REGION', 'STAGING_')).toBe('STAGING_AWS_REGION');
});

test('refuses names that steer later steps, unless they are allowed', () => {
  expect(objections([delivery('LD_PRELOAD')], RULES)[0]).toContain('LD_PRELOAD would steer later steps');
  expect(objections([delivery('LD_PRELOAD')], { ...RULES, allowNames: ['LD_PRELOAD'] })).toEqual([]);
  expect(objections([delivery('NODE_OPTIONS')], { ...RULES, allowNames: ['NODE_OPTIONS'] })).toHaveLength(1);
});

test.each(['A B', 'A=B', 'A\nB', '', '1A', 'é'])('refuses the name %p', (name) => {
  const [text = ''] = objections([delivery(name)], RULES);
  expect(text).toContain('no name');
  expect(text).not.toContain('\n');
});

test('refuses what an environment cannot carry, and only there', () => {
  const fits = delivery('A', 'x'.repeat(131_069));
  const large = delivery('A', 'é'.repeat(65_535));
  const nul = delivery('A', 'a\0b');
  expect(objections([fits], RULES)).toEqual([]);
  expect(objections([large], RULES)[0]).toContain('131072 of 131071 bytes');
  expect(objections([nul], RULES)[0]).toContain('NUL');
  expect(objections([large, delivery('B', 'a\0b')], { ...RULES, exportEnv: false })).toEqual([]);
  expect(objections([delivery('A', '\ud800')], RULES)[0]).toContain('Unicode');
});

test('says everything at once, up to a readable number', () => {
  expect(() => refuse([])).not.toThrow();
  const many = Array.from({ length: 25 }, (_, index) => `Objection ${index}.`);
  expect(() => refuse(many)).toThrow(expect.objectContaining({ details: expect.arrayContaining(['And 5 more.']) }));
});

test('no objection ever holds a value', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 8 }), (name, value) => {
      const found = objections([delivery(name, `${value}\0hidden-value`)], RULES).join('\n');
      expect(found).not.toContain('hidden-value');
    }),
  );
});
