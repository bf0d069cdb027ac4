exports.id = 931;
exports.ids = [931,262];
exports.modules = {

 4931:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  signIn: () => ( signIn)
});

var sensitive = __webpack_require__(6989);
var decode = __webpack_require__(8997);
var wire = __webpack_require__(7566);
;// CONCATENATED MODULE: ./build/main-halves/contract/doppler/sign-in.js



function exchangeRequest(identity, token) {
    return sign_in_open('/auth/oidc', { identity, token: token.reveal() });
}
function readExchange(body) {
    return new sensitive.p((0,decode.Vm)((0,decode.Ik)(body, 'the body')['token'], 'token'));
}
function endTokenRequest(token) {
    return sign_in_open('/auth/revoke', { token: token.reveal() });
}
function sign_in_open(path, body) {
    return { ...(0,wire.VX)('POST', (0,wire.aC)(path, {}), body), authorized: false };
}

var errors = __webpack_require__(3730);
var client_http = __webpack_require__(3949);
var client_network = __webpack_require__(8847);
var problem = __webpack_require__(8262);
;// CONCATENATED MODULE: ./build/main-halves/client/oidc.js






const MAX_ID_TOKEN = 8 * 1024;
class SignInRefused extends errors.uV {
    claims;
    constructor(error, claims) {
        super(error.code, error.message, {
            details: error.details,
            hint: 'Compare its claims with what the identity allows.',
        });
        this.claims = claims;
    }
}
async function signInByOidc(options) {
    const { apiUrl, identity, onToken } = options;
    const dialect = await dialectOf(options);
    const api = new client_http.lw({ ...options, baseUrl: dialect.base(apiUrl) });
    let idToken;
    const build = async () => {
        idToken = await fetchIdToken(options);
        onToken(idToken);
        const { authorized: _, ...request } = dialect.exchangeRequest(identity, idToken);
        return request;
    };
    const outcome = await api.exchange(await build(), (last) => ((0,client_http.bg)(last) ? build : undefined));
    try {
        const doing = `exchange the ID token of this job for identity ${identity}`;
        const asked = { host: api.host, doing, tokenKind: 'ID token of this job', clock: options.clock };
        const { readProblem: read } = dialect;
        const answer = expect(outcome, { ...asked, ...(read ? { read } : {}) });
        const [token, ...others] = dialect.readExchange((0,problem.readJson)(answer, api.host));
        for (const one of [token, ...others])
            onToken(one);
        return token;
    }
    catch (error) {
        if (!(error instanceof errors.uV) || !idToken)
            throw error;
        const hint = 'answer' in outcome ? dialect.hint(outcome.answer.status) : undefined;
        if (hint)
            throw new errors.uV(error.code, error.message, { details: error.details, hint });
        if (!isRefusal(outcome))
            throw error;
        throw new SignInRefused(error, claimsOf(idToken));
    }
}
async function endToken(options, token) {
    const dialect = await dialectOf(options);
    const http = new client_http.lw({ ...options, baseUrl: dialect.base(options.apiUrl) });
    const asked = { host: http.host, doing: 'end the token of this job', tokenKind: 'token of this job' };
    const { readProblem: read } = dialect;
    expect(await http.safe(dialect.endRequest(token)), { ...asked, ...(read ? { read } : {}), clock: options.clock });
}
const DOPPLER = {
    base: (apiUrl) => apiUrl,
    exchangeRequest: exchangeRequest,
    readExchange: (body) => [readExchange(body)],
    endRequest: (token) => {
        const { authorized: _, ...request } = endTokenRequest(token);
        return request;
    },
    hint: () => undefined,
};
async function dialectOf({ backend }) {
    return backend === 'phase' ? (await __webpack_require__.e( 910).then(__webpack_require__.bind(__webpack_require__, 910))).PHASE : DOPPLER;
}
async function fetchIdToken(options) {
    const { service, audience, network = client_network.yc, clock } = options;
    const url = new URL(service.url);
    if (audience !== undefined)
        url.searchParams.set('audience', audience);
    const way = { ...network, client: undefined, allowInsecureHttp: false };
    const http = new client_http.lw({ ...options, baseUrl: url.origin, network: way });
    const authorization = new sensitive.p(`Bearer ${service.requestToken.reveal()}`);
    const request = { method: 'GET', target: url.pathname + url.search, headers: { authorization } };
    const asked = { host: http.host, doing: 'ask for an ID token', tokenKind: "runner's token for this job", clock };
    const answer = expect(await http.safe(request), asked);
    const body = (0,problem.readJson)(answer, http.host);
    const value = typeof body === 'object' && body !== null ? body['value'] : undefined;
    if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) && value.length <= MAX_ID_TOKEN) {
        return new sensitive.p(value);
    }
    throw new errors.uV('ERR_CONTRACT', `${http.host} gave no ID token.`, { hint: 'Try again.' });
}
function expect(outcome, { clock, ...asked }) {
    if ('failure' in outcome)
        throw (0,problem.failureError)(outcome.failure, asked.host);
    if ((0,problem.isOk)(outcome.answer))
        return outcome.answer;
    const redact = (text) => text.replace(/\b(?:(?:dp\.[a-z]+|ey[\w-]+)\.[\w.-]+|pss_[\w:]+|[\da-fA-F]{64}\b)/g, '[token]');
    throw (0,problem.statusError)(outcome.answer, { ...asked, now: clock.now(), redact });
}
function isRefusal(outcome) {
    return 'answer' in outcome && [401, 403].includes(outcome.answer.status);
}
function claimsOf(idToken) {
    try {
        const part = idToken.reveal().split('.')[1] ?? '';
        const claims = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
        const texts = Object.entries(claims).filter(([, value]) => typeof value === 'string');
        return Object.fromEntries(texts);
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./build/main-halves/action/identity.js



const POLICY_CLAIMS = [
    'iss',
    'aud',
    'sub',
    'repository',
    'repository_id',
    'repository_owner_id',
    'ref',
    'environment',
    'event_name',
    'job_workflow_ref',
    'workflow_ref',
    'runner_environment',
];
async function signIn({ runner, wire }, plan) {
    const { backend, apiUrl, network, signal } = plan;
    const url = runner.variable('ACTIONS_ID_TOKEN_REQUEST_URL') ?? '';
    const requestToken = runner.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN') ?? '';
    if (!URL.canParse(url) || requestToken === '')
        throw noPermission();
    try {
        const token = await signInByOidc({
            ...wire,
            backend,
            apiUrl,
            network,
            signal,
            budgetMs: plan.budgetMs,
            ...plan.identity,
            service: { url, requestToken: new sensitive.p(requestToken) },
            onToken: (one) => runner.mask([one.reveal()]),
        });
        const end = async (budgetMs) => {
            const ending = endToken({ ...wire, backend, apiUrl, network, budgetMs }, token);
            return ending.then(() => '', (error) => `The token of this job could not be ended. ${(0,errors.et)(error).line}`);
        };
        return { token, end };
    }
    catch (error) {
        if (error instanceof SignInRefused)
            showClaims(runner, error.claims);
        throw error;
    }
}
function showClaims(runner, claims) {
    const shown = POLICY_CLAIMS.filter((name) => claims[name] !== undefined);
    if (shown.length === 0)
        return;
    runner.info('The ID token of this job says the following; an identity that is to let it in must allow it:');
    for (const name of shown)
        runner.info(`${name}: ${claims[name]}`);
}
function noPermission() {
    return new errors.uV('ERR_CONFIG_INVALID', 'This job may not ask for an ID token, so it cannot sign in by identity.', {
        hint: 'Give it the permission id-token: write; runs for pull requests from forks never have it.',
    });
}


 }),

 7171:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   GC: () => ( stillRevoking),
   HQ: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.isOk),
   Vh: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.readJson),
   bn: () => ( GOES_ON)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3730);
 var _index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_1__);



