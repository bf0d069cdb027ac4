exports.id = 103;
exports.ids = [103,269];
exports.modules = {

 3103:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  tellDryRun: () => ( tellDryRun)
});

var ttl = __webpack_require__(1881);
var leasing = __webpack_require__(5269);
var fulfils = __webpack_require__(7870);
;// CONCATENATED MODULE: ./build/main-halves/action/summary.js








function dryRunSummary(inputs, fixed, leases) {
    const how = (0,fulfils.ways)(inputs);
    const rows = fixed.map((one) => (0,fulfils.row)([...(0,fulfils.cells)(one, how), '']));
    const leased = leases.map(({ dynamic, ttlSec }) => (0,fulfils.row)(['', (0,fulfils.code)(`lease of ${dynamic}`), 'masked', how, `after ${(0,ttl.YY)(ttlSec)}`]));
    return (0,fulfils.page)('Secrets of this job, dry run: nothing was delivered or leased', [...rows, ...leased], '');
}
function revokeSummary(line) {
    return `**Leases of this step:** ${line}\n`;
}

;// CONCATENATED MODULE: ./build/main-halves/action/dry-run.js



function tellDryRun(runner, inputs, fixed, leases) {
    for (const { name, source, visibility } of fixed) {
        runner.info(`${name} from ${source} (${visibility}) as ${(0,fulfils.ways)(inputs)}`);
    }
    for (const { dynamic, scope, ttlSec, prefix } of leases) {
        const under = prefix === undefined ? '' : ` under ${prefix}`;
        runner.info(`lease of ${dynamic} of ${(0,leasing.scopeName)(scope)} for ${(0,ttl.YY)(ttlSec)}${under} as ${(0,fulfils.ways)(inputs)}`);
    }
    runner.info(`dry run: ${fixed.length} static, ${leases.length} leases; nothing was delivered or leased`);
    runner.summarize(dryRunSummary(inputs, fixed, leases));
}


 }),

 5269:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   parseDynamic: () => ( parseDynamic),
   readLeasing: () => ( readLeasing),
   scopeName: () => ( scopeName)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1881);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2029);


const MAX_LEASES = 50;
function readLeasing(given, attempt, parse) {
    const ttlSec = attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('ttl', given('ttl')), 1);
    return {
        dynamic: attempt(() => parseDynamic(given('dynamic'), ttlSec, parse), []),
        ttlSec,
        renew: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('renew', given('renew')), false),
        renewForSec: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('renew-for', given('renew-for'), '120h'), 1),
        waitUsable: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('wait-usable', given('wait-usable')), false),
        allowedAccountIds: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .c3)('allowed-account-ids', given('allowed-account-ids'), /^\d{12}$/, 'an AWS account id'), []),
    };
}
function parseDynamic(text, ttlSec, parse = parseAsk) {
    if (text.toLowerCase() === 'false')
        return [];
    if (text.toLowerCase() === 'true')
        return 'all';
    const lines = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Mc)(text);
    if (lines.length > MAX_LEASES)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic has more than ${MAX_LEASES} lines: lease the others in another step.`);
    const asks = lines.map((line) => parse(line, ttlSec));
    const odd = lines.filter((_, index) => asks[index] === undefined);
    if (odd.length > 0) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic takes true, false, or lines like NAME, NAME as PREFIX_ or NAME ttl=15m; not that: ${odd.slice(0, 5).map(_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .TL).join(', ')}.`);
    }
    const found = asks.filter((ask) => ask !== undefined);
    const keys = found.map(({ place, name }) => (place ? `${scopeName(place)}/${name}` : name));
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    if (twice.length > 0)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic names ${[...new Set(twice)].join(', ')} twice: name each once.`);
    return found;
}
function scopeName({ project, config, path = '/' }) {
    return `${project}/${config}${path === '/' ? '' : path}`;
}
function parseAsk(line, ttlSec) {
    const [source = '', ...words] = line.split(/\s+/);
    const ttl = words.at(-1)?.startsWith('ttl=') ? words.pop()?.slice('ttl='.length) : undefined;
    const [as, prefix, ...more] = words;
    if (more.length > 0 || (as !== undefined && (as !== 'as' || prefix === undefined || !_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(prefix))))
        return undefined;
    const [name = '', config, project, ...rest] = source.split('/').toReversed();
    const places = [config, project].filter((part) => part !== undefined && part !== '');
    if (!_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(name) || rest.length > 0 || (source.includes('/') && places.length !== 2))
        return undefined;
    return {
        name,
        ...(config !== undefined && project !== undefined ? { place: { project, config } } : {}),
        ...(prefix === undefined ? {} : { prefix }),
        ttlSec: ttl === undefined ? ttlSec : (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(ttl, `ttl of ${name}`),
    };
}


 }),

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