exports.id = 512;
exports.ids = [512,262];
exports.modules = {

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

 1512:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  DopplerLeases: () => ( DopplerLeases)
});

var sensitive = __webpack_require__(6989);
var decode = __webpack_require__(8997);
var wire = __webpack_require__(7566);
;// CONCATENATED MODULE: ./build/main-halves/contract/doppler/leases.js




const DYNAMIC = '/configs/config/dynamic_secrets';
const LEASES = `${DYNAMIC}/dynamic_secret/leases`;
function listDynamicRequest({ project, config }) {
    return (0,wire.$B)('GET', (0,wire.aC)(DYNAMIC, { project, config }));
}
function readDynamicNames(body) {
    const all = (0,decode.p_)((0,decode.Ik)(body, 'the body')['dynamicSecrets'], 'dynamicSecrets');
    return all.map((one, index) => {
        const where = `dynamicSecrets[${index}]`;
        return (0,decode.Vm)((0,decode.Ik)(one, where)['name'], `${where}.name`);
    });
}
function issueLeaseRequest(scope, lease, terms) {
    const body = { project: scope.project, config: scope.config, dynamic_secret: lease.dynamic, ttl_sec: lease.ttlSec };
    const request = (0,wire.VX)('POST', (0,wire.aC)(LEASES, { replace: terms?.replace ? 'true' : undefined }), body);
    if (!terms)
        return request;
    const extra = { [wire.ef]: terms.idempotencyKey, [wire.Sf]: terms.setId };
    return { ...request, headers: { ...request.headers, ...extra } };
}
function readLeaseHead(body) {
    const fields = (0,decode.Ik)(body, 'the body');
    return { id: (0,decode.Vm)(fields['id'], 'id'), expiresAt: instant(fields['expires_at']) };
}
function readLeaseFields(body) {
    const fields = new Map();
    for (const [key, value] of (0,decode.jO)((0,decode.Ik)(body, 'the body')['value'], 'value')) {
        if (value === null)
            continue;
        if (!isScalar(value))
            throw (0,decode.eE)(`value.${key}`, 'a text');
        fields.set(key, new sensitive.p(String(value)));
    }
    return fields;
}
function revokeLeaseRequest(lease) {
    const fields = { project: lease.project, config: lease.config, dynamic_secret: lease.dynamic, slug: lease.id };
    return (0,wire.VX)('DELETE', (0,wire.aC)(`${LEASES}/lease`, fields), fields);
}
function revokeSetRequest(handle) {
    return { ...(0,wire.$B)('DELETE', (0,wire.aC)('/leases', {})), headers: { [wire.or]: handle }, authorized: false };
}
function readRevokedSet(body) {
    const fields = (0,decode.Ik)(body, 'the body');
    const leases = (0,decode.p_)(fields['leases'], 'leases').map((one, index) => setLease(one, `leases[${index}]`));
    return { leases, revoked: (0,decode.U9)(fields['revoked'], 'revoked'), left: (0,decode.U9)(fields['left'], 'left') };
}
function setLease(value, where) {
    const fields = (0,decode.Ik)(value, where);
    return {
        id: (0,decode.Vm)(fields['id'], `${where}.id`),
        dynamic: (0,decode.Vm)(fields['dynamic_secret'], `${where}.dynamic_secret`),
        state: (0,decode.Vm)(fields['state'], `${where}.state`),
        expiresAt: instant(fields['expires_at']),
        validUntil: instant(fields['credential_valid_until']),
    };
}
function readValidUntil(text) {
    try {
        return instant(JSON.parse(text)?.credential_valid_until);
    }
    catch {
        return undefined;
    }
}
function isScalar(value) {
    return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
function instant(value) {
    const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(parsed) ? undefined : parsed;
}

var secrets = __webpack_require__(6566);
var clock = __webpack_require__(4239);
var errors = __webpack_require__(3730);
var client_answer = __webpack_require__(7171);
var main_halves = __webpack_require__(2697);
;// CONCATENATED MODULE: ./build/main-halves/client/doppler-calls.js



var minting = __webpack_require__(5069);
var problem = __webpack_require__(8262);
;// CONCATENATED MODULE: ./build/main-halves/client/doppler-leases.js








const PROBE = 'DOPPLER_CONFIG';
class DopplerLeases {
    #calls;
    constructor(calls) {
        this.#calls = calls;
    }
    async names(scope) {
        const doing = `list the dynamic secrets of ${(0,main_halves.named)(scope)}`;
        const answer = await this.#calls.ask(listDynamicRequest(scope), doing);
        return readDynamicNames(this.#calls.json(answer));
    }
    async issue(ask) {
        const { scope, dynamic, ttlSec, setId, round } = ask;
        const calls = this.#calls;
        const idempotencyKey = [setId, dynamic, round].filter((part) => part !== undefined).join('.');
        const build = (replace) => {
            const terms = setId === undefined ? undefined : { setId, idempotencyKey, replace };
            return calls.outgoing(issueLeaseRequest(scope, { dynamic, ttlSec }, terms));
        };
        const minted = await (0,minting.l)(calls.http, { build, repeatable: setId !== undefined, signal: ask.signal });
        let { inDoubt } = minted;
        try {
            const answer = await calls.expect(minted.outcome, `lease ${dynamic} of ${(0,main_halves.named)(scope)}`);
            inDoubt = true;
            const body = calls.json(answer);
            const { id, expiresAt = calls.now + ttlSec * 1000 } = readLeaseHead(body);
            inDoubt = false;
            ask.onIssued({ id, expiresAt });
            return { id, expiresAt, fields: readLeaseFields(body) };
        }
        catch (error) {
            const found = (0,errors.et)(error);
            if (!inDoubt || setId !== undefined)
                throw found;
            const until = (0,clock.K)(calls.now + ttlSec * 1000);
            throw (0,problem.withDetail)(found, `A lease of ${dynamic} may live until ${until}: its id never arrived, so nothing can end it.`);
        }
    }
    async revoke(lease) {
        const calls = this.#calls;
        const doing = `revoke lease ${lease.id} of ${lease.dynamic}`;
        const outcome = await calls.http.safe(calls.outgoing(revokeLeaseRequest(lease)));
        if ('answer' in outcome && outcome.answer.status === 410)
            return undefined;
        if ('answer' in outcome && outcome.answer.status === 404 && !lease.byHand) {
            const probe = await calls.http.safe(calls.outgoing((0,secrets.$u)(lease, [PROBE])));
            if ('answer' in probe && (0,client_answer.HQ)(probe.answer))
                return undefined;
        }
        const answer = await calls.expect(outcome, doing);
        if (answer.status === 202)
            throw (0,client_answer.GC)(lease);
        return readValidUntil(answer.text);
    }
    async revokeSet(handle) {
        const answer = await this.#calls.ask(revokeSetRequest(handle), 'revoke the leases');
        const set = readRevokedSet(this.#calls.json(answer));
        return { ...set, leases: set.leases.filter((lease) => lease.state !== 'aborted') };
    }
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

 5069:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   l: () => ( sendMinting)
 });
 var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3949);

async function sendMinting(http, minting) {
    let inDoubt = false;
    let isUsed = false;
    const next = (outcome) => {
        if (mayHaveBegun(outcome)) {
            isUsed = true;
            if ('failure' in outcome || !(0,_http_js__WEBPACK_IMPORTED_MODULE_0__ .E)(outcome.answer))
                inDoubt = true;
        }
        if (!(0,_http_js__WEBPACK_IMPORTED_MODULE_0__ .bg)(outcome))
            return undefined;
        if ((0,_http_js__WEBPACK_IMPORTED_MODULE_0__ .zY)(outcome))
            return minting.build(isUsed);
        return minting.repeatable ? minting.build(true) : undefined;
    };
    const outcome = await http.exchange(minting.build(false), next, minting.signal);
    return { outcome, inDoubt };
}
function mayHaveBegun(outcome) {
    return 'failure' in outcome ? !(0,_http_js__WEBPACK_IMPORTED_MODULE_0__ .zY)(outcome) : outcome.answer.status >= 500;
}


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