const GOES_ON = 'The service goes on by itself.';
function stillRevoking({ id, dynamic }) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_UNAVAILABLE', `Lease ${id} of ${dynamic} is being revoked and not gone yet.`, {
        hint: GOES_ON,
    });
}


 }),

 3949:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   E: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.isOfEngine),
   bg: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.mayPass),
   lw: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.Http),
   wK: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.retryAfterSec),
   zY: () => ( didNothing)
 });
 var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);




function didNothing(outcome) {
    return 'failure' in outcome ? !outcome.failure.mayHaveArrived : outcome.answer.status === 429;
}


 }),

 8847:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   DH: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_1__.decoded),
   lv: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.mayCarryTokens),
   yc: () => ( _index_js__WEBPACK_IMPORTED_MODULE_0__.DIRECT)
 });
 var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);






 }),

 8262:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  failureError: () => ( failureError),
  isOk: () => ( answer.HQ),
  readJson: () => ( answer.Vh),
  statusError: () => ( statusError),
  withDetail: () => ( withDetail)
});

;// CONCATENATED MODULE: ./build/main-halves/contract/doppler/problem.js
function readProblem(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
        return undefined;
    const messages = body['messages'];
    if (!Array.isArray(messages) || !messages.every((one) => typeof one === 'string'))
        return undefined;
    return { messages };
}
function problemBody(messages) {
    return { messages, success: false };
}

