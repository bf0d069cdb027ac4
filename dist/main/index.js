import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  UX: () => (/* binding */ GithubRunner),
  VT: () => (/* binding */ machineOf)
});

// UNUSED EXPORTS: commandFile, escapeData

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(807);
;// CONCATENATED MODULE: ./build/action/github-runner.js
// Runner over the real thing: workflow commands on stdout, command files by append (contracts/runner.md 2).



function machineOf(host) {
    return {
        env: host.env,
        write: (text) => void host.stdout.write(text),
        failStep: () => {
            host.exitCode = 1;
        },
    };
}
/** The limit of an annotation's message; a longer one is cut by the runner without a word. */
const ANNOTATION_LIMIT = 4000;
class GithubRunner {
    #machine;
    constructor(machine) {
        this.#machine = machine;
    }
    input(name) {
        return (this.variable(`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`) ?? '').trim();
    }
    state(name) {
        return this.variable(`STATE_${name}`) ?? '';
    }
    variable(name) {
        return this.#machine.env[name];
    }
    mask(values) {
        const lines = values.filter((value) => value.trim() !== '').map((value) => `::add-mask::${escapeData(value)}\n`);
        if (lines.length > 0)
            this.#machine.write(lines.join(''));
    }
    saveState(name, value) {
        this.#entries('GITHUB_STATE', new Map([[name, value]]))();
    }
    deliver(outputs, variables) {
        const appends = [this.#entries('GITHUB_OUTPUT', outputs), this.#entries('GITHUB_ENV', variables)];
        for (const append of appends)
            append();
    }
    /** `##[` starts a command anywhere in a line, `::` at its beginning. */
    info(text) {
        const safe = (0,errors/* oneLine */.TN)(text, ANNOTATION_LIMIT).replaceAll('##[', '## [').replace(/^::/, ': :');
        this.#machine.write(`${safe}\n`);
    }
    notice(text) {
        this.#annotate('notice', text);
    }
    warning(text) {
        this.#annotate('warning', text);
    }
    fail(text) {
        this.#annotate('error', text);
        this.#machine.failStep();
    }
    #annotate(kind, text) {
        this.#machine.write(`::${kind}::${escapeData((0,errors/* oneLine */.TN)(text, ANNOTATION_LIMIT))}\n`);
    }
    /** Everything that can be wrong is found here; the returned function only appends, once. */
    #entries(file, values) {
        if (values.size === 0)
            return () => { };
        const path = this.variable(file);
        if (!path)
            throw new errors/* AppError */.uV('ERR_CONFIG_INVALID', `${file} is not set: this is not a step of a GitHub job.`);
        const text = commandFile(values, `secrets_${(0,external_node_crypto_.randomUUID)()}`);
        return () => (0,external_node_fs_namespaceObject.appendFileSync)(path, text);
    }
}
/** The data of a workflow command; `%` first, or it would escape the escapes. */
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
/**
 * Entries of a command file, as heredocs. A name with `=`, `<` or a line end would inject entries, and so would a value
 * that holds the delimiter, which is why that must be random.
 */
function commandFile(values, delimiter) {
    return [...values]
        .map(([name, value]) => {
        if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) || value.includes(delimiter)) {
            throw new errors/* AppError */.uV('ERR_INTERNAL', 'A name or value does not fit into a command file.');
        }
        return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
        .join('');
}


/***/ }),

/***/ 884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  H: () => (/* binding */ load)
});

// EXTERNAL MODULE: ./build/core/clock.js
var clock = __nccwpck_require__(300);
// EXTERNAL MODULE: ./build/core/errors.js
var core_errors = __nccwpck_require__(807);
;// CONCATENATED MODULE: ./build/action/inject.js
// How values reach the job: step outputs always, the environment of later steps on request.

/** Hands everything over: one append to each command file. Every value must be masked by now. */
function inject(runner, deliveries, outcome, exportEnv) {
    const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
    const outputs = new Map(values);
    outputs.set('lease-ids', JSON.stringify(outcome.leaseIds));
    outputs.set('expires-at', outcome.expiresAt === undefined ? '' : (0,clock/* iso */.K)(outcome.expiresAt));
    outputs.set('secret-names', JSON.stringify([...values.keys()].sort()));
    runner.deliver(outputs, exportEnv ? values : new Map());
}

// EXTERNAL MODULE: ./build/core/address.js
var address = __nccwpck_require__(242);
;// CONCATENATED MODULE: ./build/core/names.js
// What things may be called: secrets, projects, environments, configs, and the variables they may never become.
/** contracts/doppler.md 4.3. */
const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
/** Names that a job may export as they are (design.md §4). */
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
/** contracts/doppler.md 2.16; the alphabet is the one that unescaped clients survive (8.1). */
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;
/** The names that Doppler adds to every answer about itself. */
const MANAGED_NAMES = ['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG'];
/** Whether `name` is one of the three that Doppler adds. */
function isManagedName(name) {
    return MANAGED_NAMES.some((managed) => managed === name);
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
]);
const DENIED_PREFIX = [
    'LD_',
    'DYLD_',
    'PYTHON',
    'PERL5',
    'GIT_',
    'GITHUB_',
    'RUNNER_',
    'ACTIONS_',
    'INPUT_',
    'STATE_',
    'NPM_CONFIG_',
];
/**
 * Whether a variable of this name would steer the runner, a shell, a loader or an interpreter of a later step
 * (peers.md, "Denied names by default"). Case is ignored: Windows folds it, and curl reads `https_proxy`.
 */
function isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_PREFIX.some((prefix) => upper.startsWith(prefix));
}

// EXTERNAL MODULE: ./build/core/sensitive.js
var sensitive = __nccwpck_require__(386);
;// CONCATENATED MODULE: ./build/core/ttl.js
// Lifetimes: "15m" and its kin to seconds, bounds, and the instants that follow from them.

/** Seconds a lease lives when nobody says otherwise (docs/doppler-dynamic-secrets.txt). */
const DEFAULT_TTL_SEC = 1800;
const UNIT_SEC = { h: 3600, m: 60, s: 1 };
const WORD = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;
/**
 * Parses `30s`, `15m`, `1h30m` or bare seconds (`900`) into whole seconds.
 * @param what how the error calls it
 * @throws AppError ERR_REQUEST_INVALID when the text is anything else, zero, or over 365 days
 */
