// What things may be called: secrets, projects, environments, configs, and the variables they may never become.

/** contracts/doppler.md 4.3. */
export const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
/** Names that a job may export as they are (design.md §4). */
export const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
/** contracts/doppler.md 2.16; the alphabet is the one that unescaped clients survive (8.1). */
export const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
export const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
export const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;

/** The names that Doppler adds to every answer about itself. */
export const MANAGED_NAMES = ['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG'] as const;

/** Whether `name` is one of the three that Doppler adds. */
export function isManagedName(name: string): boolean {
  return (MANAGED_NAMES as readonly string[]).includes(name);
}

const DENIED_EXACT = new Set([
  'PATH',
  'HOME',
  'SHELL',
  'IFS',
  'ENV',
  'BASH_ENV',
  'BASHOPTS',
  'SHELLOPTS',
  'PROMPT_COMMAND',
  'PS4',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_DEBUG',
  'RUBYOPT',
  'RUBYLIB',
  'JAVA_TOOL_OPTIONS',
  '_JAVA_OPTIONS',
  'JDK_JAVA_OPTIONS',
  'MAVEN_OPTS',
  'GRADLE_OPTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CI',
  'COMSPEC',
  'PATHEXT',
  'SYSTEMROOT',
  'WINDIR',
  'TEMP',
  'TMP',
  'TMPDIR',
  // Each alone runs code of its writer's in a common tool, or sends that tool elsewhere.
  ...['MAKEFLAGS', 'GNUMAKEFLAGS', 'MFLAGS', 'GOFLAGS', 'GOPROXY', 'RUSTC', 'RUSTC_WRAPPER', 'RUSTFLAGS', 'MAVEN_ARGS'],
  ...['EDITOR', 'VISUAL', 'PAGER', 'BROWSER', 'LESSOPEN', 'LESSCLOSE', 'SSH_ASKPASS', 'SUDO_ASKPASS', 'LUA_INIT'],
  ...['DOTNET_STARTUP_HOOKS', 'OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'GCONV_PATH', 'PSMODULEPATH'],
  ...['PERLLIB', 'ZDOTDIR', 'CLASSPATH', 'NODE_COMPILE_CACHE', 'NODE_USE_ENV_PROXY', 'CURL_HOME', 'CURL_CA_BUNDLE'],
  ...['AWS_ENDPOINT_URL', 'AWS_CA_BUNDLE', 'AWS_CONFIG_FILE', 'XDG_CONFIG_HOME', 'USERPROFILE'],
]);
const DENIED_BEGINNING = /^(?:LD_|DYLD_|PYTHON|PERL5|GIT_|GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|NPM_CONFIG_)/;

/**
 * Whether a variable of this name would steer the runner, a shell, a loader or an interpreter of a later step
 * (peers.md, "Denied names by default"). Case is ignored: Windows folds it, and curl reads `https_proxy`.
 */
export function isDeniedName(name: string): boolean {
  const upper = name.toUpperCase();
  return DENIED_EXACT.has(upper) || DENIED_BEGINNING.test(upper);
}
