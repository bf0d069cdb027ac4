// A template of projects as Doppler's users keep one beside their code: which projects, environments, configs and secrets.
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { parseNestedYaml, type YamlNode } from '#formats/upload/nested-yaml.js';

export type TemplateEnvironment = { slug: string; name: string; branches: readonly string[] };
export type TemplateProject = {
  name: string;
  description: string;
  /** Undefined: the usual ones. */
  environments: readonly TemplateEnvironment[] | undefined;
  /** By config and name. */
  secrets: ReadonlyMap<string, ReadonlyMap<string, Sensitive>>;
};

const MAX_PROJECTS = 100;

/** @throws AppError ERR_REQUEST_INVALID that names the place, and no value */
export function readTemplate(text: Sensitive): TemplateProject[] {
  const fields = mapping(parseNestedYaml(text.reveal()), 'the template', ['projects']);
  const projects = list(fields.get('projects'), 'projects');
  if (projects.length === 0 || projects.length > MAX_PROJECTS) {
    throw refusal('projects', `lists 1 to ${MAX_PROJECTS} projects`);
  }
  return projects.map((node, index) => readProject(node, `projects[${index}]`));
}

function readProject(node: YamlNode, at: string): TemplateProject {
  const fields = mapping(node, at, ['name', 'description', 'environments', 'secrets']);
  const environments = fields.get('environments') ?? null;
  return {
    name: scalar(fields.get('name'), `${at}.name`),
    description: fields.get('description') == null ? '' : scalar(fields.get('description'), `${at}.description`),
    environments:
      environments === null
        ? undefined
        : list(environments, `${at}.environments`).map((one, n) => readEnvironment(one, `${at}.environments[${n}]`)),
    secrets: readSecrets(fields.get('secrets') ?? new Map(), `${at}.secrets`),
  };
}

function readEnvironment(node: YamlNode, at: string): TemplateEnvironment {
  const fields = mapping(node, at, ['name', 'slug', 'configs']);
  const slug = scalar(fields.get('slug'), `${at}.slug`);
  const configs = list(fields.get('configs') ?? [], `${at}.configs`).map((one, n) => {
    const place = `${at}.configs[${n}]`;
    return scalar(mapping(one, place, ['slug']).get('slug'), `${place}.slug`);
  });
  const [first, ...branches] = configs;
  if (first !== undefined && first !== slug) throw refusal(`${at}.configs`, "begins with the environment's own config");
  return { slug, name: scalar(fields.get('name') ?? slug, `${at}.name`), branches };
}

function readSecrets(node: YamlNode, at: string): TemplateProject['secrets'] {
  return new Map(
    [...mapping(node, at)].map(([config, values]) => {
      const entries = [...mapping(values, `${at}.${config}`)].map(([name, value]) => {
        return [name, new Sensitive(scalar(value, `${at}.${config}.${name}`))] as const;
      });
      return [config, new Map(entries)] as const;
    }),
  );
}

function mapping(node: YamlNode | undefined, at: string, known?: readonly string[]): Map<string, YamlNode> {
  if (!(node instanceof Map)) throw refusal(at, 'is a mapping');
  const stray = known && [...node.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) throw refusal(at, `has no field ${stray.slice(0, 80)}`);
  return node;
}

function list(node: YamlNode | undefined, at: string): YamlNode[] {
  if (!Array.isArray(node)) throw refusal(at, 'is a list');
  return node;
}

function scalar(node: YamlNode | undefined, at: string): string {
  if (typeof node !== 'string') throw refusal(at, 'is a text; write "" for an empty one');
  return node;
}

function refusal(at: string, says: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', `In a template ${at.slice(0, 300)} ${says}.`);
}
