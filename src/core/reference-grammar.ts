// How references are written in a text: Doppler's grammar and Phase's; each version of a secret is read in its own.
import { keyAt, normalPath, ROOT_PATH } from './folder.ts';

/**
 * Doppler names a config, Phase an environment (its root config) and a folder in it. Neither given: the secrets around
 * the text, or that folder of them.
 */
export type Reference = {
  project?: string;
  config?: string;
  environment?: string;
  /** Normal; absent in Doppler's, which knows no folders. */
  path?: string;
  name: string;
};

export type Grammar = {
  /** Global; its first group is what `parse` reads. Takes time linear in the text. */
  readonly pattern: RegExp;
  /** How many references a value may be away from what it is made of. */
  readonly maxDepth: number;
  /** Undefined: it only looks like one. */
  parse(inner: string): Reference | undefined;
};

/** contracts/doppler.md 4.2: `${NAME}`, `${config.NAME}`, `${project.config.NAME}`. */
export const DOPPLER: Grammar = {
  pattern: /\$\{([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){0,2})\}/g,
  maxDepth: 10,
  parse: (inner) => {
    const parts = inner.split('.');
    const name = parts.pop() ?? '';
    const config = parts.pop();
    const project = parts.pop();
    return { ...(project === undefined ? {} : { project }), ...(config === undefined ? {} : { config }), name };
  },
};

/**
 * contracts/phase.md 2.6: `${KEY}` in the root, `${/path/KEY}`, `${env.KEY}`, `${env./path/KEY}`, `${app::env.KEY}`,
 * `${app::env./path/KEY}`. What has braces inside, `${{…}}` above all, belongs to others.
 */
export const PHASE: Grammar = {
  pattern: /\$\{([^{}\r\n]{1,1500})\}/g,
  maxDepth: 25,
  parse: (inner) => {
    const app = inner.indexOf('::');
    const project = app < 0 ? undefined : inner.slice(0, app);
    const within = app < 0 ? inner : inner.slice(app + 2);
    const dot = within.indexOf('.');
    // A dot behind a slash is part of a folder's name.
    const hasEnvironment = dot >= 0 && !within.slice(0, dot).includes('/');
    const environment = hasEnvironment ? within.slice(0, dot) : undefined;
    const spot = hasEnvironment ? within.slice(dot + 1) : within;
    const slash = spot.lastIndexOf('/');
    const name = spot.slice(slash + 1);
    if (name === '' || project === '' || environment === '') return undefined;
    if (project !== undefined && environment === undefined) return undefined;
    return {
      ...(project === undefined ? {} : { project }),
      ...(environment === undefined ? {} : { environment }),
      path: slash < 0 ? ROOT_PATH : normalPath(spot.slice(0, slash)),
      name,
    };
  },
};

/** Of texts whose dialect this version does not know: they are text. */
const NONE: Grammar = { pattern: /(?!)/g, maxDepth: 0, parse: () => undefined };

/** The grammar of who wrote a version. */
export function grammarOf(dialect: string): Grammar {
  if (dialect === 'doppler') return DOPPLER;
  return dialect === 'phase' ? PHASE : NONE;
}

/** The references in `text`, in order. */
export function findReferences(text: string, { pattern, parse }: Grammar = DOPPLER): Reference[] {
  return [...text.matchAll(pattern)].flatMap((match) => parse(match[1] ?? '') ?? []);
}

/** Whether it leads out of the secrets around it, which somebody must have allowed. */
export function leadsOut({ config, environment }: Reference): boolean {
  return config !== undefined || environment !== undefined;
}

/** A reference as it is written between the braces; one text for all spellings of the same. */
export function writtenAs({ project, config, environment, path = ROOT_PATH, name }: Reference): string {
  if (environment === undefined) {
    return [project, config, keyAt({ path, name })].filter((part) => part !== undefined).join('.');
  }
  // Apps and environments are known in any case.
  const app = project === undefined ? '' : `${project.toLowerCase()}::`;
  return `${app}${environment.toLowerCase()}.${keyAt({ path, name })}`;
}
