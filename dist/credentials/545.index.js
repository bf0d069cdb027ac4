"use strict";
exports.id = 545;
exports.ids = [545];
exports.modules = {

 545:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  DopplerLeases: () => ( DopplerLeases)
});

var sensitive = __webpack_require__(5115);
var decode = __webpack_require__(2867);
var wire = __webpack_require__(2780);
;// CONCATENATED MODULE: ./build/contract/doppler/leases.js




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

var secrets = __webpack_require__(8149);
var clock = __webpack_require__(5253);
var errors = __webpack_require__(8208);
var client_answer = __webpack_require__(8305);
var doppler_calls = __webpack_require__(9555);
var minting = __webpack_require__(8387);
var problem = __webpack_require__(4404);
;// CONCATENATED MODULE: ./build/client/doppler-leases.js








const PROBE = 'DOPPLER_CONFIG';
class DopplerLeases {
    #calls;
    constructor(calls) {
        this.#calls = calls;
    }
    async names(scope) {
        const doing = `list the dynamic secrets of ${(0,doppler_calls.K)(scope)}`;
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
            const answer = await calls.expect(minted.outcome, `lease ${dynamic} of ${(0,doppler_calls.K)(scope)}`);
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
            throw (0,problem._2)(found, `A lease of ${dynamic} may live until ${until}: its id never arrived, so nothing can end it.`);
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

 8387:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   l: () => ( sendMinting)
 });
 var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4851);

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


 })

};
;