"use strict";
exports.id = 551;
exports.ids = [551];
exports.modules = {

 551:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  readSelecting: () => ( readSelecting)
});

;// CONCATENATED MODULE: ./build/core/names.js
const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;
const MANAGED_NAMES = ['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG'];
function isManagedName(name) {
    return MANAGED_NAMES.includes(name);
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
    ...['MAKEFLAGS', 'GNUMAKEFLAGS', 'MFLAGS', 'GOFLAGS', 'GOPROXY', 'RUSTC', 'RUSTC_WRAPPER', 'RUSTFLAGS', 'MAVEN_ARGS'],
    ...['EDITOR', 'VISUAL', 'PAGER', 'BROWSER', 'LESSOPEN', 'LESSCLOSE', 'SSH_ASKPASS', 'SUDO_ASKPASS', 'LUA_INIT'],
    ...['DOTNET_STARTUP_HOOKS', 'OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'GCONV_PATH', 'PSMODULEPATH'],
    ...['PERLLIB', 'ZDOTDIR', 'CLASSPATH', 'NODE_COMPILE_CACHE', 'NODE_USE_ENV_PROXY', 'CURL_HOME', 'CURL_CA_BUNDLE'],
    ...['AWS_ENDPOINT_URL', 'AWS_CA_BUNDLE', 'AWS_CONFIG_FILE', 'XDG_CONFIG_HOME', 'USERPROFILE'],
]);
const DENIED_BEGINNING = /^(?:LD_|DYLD_|PYTHON|PERL5|GIT_|GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|NPM_CONFIG_)/;
function isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_BEGINNING.test(upper);
}

var errors = __webpack_require__(8208);
;// CONCATENATED MODULE: ./build/formats/transform.js

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
    throw new AppError('ERR_REQUEST_INVALID', `The names cannot be transformed by ${transformer}:`, {
        details: problems.slice(0, 20),
        hint: 'Rename one of them, name the secrets that you need, or use another transformer.',
    });
}

var scalars = __webpack_require__(1475);
var sensitive = __webpack_require__(5115);
;// CONCATENATED MODULE: ./build/action/selection/json-field.js

function jsonField(value, path) {
    let at;
    try {
        at = JSON.parse(value.reveal());
    }
    catch {
        return { wrong: 'is no JSON' };
    }
    for (const [index, key] of path.entries()) {
        const where = path.slice(0, index + 1).join('.');
        if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key))
            return { wrong: `has no field ${where}` };
        if (Array.isArray(at) && !/^\d+$/.test(key))
            return { wrong: `has no field ${where}` };
        at = at[key];
    }
    const where = path.join('.');
    if (at === null)
        return { wrong: `has null in field ${where}` };
    if (typeof at === 'number' && !isExact(at))
        return { wrong: `has a number in field ${where} that is too large to be exact` };
    return new sensitive.p(typeof at === 'string' ? at : JSON.stringify(at));
}
function isExact(number) {
    return Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
}

;// CONCATENATED MODULE: ./build/action/selection/selection.js

class Selection {
    #rules;
    #used = new Set();
    constructor(rules) {
        this.#rules = rules;
    }
    get exactNames() {
        const names = this.#rules.flatMap((rule) => (rule.kind === 'take' ? [rule.name] : []));
        const all = this.#startsWithAll || this.#rules.some(({ kind }) => kind === 'take-matching');
        return all ? undefined : [...new Set(names)];
    }
    get idle() {
        return this.#rules.filter((rule) => rule.kind !== 'drop' && !this.#used.has(rule)).map(ruleText);
    }
    pick(secrets) {
        const byName = new Map(secrets.map((secret) => [secret.name, secret]));
        let taken = this.#startsWithAll ? secrets.map(whole) : [];
        for (const rule of this.#rules) {
            if (rule.kind === 'drop') {
                taken = taken.filter(({ secret }) => !matches(rule.pattern, secret.name));
                continue;
            }
            const found = rule.kind === 'take' ? exact(byName.get(rule.name), rule) : matching(secrets, rule.pattern);
            if (found.length > 0)
                this.#used.add(rule);
            taken.push(...found);
        }
        return withoutRepeats(taken);
    }
    get #startsWithAll() {
        return this.#rules[0] === undefined || this.#rules[0].kind === 'drop';
    }
}
function ruleText(rule) {
    if (rule.kind !== 'take')
        return rule.kind === 'drop' ? `!${rule.pattern}` : rule.pattern;
    const source = [rule.name, ...(rule.field ?? [])].join('.');
    return rule.as === undefined ? source : `${source} as ${rule.as}`;
}
function matches(pattern, name) {
    let [at, from, star, resume] = [0, 0, -1, 0];
    while (at < name.length) {
        if (pattern[from] === '*') {
            star = from++;
            resume = at;
        }
        else if (pattern[from] === name[at]) {
            from++;
            at++;
        }
        else if (star >= 0) {
            from = star + 1;
            at = ++resume;
        }
        else
            return false;
    }
    while (pattern[from] === '*')
        from++;
    return from === pattern.length;
}
function whole(secret) {
    return { secret, exact: false };
}
function exact(secret, { as, field }) {
    if (secret === undefined)
        return [];
    if (field === undefined)
        return [{ secret, as, exact: true }];
    return [{ secret, as, field: { path: field.join('.'), read: (value) => jsonField(value, field) }, exact: true }];
}
function matching(secrets, pattern) {
    return secrets.filter(({ name }) => matches(pattern, name)).map(whole);
}
function withoutRepeats(taken) {
    const named = new Set(taken.filter(({ exact, field }) => exact && field === undefined).map(({ secret }) => secret.name));
    const seen = new Set();
    return taken.filter(({ exact, secret }) => {
        if (exact)
            return true;
        if (named.has(secret.name) || seen.has(secret.name))
            return false;
        seen.add(secret.name);
        return true;
    });
}

