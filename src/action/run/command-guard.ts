// Watches the workflow commands in what a child prints: all but one work as in any step, and none outlives the child.

/** What .NET trims at the start of a line before it looks for a command. */
const WHITE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const SAVES_STATE = new RegExp(`^(${WHITE}):(:save-state)`, 'i');
const SAVES_STATE_OLD = /##\[(save-state)/gi;
const STOPS = new RegExp(`^${WHITE}::stop-commands(?: [^:]*)?::([\\w-]+)`, 'i');
const STOPS_OLD = /##\[stop-commands(?: [^\]]*)?\]([\w-]+)/i;
/** Names that the runner takes for no token, since they are commands. */
const COMMANDS =
  /^(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|pause-logging|remove-matcher|save-state|set-env|set-output|stop-commands|warning)$/i;

/**
 * In a plain run step `save-state` has no effect; here it would write the state of our own post step, and could point
 * it at other leases or files. So it is made plain text, in both of its forms (contracts/runner.md 2.1).
 */
export class CommandGuard {
  #token: string | undefined;

  /** `line` as it may be shown to the runner. */
  line(line: string): string {
    if (this.#token === undefined) {
      const token = (STOPS.exec(line) ?? STOPS_OLD.exec(line))?.[1];
      if (token !== undefined && !COMMANDS.test(token)) this.#token = token;
    } else if (resumes(line, this.#token)) this.#token = undefined;
    return line.replace(SAVES_STATE, '$1: $2').replace(SAVES_STATE_OLD, '## [$1');
  }

  /** A line that gives commands back to us when the child stopped them for good: our own errors need them. */
  end(): string {
    return this.#token === undefined ? '' : `::${this.#token}::\n`;
  }
}

function resumes(line: string, token: string): boolean {
  const text = line.trimStart().toLowerCase();
  return text.startsWith(`::${token.toLowerCase()}::`) || text.includes(`##[${token.toLowerCase()}]`);
}