var errors = __webpack_require__(3730);
var http = __webpack_require__(3949);
var answer = __webpack_require__(7171);
;// CONCATENATED MODULE: ./build/main-halves/client/problem.js




const TOLD = {
    400: told('ERR_REQUEST_INVALID', ({ host, doing }) => `${host} refused to ${doing}`, ''),
    401: told('ERR_UNAUTHENTICATED', ({ host, tokenKind }) => `${host} did not accept the ${tokenKind}`, 'Check that it has not expired or been deleted, and that api-url is the API it was made for.'),
    403: told('ERR_ACCESS_DENIED', ({ tokenKind, doing }) => `The ${tokenKind} may not ${doing}`, 'Grant it access, or use a token that has it.'),
    404: told('ERR_NOT_FOUND', ({ host, doing }) => `${host} could not ${doing}: there is no such thing`, 'Check the names and api-url, and that the token may see them: what it may not see looks as if it were not there.'),
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
function statusError(answer, asked) {
    const { status } = answer;
    const found = TOLD[status] ?? (status >= 500 || status === 408 ? OUTAGE : status >= 300 && status < 400 ? REDIRECT : ODD);
    const said = messagesOf(answer, asked.read).map((text) => (0,errors.TN)(asked.redact(text), 200));
    const seconds = (0,http.wK)(answer, asked.now);
    const waiting = status === 429 && seconds ? [`It asks to wait ${Math.ceil(seconds)} s.`] : [];
    const words = said.slice(0, 3).map((text) => text.replace(/[.\s]+$/, ''));
    return new errors.uV(found.code, `${found.text(asked)} (${[status, words.join('. ')].filter(Boolean).join(': ')}).`, {
        details: waiting,
        ...(found.hint === '' ? {} : { hint: found.hint }),
        ...(seconds === undefined ? {} : { retryAfterSec: seconds }),
    });
}
const FAILURES = {
    dns: ['ERR_UNAVAILABLE', 'could not be found by name', 'Check api-url and the name resolution of this runner.'],
    connect: ['ERR_UNAVAILABLE', 'could not be connected to', 'Check api-url and that this runner may reach it.'],
    proxy: [
        'ERR_UNAVAILABLE',
        'could not be reached through the proxy',
        'Check the proxy input or HTTPS_PROXY, and NO_PROXY.',
    ],
    tls: [
        'ERR_UNAVAILABLE',
        'has a certificate that this runner does not trust',
        'Check api-url; an authority of your own goes into ca-certificate.',
    ],
    'client-certificate': [
        'ERR_UNAUTHENTICATED',
        'wants a client certificate, or another than it got',
        'Set client-certificate and client-key to a pair that it accepts.',
    ],
    timeout: [
        'ERR_TIMEOUT',
        'did not answer in time',
        'Try again. A step waits as long as its timeout input says, post at most 25 s.',
    ],
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
const KNOWN = {
    ERR_SSL_WRONG_VERSION_NUMBER: [
        'ERR_UNAVAILABLE',
        'does not speak TLS at this port',
        'Check scheme and port of api-url.',
    ],
    NOT_HTTP: ['ERR_UNAVAILABLE', 'does not speak HTTP at this port', 'Check scheme and port of api-url.'],
};
function failureError(failure, host) {
    const [code, text, hint] = KNOWN[failure.code] ?? FAILURES[failure.kind];
    return new errors.uV(code, `${host} ${text} (${failure.code}).`, { hint });
}
function withDetail(error, detail) {
    return new errors.uV(error.code, error.message, {
        details: [...error.details, detail],
        cause: error.cause,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        ...(error.retryAfterSec === undefined ? {} : { retryAfterSec: error.retryAfterSec }),
    });
}
function messagesOf(answer, read = readProblem) {
    try {
        return read(JSON.parse(answer.text))?.messages ?? [];
    }
    catch {
        return [];
    }
}


 }),

 8997:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   Ik: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.object),
   Qq: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.text),
   U9: () => ( count),
   Vm: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.word),
   eE: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.offContract),
   ht: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.boxed),
   jO: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.entries),
   mR: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.optionalText),
   p_: () => ( list)
 });
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);
 var _index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_1__);








function list(value, where) {
    if (!Array.isArray(value))
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_0__.offContract)(where, 'a list');
    return value;
}
function count(value, where) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        throw (0,_rarely_js__WEBPACK_IMPORTED_MODULE_0__.offContract)(where, 'a count');
    return value;
}


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