// What a config is called in a sentence.
import type { ConfigPlaceOrOwn } from '../management.ts';

export function named({ project, config }: ConfigPlaceOrOwn): string {
  return project === undefined && config === undefined ? "the token's own config" : `${project ?? ''}/${config ?? ''}`;
}
