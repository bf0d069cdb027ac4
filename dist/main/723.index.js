exports.id = 723;
exports.ids = [723];
exports.modules = {

 5723:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  parsePhaseAsk: () => ( parsePhaseAsk),
  readPlaces: () => ( readPlaces),
  refuseForeign: () => ( refuseForeign)
});

var core_ttl = __webpack_require__(1881);
var main_halves = __webpack_require__(2697);
var rarely = __webpack_require__(7098);
;// CONCATENATED MODULE: ./build/main-halves/action/inputs/place.js








var scalars = __webpack_require__(2029);
;// CONCATENATED MODULE: ./build/main-halves/action/inputs/phase.js



const PATH = /^\/[^\u0000-\u001f\u007f]{0,500}$/;
const DYNAMIC_NAME = /^[^\u0000-\u001f\u007f]{1,200}$/;
const ASK = new RegExp(`^(.+?)(?: as (${scalars.o_.source.slice(1, -1)}))?(?: ttl=(\\S+))?$`);
const WORD_OF_OURS = /(?:^| )(?:as|ttl=\S*)(?: |$)/;
function readPlaces(given) {
    if (given('config') !== '')
        throw (0,scalars.CC)('config is for Doppler: with Phase a place is project (the app id), environment and path.');
    const environments = (0,scalars.Mc)(given('environment')).map((line) => environmentOf(given('project'), line));
    if (environments.length === 0)
        throw (0,scalars.CC)('With Phase, project (the app id) and environment are needed.');
    const lines = (0,scalars.Mc)(given('path'));
    const odd = lines.filter((line) => !PATH.test(line));
    if (odd.length > 0)
        throw (0,scalars.CC)(`path starts with a slash; not so: ${odd.slice(0, 5).map(scalars.TL).join(', ')}.`);
    const paths = lines.length === 0 ? ['/'] : [...new Set(lines.map(normalPath))];
    if (environments.length * paths.length > rarely.MAX_PLACES)
        throw (0,scalars.CC)(`environment and path make more than ${rarely.MAX_PLACES} places to read: read the others in another step.`);
    return environments.flatMap((one) => paths.map((path) => ({ ...one, path })));
}
function environmentOf(app, line) {
    const [first = '', second, ...more] = line.split('/');
    const [project, environment] = second === undefined ? [app, first] : [first, second];
    if (project === '')
        throw (0,scalars.CC)('With Phase, project (the app id) is needed, or environment as app/environment.');
    if (more.length > 0 || !rarely.PLACE_NAME.test(project) || !rarely.PLACE_NAME.test(environment)) {
        throw (0,scalars.CC)(`project is an app id, environment a name or app/environment a line; not that: ${(0,scalars.TL)(line)}.`);
    }
    return { project, environment };
}
function normalPath(path) {
    return `/${path
        .split('/')
        .filter((part) => part !== '')
        .join('/')}`;
}
function parsePhaseAsk(line, ttlSec) {
    const [, source = '', prefix, ttl] = ASK.exec(line) ?? [];
    const parts = source.split('/');
    const name = parts.pop() ?? '';
    if (!DYNAMIC_NAME.test(name) || WORD_OF_OURS.test(source) || parts.includes(''))
        return undefined;
    const [project, config, ...folders] = parts;
    if (project !== undefined && config === undefined)
        return undefined;
    return {
        name,
        ...(project !== undefined && config !== undefined
            ? { place: { project, config, path: `/${folders.join('/')}` } }
            : {}),
        ...(prefix === undefined ? {} : { prefix }),
        ttlSec: ttl === undefined ? ttlSec : (0,core_ttl.Kw)(ttl, `ttl of ${(0,scalars.TL)(name)}`),
    };
}
function refuseForeign(given, { apiUrl, dropIn }) {
    if (dropIn)
        throw (0,scalars.CC)("The inputs of Doppler's own action are for Doppler: with Phase give token and project.");
    if (given('identity') === '' || !URL.canParse(apiUrl) || !/(?:^|\.)phase\.dev$/.test(new URL(apiUrl).hostname))
        return;
    throw (0,scalars.CC)("identity cannot be used with Phase's cloud, which takes no ID token of a workflow: give token a service account's token from a secret of this repository, or set api-url to an engine of your own.");
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