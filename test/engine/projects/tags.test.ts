// Tags: what a workplace calls its projects, who wears which, and what a list of projects makes of them.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
  await send('POST /projects', { name: 'other', create_default_environments: false });
}, 60_000);
afterAll(() => engine.close());

const send = async (request: string, body?: unknown) => {
  const { status, body: answer } = await engine.send(engine.admin, request, { body });
  return [status, answer] as const;
};
const created_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
const tag = (slug: string, name: string, color = 'gray') => ({ slug, name, color, created_at });
const refused = (...messages: string[]) => ({ messages, success: false });

test('a tag is made, read, listed by name, renamed and deleted; its slug stays', async () => {
  expect(await send('POST /workplace/tags', { name: 'PCI', color: 'red' })).toEqual([
    200,
    { tag: tag('pci', 'PCI', 'red'), success: true },
  ]);
  const made = await send('POST /workplace/tags', { name: 'Back End!' });
  expect(made).toEqual([200, { tag: tag('back_end_', 'Back End!'), success: true }]);
  await send('POST /workplace/tags', { name: 'über', slug: 'team_1' });
  const names = async () =>
    ((await send('GET /workplace/tags'))[1]['tags'] as { name: string }[]).map(({ name }) => name);
  expect(await names()).toEqual(['Back End!', 'PCI', 'über']);
  expect(await send('PATCH /workplace/tags/tag/pci', { name: 'pci dss' })).toEqual([
    200,
    { tag: tag('pci', 'pci dss', 'red'), success: true },
  ]);
  expect((await send('PATCH /workplace/tags/tag/pci', { color: 'pink' }))[1]['tag']).toEqual(
    tag('pci', 'pci dss', 'pink'),
  );
  expect((await send('DELETE /workplace/tags/tag/back_end_'))[0]).toBe(204);
  expect(await send('GET /workplace/tags/tag/back_end_')).toEqual([404, refused('Tag does not exist')]);
  expect((await send('GET /workplace/tags/tag/team_1'))[1]['tag']).toEqual(tag('team_1', 'über'));
});

test('names differ in more than the case of letters, colours are the eight, and a change changes something', async () => {
  await send('POST /workplace/tags', { name: 'Ärger', slug: 'aerger' });
  const taken = [400, refused('A tag with this name already exists.')];
  expect(await send('POST /workplace/tags', { name: 'ärger', slug: 'other' })).toEqual(taken);
  expect(await send('PATCH /workplace/tags/tag/team_1', { name: 'ÄRGER' })).toEqual(taken);
  expect(await send('POST /workplace/tags', { name: 'x', slug: 'aerger' })).toEqual([
    400,
    refused('A tag with this slug already exists.'),
  ]);
  for (const body of [
    { name: '' },
    { name: ' x' },
    { name: 'x'.repeat(33) },
    { name: 'a\nb' },
    { name: 'é' },
    { name: 'x', color: 'black' },
    { name: 'x', slug: 'Upper' },
  ]) {
    expect((await send('POST /workplace/tags', body))[0]).toBe(400);
  }
  expect((await send('PATCH /workplace/tags/tag/aerger', {}))[0]).toBe(400);
  expect((await send('PATCH /workplace/tags/tag/nope', { color: 'red' }))[0]).toBe(404);
});

test('a project wears tags, each once; one that is worn is not deleted, and goes with its project', async () => {
  const worn = '/projects/project/tags';
  expect(await send(`POST ${worn}?project=app`, { tag: 'pci' })).toEqual([
    200,
    { tag: tag('pci', 'pci dss', 'pink'), success: true },
  ]);
  expect(await send(`POST ${worn}`, { project: 'app', tag: 'pci' })).toEqual([
    409,
    refused('This tag is already assigned to this project.'),
  ]);
  expect(await send(`POST ${worn}?project=app`, { tag: 'nope' })).toEqual([404, refused('Tag does not exist')]);
  expect(await send(`GET ${worn}?project=app`)).toEqual([
    200,
    { tags: [tag('pci', 'pci dss', 'pink')], success: true },
  ]);
  expect(await send('DELETE /workplace/tags/tag/pci')).toEqual([
    400,
    refused('This tag cannot be deleted because it is assigned to one or more projects.'),
  ]);
  expect((await send(`DELETE ${worn}/tag/pci?project=app`))[0]).toBe(204);
  expect(await send(`DELETE ${worn}?project=app&tag=pci`)).toEqual([
    400,
    refused('This tag is not assigned to this project.'),
  ]);
  await send('POST /projects', { name: 'brief', create_default_environments: false });
  await send(`POST ${worn}?project=brief`, { tag: 'pci' });
  await send('DELETE /projects/project?project=brief');
  expect((await send('DELETE /workplace/tags/tag/pci'))[0]).toBe(204);
});

test('a list of projects keeps those that wear one of the tags, page by page, for every kind of token', async () => {
  for (const slug of ['blue', 'green', 'lone']) await send('POST /workplace/tags', { name: slug });
  await send('POST /projects/project/tags?project=app', { tag: 'blue' });
  await send('POST /projects/project/tags?project=other', { tag: 'green' });
  const names = async (token: string, query: string) => {
    const { body } = await engine.send(token, `GET /projects?${query}`);
    return (body['projects'] as { name: string }[]).map(({ name }) => name);
  };
  expect(await names(engine.admin, 'tags=blue')).toEqual(['app']);
  expect(await names(engine.admin, 'tags=blue,%20green')).toEqual(['app', 'other']);
  expect(await names(engine.admin, 'tags=blue,green&per_page=1&page=2')).toEqual(['other']);
  expect(await names(engine.admin, 'tags=lone')).toEqual([]);
  expect(await names(engine.admin, 'tags=')).toEqual(['app', 'other']);
  const bound = await engine.token('dev');
  expect([await names(bound, 'tags=blue'), await names(bound, 'tags=green'), await names(bound, '')]).toEqual([
    ['app'],
    [],
    ['app'],
  ]);
});

test('a workplace has at most 100 tags, and so has a project (contracts/doppler.md 2.2)', async () => {
  const there = ((await send('GET /workplace/tags'))[1]['tags'] as unknown[]).length;
  for (let n = there; n < 100; n++) expect((await send('POST /workplace/tags', { name: `tag ${n}` }))[0]).toBe(200);
  expect(await send('POST /workplace/tags', { name: 'one more' })).toEqual([
    400,
    refused('Your workplace has reached its limit of 100 tags.'),
  ]);
});
