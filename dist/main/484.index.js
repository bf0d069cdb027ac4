exports.id = 484;
exports.ids = [484];
exports.modules = {

 7103:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   downloadRequest: () => ( downloadRequest),
   readDownload: () => ( readDownload)
 });
 var _formats_env_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5097);
 var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8322);
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6989);
 var _secrets_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6566);
 var _wire_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7566);





function downloadRequest(scope, format, names = []) {
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_4__ .$B)('GET', (0,_wire_js__WEBPACK_IMPORTED_MODULE_4__ .aC)(`${_secrets_js__WEBPACK_IMPORTED_MODULE_3__ .cW}/download`, { ...(0,_secrets_js__WEBPACK_IMPORTED_MODULE_3__ .he)(scope), format, secrets: (0,_secrets_js__WEBPACK_IMPORTED_MODULE_3__ .KV)(names) }));
}
function readDownload(format, text) {
    const values = format === 'json' ? (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__ .q)(text) : (0,_formats_env_js__WEBPACK_IMPORTED_MODULE_0__ .v)(text);
    return new Map([...values].map(([name, value]) => [name, new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_2__ .p(value)]));
}


 }),

 6566:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   $u: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.listSecretsRequest$1),
   KV: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.filterOf),
   cW: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.SECRETS),
   he: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.staticOnly)
 });
 var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);









 }),

 7566:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   $B: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.bare),
   Sf: () => ( LEASE_SET_HEADER),
   UO: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.readEngineHeader),
   VX: () => ( withJson),
   Z0: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.ENGINE_HEADER),
   aC: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.target),
   ef: () => ( IDEMPOTENCY_HEADER),
   or: () => ( LEASE_HANDLE_HEADER)
 });
 var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);





const LEASE_SET_HEADER = 'x-secrets-lease-set';
const LEASE_HANDLE_HEADER = 'x-secrets-lease-handle';
const IDEMPOTENCY_HEADER = 'idempotency-key';
function withJson(method, at, body) {
    const headers = { 'content-type': 'application/json' };
    return { method, target: at, headers, body: JSON.stringify(body), authorized: true };
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