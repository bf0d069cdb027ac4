"use strict";
exports.id = 910;
exports.ids = [910];
exports.modules = {

 5619:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   $t: () => ( placeOf),
   KT: () => ( named),
   ck: () => ( restBase),
   ql: () => ( engineBase)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);

const REST_CLOUD = 'api.phase.dev';
const BELOW_CONSOLE = '/service/public';
function restBase(apiUrl) {
    const url = new URL(apiUrl);
    const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
    return url.origin + (path === '' && url.hostname !== REST_CLOUD ? BELOW_CONSOLE : path);
}
function engineBase(apiUrl) {
    const url = new URL(restBase(apiUrl));
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/(?:service\/public|public|service)$/, '');
}
function placeOf({ project, config, environment = config, path = '/' }) {
    if (project === undefined || environment === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONFIG_INVALID', 'Phase needs an app and an environment.', {
            hint: 'Set project to the id of the app and environment to the name of its environment.',
        });
    }
    return { app: project, environment, path };
}
function named({ app, environment, path = '/' }) {
    return `${environment}${path === '/' ? '' : `:${path}`} of app ${app}`;
}


 }),

 910:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  PHASE: () => ( PHASE)
});

var problem = __webpack_require__(4395);
var sensitive = __webpack_require__(6989);
var decode = __webpack_require__(8997);
var wire = __webpack_require__(6312);
;// CONCATENATED MODULE: ./build/main-halves/contract/phase/sign-in.js



const AUTH = (0,wire.aC)('/identities/external/v1/oidc/auth/', {});
function exchangeRequest(identity, token) {
    const body = { account: { type: 'service', id: identity }, oidc: { jwt: token.reveal() }, tokenRequest: {} };
    return { ...(0,wire.VX)('POST', AUTH, body), authorized: false };
}
function endTokenRequest() {
    return (0,wire.$B)('DELETE', AUTH);
}
function readExchange(body) {
    const fields = (0,decode.Ik)((0,decode.Ik)(body, 'the body')['authentication'], 'authentication');
    const bearer = (0,decode.Vm)(fields['bearerToken'], 'authentication.bearerToken');
    const whole = (0,decode.mR)(fields['token'], 'authentication.token');
    const others = [bearer.split(' ').at(-1) ?? '', whole ?? ''].filter((text) => text !== '' && text !== bearer);
    return [new sensitive.p(bearer), ...others.map((text) => new sensitive.p(text))];
}

var phase_token = __webpack_require__(8381);
var errors = __webpack_require__(3730);
var phase_address = __webpack_require__(5619);
;// CONCATENATED MODULE: ./build/main-halves/client/phase-sign-in.js





const PHASE = {
    base: phase_address.ck,
    exchangeRequest: exchangeRequest,
    readExchange: readExchange,
    endRequest: (token) => {
        const { authorized: _, ...request } = endTokenRequest();
        const parts = (0,phase_token.AI)(token.reveal());
        if (!parts)
            throw new errors.uV('ERR_CONTRACT', 'The token of this job is none of Phase.');
        return { ...request, headers: { ...request.headers, authorization: (0,phase_token.it)(parts) } };
    },
    readProblem: problem.K,
    hint: (status) => status === 404 || status === 405
        ? "Phase itself signs nobody in by an ID token of a workflow: give token a service account's token, or set api-url to an engine of your own."
        : undefined,
};


 }),

 4395:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   K: () => ( readProblem)
 });
const MAX_FAILED = 10;
function readProblem(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
        return undefined;
    const { error, detail, failedLeases, successfulLeases } = body;
    const said = typeof error === 'string' ? error : detail;
    if (typeof said !== 'string')
        return undefined;
    const failed = Array.isArray(failedLeases) ? failedLeases.slice(0, MAX_FAILED).flatMap(failedLease) : [];
    return {
        messages: [said, ...failed],
        ...(typeof successfulLeases === 'number' ? { successfulLeases } : {}),
    };
}
function failedLease(value) {
    if (typeof value !== 'object' || value === null)
        return [];
    const { secretName, error } = value;
    return typeof secretName === 'string' && typeof error === 'string' ? [`${secretName}: ${error}`] : [];
}
function problemBody(error) {
    return { error };
}


 }),

 8381:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   AI: () => ( readToken),
   N_: () => ( withoutTokens),
   aA: () => ( tokenKind),
   it: () => ( authorization)
 });
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6989);

