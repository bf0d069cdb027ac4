exports.id = 370;
exports.ids = [370];
exports.modules = {

 2395:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   JN: () => ( readAnswer),
   QG: () => ( writeAnswer)
 });
 var _core_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4239);

const MIN_LEFT_MS = ( null && (5 * 60_000));
function writeAnswer({ accessKeyId, secretAccessKey, sessionToken }, expiresAt) {
    const parts = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey.reveal(),
        SessionToken: sessionToken?.reveal(),
        Expiration: (0,_core_clock_js__WEBPACK_IMPORTED_MODULE_0__ .K)(expiresAt),
    };
    return { text: `${JSON.stringify(parts)}\n`, expiresAt };
}
function readAnswer(text) {
    try {
        const { Version, AccessKeyId, SecretAccessKey, Expiration } = JSON.parse(text);
        const isWhole = Version === 1 && typeof AccessKeyId === 'string' && typeof SecretAccessKey === 'string';
        const expiresAt = typeof Expiration === 'string' ? Date.parse(Expiration) : Number.NaN;
        return isWhole && Number.isFinite(expiresAt) ? { text, expiresAt } : undefined;
    }
    catch {
        return undefined;
    }
}
function isFresh({ expiresAt }, ttlSec, now) {
    const ttlMs = ttlSec * 1000;
    return expiresAt - now > Math.max(ttlMs / 4, Math.min(MIN_LEFT_MS, ttlMs / 2));
}


 }),

 370:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  writeValues: () => ( writeValues)
});

var external_node_fs_ = __webpack_require__(3024);
var errors = __webpack_require__(3730);
;// CONCATENATED MODULE: ./build/main-halves/formats/aws-profile.js

const SETTINGS = {
    AWS_ACCESS_KEY_ID: 'aws_access_key_id',
    AWS_SECRET_ACCESS_KEY: 'aws_secret_access_key',
    AWS_SESSION_TOKEN: 'aws_session_token',
    AWS_REGION: 'region',
};
const CARRIED = /^[\x21-\x7e]+$/;
const PROCESS = /^[\x20-\x7e]+$/;
const PROFILE = /^[A-Za-z0-9_.-]+$/;
function encodeAwsProfile(values, processes = new Map()) {
    const prefixes = [...values.keys()].flatMap((name) => /^(.*?)AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.exec(name)?.[1] ?? []);
    const found = [...new Set(prefixes)].sort();
    if (found.length === 0) {
        throw new errors.uV('ERR_REQUEST_INVALID', 'There is no AWS credential among the values for an AWS profile.', {
            hint: 'Lease one with the dynamic input, or use another file-format.',
        });
    }
    return encodeProfiles(found.map((prefix) => profileOf(prefix, values, processes.get(prefix))));
}
function encodeProfiles(profiles) {
    return profiles
        .map(({ name, settings }) => {
        const lines = [...settings].map(([setting, value]) => {
            if (!(setting === 'credential_process' ? PROCESS : CARRIED).test(value))
                throw refusal(name, setting);
            return `${setting} = ${value}`;
        });
        if (!PROFILE.test(name))
            throw refusal(name, 'its name');
        return [`[${name}]`, ...lines].join('\n');
    })
        .join('\n\n');
}
function profileName(prefix) {
    return prefix.replace(/_+$/, '').toLowerCase() || 'default';
}
function profileOf(prefix, values, process) {
    const name = profileName(prefix);
    const settings = Object.entries(SETTINGS).flatMap(([variable, setting]) => {
        const value = values.get(prefix + variable);
        return value === undefined ? [] : [[setting, value]];
    });
    const profile = { name, settings: new Map(settings) };
    if (process !== undefined) {
        const region = values.get(`${prefix}AWS_REGION`);
        const rest = region === undefined ? [] : [['region', region]];
        return { name, settings: new Map([...rest, ['credential_process', process]]) };
    }
    for (const needed of ['aws_access_key_id', 'aws_secret_access_key']) {
        if (!profile.settings.has(needed))
            throw refusal(name, needed);
    }
    return profile;
}
function refusal(profile, what) {
    return new errors.uV('ERR_REQUEST_INVALID', `The AWS profile '${profile}' cannot be written for ${what}.`, {
        hint: 'A profile needs an access key id and its secret, of printable characters without spaces.',
    });
}