function parseTtl(text, what = 'ttl') {
    const trimmed = text.trim();
    const seconds = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : parseWord(trimmed);
    if (seconds === undefined || seconds < 1 || seconds > 365 * 24 * 3600) {
        throw new core_errors/* AppError */.uV('ERR_REQUEST_INVALID', `The ${what} '${trimmed.slice(0, 40)}' is not a length of time.`, {
            hint: 'Write it like 30s, 15m, 1h30m or 900 (seconds).',
        });
    }
    return seconds;
}
function parseWord(text) {
    const match = WORD.exec(text);
    if (!match || text === '')
        return undefined;
    const [, hours = '0', minutes = '0', seconds = '0'] = match;
    return Number(hours) * UNIT_SEC.h + Number(minutes) * UNIT_SEC.m + Number(seconds);
}
/** Seconds as the shortest word: 5400 → `1h30m`. */
function formatTtl(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = seconds % 60;
    const text = `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
    return text === '' ? '0s' : text;
}

;// CONCATENATED MODULE: ./build/action/inputs.js
// The only reader of inputs: from what the workflow wrote to one frozen object, or to every problem at once.





/** Every input of action.yml, with the value it has when the workflow gives none. */
const INPUT_DEFAULTS = {
    token: '',
    project: '',
    config: '',
    'api-url': 'https://api.doppler.com',
    secrets: '',
    dynamic: 'false',
    ttl: '30m',
    'export-env': 'false',
    require: '',
    'allow-names': '',
    'mask-min-length': '4',
    timeout: '60s',
};
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
const MAX_TIMEOUT_SEC = 3600;
/**
 * Reads and checks them all.
 * @throws AppError ERR_CONFIG_INVALID with every problem in `details`
 */
function readInputs(runner) {
    const problems = [];
    const given = (name) => runner.input(name) || INPUT_DEFAULTS[name];
    const attempt = (read, otherwise) => {
        try {
            return read();
        }
        catch (error) {
            problems.push((0,core_errors/* asAppError */.et)(error).line);
            return otherwise;
        }
    };
    const lines = (name) => attempt(() => names(name, given(name)), []);
    const inputs = {
        token: attempt(() => token(given('token')), new sensitive/* Sensitive */.p('')),
        scope: attempt(() => scope(given('project'), given('config')), {}),
        apiUrl: attempt(() => apiUrl(given('api-url')), ''),
        secrets: attempt(() => wanted(names('secrets', given('secrets'))), []),
        dynamic: attempt(() => dynamic(given('dynamic')), []),
        ttlSec: attempt(() => parseTtl(given('ttl')), 0),
        exportEnv: attempt(() => flag('export-env', given('export-env')), false),
        require: lines('require'),
        allowNames: lines('allow-names'),
        maskMinLength: attempt(() => whole('mask-min-length', given('mask-min-length'), 32), 0),
        timeoutMs: attempt(() => timeout(given('timeout')), 0),
    };
    if (problems.length > 0) {
        throw new core_errors/* AppError */.uV('ERR_CONFIG_INVALID', 'The inputs of this step cannot be used.', { details: problems });
    }
    return Object.freeze(inputs);
}
/** What post reads again; what cannot be used is as good as absent. */
function readRevokeInputs(runner) {
    try {
        const url = apiUrl(runner.input('api-url') || INPUT_DEFAULTS['api-url']);
        return { token: token(runner.input('token')), apiUrl: url };
    }
    catch {
        return { token: undefined, apiUrl: undefined };
    }
}
function problem(text) {
    return new core_errors/* AppError */.uV('ERR_CONFIG_INVALID', text);
}
function token(text) {
    if (text === '') {
        throw problem('token is empty: give it a secret of this repository; runs for forks and Dependabot have none.');
    }
    if (!/^[\x21-\x7e]{1,4096}$/.test(text))
        throw problem('token has characters that no token has: copy it again.');
    return new sensitive/* Sensitive */.p(text);
}
function scope(project, config) {
    for (const [name, value] of Object.entries({ project, config })) {
        if (!/^[^\u0000-\u0020\u007f/]{0,200}$/.test(value))
            throw problem(`${name} is not a name.`);
    }
    if ((project === '') !== (config === ''))
        throw problem('project and config go together: give both or neither.');
    return project === '' ? {} : { project, config };
}
function apiUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url)
        throw problem('api-url is not an address: write it like https://api.doppler.com.');
    if (url.username !== '' || url.password !== '')
        throw problem('api-url must not hold a user name or a password.');
    if (url.search !== '' || url.hash !== '')
        throw problem('api-url must not hold a query or a fragment.');
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (0,address/* isLoopbackHost */.c)(url.hostname))) {
        throw problem('api-url must start with https:// (http:// is for loopback only).');
    }
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
}
/** One name a line, or several between commas. */
function names(input, text) {
    const found = text
        .split(/[\r\n,]+/)
        .map((one) => one.trim())
        .filter((one) => one !== '');
    const odd = found.filter((one) => !NAME.test(one));
    if (odd.length > 0) {
        throw problem(`${input} takes one name a line; not a name: ${odd.map((one) => `'${one.slice(0, 60)}'`).join(', ')}.`);
    }
    return [...new Set(found)];
}
function wanted(found) {
    const managed = found.filter((name) => isManagedName(name));
    if (managed.length > 0)
        throw problem(`secrets: ${managed.join(', ')} cannot be asked for: they only name the config.`);
    return found;
}
function dynamic(text) {
    if (text.toLowerCase() === 'false')
        return [];
    if (text.toLowerCase() === 'true') {
        throw problem('dynamic: true cannot be used, since not every API can list dynamic secrets: name them, one a line.');
    }
    return names('dynamic', text);
}
function flag(input, text) {
    const word = text.toLowerCase();
    if (word !== 'true' && word !== 'false')
        throw problem(`${input} is neither true nor false.`);
    return word === 'true';
}
function whole(input, text, max) {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > max)
        throw problem(`${input} is not a whole number from 1 to ${max}.`);
    return number;
}
function timeout(text) {
    const seconds = parseTtl(text, 'timeout');
    if (seconds > MAX_TIMEOUT_SEC)
        throw problem('timeout is longer than 1h.');
    return seconds * 1000;
}

;// CONCATENATED MODULE: ./build/action/end.js


/** Ends what `handoff` names. Never rejects: what cannot be ended is counted as left. */
async function endLeases(client, handoff, patience) {
    if (!handoff.revokeKey)
        return endEach(client, handoff.leases);
    try {
        let outcome = await client.revokeSet(handoff.revokeKey);
        for (const pauseMs of patience?.pausesMs ?? []) {
            if (outcome.left === 0)
                break;
            await patience?.clock.sleep(pauseMs);
            // What the first look said stands if a later one fails.
            outcome = await client.revokeSet(handoff.revokeKey).catch(() => outcome);
        }
        return ofSet(outcome, handoff.until);
    }
    catch (error) {
        return nothingEnded(handoff, (0,core_errors/* asAppError */.et)(error).line);
    }
}
/** When there was not even a way to ask. A lease whose answer was lost counts: it may be there. */
function nothingEnded(handoff, reason) {
    const known = handoff.leases.length;
    const left = handoff.revokeKey ? Math.max(known, handoff.asked.length) : known;
    const until = left > known ? handoff.until : latest(handoff.leases.map((lease) => lease.expiresAt));
    return { leased: left, revoked: 0, left, until, reasons: [reason] };
}
/** `3 leased, 3 revoked, 0 left`, and until when if any is. */
function summary({ leased, revoked, left, until }) {
    const counts = `${leased} leased, ${revoked} revoked, ${left} left`;
    return left === 0 ? counts : `${counts}, expires ${(0,clock/* iso */.K)(until)}`;
}
async function endEach(client, leases) {
    const results = await Promise.allSettled(leases.map((lease) => client.revokeLease(lease)));
    const failures = results.flatMap((result, index) => {
        const lease = leases[index];
        return result.status === 'rejected' && lease ? [{ lease, reason: (0,core_errors/* asAppError */.et)(result.reason).line }] : [];
    });
    return {
        leased: leases.length,
        revoked: leases.length - failures.length,
        left: failures.length,
        until: latest(failures.map(({ lease }) => lease.expiresAt)),
        reasons: [...new Set(failures.map(({ reason }) => reason))],
    };
}
function ofSet(outcome, until) {
    const known = outcome.leases.flatMap((lease) => (lease.expiresAt === undefined ? [] : [lease.expiresAt]));
    const reasons = outcome.left === 0 ? [] : ['The engine goes on revoking by itself.'];
    const { left } = outcome;
    const leased = Math.max(outcome.leases.length, left);
    return { leased, revoked: leased - left, left, until: known.length === 0 ? until : latest(known), reasons };
}
function latest(instants) {
    return Math.max(0, ...instants);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: ./build/core/lease-handle.js
var lease_handle = __nccwpck_require__(71);
;// CONCATENATED MODULE: ./build/action/handoff.js
// What main leaves for post: where the leases live and how to end them; no secret but a key that can only revoke.




/** The name of the state; a roof looks for it before it loads anything. */
const STATE = 'handoff';
const VERSION = 1;
/** Settings of the environment that decide whom TLS believes or where a connection goes. */
const TRUST_SETTINGS = [
    'NODE_EXTRA_CA_CERTS',
    'NODE_USE_SYSTEM_CA',
    'NODE_USE_ENV_PROXY',
    'NODE_OPTIONS',
    'OPENSSL_CONF',
    'SSL_CERT_DIR',
    'SSL_CERT_FILE',
];
/** Saves it in one entry; a later one replaces it. The caller has masked the revoke key. */
function saveHandoff(runner, handoff) {
    const { revokeKey, ...rest } = handoff;
    const trust = trustDigest(runner, handoff.setId);
    runner.saveState(STATE, JSON.stringify({ v: VERSION, ...rest, trust, key: revokeKey?.reveal() ?? null }));
}
/**
 * What main left, or undefined when it left nothing. `trusted` says that the environment still believes what it
 * believed in main: a later step can point TLS elsewhere.
 * @throws AppError ERR_CONTRACT when the state is not ours
 */
function loadHandoff(runner) {
    const text = runner.state(STATE);
    if (text === '')
        return undefined;
    const { v, key, trust, ...rest } = parse(text);
    if (v !== VERSION || !isHandoff(rest))
        throw broken();
    const revokeKey = isLink(key) ? new Sensitive(key) : undefined;
    return { handoff: { ...rest, revokeKey }, trusted: trust === trustDigest(runner, rest.setId) };
}
function trustDigest(runner, salt) {
    const settings = TRUST_SETTINGS.map((name) => runner.variable(name) ?? '');
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([salt, ...settings]))
        .digest('base64url');
}
function parse(text) {
    try {
        const parsed = JSON.parse(text);
        if (typeof parsed === 'object' && parsed !== null)
            return parsed;
    }
    catch {
        // Falls through: a state that is no JSON is as little ours as one of another shape.
    }
    throw broken();
}
function isHandoff(rest) {
    const { apiUrl, setId, asked, leases, until } = rest;
    return (typeof apiUrl === 'string' &&
        URL.canParse(apiUrl) &&
        isLink(setId) &&
        Array.isArray(asked) &&
        asked.every((name) => typeof name === 'string') &&
        Array.isArray(leases) &&
        leases.every(isHandedLease) &&
        isInstant(until));
}
function isHandedLease(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { dynamic, project, config, id, expiresAt } = value;
    return [dynamic, project, config, id].every((text) => typeof text === 'string') && isInstant(expiresAt);
}
/** Within what Date can hold, so that printing it cannot throw. */
function isInstant(value) {
    return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
function broken() {
    return new AppError('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
        hint: 'Leases that it may have taken end by themselves at their ttl.',
    });
}

;// CONCATENATED MODULE: ./build/action/naming.js
// Pure: under which names values are delivered, and which of them may not be; every objection at once.


/** Linux refuses to start a process when `NAME=value` and its end is longer: every later step would die. */
const MAX_VARIABLE_BYTES = 131_071;
const MAX_OBJECTIONS = 20;
/** AWS's three, in any spelling: AccessKeyId, access_key, aws-session-token. */
const AWS_FIELDS = {
    accesskey: 'AWS_ACCESS_KEY_ID',
    accesskeyid: 'AWS_ACCESS_KEY_ID',
    secretkey: 'AWS_SECRET_ACCESS_KEY',
    secretaccesskey: 'AWS_SECRET_ACCESS_KEY',
    sessiontoken: 'AWS_SESSION_TOKEN',
    securitytoken: 'AWS_SESSION_TOKEN',
};
/** The variable for a leased field (design.md §4, "Names"). */
function leasedName(dynamic, field) {
    if (VARIABLE_NAME.test(field))
        return field;
    const letters = field.toLowerCase().replace(/[^a-z0-9]/g, '');
    const aws = AWS_FIELDS[letters.replace(/^aws/, '')];
    return aws !== undefined && Object.hasOwn(AWS_FIELDS, letters.replace(/^aws/, ''))
        ? aws
        : `${dynamic}_${upperSnake(field)}`;
}
function upperSnake(field) {
    return field
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase();
}
/** Objections to delivering these, as sentences; empty when all is well. */
function objections(deliveries, rules) {
    const sources = new Map();
    return deliveries.flatMap((delivery) => {
        // Outputs ignore case and so does Windows: two names that differ in case only are one.
        const key = delivery.name.toUpperCase();
        const earlier = sources.get(key);
        sources.set(key, earlier ?? delivery.source);
        const clash = earlier === undefined
            ? []
            : [`${shown(delivery.name)} has two sources: ${shown(earlier)} and ${shown(delivery.source)}.`];
        return [...clash, ...nameObjections(delivery, rules), ...valueObjections(delivery, rules)];
    });
}
/** @throws AppError ERR_CONFIG_INVALID when there is an objection */
function refuse(found) {
    if (found.length === 0)
        return;
    const more = found.length - MAX_OBJECTIONS;
    const details = more > 0 ? [...found.slice(0, MAX_OBJECTIONS), `And ${more} more.`] : found;
    throw new core_errors/* AppError */.uV('ERR_CONFIG_INVALID', 'Nothing was delivered.', { details });
}
function nameObjections({ name, source }, rules) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        return [`${shown(source)} cannot be a variable: '${shown(name)}' is no name for one.`];
    if (rules.exportEnv && name.toUpperCase() === 'NODE_OPTIONS')
        return ['NODE_OPTIONS cannot be exported: the runner forbids it.'];
    if (!isDeniedName(name) || rules.allowNames.includes(name))
        return [];
    return [
        `${name} would steer later steps: rename the secret, leave it out with the secrets input, or list it in allow-names.`,
    ];
}
function valueObjections({ name, value }, rules) {
    const text = value.reveal();
    if (!text.isWellFormed())
        return [`${shown(name)} is not valid Unicode text.`];
    if (!rules.exportEnv)
        return [];
    if (text.includes('\0'))
        return [`${shown(name)} holds a NUL byte, which no environment can carry.`];
    const bytes = Buffer.byteLength(name) + 1 + Buffer.byteLength(text);
    if (bytes <= MAX_VARIABLE_BYTES)
        return [];
    return [
        `${shown(name)} is too large for the environment (${bytes} of ${MAX_VARIABLE_BYTES} bytes): set export-env to false and use the output.`,
    ];
}
function shown(text) {
    return (0,core_errors/* oneLine */.TN)(text, 120);
}

;// CONCATENATED MODULE: ./build/action/lease-run.js




/** How long a request that is under way may still run once the job is cancelled: its answer holds the lease id. */
const CANCEL_GRACE_MS = 3_000;
/** Slack for the far side's clock when nobody said when a lease ends. */
const CLOCK_SLACK_MS = 60_000;
class LeaseRun {
    #tools;
    #plan;
    #leases = [];
    /** Writes the handoff down: from here on post can end whatever gets leased. */
    constructor(tools, plan) {
        this.#tools = tools;
        this.#plan = plan;
        if (plan.engine)
            tools.runner.mask([plan.handle.revokeKey.reveal()]);
        this.#save();
    }
    /**
     * Leases every dynamic secret, one request each, at once.
     * @throws AppError when one of them fails, after all of them have settled
     */
    async issueAll(client) {
        const { stop, clock } = this.#tools;
        const over = new AbortController();
        const hard = new AbortController();
        const onStop = () => void clock.sleep(CANCEL_GRACE_MS, over.signal).then(() => hard.abort());
        stop.addEventListener('abort', onStop, { once: true });
        const { dynamic } = this.#plan.inputs;
        const results = stop.aborted
            ? []
            : await Promise.allSettled(dynamic.map((name) => this.#issue(client, name, hard.signal)));
        stop.removeEventListener('abort', onStop);
        over.abort();
        throwFirst(results);
        if (stop.aborted)
            throw new core_errors/* AppError */.uV('ERR_TIMEOUT', 'The job was cancelled.');
        return results.flatMap((result, index) => result.status === 'fulfilled' ? named(dynamic[index] ?? '', result.value) : []);
    }
    /** Ends them all, since nothing was delivered; a sentence on how that went, empty when nothing was leased. */
    async rollBack(client) {
        const ended = await endLeases(client, this.#handoff());
        if (ended.leased === 0)
            return '';
        const after = ended.left === 0 ? '' : ' The post step tries again.';
        return `Leases rolled back: ${summary(ended)}.${after}`;
    }
    /** The ids for the outputs, in the order of the input. */
    get leaseIds() {
        const order = this.#plan.inputs.dynamic;
        return this.#leases
            .toSorted((a, b) => order.indexOf(a.dynamic) - order.indexOf(b.dynamic))
            .map(({ project, config, dynamic, id }) => ({ backend: 'doppler', project, config, dynamic, id }));
    }
    /** When the first of them runs out. */
    get expiresAt() {
        return this.#leases.length === 0 ? undefined : Math.min(...this.#leases.map((lease) => lease.expiresAt));
    }
    async #issue(client, dynamic, signal) {
        const { inputs, scope, handle, engine } = this.#plan;
        return client.issueLease({
            scope,
            dynamic,
            ttlSec: inputs.ttlSec,
            ...(engine ? { setId: handle.setId } : {}),
            onIssued: (lease) => this.#record(dynamic, lease),
            signal,
        });
    }
    #record(dynamic, { id, expiresAt }) {
        this.#leases.push({ dynamic, ...this.#plan.scope, id, expiresAt });
        this.#save();
    }
    #save() {
        saveHandoff(this.#tools.runner, this.#handoff());
    }
    #handoff() {
        const { inputs, handle, engine } = this.#plan;
        return {
            apiUrl: inputs.apiUrl,
            setId: handle.setId,
            revokeKey: engine ? handle.revokeKey : undefined,
            asked: inputs.dynamic,
            leases: this.#leases,
            until: this.#tools.clock.now() + inputs.timeoutMs + inputs.ttlSec * 1000 + CLOCK_SLACK_MS,
        };
    }
}
/** One error for all that failed: the first, with the messages of the others behind it. */
function throwFirst(results) {
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [(0,core_errors/* asAppError */.et)(result.reason)] : []));
    const [first, ...others] = errors;
    if (!first)
        return;
    const hint = first.hint === undefined ? {} : { hint: first.hint };
    const details = [...first.details, ...others.flatMap((error) => [error.message, ...error.details])];
    throw new core_errors/* AppError */.uV(first.code, first.message, { details: [...new Set(details)], cause: first.cause, ...hint });
}
function named(dynamic, lease) {
    return [...lease.fields].map(([field, value]) => ({
        name: leasedName(dynamic, field),
        value,
        visibility: 'masked',
        source: `field ${field} of the lease of ${dynamic}`,
    }));
}

;// CONCATENATED MODULE: ./build/action/mask.js
/** Every string to hide for these values, each once. Unmasked values are public by their owner's word. */
function masksFor(values, minLength) {
    const masks = new Set();
    for (const { value, visibility } of values) {
        if (visibility === 'unmasked')
            continue;
        for (const form of maskForms(value.reveal(), minLength))
            masks.add(form);
    }
    return [...masks];
}
/**
 * The forms of one value. A form shorter than `minLength` is left out: the runner would hide it wherever those
 * characters occur. The runner itself adds base64, JSON, URL and XML forms of what it is given, but splits at line
 * ends first, so a value of several lines gets the forms of the whole here (contracts/runner.md 2.2).
 */
function maskForms(value, minLength) {
    const lines = value.split(/[\r\n]+/).map((line) => line.trim());
    const forms = (/[\r\n]/.test(value) ? [...lines, ...wholeForms(value)] : [value]).map(digestible);
    return [...new Set(forms.filter((form) => form.trim().length >= minLength))];
}
/**
 * A text whose first `&+` ends it makes the runner's PowerShell encoder throw: add-mask then fails and hides nothing.
 * Without the plus it is taken, and the plus alone tells nothing.
 */
function digestible(form) {
    return form.indexOf('&+') >= 0 && form.indexOf('&+') === form.length - 2 ? form.slice(0, -1) : form;
}
function wholeForms(value) {
    return [JSON.stringify(value).slice(1, -1), ...base64Forms(Buffer.from(value))];
}
/**
 * Base64 of the bytes as they stand and as the tail of something longer: with the first one or two bytes in a group
 * that belongs to what came before. Whole groups only for the tail, since its last characters depend on what follows.
 */
function base64Forms(bytes) {
    return [0, 1, 2].flatMap((skipped) => {
        const rest = bytes.subarray(skipped);
        const padded = rest.toString('base64');
        const groups = rest.subarray(0, rest.length - (rest.length % 3)).toString('base64');
        const forms = [padded, padded.replace(/=+$/, ''), groups];
        return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
    });
}

// EXTERNAL MODULE: ./build/core/visibility.js
var core_visibility = __nccwpck_require__(644);
;// CONCATENATED MODULE: ./build/action/static-read.js



/** What to ask the API for; the names of the config come along where a lease needs them. */
function namesToAsk(inputs) {
    if (inputs.secrets.length === 0 || inputs.dynamic.length === 0)
        return inputs.secrets;
    return [...inputs.secrets, 'DOPPLER_PROJECT', 'DOPPLER_CONFIG'];
}
/** The wanted secrets; those without a readable value are objections, not deliveries. */
function staticDeliveries(read, inputs, tokenKind) {
    const deliveries = [];
    const objections = [];
    for (const secret of read.secrets.filter((one) => isWanted(one, inputs))) {
        const { name, computed: value } = secret;
        const visibility = (0,core_visibility/* strictest */.OI)(secret.rawVisibility, secret.computedVisibility);
        if (value)
            deliveries.push({ name, value, visibility, source: `secret ${name}` });
        else
            objections.push(noValue(secret, tokenKind));
    }
    const present = new Set(read.secrets.map((secret) => secret.name));
    const absent = inputs.secrets.filter((name) => !present.has(name));
    return { deliveries, objections: [...objections, ...missing(absent, 'secrets')] };
}
/** The required names that nothing delivers, as one sentence. */
function missingRequired(deliveries, required) {
    const names = new Set(deliveries.map((delivery) => delivery.name));
    return missing(required.filter((name) => !names.has(name)), 'require');
}
/** Project and config for lease requests: as given, or as the config names itself. */
function leaseScope(read, inputs) {
    const own = (name) => read.secrets.find((secret) => secret.name === name)?.computed?.reveal() || undefined;
    const project = inputs.scope.project ?? own('DOPPLER_PROJECT');
    const config = inputs.scope.config ?? own('DOPPLER_CONFIG');
    if (project === undefined || config === undefined) {
        throw new core_errors/* AppError */.uV('ERR_CONFIG_INVALID', 'A lease needs a project and a config, and the API names neither.', {
            hint: 'Set the project and config inputs.',
        });
    }
    return { project, config };
}
function isWanted({ name }, inputs) {
    return !isManagedName(name) && (inputs.secrets.length === 0 || inputs.secrets.includes(name));
}
function noValue({ name, computedVisibility, rawVisibility }, tokenKind) {
    const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
    const why = restricted
        ? `is restricted, and this ${tokenKind} may not read it`
        : `has no value for this ${tokenKind}`;
    return `${name} ${why}: use a service token or a service account, or leave it out with the secrets input.`;
}
function missing(names, input) {
    if (names.length === 0)
        return [];
    return [`Missing, though named in ${input}: ${names.join(', ')}.`];
}

;// CONCATENATED MODULE: ./build/action/load.js








/** For ending leases after a failure: within the 7 s that a cancelled step has, grace for a late answer included. */
const ROLLBACK_MS = 5_000;
const CANCELLED_ROLLBACK_MS = 2_500;
/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
async function load(tools) {
    const { runner, connect, stop, newHandle } = tools;
    let undo = async () => '';
    try {
        const inputs = readInputs(runner);
        const { apiUrl, token, exportEnv } = inputs;
        runner.mask([token.reveal()]);
        const client = connect({ apiUrl, token, budgetMs: inputs.timeoutMs, signal: stop });
        const read = await client.fetchSecrets(inputs.scope, namesToAsk(inputs));
        const fixed = staticDeliveries(read, inputs, client.tokenKind);
        const leasing = inputs.dynamic.length > 0;
        const early = leasing ? [] : missingRequired(fixed.deliveries, inputs.require);
        refuse([...fixed.objections, ...objections(fixed.deliveries, inputs), ...early]);
        const all = [...fixed.deliveries];
        let outcome = { leaseIds: [], expiresAt: undefined };
        if (leasing) {
            const plan = { inputs, scope: leaseScope(read, inputs), handle: newHandle(), engine: read.engine !== undefined };
            const run = new LeaseRun(tools, plan);
            undo = async () => {
                const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
                return run.rollBack(connect({ apiUrl, token, budgetMs }));
            };
            all.push(...(await run.issueAll(client)));
            outcome = { leaseIds: run.leaseIds, expiresAt: run.expiresAt };
        }
        runner.mask(masksFor(all, inputs.maskMinLength));
        refuse([...objections(all, inputs), ...missingRequired(all, inputs.require)]);
        if (stop.aborted)
            throw new core_errors/* AppError */.uV('ERR_TIMEOUT', 'The job was cancelled.');
        inject(runner, all, outcome, exportEnv);
        undo = async () => '';
        const until = outcome.expiresAt === undefined ? '' : `, the first ends ${(0,clock/* iso */.K)(outcome.expiresAt)}`;
        runner.info(`${fixed.deliveries.length} static, ${outcome.leaseIds.length} leased${until}`);
    }
    catch (error) {
        const undone = await undo();
        runner.fail([(0,core_errors/* asAppError */.et)(error).line, undone].filter((text) => text !== '').join(' '));
    }
}


/***/ }),

/***/ 500:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  v: () => (/* binding */ connectWith)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(807);
// EXTERNAL MODULE: ./build/core/sensitive.js
var sensitive = __nccwpck_require__(386);
;// CONCATENATED MODULE: ./build/contract/doppler/decode.js
// Small hand decoders for unknown JSON: what the action reads hot must not cost it a schema library.


/** The far side answered in a shape that is not the contract's; `where` never holds a value. */
function offContract(where, wanted) {
    return new errors/* AppError */.uV('ERR_CONTRACT', `The answer is not what the API promises: ${(0,errors/* oneLine */.TN)(where, 80)} is not ${wanted}.`);
}
/** An object that is neither null nor an array. */
function object(value, where) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw offContract(where, 'an object');
    return value;
}
/** The entries of a map whose keys are names; `__proto__` is nobody's name and is left out. */
function entries(value, where) {
    return Object.entries(object(value, where)).filter(([key]) => key !== '__proto__');
}
/** A list. */
function list(value, where) {
    if (!Array.isArray(value))
        throw offContract(where, 'a list');
    return value;
}
/** A string. */
function decode_text(value, where) {
    if (typeof value !== 'string')
        throw offContract(where, 'a text');
    return value;
}
/** A string that is not empty. */
function word(value, where) {
    const found = decode_text(value, where);
    if (found === '')
        throw offContract(where, 'a text that is not empty');
    return found;
}
/** A string, or undefined where the field is null or absent. */
function optionalText(value, where) {
    return value === null || value === undefined ? undefined : decode_text(value, where);
}
/** A whole number that is not negative. */
function count(value, where) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        throw offContract(where, 'a count');
    return value;
}
/** A string straight into its box, or null where the field is null or absent. */
function boxed(value, where) {
    const found = optionalText(value, where);
    return found === undefined ? null : new sensitive/* Sensitive */.p(found);
}

;// CONCATENATED MODULE: ./build/contract/doppler/wire.js
// What every Doppler v3 request is made of: method, path, query, headers, body; and the header words that our engine adds.

/** On every answer of our engine: `<version>; <capability>, <capability>`. */
const ENGINE_HEADER = 'secrets-engine';
/** k2 of a lease handle, on minting requests. */
const LEASE_SET_HEADER = 'x-secrets-lease-set';
/** k1 or k0 of a lease handle, instead of Authorization. */
const LEASE_HANDLE_HEADER = 'x-secrets-lease-handle';
/** The same key with the same body means the same lease. */
const IDEMPOTENCY_HEADER = 'idempotency-key';
/** The engine's header taken apart; undefined when the answer is not from an engine. */
function readEngineHeader(text) {
    if (text === undefined || !/^[\x20-\x7e]{1,500}$/.test(text))
        return undefined;
    const [version = '', capabilities = ''] = text.split(';', 2);
    if (version.trim() === '')
        return undefined;
    const words = capabilities.split(/[,\s]+/).filter((word) => word !== '');
    return { version: version.trim(), capabilities: words };
}
/** The Authorization header in either form that the service accepts (contracts/doppler.md 1.1). */
function authorization(token, form) {
    const text = token.reveal();
    return new sensitive/* Sensitive */.p(form === 'bearer' ? `Bearer ${text}` : `Basic ${Buffer.from(`${text}:`).toString('base64')}`);
}
/** `path` with the entries of `query` that have a value. */
function target(path, query) {
    const pairs = Object.entries(query).flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]);
    return pairs.length === 0 ? `/v3${path}` : `/v3${path}?${pairs.join('&')}`;
}
/** A request without a body. */
function bare(method, at) {
    return { method, target: at, headers: {}, authorized: true };
}
/** A request with a JSON body. */
function withJson(method, at, body) {
    const headers = { 'content-type': 'application/json' };
    return { method, target: at, headers, body: JSON.stringify(body), authorized: true };
}

;// CONCATENATED MODULE: ./build/contract/doppler/actor.js
// Who asks: the answer of `/v3/me`, and the kind of a token by its prefix (contracts/doppler.md 1.2, 1.5).


/** Asks who the token is. */
function meRequest() {
    return bare('GET', target('/me', {}));
}
/** The actor behind a token. */
function readMe(body) {
    const fields = object(body, 'the body');
    return {
        type: word(fields['type'], 'type'),
        name: optionalText(fields['name'], 'name') ?? '',
        slug: optionalText(fields['slug'], 'slug') ?? '',
    };
}
const KINDS = [
    ['dp.ct.', 'CLI token'],
    ['dp.pt.', 'personal token'],
    ['dp.st.', 'service token'],
    ['dp.said.', 'service account identity token'],
    ['dp.sa.', 'service account token'],
    ['dp.scim.', 'SCIM token'],
    ['dp.audit.', 'audit token'],
];
/** What a token is called in a sentence, by its prefix; `token` when the prefix says nothing. */
function tokenKind(token) {
    return KINDS.find(([prefix]) => token.startsWith(prefix))?.[1] ?? 'token';
}

;// CONCATENATED MODULE: ./build/contract/doppler/leases.js
// Leases on the Doppler wire: issue, revoke by id (contracts/doppler.md 2.9), and the engine's revoke by handle.




const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';
/** Issues one lease. `terms` only towards our engine; `replace` on every repeat after an answer may have been lost. */
function issueLeaseRequest(scope, lease, terms) {
    const body = { project: scope.project, config: scope.config, dynamic_secret: lease.dynamic, ttl_sec: lease.ttlSec };
    const request = withJson('POST', target(LEASES, { replace: terms?.replace ? 'true' : undefined }), body);
    if (!terms)
        return request;
    const extra = { [IDEMPOTENCY_HEADER]: terms.idempotencyKey, [LEASE_SET_HEADER]: terms.setId };
    return { ...request, headers: { ...request.headers, ...extra } };
}
/** The head of an issue answer. */
function readLeaseHead(body) {
    const fields = object(body, 'the body');
    return { id: word(fields['id'], 'id'), expiresAt: instant(fields['expires_at']) };
}
/** The leased fields under the names of the answer; numbers and booleans become text, null fields are left out. */
function readLeaseFields(body) {
    const fields = new Map();
    for (const [key, value] of entries(object(body, 'the body')['value'], 'value')) {
        if (value === null)
            continue;
        if (!isScalar(value))
            throw offContract(`value.${key}`, 'a text');
        fields.set(key, new sensitive/* Sensitive */.p(String(value)));
    }
    return fields;
}
/** Ends a lease by its id; in body and query, since clients exist that drop the body of a DELETE. */
function revokeLeaseRequest(lease) {
    const fields = { project: lease.project, config: lease.config, dynamic_secret: lease.dynamic, slug: lease.id };
    return withJson('DELETE', target(`${LEASES}/lease`, fields), fields);
}
/** Engine extension: ends every lease of a set; the handle replaces the token. */
function revokeSetRequest(handle) {
    return { ...bare('DELETE', target('/leases', {})), headers: { [LEASE_HANDLE_HEADER]: handle }, authorized: false };
}
/** How a set ended. */
function readRevokedSet(body) {
    const fields = object(body, 'the body');
    const leases = list(fields['leases'], 'leases').map((one, index) => setLease(one, `leases[${index}]`));
    return { leases, revoked: count(fields['revoked'], 'revoked'), left: count(fields['left'], 'left') };
}
function setLease(value, where) {
    const fields = object(value, where);
    return {
        id: word(fields['id'], `${where}.id`),
        dynamic: word(fields['dynamic_secret'], `${where}.dynamic_secret`),
        state: word(fields['state'], `${where}.state`),
        expiresAt: instant(fields['expires_at']),
    };
}
function isScalar(value) {
    return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
/** ISO 8601 to epoch milliseconds; undefined when it is no date: an odd date must not cost us the lease id. */
function instant(value) {
    const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(parsed) ? undefined : parsed;
}

;// CONCATENATED MODULE: ./build/formats/env.js
// Names and values as `NAME="value"` lines, as Doppler writes them: backslash and quote escaped, newlines literal.

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * `values` as one line each, sorted by name, without a final newline (contracts/doppler.md 2.5).
 * @throws AppError ERR_REQUEST_INVALID when a name could break out of its line
 */
function encodeEnv(values) {
    const names = [...values.keys()].sort();
    const lines = names.map((name) => {
        if (!NAME.test(name))
            throw new AppError('ERR_REQUEST_INVALID', `'${name}' cannot be a variable name.`);
        return `${name}="${(values.get(name) ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    });
    return lines.join('\n');
}
/**
 * Reads what `encodeEnv` writes; empty lines between entries are allowed.
 * @throws AppError ERR_CONTRACT for anything else, with the line and never with its text
 */
