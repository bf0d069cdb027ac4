"use strict";
exports.id = 327;
exports.ids = [327];
exports.modules = {

 2395:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   JN: () => ( readAnswer),
   QG: () => ( writeAnswer)
 });
 var _core_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4239);

const MIN_LEFT_MS = ( null && (5 * 60_000));
function writeAnswer({ accessKeyId, secretAccessKey, sessionToken }, expiresAt) {
    const parts = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey.reveal(),
        SessionToken: sessionToken?.reveal(),
        Expiration: (0,_core_clock_js__WEBPACK_IMPORTED_MODULE_0__ .K)(expiresAt),
    };
    return { text: `${JSON.stringify(parts)}\n`, expiresAt };
}
function readAnswer(text) {
    try {
        const { Version, AccessKeyId, SecretAccessKey, Expiration } = JSON.parse(text);
        const isWhole = Version === 1 && typeof AccessKeyId === 'string' && typeof SecretAccessKey === 'string';
        const expiresAt = typeof Expiration === 'string' ? Date.parse(Expiration) : Number.NaN;
        return isWhole && Number.isFinite(expiresAt) ? { text, expiresAt } : undefined;
    }
    catch {
        return undefined;
    }
}
function isFresh({ expiresAt }, ttlSec, now) {
    const ttlMs = ttlSec * 1000;
    return expiresAt - now > Math.max(ttlMs / 4, Math.min(MIN_LEFT_MS, ttlMs / 2));
}


 }),

 2327:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  renewingProfiles: () => ( renewingProfiles)
});

var aws = __webpack_require__(9108);
var handoff = __webpack_require__(6190);
var naming = __webpack_require__(2162);
var credentials_answer = __webpack_require__(2395);
var errors = __webpack_require__(3730);
var lease_handle = __webpack_require__(8430);
;// CONCATENATED MODULE: ./build/main-halves/action/credentials/brief.js


const VERSION = 1;
function writeBrief(brief) {
    return `${JSON.stringify({ v: VERSION, ...brief })}\n`;
}
function readBrief(text) {
    const { v, ...rest } = parse(text);
    if (v === VERSION && isBrief(rest))
        return rest;
    throw broken();
}
function parse(text) {
    try {
        return asRecord(JSON.parse(text));
    }
    catch {
        throw broken();
    }
}
function isBrief(rest) {
    const { backend, apiUrl, identity, audience, scope, dynamic, ttlSec, setId, until, allowedAccountIds, network, trust, } = rest;
    const { project, config, path = '/' } = asRecord(scope);
    const { proxy, noProxy, ca, allowInsecureHttp } = asRecord(network);
    return ((backend === 'doppler' || backend === 'phase') &&
        [apiUrl, identity, project, config, path, dynamic, noProxy, trust].every(isText) &&
        URL.canParse(apiUrl) &&
        (audience === null || isText(audience)) &&
        [ttlSec, until].every(Number.isSafeInteger) &&
        isLink(setId) &&
        Array.isArray(allowedAccountIds) &&
        allowedAccountIds.every(isText) &&
        (proxy === null || (isText(proxy) && URL.canParse(proxy))) &&
        (ca === undefined || isText(ca)) &&
        typeof allowInsecureHttp === 'boolean');
}
function isText(value) {
    return typeof value === 'string';
}
function asRecord(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function broken() {
    return new AppError('ERR_CONTRACT', 'What this AWS profile renews itself by cannot be read.', {
        hint: 'It is there while the job runs that wrote the profile, for steps outside of containers.',
    });
}

;// CONCATENATED MODULE: ./build/main-halves/action/credentials/plan.js





const KEY = 'AWS_ACCESS_KEY_ID';
function renewingProfiles(job) {
    const { inputs, setId, leases, runner, now } = job;
    const { credential, file, run, leasing, backend, apiUrl } = inputs;
    const network = openNetwork(job.network);
    const isAsked = leasing.renew && file?.format === 'aws-profile' && !run;
    if (!isAsked || !network || setId === undefined || !('identity' in credential))
        return [];
    const trust = (0,handoff.BY)(runner, { setId, proxied: true }, job.network);
    const { allowedAccountIds } = leasing;
    const until = now + leasing.renewForSec * 1000;
    return leases.flatMap((lease) => {
        const { dynamic, project, config, path, ttlSec, expiresAt } = lease;
        const prefix = prefixOf(lease);
        const found = (0,aws.awsCredentialsOf)(lease);
        if (prefix === undefined || !found?.credentials.sessionToken)
            return [];
        const { identity, audience = null } = credential;
        const terms = { dynamic, ttlSec, setId, until, allowedAccountIds, network, trust };
        const scope = { project, config, ...(path === undefined ? {} : { path }) };
        const brief = { backend, apiUrl, identity, audience, scope, ...terms };
        const answer = (0,credentials_answer.QG)(found.credentials, expiresAt);
        return { leaseId: lease.id, prefix, brief: writeBrief(brief), answer };
    });
}
function prefixOf({ dynamic, fields, prefix }) {
    const names = [...fields.keys()].map((field) => (0,naming.gb)(dynamic, field, prefix));
    return names.find((name) => name.endsWith(KEY))?.slice(0, -KEY.length);
}
function openNetwork({ proxy, client, ...rest }) {
    const address = proxy && new URL(proxy.reveal());
    if (client || address?.username || address?.password)
        return undefined;
    return { ...rest, proxy: proxy?.reveal() ?? null };
}


 })

};
;