exports.id = 427;
exports.ids = [427];
exports.modules = {

 4427:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  readDropIn: () => ( readDropIn)
});

var scalars = __webpack_require__(2029);
var main_halves = __webpack_require__(2697);
;// CONCATENATED MODULE: ./build/main-halves/action/inputs/table.js



;// CONCATENATED MODULE: ./build/main-halves/action/inputs/drop-in.js


const ALIASES = {
    'doppler-token': 'token',
    'doppler-project': 'project',
    'doppler-config': 'config',
    'doppler-identity-id': 'identity',
    'doppler-api-domain': 'api-url',
    'inject-env-vars': 'export-env',
};
function readDropIn(input, attempt) {
    const used = Object.keys(ALIASES).filter((alias) => input(alias) !== '' && counts(alias, input));
    const values = new Map();
    for (const alias of used) {
        const own = ALIASES[alias];
        attempt(() => refuseTwice(alias, own, input), undefined);
        values.set(own, attempt(() => translated(alias, input(alias)), ''));
    }
    attempt(() => refuseMethod(input), undefined);
    return { active: true, given: (name) => values.get(name) || input(name) || main_halves.INPUT_DEFAULTS[name] };
}
function refuseTwice(alias, own, input) {
    if (['', main_halves.INPUT_DEFAULTS[own]].includes(input(own)))
        return;
    throw (0,scalars.CC)(`${alias} and ${own} are the same input: give one of them.`);
}
function counts(alias, input) {
    const oidc = input('auth-method') === 'oidc';
    if (alias === 'doppler-token')
        return !oidc;
    if (alias === 'doppler-identity-id')
        return oidc;
    if (alias === 'doppler-project' || alias === 'doppler-config')
        return oidc || !input('doppler-token').startsWith('dp.st.');
    return true;
}
function refuseMethod(input) {
    const method = input('auth-method');
    if (!['', 'token', 'oidc'].includes(method))
        throw (0,scalars.CC)('auth-method is neither token nor oidc.');
    if (method === 'oidc' && input('doppler-identity-id') === '' && input('identity') === '') {
        throw (0,scalars.CC)('auth-method is oidc, which needs doppler-identity-id.');
    }
}
function translated(alias, text) {
    if (alias === 'inject-env-vars')
        return text === 'true' ? 'true' : 'false';
    if (alias !== 'doppler-api-domain')
        return text;
    if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(text))
        throw (0,scalars.CC)('doppler-api-domain is not a host name: write it like api.doppler.com.');
    return `https://${text}`;
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