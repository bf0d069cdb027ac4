exports.id = 407;
exports.ids = [407];
exports.modules = {

 2029:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   CC: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.problem),
   Dy: () => ( names),
   Jt: () => ( _index_js__WEBPACK_IMPORTED_MODULE_2__.flag),
   Mc: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.entriesOf),
   TL: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.quoted),
   WQ: () => ( whole),
   YA: () => ( seconds),
   Yq: () => ( choice),
   c3: () => ( listOf),
   o_: () => ( NAME)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1881);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);
 var _index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_2___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_2__);








const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
function whole(input, text, max) {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > max)
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_1__.problem)(`${input} is not a whole number from 1 to ${max}.`);
    return number;
}
function choice(input, text, words) {
    const found = words.find((word) => word === text);
    if (found === undefined)
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_1__.problem)(`${input} is none of ${words.join(', ')}.`);
    return found;
}
function seconds(input, text, max) {
    const found = (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(text, input);
    if (max !== undefined && found > (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(max))
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_1__.problem)(`${input} is longer than ${max}.`);
    return found;
}
function names(input, text) {
    return listOf(input, text, NAME, 'a name');
}
function listOf(input, text, form, what) {
    const found = (0,_rarely_js__WEBPACK_IMPORTED_MODULE_1__.entriesOf)(text);
    const odd = found.filter((one) => !form.test(one));
    if (odd.length > 0)
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_1__.problem)(`${input} takes one a line; not ${what}: ${odd.slice(0, 5).map(_rarely_js__WEBPACK_IMPORTED_MODULE_1__.quoted).join(', ')}.`);
    return found;
}


 }),

 8407:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  readSelecting: () => ( readSelecting)
});

var names = __webpack_require__(6261);
var transform = __webpack_require__(5630);
var scalars = __webpack_require__(2029);
var sensitive = __webpack_require__(6989);
;// CONCATENATED MODULE: ./build/main-halves/action/selection/json-field.js

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

;// CONCATENATED MODULE: ./build/main-halves/action/selection/selection.js

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

;// CONCATENATED MODULE: ./build/main-halves/action/selection/grammar.js


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
    const own = rules.flatMap((rule) => (rule.kind === 'take' && (0,names.BU)(rule.name) ? [rule.name] : []));
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

;// CONCATENATED MODULE: ./build/main-halves/action/inputs/selecting.js





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
    const named = transformer === '' ? undefined : (0,scalars.Yq)('name-transform', transformer, transform.LG);
    const isKept = (name) => managed !== 'ordinary' && (0,names.BU)(name);
    return (name) => (isKept(name) ? name : prefix + (named ? (0,transform.C_)(name, named) : name));
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

 6261:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   BU: () => ( _fulfils_js__WEBPACK_IMPORTED_MODULE_0__.isManagedName),
   nN: () => ( VARIABLE_NAME)
 });
 var _fulfils_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7870);
 var _fulfils_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_fulfils_js__WEBPACK_IMPORTED_MODULE_0__);



const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;


 }),

 6989:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   p: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.Sensitive)
 });
 var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);


function sensitive(value) {
    return new Sensitive(value);
}


 }),

 1881:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   Kw: () => ( parseTtl),
   YY: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.formatTtl)
 });
 var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);
 var _index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_2___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_2__);



const UNIT_SEC = { h: 3600, m: 60, s: 1 };
const WORD = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;
function parseTtl(text, what = 'ttl') {
    const trimmed = text.trim();
    const seconds = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : parseWord(trimmed);
    if (seconds === undefined || seconds < 1 || seconds > 365 * 24 * 3600) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_REQUEST_INVALID', `The ${what} '${trimmed.slice(0, 40)}' is not a length of time.`, {
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

 7870:
 ((module) => {

module.exports = eval("require")('./fulfils.js');


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