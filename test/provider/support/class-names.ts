// How the names of Terraform become the names of classes and of their properties.

/** `secrets_project` becomes SecretsProject. */
export const pascal = (text: string) => text.replace(/(?:^|_)([a-z])/g, (_, first: string) => first.toUpperCase());
/** `value_wo` becomes valueWo. */
export const camel = (text: string) => text.replace(/_([a-z])/g, (_, first: string) => first.toUpperCase());
