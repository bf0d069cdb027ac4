exports.id = 108;
exports.ids = [108,262];
exports.modules = {

 9108:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  awsCredentialsOf: () => ( awsCredentialsOf),
  blankedBy: () => ( blankedBy),
  checkAws: () => ( checkAws),
  refusedEmpty: () => ( refusedEmpty)
});

var errors = __webpack_require__(3730);
var client_http = __webpack_require__(3949);
var network = __webpack_require__(8847);
var problem = __webpack_require__(8262);
var external_node_crypto_ = __webpack_require__(7598);
var sensitive = __webpack_require__(6989);
;// CONCATENATED MODULE: ./build/main-halves/client/sigv4.js


function signedHeaders(asked, credentials) {
    const { method, url, headers, body, region, service, now } = asked;
    const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const date = time.slice(0, 8);
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const all = [...Object.entries(headers), ['host', url.host], ['x-amz-date', time]];
    if (sessionToken)
        all.push(['x-amz-security-token', sessionToken.reveal()]);
    all.sort(([a], [b]) => (a < b ? -1 : 1));
    const names = all.map(([name]) => name).join(';');
    const lines = all.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`).join('');
    const canonical = [method, url.pathname, url.search.slice(1), lines, names, sha256(body)].join('\n');
    const scope = `${date}/${region}/${service}/aws4_request`;
    const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
    const start = Buffer.from(`AWS4${secretAccessKey.reveal()}`);
    const key = [date, region, service, 'aws4_request'].reduce(hmac, start);
    const signature = hmac(key, text).toString('hex');
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return {
        ...headers,
        'x-amz-date': time,
        ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
        authorization: new sensitive.p(authorization),
    };
}
function hmac(key, text) {
    return (0,external_node_crypto_.createHmac)('sha256', key).update(text).digest();
}
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}

;// CONCATENATED MODULE: ./build/main-halves/client/sts.js





const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
async function getCallerIdentity(options, credentials) {
    const { region, clock } = options;
    const address = options.endpoint ?? stsAddress(region);
    if (!URL.canParse(address) || !(0,network.lv)(new URL(address), network.yc)) {
        throw new errors.uV('ERR_CONFIG_INVALID', 'AWS_ENDPOINT_URL_STS is not an https address: correct it, or unset it.');
    }
    const url = new URL(address);
    const http = new client_http.lw({ ...options, baseUrl: url.origin });
    const plain = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const asked = { method: 'POST', url, headers: plain, body: BODY, region, service: 'sts', now: clock.now() };
    const headers = signedHeaders(asked, credentials);
    const outcome = await http.safe({ method: 'POST', target: url.pathname + url.search, headers, body: BODY });
    if ('failure' in outcome)
        throw (0,problem.failureError)(outcome.failure, http.host);
    const { answer } = outcome;
    if (answer.status === 403)
        return 'unknown';
    const account = (0,problem.isOk)(answer) ? /<Account>(\d{12})<\/Account>/.exec(answer.text)?.[1] : undefined;
    if (account !== undefined)
        return { account };
    throw new errors.uV('ERR_CONTRACT', `${http.host} did not say whose the credential is (${answer.status}).`, {
        hint: 'Check the region of the lease, and AWS_ENDPOINT_URL_STS if it is set.',
    });
}
function stsAddress(region) {
    return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}

var naming = __webpack_require__(2162);
;// CONCATENATED MODULE: ./build/main-halves/action/aws.js



const SUCCESSES = 3;
const USABLE_MS = 30_000;
const PAUSE_MS = 1_000;
const ASK_MS = 10_000;
async function checkAws(tools, leases, terms) {
    await Promise.all(leases.map(async (lease) => {
        if (!holdsAccessKey(lease))
            return;
        const found = awsCredentialsOf(lease);
        const restricted = terms.allowedAccountIds.length > 0;
        if (!found) {
            if (restricted)
                throw untold(lease.dynamic);
            return;
        }
        const isNew = terms.waitUsable && found.credentials.accessKeyId.startsWith('AKIA');
        if (isNew || restricted)
            await checkOne(tools, found, terms, isNew ? SUCCESSES : 1).catch(softly(tools, restricted));
    }));
}
function softly({ runner, stop }, restricted) {
    return (error) => {
        if (stop.aborted)
            return;
        if (restricted)
            throw error;
        runner.warning(`Whether a new AWS key works already could not be checked. ${(0,errors.et)(error).line}`);
    };
}
async function checkOne(tools, found, terms, wanted) {
    const { runner, wire, stop } = tools;
    const { clock } = wire;
    const { network, allowedAccountIds } = terms;
    const endpoint = runner.variable('AWS_ENDPOINT_URL_STS') || undefined;
    const options = { ...wire, network: { ...network, client: undefined }, region: found.region, endpoint, signal: stop };
    const deadline = clock.monotonic() + USABLE_MS;
    let seen = 'unknown';
    for (let successes = 0; successes < wanted && !stop.aborted && clock.monotonic() < deadline;) {
        const now = await getCallerIdentity({ ...options, budgetMs: ASK_MS }, found.credentials);
        successes = now === 'unknown' ? 0 : successes + 1;
        if (now !== 'unknown')
            seen = now;
        if (seen !== 'unknown')
            refuseAccount(found.dynamic, seen.account, allowedAccountIds);
        if (successes === wanted)
            return;
        await clock.sleep(PAUSE_MS, stop);
    }
    if (stop.aborted)
        return;
    if (seen === 'unknown' && allowedAccountIds.length > 0)
        throw untold(found.dynamic);
    runner.warning(`The AWS key of ${found.dynamic} does not work everywhere yet: a later step may have to try again.`);
}
function refuseAccount(dynamic, account, allowed) {
    if (allowed.length === 0 || allowed.includes(account))
        return;
    throw new errors.uV('ERR_ACCESS_DENIED', `The lease of ${dynamic} is of AWS account ${account}.`, {
        hint: 'List that account in allowed-account-ids if it is meant.',
    });
}
function untold(dynamic) {
    return new errors.uV('ERR_ACCESS_DENIED', `The AWS account of the lease of ${dynamic} cannot be told.`, {
        hint: 'allowed-account-ids lets only known accounts pass: see that this runner may reach STS, and that the lease has AWS fields.',
    });
}
function awsCredentialsOf({ dynamic, fields }) {
    const named = new Map([...fields].map(([field, value]) => [(0,naming.gb)(dynamic, field), value]));
    const accessKeyId = named.get('AWS_ACCESS_KEY_ID')?.reveal();
    const secretAccessKey = named.get('AWS_SECRET_ACCESS_KEY');
    if (accessKeyId === undefined || !secretAccessKey)
        return undefined;
    const sessionToken = named.get('AWS_SESSION_TOKEN');
    const region = named.get('AWS_REGION')?.reveal() ?? '';
    return {
        dynamic,
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        region: /^[a-z0-9-]{5,30}$/.test(region) ? region : 'us-east-1',
    };
}
function holdsAccessKey({ fields }) {
    return [...fields.values()].some((value) => /^A(?:KIA|SIA)[A-Z0-9]{16}$/.test(value.reveal()));
}
const OVERRULING = ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'];
function blankedBy(names, runner) {
    if (!names.includes('AWS_ACCESS_KEY_ID'))
        return [];
    return OVERRULING.filter((name) => !names.includes(name) && runner.variable(name));
}
function refusedEmpty(names) {
    const profiles = names.filter((name) => name.endsWith('_PROFILE'));
    if (profiles.length === 0)
        return '';
    const them = profiles.join(' and ');
    return `The AWS CLI and boto3 refuse to start with ${them} empty: leave it out of the env of this workflow, or begin a step that uses the keys with \`unset ${profiles.join(' ')}\`.`;
}


 }),

 2162:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   gb: () => ( leasedName)
 });
 var _core_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6261);
 var _fulfils_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7870);
 var _fulfils_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_fulfils_js__WEBPACK_IMPORTED_MODULE_1__);





