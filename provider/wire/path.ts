// Where in a value something is: attribute, map key and list index steps.

export type Step = { readonly attribute: string } | { readonly key: string } | { readonly index: number };
export type Path = readonly Step[];

/** A path of attribute names. */
export function attributePath(...names: readonly string[]): Path {
  return names.map((attribute) => ({ attribute }));
}

/** The path as people write it: `generate.length`, `tags["a"]`, `rules[0].role`. */
export function pathText(path: Path): string {
  return path.reduce((text, step) => {
    if ('attribute' in step) return text === '' ? step.attribute : `${text}.${step.attribute}`;
    return 'key' in step ? `${text}[${JSON.stringify(step.key)}]` : `${text}[${step.index}]`;
  }, '');
}
