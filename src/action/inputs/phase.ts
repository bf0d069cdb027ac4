// What the inputs say where Phase is the backend: apps, environments and folders, and dynamic secrets of any name.
import { parseTtl } from '#core/ttl.js';
import type { DynamicAsk } from './leasing.ts';
import { MAX_PLACES, PLACE_NAME, type Place } from './place.ts';
import { NAME, entriesOf, problem, quoted } from './scalars.ts';
import type { Given } from './table.ts';

const PATH = /^\/[^\u0000-\u001f\u007f]{0,500}$/;
/** Phase calls a dynamic secret what people like; a slash in it is met by its id. */
const DYNAMIC_NAME = /^[^\u0000-\u001f\u007f]{1,200}$/;
const ASK = new RegExp(`^(.+?)(?: as (${NAME.source.slice(1, -1)}))?(?: ttl=(\\S+))?$`);
const WORD_OF_OURS = /(?:^| )(?:as|ttl=\S*)(?: |$)/;

/** Every path of every environment, in the order given; one folder below another is another place. */
export function readPlaces(given: Given): Place[] {
  if (given('config') !== '')
    throw problem('config is for Doppler: with Phase a place is project (the app id), environment and path.');
  const environments = entriesOf(given('environment')).map((line) => environmentOf(given('project'), line));
  if (environments.length === 0) throw problem('With Phase, project (the app id) and environment are needed.');
  const lines = entriesOf(given('path'));
  const odd = lines.filter((line) => !PATH.test(line));
  if (odd.length > 0) throw problem(`path starts with a slash; not so: ${odd.slice(0, 5).map(quoted).join(', ')}.`);
  const paths = lines.length === 0 ? ['/'] : [...new Set(lines.map(normalPath))];
  if (environments.length * paths.length > MAX_PLACES)
    throw problem(`environment and path make more than ${MAX_PLACES} places to read: read the others in another step.`);
  return environments.flatMap((one) => paths.map((path) => ({ ...one, path })));
}

function environmentOf(app: string, line: string): { project: string; environment: string } {
  const [first = '', second, ...more] = line.split('/');
  const [project, environment] = second === undefined ? [app, first] : [first, second];
  if (project === '') throw problem('With Phase, project (the app id) is needed, or environment as app/environment.');
  if (more.length > 0 || !PLACE_NAME.test(project) || !PLACE_NAME.test(environment)) {
    throw problem(`project is an app id, environment a name or app/environment a line; not that: ${quoted(line)}.`);
  }
  return { project, environment };
}

function normalPath(path: string): string {
  return `/${path
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}

/**
 * A line of `dynamic`: a name or an id, perhaps below `app/environment/folder/`, perhaps `as PREFIX_`, perhaps with a
 * ttl. Undefined when it is none.
 */
export function parsePhaseAsk(line: string, ttlSec: number): DynamicAsk | undefined {
  const [, source = '', prefix, ttl] = ASK.exec(line) ?? [];
  const parts = source.split('/');
  const name = parts.pop() ?? '';
  if (!DYNAMIC_NAME.test(name) || WORD_OF_OURS.test(source) || parts.includes('')) return undefined;
  const [project, config, ...folders] = parts;
  if (project !== undefined && config === undefined) return undefined;
  return {
    name,
    ...(project !== undefined && config !== undefined
      ? { place: { project, config, path: `/${folders.join('/')}` } }
      : {}),
    ...(prefix === undefined ? {} : { prefix }),
    ttlSec: ttl === undefined ? ttlSec : parseTtl(ttl, `ttl of ${quoted(name)}`),
  };
}

/** @throws AppError for what only Doppler, or only our engine, has */
export function refuseForeign(given: Given, { apiUrl, dropIn }: { apiUrl: string; dropIn: boolean }): void {
  if (dropIn) throw problem("The inputs of Doppler's own action are for Doppler: with Phase give token and project.");
  if (given('identity') === '' || !URL.canParse(apiUrl) || !/(?:^|\.)phase\.dev$/.test(new URL(apiUrl).hostname))
    return;
  throw problem(
    "identity cannot be used with Phase's cloud, which takes no ID token of a workflow: give token a service account's token from a secret of this repository, or set api-url to an engine of your own.",
  );
}