;// CONCATENATED MODULE: ./build/main-halves/formats/command-line.js
const PLAIN = /^[A-Za-z0-9_./:@+-]+$/;
const PLAIN_ON_WINDOWS = /^[A-Za-z0-9_./\\:@+-]+$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
const COMMENT = /\s[#;]/;
function commandLine(words, platform) {
    const [plain, quote] = platform === 'win32' ? [PLAIN_ON_WINDOWS, quotedForWindows] : [PLAIN, quotedForShells];
    const parts = words.map((word) => (plain.test(word) ? word : PRINTABLE.test(word) ? quote(word) : undefined));
    const line = parts.join(' ');
    return parts.includes(undefined) || COMMENT.test(line) ? undefined : line;
}
function quotedForShells(word) {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
function quotedForWindows(word) {
    return /["%]|\\$/.test(word) ? undefined : `"${word}"`;
}

;// CONCATENATED MODULE: ./build/main-halves/formats/lines.js

const NAME = /^[A-Za-z_][A-Za-z0-9_.:-]*$/;
const UNCARRIED = /[\n\r\0]/;
const SHOWN_NAMES = 20;
function encodeLines(values, format) {
    const names = [...values.keys()].sort();
    const badNames = names.filter((name) => !NAME.test(name));
    if (badNames.length > 0) {
        throw lines_refusal(`The ${format} format cannot carry these names:`, badNames);
    }
    const badValues = names.filter((name) => UNCARRIED.test(values.get(name) ?? ''));
    if (badValues.length > 0) {
        throw lines_refusal(`The ${format} format cannot carry a line break or NUL, as in the value of:`, badValues);
    }
    return names.map((name) => `${name}=${values.get(name) ?? ''}`).join('\n');
}
function lines_refusal(message, names) {
    const shown = names.slice(0, SHOWN_NAMES).map((name) => `'${name}'`);
    const rest = names.length - shown.length;
    return new errors.uV('ERR_REQUEST_INVALID', message, {
        details: rest > 0 ? [...shown, `and ${rest} more`] : shown,
        hint: 'Ask for the format env, json or yaml, or leave these secrets out.',
    });
}

;// CONCATENATED MODULE: ./build/main-halves/formats/docker.js

function encodeDocker(values) {
    return encodeLines(values, 'docker');
}

var json = __webpack_require__(8322);
var transform = __webpack_require__(5630);
;// CONCATENATED MODULE: ./build/main-halves/formats/dotnet-json.js


function encodeDotnetJson(values) {
    return (0,json.P)((0,transform.BG)(values, 'dotnet'));
}

var env = __webpack_require__(5097);
;// CONCATENATED MODULE: ./build/main-halves/formats/shell.js

const shell_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
function encodeShell(values) {
    const names = [...values.keys()].sort();
    const odd = names.filter((name) => !shell_NAME.test(name) || (values.get(name) ?? '').includes('\0'));
    if (odd.length > 0) {
        throw new errors.uV('ERR_REQUEST_INVALID', 'The shell format cannot carry these, for their name or for a NUL:', {
            details: odd.slice(0, 20).map((name) => `'${name}'`),
            hint: 'Rename them, leave them out, or use the format json.',
        });
    }
    return names.map((name) => `export ${name}='${(values.get(name) ?? '').replaceAll("'", "'\\''")}'`).join('\n');
}

;// CONCATENATED MODULE: ./build/main-halves/formats/yaml.js
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|inf|nan)$/i;
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
function encodeYaml(values) {
    if (values.size === 0)
        return '{}';
    const names = [...values.keys()].sort();
    return names.map((name) => `${key(name)}: ${scalar(values.get(name) ?? '')}`).join('\n');
}
function key(name) {
    return PLAIN_NAME.test(name) && !RESERVED.test(name) ? name : scalar(name);
}
function scalar(text) {
    return JSON.stringify(text).replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

;// CONCATENATED MODULE: ./build/main-halves/formats/file.js







const ENCODERS = {
    env: env.m,
    json: json.P,
    yaml: encodeYaml,
    docker: encodeDocker,
    'dotnet-json': encodeDotnetJson,
    shell: encodeShell,
    'aws-profile': encodeAwsProfile,
};
function encodeFile(values, format, processes) {
    return `${ENCODERS[format](values, processes)}\n`;
}

var external_node_crypto_ = __webpack_require__(7598);
var external_node_path_ = __webpack_require__(6760);
var answer = __webpack_require__(2395);
;// CONCATENATED MODULE: ./build/main-halves/action/credentials/folder.js





const MAX_BYTES = 1024 * 1024;
const TURN_MS = 30_000;
const { O_WRONLY, O_CREAT, O_EXCL, O_RDONLY, O_NOFOLLOW = 0 } = external_node_fs_.constants;
function briefPath(folder, profile) {
    return (0,external_node_path_.join)(folder, `${profile}.json`);
}
function writeNew(path, text) {
    const handle = (0,external_node_fs_.openSync)(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
        (0,external_node_fs_.writeFileSync)(handle, text);
    }
    finally {
        (0,external_node_fs_.closeSync)(handle);
    }
}
function readWhole(path) {
    try {
        const handle = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW);
        try {
            return (0,external_node_fs_.fstatSync)(handle).size > MAX_BYTES ? '' : (0,external_node_fs_.readFileSync)(handle, 'utf8');
        }
        finally {
            (0,external_node_fs_.closeSync)(handle);
        }
    }
    catch {
        return '';
    }
}
class Kept {
    #path;
    constructor(brief) {
        this.#path = brief.replace(/\.json$/, '.answer');
    }
    read() {
        return (0,answer.JN)(readWhole(this.#path));
    }
    write({ text }) {
        beside(this.#path, text, (written) => (0,external_node_fs_.renameSync)(written, this.#path));
    }
}
function takeTurn({ processes, now }, brief) {
    const stem = `${basename(brief, '.json')}.turn-`;
    const folder = dirname(brief);
    const numbers = readdirSync(folder).flatMap((name) => name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)) ? Number(name.slice(stem.length)) : []);
    const last = Math.max(0, ...numbers);
    const path = (number) => join(folder, `${stem}${number}`);
    if (last > 0 && isTaken(path(last), processes, now()))
        return false;
    const turn = { ...processes.self(), at: now() };
    try {
        beside(path(last + 1), JSON.stringify(turn), (written) => linkSync(written, path(last + 1)));
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}
function isTaken(path, { isAlive }, now) {
    try {
        const { pid, startedAt, at } = JSON.parse(readWhole(path));
        return now - at <= TURN_MS && (startedAt === '' || isAlive({ pid, startedAt }));
    }
    catch {
        return false;
    }
}
function beside(path, text, place) {
    const written = `${path}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        writeNew(written, text);
        place(written);
    }
    finally {
        (0,external_node_fs_.rmSync)(written, { force: true });
    }
}

var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./build/main-halves/action/file/place.js




function placeOf(runner, given) {
    const temp = runner.variable('RUNNER_TEMP');
    const isBare = !(runner.platform === 'win32' ? /[\\/:]/ : /\//).test(given);
    if (isBare && !temp)
        throw problem(given, 'RUNNER_TEMP is not set: this is not a step of a GitHub job');
    const wanted = isBare && temp ? (0,external_node_path_.join)(temp, given) : (0,external_node_path_.resolve)(runner.variable('GITHUB_WORKSPACE') || '.', given);
    const path = (0,external_node_path_.join)(real((0,external_node_path_.dirname)(wanted), given), (0,external_node_path_.basename)(wanted));
    const place = { path, isTemporary: temp !== undefined && isInside(path, temp) };
    if (!place.isTemporary)
        refuseInsideRepository(runner, path, given);
    return place;
}
function problem(path, why) {
    return new errors.uV('ERR_CONFIG_INVALID', `The file ${(0,errors.TN)(path, 200)} cannot be written: ${why}.`);
}
function real(folder, given) {
    try {
        return (0,external_node_fs_.realpathSync)(folder);
    }
    catch {
        throw problem(given, 'its folder does not exist');
    }
}
function isInside(path, folder) {
    return (0,external_node_fs_.existsSync)(folder) && path.startsWith((0,external_node_fs_.realpathSync)(folder) + external_node_path_.sep);
}
function refuseInsideRepository(runner, path, given) {
    if (!isInRepository((0,external_node_path_.dirname)(path)) || isIgnored(runner, path))
        return;
    throw problem(given, 'it would lie in a git repository that does not ignore it. Give a bare name, which lies in RUNNER_TEMP, or have git ignore it');
}
function isInRepository(folder) {
    return (0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, '.git')) || ((0,external_node_path_.dirname)(folder) !== folder && isInRepository((0,external_node_path_.dirname)(folder)));
}
const GIT_SETTINGS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never', 'safe.directory=*'];
const GIT_TIMEOUT_MS = 10_000;
function isIgnored(runner, path) {
    const passed = ['PATH', 'SystemRoot'].flatMap((name) => {
        const value = runner.variable(name);
        return value === undefined ? [] : [[name, value]];
    });
    const nothing = runner.platform === 'win32' ? 'NUL' : '/dev/null';
    const env = {
        ...Object.fromEntries(passed),
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: nothing,
        GIT_NO_LAZY_FETCH: '1',
    };
    const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
    const args = [...settings, '-C', (0,external_node_path_.dirname)(path), 'check-ignore', '--quiet', '--', path];
    const git = (0,external_node_child_process_.spawnSync)('git', args, { env, stdio: 'ignore', timeout: GIT_TIMEOUT_MS, killSignal: 'SIGKILL' });
    return git.status === 0;
}

;// CONCATENATED MODULE: ./build/main-halves/action/file/trace.js
const STATE = 'file';
function saveTrace(runner, trace) {
    runner.saveState(STATE, trace ? JSON.stringify(trace) : '');
}
function loadTrace(runner) {
    const text = runner.state(STATE);
    return text === '' ? undefined : JSON.parse(text);
}
function inodeOf({ dev, ino }) {
    return `${dev}:${ino}`;
}
function versionOf({ size, mtimeNs }) {
    return `${size}:${mtimeNs}`;
}

;// CONCATENATED MODULE: ./build/main-halves/action/file/write.js







const NOTHING = { command: [], profiles: [] };
function writeValues(runner, file, values, renewing = NOTHING) {
    const place = placeOf(runner, file.path);
    const folder = renewing.profiles.length === 0 ? undefined : placeOf(runner, `${file.path}.renewing`).path;
    const text = encodeFile(values, file.format, folder === undefined ? undefined : commands(runner, folder, renewing));
    const handle = write_open(place.path);
    const undo = () => {
        (0,external_node_fs_.rmSync)(place.path, { force: true });
        if (folder !== undefined)
            (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        saveTrace(runner, undefined);
    };
    try {
        if (folder !== undefined)
            make(folder, place.path);
    }
    catch (error) {
        (0,external_node_fs_.closeSync)(handle);
        throw error;
    }
    const stats = () => (0,external_node_fs_.fstatSync)(handle, { bigint: true });
    try {
        const trace = traceOf(place, folder, inodeOf(stats()));
        saveTrace(runner, trace);
        for (const { prefix, brief, answer } of renewing.profiles) {
            const path = briefPath(folder ?? '', profileName(prefix));
            writeNew(path, brief);
            new Kept(path).write(answer);
        }
        (0,external_node_fs_.writeFileSync)(handle, text);
        saveTrace(runner, { ...trace, version: versionOf(stats()) });
        return undo;
    }
    catch (error) {
        undo();
        throw error;
    }
    finally {
        (0,external_node_fs_.closeSync)(handle);
    }
}
function traceOf({ path, isTemporary }, folder, inode) {
    return { path, isTemporary, inode, ...(folder === undefined ? {} : { folder }) };
}
function commands(runner, folder, { command, profiles }) {
    return new Map(profiles.map(({ prefix }) => {
        const line = commandLine([...command, briefPath(folder, profileName(prefix))], runner.platform);
        if (line === undefined)
            throw problem(folder, 'not every AWS SDK could read such a path in a profile');
        return [prefix, line];
    }));
}
function make(folder, file) {
    try {
        (0,external_node_fs_.mkdirSync)(folder, { mode: 0o700 });
    }
    catch (cause) {
        (0,external_node_fs_.rmSync)(file, { force: true });
        throw refused(folder, cause);
    }
}
function write_open(path) {
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = external_node_fs_.constants;
    try {
        return (0,external_node_fs_.openSync)(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
    }
    catch (cause) {
        throw refused(path, cause);
    }
}
function refused(path, cause) {
    const exists = cause.code === 'EEXIST';
    return problem(path, exists ? 'there is one already' : 'its folder does not allow it');
}


 }),

 4239:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   K: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.iso)
 });
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);


function isoOrNull(epochMs) {
    return epochMs === null ? null : iso(epochMs);
}


 }),

 3730:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   TN: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.oneLine),
   et: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.asAppError),
   uV: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.AppError)
 });
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);
 var _index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_1__);





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


 }),

 5097:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   m: () => ( encodeEnv),
   v: () => ( parseEnv)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
function encodeEnv(values) {
    const names = [...values.keys()].sort();
    const lines = names.map((name) => {
        if (!NAME.test(name))
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_REQUEST_INVALID', `'${name}' cannot be a variable name.`);
        return `${name}="${(values.get(name) ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    });
    return lines.join('\n');
}
function parseEnv(text) {
    const values = new Map();
    const entry = /([A-Za-z_][A-Za-z0-9_]*)="([^"\\]*(?:\\[^][^"\\]*)*)"(?:\r?\n|$)|\r?\n/y;
    while (entry.lastIndex < text.length) {
        const at = entry.lastIndex;
        const match = entry.exec(text);
        if (!match) {
            const line = text.slice(0, at).split('\n').length;
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', `The env text is not understood from line ${line} on.`);
        }
        const [, name, value] = match;
        if (name !== undefined && value !== undefined)
            values.set(name, value.replace(/\\([^])/g, '$1'));
    }
    return values;
}


 }),

 8322:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   P: () => ( encodeJson),
   q: () => ( parseJson)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);

function encodeJson(values) {
    const names = [...values.keys()].sort();
    const pairs = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(values.get(name))}`);
    return `{${pairs.join(',')}}`;
}
function parseJson(text) {
    const values = new Map();
    for (const [name, value] of Object.entries(parseObject(text))) {
        if (name === '__proto__')
            continue;
        if (typeof value !== 'string')
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', 'A value of the JSON text is not a string.');
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
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', 'The text is not JSON.');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', 'The JSON text is not an object.');
    }
    return parsed;
}


 }),

 5630:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   BG: () => ( transformNames),
   C_: () => ( transformName),
   LG: () => ( NAME_TRANSFORMERS)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);

const NAME_TRANSFORMERS = [
    'camel',
    'upper-camel',
    'lower-snake',
    'tf-var',
    'dotnet',
    'dotnet-env',
    'lower-kebab',
];
const capitalised = (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const upperCamel = (name) => name
    .split('_')
    .filter((word) => word !== '')
    .map(capitalised)
    .join('');
const camel = (name) => {
    const upper = upperCamel(name);
    return upper.charAt(0).toLowerCase() + upper.slice(1);
};
const RULES = {
    camel,
    'upper-camel': upperCamel,
    'lower-snake': (name) => name.toLowerCase(),
    'tf-var': (name) => `TF_VAR_${name.toLowerCase()}`,
    dotnet: (name) => name.split('__').map(upperCamel).join(':'),
    'dotnet-env': (name) => name.split('__').map(upperCamel).join('__'),
    'lower-kebab': (name) => name.toLowerCase().replaceAll('_', '-'),
};
function isNameTransformer(text) {
    return NAME_TRANSFORMERS.some((known) => known === text);
}
function transformName(name, transformer) {
    return RULES[transformer](name);
}
function transformNames(values, transformer) {
    const originals = new Map();
    const transformed = new Map();
    const problems = [];
    for (const name of [...values.keys()].sort()) {
        const result = transformName(name, transformer);
        const earlier = originals.get(result);
        if (!/[A-Za-z0-9]/.test(result))
            problems.push(`'${name}' has no form under ${transformer}.`);
        else if (earlier !== undefined)
            problems.push(`'${earlier}' and '${name}' both become '${result}'.`);
        else {
            originals.set(result, name);
            transformed.set(result, values.get(name) ?? '');
        }
    }
    if (problems.length === 0)
        return transformed;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_REQUEST_INVALID', `The names cannot be transformed by ${transformer}:`, {
        details: problems.slice(0, 20),
        hint: 'Rename one of them, name the secrets that you need, or use another transformer.',
    });
}


 }),

 2697:
 ((module) => {

module.exports = eval("require")('./index.js');


 }),

 7098:
 ((module) => {

module.exports = eval("require")('./rarely.js');


 })

};
;