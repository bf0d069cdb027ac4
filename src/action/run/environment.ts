// Pure: the environment of the child: the step's own and the values, without what opens more than the values.

/**
 * Inputs and state hold tokens; the others let their holder ask for tokens of the runner. GITHUB_STATE would let the
 * child write what our own post step believes.
 */
const WITHHELD = /^(?:INPUT_|STATE_|ACTIONS_ID_TOKEN_|ACTIONS_RUNTIME_)|^GITHUB_STATE$/i;

/** What the child gets; a value takes the place of a variable of its name, on Windows in any case. */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  values: ReadonlyMap<string, string>,
  platform: string,
): Record<string, string> {
  const folded = (name: string) => (platform === 'win32' ? name.toUpperCase() : name);
  const given = new Set([...values.keys()].map(folded));
  const kept = Object.entries(own).flatMap(([name, value]) =>
    value === undefined || WITHHELD.test(name) || given.has(folded(name)) ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...kept, ...values]);
}
