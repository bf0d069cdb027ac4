// Which environment a config lies in, found through the references of a stack.
import type { IConstruct } from 'constructs';
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from '../../engine.ts';
import { SecretsConfig, SecretsEnvironment } from '../../l1/index.ts';

/** `${secrets_environment.prd.config}` and its kin. */
const REFERENCE = /^\$\{(secrets_(?:environment|config)\.[\w-]+)\.(?:slug|config|name|environment)\}$/;

/**
 * The slugs it may be; none when the stack does not say. A name such as `pre_prd_api` may be a branch of `pre` or of
 * `pre_prd`, or the root of an environment of that name.
 */
export function environmentsOf(at: IConstruct, config: string): readonly string[] {
  const said = textOf(at, config);
  if (said === undefined) return [];
  const [, address] = REFERENCE.exec(said) ?? [];
  if (address !== undefined) return slugOf(at, address);
  if (said.includes('${')) return [];
  const parts = said.split('_');
  return parts.map((_, n) => parts.slice(0, n + 1).join('_'));
}

/** Of the block at an address of the same stack. */
function slugOf(at: IConstruct, address: string): readonly string[] {
  const all = TerraformStack.of(at).node.findAll();
  const block = all.find((node) => addressOf(node) === address);
  const slug =
    block instanceof SecretsEnvironment
      ? block.input.slug
      : block instanceof SecretsConfig
        ? block.input.environment
        : undefined;
  const said = slug === undefined ? undefined : textOf(at, slug);
  if (said === undefined) return [];
  const [, next] = REFERENCE.exec(said) ?? [];
  if (next !== undefined && next !== address) return slugOf(at, next);
  return said.includes('${') ? [] : [said];
}

function textOf(at: IConstruct, value: string): string | undefined {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const said: unknown = Tokenization.resolve(value, { scope: at, resolver, preparing: false });
  return typeof said === 'string' ? said : undefined;
}

function addressOf(node: IConstruct): string | undefined {
  if (!(node instanceof SecretsEnvironment) && !(node instanceof SecretsConfig)) return undefined;
  return `${node.terraformResourceType}.${node.friendlyUniqueId}`;
}