const WHOLE = /^pss_(user|service):v(\d{1,9}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64}):([a-fA-F0-9]{64})$/;
const REST = /^(?:bearer {1,8})?(User|ServiceAccount|Service) {1,8}([a-fA-F0-9]{64})$/i;
const TYPES = ['User', 'ServiceAccount', 'Service'];
function readToken(text) {
    const whole = WHOLE.exec(text);
    if (whole) {
        const [, who, version, bearer = '', publicKey = '', share = '', wrapKey = ''] = whole;
        const service = version === '2' ? 'ServiceAccount' : 'Service';
        return {
            type: who === 'user' ? 'User' : service,
            bearer: new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(bearer),
            keys: { publicKey, share: new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(share), wrapKey: new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(wrapKey) },
        };
    }
    const [, word = '', bearer = ''] = REST.exec(text) ?? [];
    const type = TYPES.find((one) => one.toLowerCase() === word.toLowerCase());
    return type && { type, bearer: new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(bearer) };
}
function writeToken(token) {
    const { type, bearer, keys } = token;
    const head = { User: 'pss_user:v1', ServiceAccount: 'pss_service:v2', Service: 'pss_service:v1' }[type];
    const parts = [bearer.reveal(), keys.publicKey, keys.share.reveal(), keys.wrapKey.reveal()];
    return new Sensitive([head, ...parts].join(':'));
}
function plainToken(shown) {
    const token = readToken(shown.reveal());
    return token ? new Sensitive(`${token.type} ${token.bearer.reveal()}`) : shown;
}
function authorization({ type, bearer }) {
    return new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(`Bearer ${type} ${bearer.reveal()}`);
}
const KINDS = {
    User: 'Phase personal token',
    ServiceAccount: 'Phase service account token',
    Service: 'Phase service token',
};
function tokenKind(type) {
    return KINDS[type];
}
function withoutTokens(text) {
    return text.replace(/\bpss_[a-z]+:v\d+(?::[A-Za-z0-9]*)*/g, '[token]').replace(/\b[a-fA-F0-9]{64}\b/g, '[token]');
}


 }),

 6312:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  $B: () => ( wire.$B),
  eU: () => ( placeQuery),
  aC: () => ( target),
  VX: () => ( wire.VX)
});

;// CONCATENATED MODULE: ./build/main-halves/core/folder.js
const ROOT_PATH = '/';
const MAX_PATH = 1000;
const MAX_DEPTH = 20;
const ODD_PART = /[\u0000-\u001f\u007f-\u009f\u2028\u2029${}\\]|^\.{1,2}$/;
function normalPath(path) {
    const parts = path.split('/').filter((part) => part !== '');
    return `/${parts.join('/')}`;
}
function isFolderPath(path) {
    const parts = path.split('/').slice(1);
    const isBounded = path.length <= MAX_PATH && parts.length <= MAX_DEPTH && path.isWellFormed();
    return isBounded && !parts.some((part) => ODD_PART.test(part));
}
function keyAt({ path, name }) {
    return path === ROOT_PATH ? name : `${path}/${name}`;
}
function spotOf(key) {
    const at = key.lastIndexOf('/');
    return at < 0 ? { path: ROOT_PATH, name: key } : { path: key.slice(0, at), name: key.slice(at + 1) };
}

var wire = __webpack_require__(7566);
;// CONCATENATED MODULE: ./build/main-halves/contract/phase/wire.js



function target(path, query) {
    const pairs = Object.entries(query).flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]);
    return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
function placeQuery({ app, environment, path }) {
    return { app_id: app, env: environment, path: path === undefined ? undefined : normalPath(path) };
}


 })

};
;