function parseEnv(text) {
    const values = new Map();
    // Sticky: each match starts where the last one ended, so that nothing between entries is skipped.
    const entry = /([A-Za-z_][A-Za-z0-9_]*)="([^"\\]*(?:\\[^][^"\\]*)*)"(?:\r?\n|$)|\r?\n/y;
    while (entry.lastIndex < text.length) {
        const at = entry.lastIndex;
        const match = entry.exec(text);
        if (!match) {
            const line = text.slice(0, at).split('\n').length;
            throw new errors/* AppError */.uV('ERR_CONTRACT', `The env text is not understood from line ${line} on.`);
        }
        const [, name, value] = match;
        if (name !== undefined && value !== undefined)
            values.set(name, value.replace(/\\([^])/g, '$1'));
    }
    return values;
}

;// CONCATENATED MODULE: ./build/formats/json.js
// Names and values as one flat JSON object of strings: compact, sorted by name (contracts/doppler.md 2.5).

/** `values` as compact JSON, sorted by name; written pair by pair so that no name can be a prototype. */
function encodeJson(values) {
    const names = [...values.keys()].sort();
    const pairs = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(values.get(name))}`);
    return `{${pairs.join(',')}}`;
}
/**
 * Reads a flat object of strings; `__proto__` is left out.
 * @throws AppError ERR_CONTRACT when it is anything else; no part of the text is in the message
 */
function parseJson(text) {
    const values = new Map();
    for (const [name, value] of Object.entries(parseObject(text))) {
        if (name === '__proto__')
            continue;
        if (typeof value !== 'string')
            throw new errors/* AppError */.uV('ERR_CONTRACT', 'A value of the JSON text is not a string.');
        values.set(name, value);
    }
    return values;
}
function parseObject(text) {
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        // The parser's own message quotes the text, and the text is secret: it goes no further, not even as a cause.
        throw new errors/* AppError */.uV('ERR_CONTRACT', 'The text is not JSON.');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new errors/* AppError */.uV('ERR_CONTRACT', 'The JSON text is not an object.');
    }
    return parsed;
}

// EXTERNAL MODULE: ./build/core/visibility.js
var visibility = __nccwpck_require__(644);
;// CONCATENATED MODULE: ./build/contract/doppler/secrets.js
// Static secrets on the Doppler wire: list, get, download (contracts/doppler.md 2.5).






const LIST = '/configs/config/secrets';
/** A longer filter would not fit into every proxy's request line; the caller then filters what it gets. */
const MAX_FILTER = 4000;
/** Lists a config. `names` asks for these only, where they fit; never issues leases. */
function listSecretsRequest(scope, names = []) {
    const filter = names.join(',');
    return bare('GET', target(LIST, {
        project: scope.project,
        config: scope.config,
        include_dynamic_secrets: 'false',
        secrets: filter === '' || filter.length > MAX_FILTER ? undefined : filter,
    }));
}
/** The secrets of a list answer, in the order of the answer. */
function readSecretList(body) {
    return entries(object(body, 'the body')['secrets'], 'secrets').map(([name, value]) => secret(name, value));
}
/** Asks for one secret. */
function getSecretRequest(scope, name) {
    return bare('GET', target('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}
/** One secret; a name that does not exist is answered with null values. */
function readSecret(body) {
    const fields = object(body, 'the body');
    return secret(word(fields['name'], 'name'), fields['value']);
}
/** Downloads a config as one text. */
function downloadRequest(scope, format, names = []) {
    const filter = names.join(',');
    return bare('GET', target(`${LIST}/download`, {
        project: scope.project,
        config: scope.config,
        format,
        include_dynamic_secrets: 'false',
        secrets: filter === '' || filter.length > MAX_FILTER ? undefined : filter,
    }));
}
/** The computed values of a download, name by name. */
function readDownload(format, text) {
    const values = format === 'json' ? parseJson(text) : parseEnv(text);
    return new Map([...values].map(([name, value]) => [name, new sensitive/* Sensitive */.p(value)]));
}
function secret(name, value) {
    const fields = object(value, name);
    return {
        name,
        raw: boxed(fields['raw'], `${name}.raw`),
        computed: boxed(fields['computed'], `${name}.computed`),
        note: optionalText(fields['note'], `${name}.note`) ?? '',
        rawVisibility: secrets_visibility(fields['rawVisibility'], `${name}.rawVisibility`),
        computedVisibility: secrets_visibility(fields['computedVisibility'], `${name}.computedVisibility`),
    };
}
/** An absent visibility, or one that a later API invents, is read as masked: hiding too much is the safe mistake. */
function secrets_visibility(value, where) {
    const found = optionalText(value, where);
    return (0,visibility/* isVisibility */.bT)(found) ? found : 'masked';
}

// EXTERNAL MODULE: ./build/core/clock.js
var clock = __nccwpck_require__(300);
;// CONCATENATED MODULE: ./build/client/http.js

const CONNECT_MS = 10_000;
const IDLE_MS = 20_000;
const MAX_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 5_000;
const RETRY_AFTER_CAP_SEC = 60;
class Http {
    #options;
    #deadline;
    host;
    constructor(options) {
        this.#options = options;
        this.#deadline = options.clock.monotonic() + options.budgetMs;
        this.host = new URL(options.baseUrl).host;
    }
    /** Sends a request that may be repeated freely. */
    async safe(request) {
        return this.exchange(request, (outcome) => (mayPass(outcome) ? request : undefined));
    }
    /**
     * Sends `request`, then what `next` says, until it says no more, attempts run out, or the deadline is too near.
     * `next` sees every outcome, the last one too.
     */
    async exchange(request, next, signal = this.#options.signal) {
        let current = request;
        for (let attempt = 1;; attempt += 1) {
            const outcome = await this.#once(current, signal);
            const following = next(outcome);
            if (!following || attempt >= MAX_ATTEMPTS)
                return outcome;
            const waitMs = this.#waitMs(outcome, attempt);
            if (waitMs >= this.#leftMs())
                return outcome;
            await this.#options.clock.sleep(waitMs, signal);
            if (signal?.aborted)
                return outcome;
            current = following;
        }
    }
    async #once(request, signal) {
        const { send, baseUrl } = this.#options;
        const totalMs = Math.floor(this.#leftMs());
        if (totalMs < 1)
            return { failure: { kind: 'timeout', mayHaveArrived: false, code: 'DEADLINE' } };
        return send({
            method: request.method,
            url: baseUrl + request.target,
            headers: { accept: 'application/json', 'user-agent': 'secrets-action/1.0.0', ...request.headers },
            ...(request.body === undefined ? {} : { body: request.body }),
            connectMs: CONNECT_MS,
            idleMs: IDLE_MS,
            totalMs,
            signal,
        });
    }
    #leftMs() {
        return this.#deadline - this.#options.clock.monotonic();
    }
    /** Full jitter, but never earlier than the far side asked for. */
    #waitMs(outcome, attempt) {
        const jitter = this.#options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
        const asked = 'answer' in outcome ? retryAfterSec(outcome.answer, this.#options.clock.now()) : undefined;
        return Math.max(jitter, (asked ?? 0) * 1000);
    }
}
const PASSING = new Set(['dns', 'connect', 'timeout', 'cut']);
/** Whether the same request may fare better a little later. */
function mayPass(outcome) {
    if ('failure' in outcome)
        return PASSING.has(outcome.failure.kind);
    return outcome.answer.status === 429 || outcome.answer.status >= 500;
}
/** Whether the request certainly did nothing: it never left, or was turned away for its rate. */
function didNothing(outcome) {
    return 'failure' in outcome ? !outcome.failure.mayHaveArrived : outcome.answer.status === 429;
}
/** Retry-After in seconds, given as seconds or as a date (RFC 9110 10.2.3); at most a minute is believed. */
function retryAfterSec(answer, now) {
    const text = answer.headers['retry-after']?.trim() ?? '';
    const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_CAP_SEC) : undefined;
}
const FAILURES = {
    dns: ['ERR_UNAVAILABLE', 'could not be found by name', 'Check api-url and the name resolution of this runner.'],
    connect: ['ERR_UNAVAILABLE', 'could not be connected to', 'Check api-url and that this runner may reach it.'],
    tls: [
        'ERR_UNAVAILABLE',
        'has a certificate that this runner does not trust',
        'Check api-url and the CA of this runner.',
    ],
    timeout: ['ERR_TIMEOUT', 'did not answer in time', 'Try again, or raise the timeout input.'],
    cut: ['ERR_UNAVAILABLE', 'cut the connection before it had answered', 'Try again.'],
    aborted: ['ERR_TIMEOUT', 'was being waited for when this job was cancelled', ''],
    'too-large': ['ERR_CONTRACT', 'sent more than any answer of this API holds', 'Check api-url.'],
    'not-utf8': [
        'ERR_CONTRACT',
        'sent an answer that is not UTF-8',
        'Check api-url, and what stands between it and this runner.',
    ],
    'not-allowed': [
        'ERR_CONFIG_INVALID',
        'may not be spoken to without TLS',
        'Use an https address; http is for loopback only.',
    ],
};
/** The error for a request that got no answer. */
function failureError(failure, host) {
    const [code, text, hint] = FAILURES[failure.kind];
    return new errors/* AppError */.uV(code, `${host} ${text} (${failure.code}).`, { hint });
}

;// CONCATENATED MODULE: ./build/contract/doppler/problem.js
// The error body of the Doppler dialect: `{"messages": […], "success": false}` (contracts/doppler.md 2.1).
/** The messages of an error body, or undefined when it is not one. */
function readProblem(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
        return undefined;
    const messages = body['messages'];
    if (!Array.isArray(messages) || !messages.every((one) => typeof one === 'string'))
        return undefined;
    return { messages };
}
/** The body for these messages. */
function problemBody(messages) {
    return { messages, success: false };
}

;// CONCATENATED MODULE: ./build/client/problem.js
// Answers that are not what was asked for, as errors that a user can act on; nothing of the far side is shown raw.



const TOLD = {
    400: told('ERR_REQUEST_INVALID', ({ host, doing }) => `${host} refused to ${doing}`, ''),
    401: told('ERR_UNAUTHENTICATED', ({ host, tokenKind }) => `${host} did not accept the ${tokenKind}`, 'Check that it has not expired or been deleted, and that api-url is the API it was made for.'),
    403: told('ERR_ACCESS_DENIED', ({ tokenKind, doing }) => `The ${tokenKind} may not ${doing}`, 'Grant it access, or use a token that has it.'),
    404: told('ERR_NOT_FOUND', ({ host, doing }) => `${host} found nothing to ${doing}`, 'Check the names, and that the token may see them: what it may not see looks as if it were not there.'),
    409: told('ERR_CONFLICT', ({ host, doing }) => `${host} could not ${doing} in the present state`, ''),
    410: told('ERR_LEASE_EXPIRED', ({ host, doing }) => `${host} could not ${doing}: it has ended`, ''),
    422: told('ERR_REQUEST_INVALID', ({ host, doing }) => `${host} refused to ${doing}`, ''),
    429: told('ERR_RATE_LIMITED', ({ host }) => `${host} turns requests away: too many of them`, 'Try again later, or read fewer configs at once.'),
};
const REDIRECT = told('ERR_CONTRACT', ({ host }) => `${host} answered with a redirect, which is not followed with a token`, 'Set api-url to the address that it leads to.');
const OUTAGE = told('ERR_UNAVAILABLE', ({ host, doing }) => `${host} failed to ${doing}`, 'Try again later.');
const ODD = told('ERR_CONTRACT', ({ host }) => `${host} gave an answer that this API does not have`, 'Check api-url.');
function told(code, text, hint) {
    return { code, text, hint };
}
/** The error for an answer outside 200–299. */
function statusError(answer, asked) {
    const { status } = answer;
    const found = TOLD[status] ?? (status >= 500 ? OUTAGE : status >= 300 && status < 400 ? REDIRECT : ODD);
    const said = messagesOf(answer).map((text) => (0,errors/* oneLine */.TN)(asked.redact(text), 200));
    const seconds = retryAfterSec(answer, asked.now);
    const waiting = status === 429 && seconds ? [`It asks to wait ${Math.ceil(seconds)} s.`] : [];
    const words = said.slice(0, 3).map((text) => text.replace(/[.\s]+$/, ''));
    return new errors/* AppError */.uV(found.code, `${found.text(asked)} (${[status, words.join('. ')].filter(Boolean).join(': ')}).`, {
        details: waiting,
        ...(found.hint === '' ? {} : { hint: found.hint }),
        ...(seconds === undefined ? {} : { retryAfterSec: seconds }),
    });
}
/** The JSON of an answer. A parser's message quotes the text, so it is dropped. */
function readJson(answer, host) {
    try {
        return JSON.parse(answer.text);
    }
    catch {
        const kind = /^\s*</.test(answer.text) ? 'a web page' : answer.text === '' ? 'nothing' : 'something';
        throw new errors/* AppError */.uV('ERR_CONTRACT', `${host} answered with ${kind} that is not JSON (${answer.status}).`, {
            hint: 'Check that api-url is the address of the API, and that no proxy or login page stands before it.',
        });
    }
}
/** `error` with a further sentence. */
function withDetail(error, detail) {
    return new errors/* AppError */.uV(error.code, error.message, {
        details: [...error.details, detail],
        cause: error.cause,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        ...(error.retryAfterSec === undefined ? {} : { retryAfterSec: error.retryAfterSec }),
    });
}
function messagesOf(answer) {
    try {
        return readProblem(JSON.parse(answer.text))?.messages ?? [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./build/client/doppler.js
// SecretsClient over the Doppler API v3: Doppler's cloud and our engine.









/** A name that every config answers to, so that a read of it costs next to nothing. */
const PROBE = 'DOPPLER_CONFIG';
class DopplerClient {
    tokenKind;
    #http;
    #options;
    #authorization;
    #redact;
    constructor(options) {
        this.#options = options;
        this.#http = new Http(options);
        const token = options.token?.reveal() ?? '';
        this.tokenKind = tokenKind(token);
        this.#authorization = options.token && authorization(options.token, options.authForm ?? 'bearer');
        this.#redact = (text) => {
            const known = token === '' ? text : text.replaceAll(token, '[token]');
            return known.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
        };
    }
    async fetchSecrets(scope, names) {
        const doing = `read the secrets of ${named(scope)}`;
        const answer = await this.#ask(listSecretsRequest(scope, names), doing);
        const engine = readEngineHeader(answer.headers[ENGINE_HEADER]);
        return { secrets: readSecretList(this.#json(answer)), engine };
    }
    async fetchSecret(scope, name) {
        const answer = await this.#ask(getSecretRequest(scope, name), `read ${name} of ${named(scope)}`);
        return readSecret(this.#json(answer));
    }
    async downloadSecrets(scope, format) {
        const answer = await this.#ask(downloadRequest(scope, format), `download ${named(scope)}`);
        return readDownload(format, answer.text);
    }
    /** The minting rules of design.md §4. */
    async issueLease(ask) {
        const { scope, dynamic, ttlSec, setId } = ask;
        const build = (replace) => {
            const terms = setId === undefined ? undefined : { setId, idempotencyKey: `${setId}.${dynamic}`, replace };
            return this.#outgoing(issueLeaseRequest(scope, { dynamic, ttlSec }, terms));
        };
        let inDoubt = false;
        const next = (outcome) => {
            if (!didNothing(outcome) && mayHaveLeased(outcome))
                inDoubt = true;
            if (!mayPass(outcome))
                return undefined;
            if (didNothing(outcome))
                return build(inDoubt);
            return setId === undefined ? undefined : build(true);
        };
        try {
            const outcome = await this.#http.exchange(build(false), next, ask.signal);
            const answer = this.#expect(outcome, `lease ${dynamic} of ${named(scope)}`);
            inDoubt = true;
            const body = this.#json(answer);
            const { id, expiresAt = this.#options.clock.now() + ttlSec * 1000 } = readLeaseHead(body);
            inDoubt = false;
            ask.onIssued({ id, expiresAt });
            return { id, expiresAt, fields: readLeaseFields(body) };
        }
        catch (error) {
            const found = (0,errors/* asAppError */.et)(error);
            if (!inDoubt || setId !== undefined)
                throw found;
            const until = (0,clock/* iso */.K)(this.#options.clock.now() + ttlSec * 1000);
            throw withDetail(found, `A lease of ${dynamic} may live until ${until}: its id never arrived, so nothing can end it.`);
        }
    }
    /** "Revoked means" of design.md §4: a 404 counts only while a read of that config with the same token works. */
    async revokeLease(lease) {
        const doing = `revoke lease ${lease.id} of ${lease.dynamic}`;
        const outcome = await this.#http.safe(this.#outgoing(revokeLeaseRequest(lease)));
        if ('answer' in outcome && outcome.answer.status === 410)
            return;
        if ('answer' in outcome && outcome.answer.status === 404) {
            const probe = await this.#http.safe(this.#outgoing(listSecretsRequest(lease, [PROBE])));
            if ('answer' in probe && isOk(probe.answer))
                return;
        }
        this.#expect(outcome, doing);
    }
    async revokeSet(handle) {
        const answer = await this.#ask(revokeSetRequest(handle), 'revoke the leases');
        const set = readRevokedSet(this.#json(answer));
        // An aborted lease never had a credential that anyone was given.
        return { ...set, leases: set.leases.filter((lease) => lease.state !== 'aborted') };
    }
    async me() {
        return readMe(this.#json(await this.#ask(meRequest(), 'say whose token this is')));
    }
    async #ask(request, doing) {
        return this.#expect(await this.#http.safe(this.#outgoing(request)), doing);
    }
    #outgoing(request) {
        const { authorized, ...rest } = request;
        if (!authorized)
            return rest;
        if (!this.#authorization)
            throw new errors/* AppError */.uV('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
        return { ...rest, headers: { ...rest.headers, authorization: this.#authorization } };
    }
    #expect(outcome, doing) {
        if ('failure' in outcome)
            throw failureError(outcome.failure, this.#http.host);
        if (isOk(outcome.answer))
            return outcome.answer;
        const { tokenKind } = this;
        const now = this.#options.clock.now();
        throw statusError(outcome.answer, { host: this.#http.host, doing, tokenKind, now, redact: this.#redact });
    }
    #json(answer) {
        return readJson(answer, this.#http.host);
    }
}
function isOk(answer) {
    return answer.status >= 200 && answer.status < 300;
}
/** Whether the far side may have issued a lease and we cannot see it. */
function mayHaveLeased(outcome) {
    return 'failure' in outcome || outcome.answer.status >= 500;
}
function named(scope) {
    if (scope.project === undefined && scope.config === undefined)
        return "the token's own config";
    return `${scope.project ?? '(own project)'}/${scope.config ?? '(own config)'}`;
}

;// CONCATENATED MODULE: ./build/client/connect.js

/** A Connect over the machine's network, clock and chance, which only a roof has. */
function connectWith(machine) {
    return ({ apiUrl, ...options }) => new DopplerClient({ ...machine, ...options, baseUrl: apiUrl });
}


/***/ }),

/***/ 91:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ nodeClock)
/* harmony export */ });
/** The machine's clock. A sleep keeps the process alive; abort it to let go. */
const nodeClock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) => new Promise((resolve) => {
        if (signal?.aborted)
            return resolve();
        const done = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, ms);
        signal?.addEventListener('abort', done, { once: true });
    }),
};


/***/ }),

/***/ 938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  l: () => (/* binding */ nodeSend)
});

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
// EXTERNAL MODULE: ./build/core/address.js
var address = __nccwpck_require__(242);
// EXTERNAL MODULE: ./build/core/sensitive.js
var sensitive = __nccwpck_require__(386);
;// CONCATENATED MODULE: ./build/client/node-send.js
// Send over node:https (node:http for loopback): one keep-alive agent, whole bodies, no redirects, TLS always verified.




const MAX_BYTES = 16 * 1024 * 1024;
/** A Send with connections of its own. */
function nodeSend(limits = {}) {
    const agent = new external_node_https_namespaceObject.Agent({ keepAlive: true });
    const tls = (url, method) => external_node_https_namespaceObject.request(url, { method, agent, rejectUnauthorized: true });
    let plain;
    return async (request) => {
        const url = new URL(request.url);
        if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (0,address/* isLoopbackHost */.c)(url.hostname))) {
            return { failure: { kind: 'not-allowed', mayHaveArrived: false, code: 'HTTP_NOT_LOOPBACK' } };
        }
        const open = url.protocol === 'https:' ? tls : await (plain ??= openPlain());
        return new Promise((resolve) => new Exchange(request, limits.maxBytes ?? MAX_BYTES, resolve).start(url, open));
    };
}
/** Loaded when needed: importing node:http by name reads all its exports and loads the whole of undici with them. */
async function openPlain() {
    const { Agent, request } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 67, 19));
    const agent = new Agent({ keepAlive: true });
    return (url, method) => request(url, { method, agent });
}
/** One request on its way; settles exactly once, whatever the socket does afterwards. */
class Exchange {
    #request;
    #maxBytes;
    #resolve;
    #timers = [];
    #chunks = [];
    #size = 0;
    #connected = false;
    #settled = false;
    #outgoing;
    constructor(request, maxBytes, resolve) {
        this.#request = request;
        this.#maxBytes = maxBytes;
        this.#resolve = resolve;
    }
    start(url, open) {
        const { method, signal, totalMs } = this.#request;
        if (signal?.aborted)
            return this.#fail('aborted', 'ABORT');
        const outgoing = open(url, method);
        this.#outgoing = outgoing;
        signal?.addEventListener('abort', this.#onAbort, { once: true });
        this.#timers.push(setTimeout(() => this.#fail('timeout', 'TOTAL_TIMEOUT'), totalMs));
        outgoing.on('socket', (socket) => this.#watchConnect(socket, url.protocol === 'https:'));
        outgoing.on('error', (error) => this.#fail(kindOf(error, this.#connected), codeOf(error)));
        outgoing.on('response', (answer) => this.#receive(answer));
        this.#write(outgoing);
    }
    /** Tokens go in by setHeader only: NODE_DEBUG prints the options of a request, headers included. */
    #write(outgoing) {
        const { headers, body } = this.#request;
        for (const [name, value] of Object.entries(headers)) {
            outgoing.setHeader(name, value instanceof sensitive/* Sensitive */.p ? value.reveal() : value);
        }
        if (body !== undefined)
            outgoing.setHeader('content-length', Buffer.byteLength(body));
        outgoing.end(body);
    }
    #watchConnect(socket, tls) {
        const connected = () => {
            this.#connected = true;
            clearTimeout(connecting);
            this.#outgoing?.setTimeout(this.#request.idleMs, () => this.#fail('timeout', 'IDLE_TIMEOUT'));
        };
        const connecting = setTimeout(() => this.#fail('timeout', 'CONNECT_TIMEOUT'), this.#request.connectMs);
        this.#timers.push(connecting);
        if (this.#outgoing?.reusedSocket)
            connected();
        else
            socket.once(tls ? 'secureConnect' : 'connect', connected);
    }
    #receive(answer) {
        answer.on('data', (chunk) => {
            this.#size += chunk.length;
            if (this.#size > this.#maxBytes)
                this.#fail('too-large', 'BODY_TOO_LARGE');
            else
                this.#chunks.push(chunk);
        });
        answer.on('error', (error) => this.#fail('cut', codeOf(error)));
        answer.on('close', () => this.#fail('cut', 'CLOSED_EARLY'));
        answer.on('end', () => {
            if (!answer.complete)
                return this.#fail('cut', 'CLOSED_EARLY');
            const bytes = Buffer.concat(this.#chunks);
            if (!(0,external_node_buffer_namespaceObject.isUtf8)(bytes))
                return this.#fail('not-utf8', 'NOT_UTF8');
            const status = answer.statusCode ?? 0;
            return this.#settle({ answer: { status, headers: flat(answer.headers), text: bytes.toString('utf8') } });
        });
    }
    #onAbort = () => this.#fail('aborted', 'ABORT');
    /** After settling it does nothing: the socket of a finished exchange belongs to the agent. */
    #fail(kind, code) {
        if (this.#settled)
            return;
        const failure = { kind, mayHaveArrived: this.#connected, code };
        this.#settle({ failure });
        this.#outgoing?.destroy();
    }
    #settle(outcome) {
        this.#settled = true;
        for (const timer of this.#timers)
            clearTimeout(timer);
        this.#request.signal?.removeEventListener('abort', this.#onAbort);
        this.#resolve(outcome);
    }
}
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
function kindOf(error, connected) {
    const code = codeOf(error);
    if (DNS_CODES.has(code))
        return 'dns';
    if (connected)
        return 'cut';
    return /CERT|SSL|TLS|ISSUER|SIGNATURE|SELF_SIGNED/.test(code) ? 'tls' : 'connect';
}
/** Happy eyeballs wrap the codes of all attempts in an AggregateError that may have none itself. */
function codeOf(error) {
    return error.code ?? error.errors?.[0]?.code ?? 'UNKNOWN';
}
function flat(headers) {
    return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]));
}


/***/ }),

/***/ 242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ isLoopbackHost)
/* harmony export */ });
// Addresses of this very machine: the only ones that may be spoken to without TLS.
/** Whether the host name of a URL (IPv6 in brackets) is loopback by its spelling; nothing is resolved. */
function isLoopbackHost(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}


/***/ }),

/***/ 300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ iso)
/* harmony export */ });
// Time as a port, so that nothing below a roof asks the machine what time it is.
/** `epochMs` as ISO 8601 in UTC with milliseconds, the form of both dialects. */
function iso(epochMs) {
    return new Date(epochMs).toISOString();
}


/***/ }),

/***/ 807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   et: () => (/* binding */ asAppError),
/* harmony export */   uV: () => (/* binding */ AppError)
/* harmony export */ });
/* unused harmony exports ERROR_CODES, withoutEffect */
// The one error class of the house and its closed list of codes, with what each means at the edges.
/**
 * Closed list; a retired code is never used again.
 * `status` is the HTTP status the engine answers with; `retry` says whether a later try may succeed unchanged.
 */
const ERROR_CODES = {
    ERR_CONFIG_INVALID: { status: 500, retry: false },
    ERR_REQUEST_INVALID: { status: 400, retry: false },
    ERR_UNAUTHENTICATED: { status: 401, retry: false },
    ERR_ACCESS_DENIED: { status: 403, retry: false },
    ERR_NOT_FOUND: { status: 404, retry: false },
    ERR_CONFLICT: { status: 409, retry: false },
    ERR_LEASE_NOT_RENEWABLE: { status: 409, retry: false },
    ERR_LEASE_EXPIRED: { status: 410, retry: false },
    ERR_TTL_EXCEEDED: { status: 400, retry: false },
    ERR_RATE_LIMITED: { status: 429, retry: true },
    ERR_INTERNAL: { status: 500, retry: false },
    ERR_DECRYPT: { status: 500, retry: false },
    ERR_INTEGRATION_FAILED: { status: 502, retry: false },
    ERR_LEASE_IRREVOCABLE: { status: 502, retry: false },
    ERR_CONTRACT: { status: 502, retry: false },
    ERR_UNAVAILABLE: { status: 503, retry: true },
    ERR_TIMEOUT: { status: 504, retry: true },
};
/**
 * The only error that crosses a room. `message`, `hint` and `details` are always printable: no value, token, header
 * or body in them. Foreign errors are wrapped once, where they enter.
 */
class AppError extends Error {
    code;
    hint;
    details;
    retryAfterSec;
    hadNoEffect;
    constructor(code, message, options = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'AppError';
        this.code = code;
        this.hint = options.hint;
        this.details = options.details ?? [];
        this.retryAfterSec = options.retryAfterSec;
        this.hadNoEffect = options.hadNoEffect ?? false;
    }
    /** HTTP status of this code. */
    get status() {
        return ERROR_CODES[this.code].status;
    }
    /** Message, details and hint on one line. */
    get line() {
        const parts = [this.message, ...this.details];
        if (this.hint)
            parts.push(this.hint);
        return parts.map((part) => oneLine(part)).join(' ');
    }
}
/** The same error, with the knowledge that the far side certainly did nothing. */
function withoutEffect(error) {
    const { code, message, hint, details, cause, retryAfterSec } = error;
    return new AppError(code, message, {
        details,
        cause,
        hadNoEffect: true,
        ...(hint === undefined ? {} : { hint }),
        ...(retryAfterSec === undefined ? {} : { retryAfterSec }),
    });
}
/** `error` as an AppError; anything foreign becomes ERR_INTERNAL with a fixed public text and the original as cause. */
function asAppError(error) {
    if (error instanceof AppError)
        return error;
    return new AppError('ERR_INTERNAL', 'Something went wrong inside secrets-action.', {
        hint: 'Report it with the steps that led here.',
        cause: error,
    });
}
/** Text from elsewhere made fit for one line of a log: control characters become spaces, and it is cut at `limit`. */
function oneLine(text, limit = 300) {
    const flat = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
    return flat.length > limit ? `${flat.slice(0, limit)}…` : flat;
}


/***/ }),

/***/ 71:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   hR: () => (/* binding */ newLeaseHandle)
/* harmony export */ });
/* unused harmony exports nextLink, isLink */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);
/* harmony import */ var _sensitive_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(386);
// The lease handle: three links of a hash chain, so that what a job leaves behind can end its leases and do nothing else.


/** 32 bytes as unpadded base64url. */
const LINK = /^[A-Za-z0-9_-]{43}$/;
/** A fresh handle. */
function newLeaseHandle() {
    const renewKey = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(32).toString('base64url');
    const revokeKey = nextLink(renewKey);
    return { renewKey: new _sensitive_js__WEBPACK_IMPORTED_MODULE_1__/* .Sensitive */ .p(renewKey), revokeKey: new _sensitive_js__WEBPACK_IMPORTED_MODULE_1__/* .Sensitive */ .p(revokeKey), setId: nextLink(revokeKey) };
}
/** The following link. */
function nextLink(link) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(Buffer.from(link, 'base64url')).digest('base64url');
}
/** Whether `text` has the form of a link. */
function isLink(text) {
    return typeof text === 'string' && LINK.test(text);
}


/***/ }),

/***/ 386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ Sensitive)
/* harmony export */ });
/* unused harmony export sensitive */
// A box for a secret value that prints, logs and serializes as [sensitive]; only reveal() opens it.
const SHOWN = '[sensitive]';
/**
 * Holds one secret. Every accidental way out (string conversion, JSON, inspection, template literals) yields
 * `[sensitive]`. The files that may call `reveal()` are listed in test/architecture.test.ts.
 */
class Sensitive {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself. Call it where the value leaves for its purpose, and nowhere else. */
    reveal() {
        return this.#value;
    }
    toString() {
        return SHOWN;
    }
    toJSON() {
        return SHOWN;
    }
    [Symbol.toPrimitive]() {
        return SHOWN;
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
        return SHOWN;
    }
}
/** Boxes a value. */
function sensitive(value) {
    return new Sensitive(value);
}


/***/ }),

/***/ 644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OI: () => (/* binding */ strictest),
/* harmony export */   bT: () => (/* binding */ isVisibility)
/* harmony export */ });
/* unused harmony exports VISIBILITIES, loosens */
// How openly a value may be shown: unmasked, masked or restricted, and which of two is the stricter.
const VISIBILITIES = ['unmasked', 'masked', 'restricted'];
/** Whether `text` names a visibility. */
function isVisibility(text) {
    return VISIBILITIES.some((known) => known === text);
}
/** The strictest of all; unmasked when there are none. */
function strictest(...all) {
    return VISIBILITIES[Math.max(0, ...all.map((one) => VISIBILITIES.indexOf(one)))] ?? 'restricted';
}
/** Whether going from `from` to `to` shows more than before. */
function loosens(from, to) {
    return VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(from);
}


/***/ }),

/***/ 479:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _action_github_runner_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(743);
/* harmony import */ var _action_load_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(884);
/* harmony import */ var _client_connect_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(500);
/* harmony import */ var _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(91);
/* harmony import */ var _client_node_send_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(938);
/* harmony import */ var _core_lease_handle_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(71);
// The roof of main: takes process, clock and network in hand and passes them to load.






const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => stop.abort());
// Without a listener SIGUSR1 opens the inspector, and with it every value in memory.
process.on('SIGUSR1', () => { });
const runner = new _action_github_runner_js__WEBPACK_IMPORTED_MODULE_0__/* .GithubRunner */ .UX((0,_action_github_runner_js__WEBPACK_IMPORTED_MODULE_0__/* .machineOf */ .VT)(process));
// Node would print a stack; aborting rolls back what was leased.
process.on('uncaughtException', () => {
    runner.fail('secrets-action met an error that it did not expect. Report it with the steps that led here.');
    stop.abort();
});
await (0,_action_load_js__WEBPACK_IMPORTED_MODULE_1__/* .load */ .H)({
    runner,
    connect: (0,_client_connect_js__WEBPACK_IMPORTED_MODULE_2__/* .connectWith */ .v)({ send: (0,_client_node_send_js__WEBPACK_IMPORTED_MODULE_4__/* .nodeSend */ .l)(), clock: _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .nodeClock */ .$, random: Math.random }),
    clock: _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .nodeClock */ .$,
    stop: stop.signal,
    newHandle: _core_lease_handle_js__WEBPACK_IMPORTED_MODULE_5__/* .newLeaseHandle */ .hR,
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(479);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