const AWS_FIELDS = {
    accesskey: 'AWS_ACCESS_KEY_ID',
    accesskeyid: 'AWS_ACCESS_KEY_ID',
    secretkey: 'AWS_SECRET_ACCESS_KEY',
    secretaccesskey: 'AWS_SECRET_ACCESS_KEY',
    sessiontoken: 'AWS_SESSION_TOKEN',
    securitytoken: 'AWS_SESSION_TOKEN',
};
function leasedName(dynamic, field, prefix) {
    const name = usualName(dynamic, field);
    if (prefix === undefined)
        return name;
    const own = `${stem(dynamic)}_`;
    return prefix + (name.startsWith(own) ? name.slice(own.length) : name);
}
function usualName(dynamic, field) {
    if (_core_names_js__WEBPACK_IMPORTED_MODULE_0__ .nN.test(field))
        return field;
    const letters = field.toLowerCase().replace(/[^a-z0-9]/g, '');
    const aws = AWS_FIELDS[letters.replace(/^aws/, '')];
    return aws !== undefined && Object.hasOwn(AWS_FIELDS, letters.replace(/^aws/, ''))
        ? aws
        : `${stem(dynamic)}_${upperSnake(field)}`;
}
function stem(dynamic) {
    return _fulfils_js__WEBPACK_IMPORTED_MODULE_1__.VARIABLE.test(dynamic) ? dynamic : upperSnake(dynamic);
}
function upperSnake(field) {
    return field
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase();
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