// The code that a page of the documentation shows, so that it is what a test runs.
import { readFileSync } from 'node:fs';

/** The blocks of one language, in order. */
export function codeOf(page: string, language: string): string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);
}
