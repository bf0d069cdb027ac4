// Pure: the secrets inside a secret: strings of a JSON text, the password of a URL, the lines of a PEM kept on one line.

const MAX_PARTS = 1_000;
const MAX_PARSED = 1_048_576;

/** Every text inside `text` that a program may print by itself, and those inside them; at most 1,000, none twice. */
export function partsOf(text: string): string[] {
  const found = new Set<string>();
  // Every part is shorter than what it was found in, so this ends.
  const open = [text];
  for (const one of open) {
    for (const part of [...jsonStrings(one), ...urlPasswords(one), ...unescapedPem(one)]) {
      if (found.size >= MAX_PARTS) return [...found];
      if (part !== text && !found.has(part)) open.push(part);
      found.add(part);
    }
  }
  return [...found];
}

/** The string leaves of a JSON object or array. A stack of our own: depth is the writer's to choose. */
function jsonStrings(text: string): string[] {
  if (!/^\s*[[{]/.test(text) || text.length > MAX_PARSED) return [];
  const leaves: string[] = [];
  const open: unknown[] = [parsed(text)];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') leaves.push(value.toWellFormed());
    // One by one: to spread a long array would overflow the stack.
    else if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) open.push(child);
  }
  return leaves;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON after all: there is nothing inside to hide.
    return undefined;
  }
}

/** As it stands in the URL and as a driver decodes it; the last `@` before the path ends it, as readers agree. */
function urlPasswords(text: string): string[] {
  if (!text.includes('://')) return [];
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#]*)@/i.exec(text.trim())?.[1] ?? '';
  return written === '' ? [] : [written, decoded(written)];
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Keys are often kept with `\n` for each line end; the program that uses them puts the lines back. */
function unescapedPem(text: string): string[] {
  return /-----BEGIN [^-]{1,64}-----(?:\\r)?\\n/.test(text) ? [text.replace(/(?:\\r)?\\n/g, '\n')] : [];
}
