export const id = 25;
export const ids = [25];
export const modules = {

 7025:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  writeValues: () => ( writeValues)
});

var external_node_fs_ = __webpack_require__(3024);
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/formats/aws-profile.js

const SETTINGS = {
    AWS_ACCESS_KEY_ID: 'aws_access_key_id',
    AWS_SECRET_ACCESS_KEY: 'aws_secret_access_key',
    AWS_SESSION_TOKEN: 'aws_session_token',
    AWS_REGION: 'region',
};
const CARRIED = /^[\x21-\x7e]+$/;
const PROCESS = /^[\x20-\x7e]+$/;
const PROFILE = /^[A-Za-z0-9_.-]+$/;
function encodeAwsProfile(values) {
    const prefixes = [...values.keys()].flatMap((name) => /^(.*?)AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.exec(name)?.[1] ?? []);
    const found = [...new Set(prefixes)].sort();
    if (found.length === 0) {
        throw new errors.uV('ERR_REQUEST_INVALID', 'There is no AWS credential among the values for an AWS profile.', {
            hint: 'Lease one with the dynamic input, or use another file-format.',
        });
    }
    return encodeProfiles(found.map((prefix) => profileOf(prefix, values)));
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
function profileOf(prefix, values) {
    const name = prefix.replace(/_+$/, '').toLowerCase() || 'default';
    const settings = Object.entries(SETTINGS).flatMap(([variable, setting]) => {
        const value = values.get(prefix + variable);
        return value === undefined ? [] : [[setting, value]];
    });
    const profile = { name, settings: new Map(settings) };
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

;// CONCATENATED MODULE: ./build/formats/lines.js

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

;// CONCATENATED MODULE: ./build/formats/docker.js

function encodeDocker(values) {
    return encodeLines(values, 'docker');
}

var json = __webpack_require__(4441);
var transform = __webpack_require__(807);
;// CONCATENATED MODULE: ./build/formats/dotnet-json.js


function encodeDotnetJson(values) {
    return (0,json.P)((0,transform.BG)(values, 'dotnet'));
}

var env = __webpack_require__(9056);
;// CONCATENATED MODULE: ./build/formats/shell.js

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

;// CONCATENATED MODULE: ./build/formats/yaml.js
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

;// CONCATENATED MODULE: ./build/formats/file.js







const ENCODERS = {
    env: env.m,
    json: json.P,
    yaml: encodeYaml,
    docker: encodeDocker,
    'dotnet-json': encodeDotnetJson,
    shell: encodeShell,
    'aws-profile': encodeAwsProfile,
};
function encodeFile(values, format) {
    return `${ENCODERS[format](values)}\n`;
}

var external_node_child_process_ = __webpack_require__(1421);
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/action/file/place.js




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

;// CONCATENATED MODULE: ./build/action/file/trace.js
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

;// CONCATENATED MODULE: ./build/action/file/write.js




function writeValues(runner, file, values) {
    const text = encodeFile(values, file.format);
    const { path, isTemporary } = placeOf(runner, file.path);
    const handle = write_open(path);
    const undo = () => {
        (0,external_node_fs_.rmSync)(path, { force: true });
        saveTrace(runner, undefined);
    };
    const stats = () => (0,external_node_fs_.fstatSync)(handle, { bigint: true });
    try {
        const trace = { path, isTemporary, inode: inodeOf(stats()) };
        saveTrace(runner, trace);
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
function write_open(path) {
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = external_node_fs_.constants;
    try {
        return (0,external_node_fs_.openSync)(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
    }
    catch (cause) {
        const exists = cause.code === 'EEXIST';
        throw problem(path, exists ? 'there is one already' : 'its folder does not allow it');
    }
}


 }),

 807:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   BG: () => ( transformNames),
   C_: () => ( transformName),
   LG: () => ( NAME_TRANSFORMERS)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);

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


 })

};