;// CONCATENATED MODULE: ./build/action/selection/grammar.js


const MAX_RULES = 1000;
const MAX_FIELD_DEPTH = 10;
const PATTERN = /^[A-Za-z0-9_*]{1,200}$/;
const SEGMENT = /^[^\u0000-\u0020\u007f,.]{1,200}$/;
function parseSelection(text, managed = 'refused') {
    const lines = (0,scalars.Mc)(text);
    if (lines.length > MAX_RULES)
        throw (0,scalars.CC)(`secrets has more than ${MAX_RULES} lines: use patterns like DB_*, or another step.`);
    const parsed = lines.map((line) => parseRule(line));
    const odd = lines.filter((_, index) => parsed[index] === undefined);
    if (odd.length > 0) {
        throw (0,scalars.CC)(`secrets takes lines like NAME, NAME as OTHER, DB_*, !NAME or NAME.field as OTHER; not that: ${odd.slice(0, 5).map(scalars.TL).join(', ')}.`);
    }
    const rules = parsed.filter((rule) => rule !== undefined);
    const own = rules.flatMap((rule) => (rule.kind === 'take' && isManagedName(rule.name) ? [rule.name] : []));
    if (managed === 'refused' && own.length > 0) {
        throw (0,scalars.CC)(`secrets: ${own.join(', ')} cannot be asked for: they only name the config.`);
    }
    return rules;
}
function parseRule(line) {
    if (line.startsWith('!')) {
        const pattern = line.slice(1).trim();
        return PATTERN.test(pattern) ? { kind: 'drop', pattern } : undefined;
    }
    const [source = '', as, ...more] = line.split(/\s+as\s+/);
    if (more.length > 0 || (as !== undefined && !scalars.o_.test(as)))
        return undefined;
    const [name = '', ...field] = source.split('.');
    if (field.length > 0)
        return fieldRule(name, field, as);
    if (scalars.o_.test(name))
        return { kind: 'take', name, ...(as === undefined ? {} : { as }) };
    return as === undefined && name.includes('*') && PATTERN.test(name)
        ? { kind: 'take-matching', pattern: name }
        : undefined;
}
function fieldRule(name, field, as) {
    if (as === undefined || !scalars.o_.test(name) || field.length > MAX_FIELD_DEPTH)
        return undefined;
    return field.every((segment) => SEGMENT.test(segment)) ? { kind: 'take', name, as, field } : undefined;
}

;// CONCATENATED MODULE: ./build/action/inputs/selecting.js





function readSelecting(given, attempt, managed) {
    const rules = attempt(() => parseSelection(given('secrets'), managed === 'refused' ? 'refused' : 'allowed'), []);
    return {
        selection: rules.length === 0 ? undefined : new Selection(rules),
        rename: attempt(() => readRename(given('prefix'), given('name-transform'), managed), (name) => name),
    };
}
function readRename(prefix, transformer, managed) {
    if (prefix !== '' && !scalars.o_.test(prefix)) {
        throw (0,scalars.CC)('prefix cannot begin a name: use letters, digits and underscores.');
    }
    const named = transformer === '' ? undefined : (0,scalars.Yq)('name-transform', transformer, NAME_TRANSFORMERS);
    const isKept = (name) => managed !== 'ordinary' && isManagedName(name);
    return (name) => (isKept(name) ? name : prefix + (named ? transformName(name, named) : name));
}


 })

};
;