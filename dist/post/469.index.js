"use strict";
exports.id = 469;
exports.ids = [469,404];
exports.modules = {

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


 }),

 2581:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   $t: () => ( placeOf),
   KT: () => ( named),
   ck: () => ( restBase),
   ql: () => ( engineBase)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8208);

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

 6469:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  PhaseClient: () => ( PhaseClient)
});

var wire = __webpack_require__(2780);
var sensitive = __webpack_require__(5115);
var decode = __webpack_require__(2867);
var phase_wire = __webpack_require__(688);
;// CONCATENATED MODULE: ./build/contract/phase/dynamic.js




const DYNAMIC = '/v1/secrets/dynamic/';
function listDynamicRequest(place) {
    return (0,phase_wire.$B)('GET', (0,phase_wire.aC)(DYNAMIC, (0,phase_wire.eU)(place)));
}
function readDynamicList(body) {
    return (0,decode.p_)(body, 'the body').map((one, index) => {
        const fields = (0,decode.Ik)(one, `[${index}]`);
        return {
            id: (0,decode.Vm)(fields['id'], `[${index}].id`),
            name: (0,decode.Vm)(fields['name'], `[${index}].name`),
            path: (0,decode.mR)(fields['path'], `[${index}].path`) ?? '/',
        };
    });
}
function issueLeaseRequest(place, lease, terms) {
    const { app, environment } = place;
    const query = {
        ...(0,phase_wire.eU)({ app, environment }),
        id: lease.secretId,
        lease: 'true',
        ttl: String(lease.ttlSec),
        replace: terms?.replace ? 'true' : undefined,
    };
    const headers = terms ? { [wire.ef]: terms.idempotencyKey, [wire.Sf]: terms.setId } : {};
    return { ...(0,phase_wire.$B)('GET', (0,phase_wire.aC)(DYNAMIC, query)), headers };
}
function readIssuedLeases(body) {
    return (0,decode.p_)(body, 'the body').flatMap((one, index) => {
        const secret = (0,decode.Ik)(one, `[${index}]`);
        if (secret['lease'] === null || secret['lease'] === undefined)
            return [];
        const where = `[${index}].lease`;
        const lease = (0,decode.Ik)(secret['lease'], where);
        return [
            {
                secretId: (0,decode.Vm)(secret['id'], `[${index}].id`),
                id: (0,decode.Vm)(lease['id'], `${where}.id`),
                expiresAt: instant(lease['expiresAt']),
                fields: () => credentials(lease['credentials'], `${where}.credentials`),
            },
        ];
    });
}
function credentials(value, where) {
    return new Map((0,decode.p_)(value, where).map((one, index) => {
        const fields = (0,decode.Ik)(one, `${where}[${index}]`);
        const key = (0,decode.Vm)(fields['key'], `${where}[${index}].key`);
        return [key, new sensitive.p((0,decode.Qq)(fields['value'], `${where}.${key}`))];
    }));
}
function instant(value) {
    const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(parsed) ? undefined : parsed;
}

;// CONCATENATED MODULE: ./build/contract/phase/duration.js
const DURATION = /^(-?\d{1,9} )?([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?$/;
const DAY_SEC = 24 * 3600;
function parseDuration(text) {
    const match = DURATION.exec(text);
    if (!match)
        return undefined;
    const [, days = '0', hours, minutes, seconds, fraction = ''] = match;
    const whole = Number(days) * DAY_SEC + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return whole + Number(fraction.padEnd(6, '0')) / 1e6;
}
function formatDuration(seconds) {
    const days = Math.floor(seconds / DAY_SEC);
    const rest = Math.floor(seconds) - days * DAY_SEC;
    const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
    if (micros === 1e6)
        return formatDuration(Math.floor(seconds) + 1);
    const clock = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60]
        .map((part) => pad(part, 2))
        .join(':');
    return `${days === 0 ? '' : `${days} `}${clock}${micros === 0 ? '' : `.${pad(micros, 6)}`}`;
}
function formatInstant(epochMs) {
    const text = new Date(epochMs).toISOString();
    return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text.replace('Z', '000Z');
}
function formatSpokenInstant(epochMs) {
    return formatInstant(epochMs).replace('T', ' ').replace('Z', '+00:00');
}
function pad(part, width) {
    return String(part).padStart(width, '0');
}

;// CONCATENATED MODULE: ./build/contract/phase/leases.js




const LEASES = '/v1/secrets/dynamic/leases/';
function listLeasesRequest({ app, environment }, secretId) {
    return (0,phase_wire.$B)('GET', (0,phase_wire.aC)(LEASES, { ...(0,phase_wire.eU)({ app, environment }), secret_id: secretId }));
}
function readLeaseList(body) {
    return (0,decode.p_)(body, 'the body').map((one, index) => {
        const fields = (0,decode.Ik)(one, `[${index}]`);
        const ttl = fields['ttl'];
        return {
            id: (0,decode.Vm)(fields['id'], `[${index}].id`),
            status: (0,decode.mR)(fields['status'], `[${index}].status`) ?? 'unknown',
            ttlSec: typeof ttl === 'string' ? parseDuration(ttl) : undefined,
            createdAt: instant(fields['createdAt']),
            expiresAt: instant(fields['expiresAt']),
            renewedAt: instant(fields['renewedAt']),
        };
    });
}
function renewLeaseRequest({ id, app, environment }, ttlSec) {
    return (0,phase_wire.VX)('PUT', (0,phase_wire.aC)(LEASES, (0,phase_wire.eU)({ app, environment })), { lease_id: id, ttl: ttlSec });
}
function readRenewal(body) {
    const said = (0,decode.Qq)((0,decode.Ik)(body, 'the body')['message'], 'message');
    const [, day, clock, zone] = RENEWED.exec(said) ?? [];
    return { expiresAt: day === undefined ? undefined : instant(`${day}T${clock}${zone}`) };
}
const RENEWED = /: (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)([+-]\d{2}:\d{2})$/;
function revokeLeaseRequest({ id, app, environment }) {
    const query = { ...(0,phase_wire.eU)({ app, environment }), lease_id: id };
    return (0,phase_wire.VX)('DELETE', (0,phase_wire.aC)(LEASES, query), { lease_id: id });
}

;// CONCATENATED MODULE: ./build/contract/phase/secrets.js



function listSecretsRequest(place, key) {
    return (0,phase_wire.$B)('GET', (0,phase_wire.aC)('/v1/secrets/', { ...(0,phase_wire.eU)(place), key }));
}
const VISIBILITIES = {
    secret: 'masked',
    config: 'unmasked',
    sealed: 'restricted',
};
function typeOf(visibility) {
    return { masked: 'secret', unmasked: 'config', restricted: 'sealed' }[visibility];
}
function visibilityOf(type) {
    return type !== undefined && Object.hasOwn(VISIBILITIES, type) ? (VISIBILITIES[type] ?? 'masked') : 'masked';
}
function readSecretList(body) {
    return (0,decode.p_)(body, 'the body').flatMap((one, index) => {
        const fields = (0,decode.Ik)(one, `[${index}]`);
        return fields['type'] === 'dynamic' ? [] : [secret(fields, `[${index}]`)];
    });
}
function secret(fields, where) {
    const visibility = visibilityOf((0,decode.mR)(fields['type'], `${where}.type`));
    const value = (0,decode.ht)(fields['value'], `${where}.value`);
    return {
        name: (0,decode.Vm)(fields['key'], `${where}.key`),
        raw: null,
        computed: override(fields['override'], `${where}.override`) ?? value,
        rawVisibility: visibility,
        computedVisibility: visibility,
        note: (0,decode.mR)(fields['comment'], `${where}.comment`) ?? '',
    };
}
function override(value, where) {
    if (value === null || value === undefined)
        return undefined;
    const fields = (0,decode.Ik)(value, where);
    const own = new sensitive.p((0,decode.Qq)(fields['value'], `${where}.value`));
    if (typeof fields['isActive'] !== 'boolean')
        throw (0,decode.eE)(`${where}.isActive`, 'true or false');
    return fields['isActive'] ? own : undefined;
}

var token = __webpack_require__(3559);
var clock = __webpack_require__(5253);
var errors = __webpack_require__(8208);
var client_answer = __webpack_require__(8305);
var doppler = __webpack_require__(1607);
var phase_address = __webpack_require__(2581);
;// CONCATENATED MODULE: ./build/client/phase-dynamic.js




const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CLOCK_SLACK_MS = 2 * 60_000;
const MAX_NAMED = 5;
class PhaseDynamic {
    #http;
    #lists = new Map();
    constructor(http) {
        this.#http = http;
    }
    list(place) {
        const key = JSON.stringify([place.app, place.environment, place.path]);
        const known = this.#lists.get(key);
        if (known)
            return known;
        const list = this.#read(place);
        this.#lists.set(key, list);
        return list;
    }
    async idOf(place, name) {
        if (ID.test(name))
            return name.toLowerCase();
        const found = (await this.list(place)).find((one) => one.name === name);
        if (found)
            return found.id;
        throw new errors.uV('ERR_NOT_FOUND', `There is no dynamic secret ${name} in ${(0,phase_address.KT)(place)}.`, {
            hint: 'Names are case-sensitive; check the path too: folders below it are not searched.',
        });
    }
    async leases(place, secretId) {
        return readLeaseList(await this.#http.ask(listLeasesRequest(place, secretId), 'list the leases'));
    }
    async candidates(place, secretId, seen) {
        const all = await this.leases(place, secretId).catch(() => undefined);
        if (!all)
            return 'its id never arrived, so nothing can end it.';
        const since = seen.startedAt - CLOCK_SLACK_MS;
        const fresh = all.filter(({ id, status, createdAt = since }) => status === 'active' && !seen.known.has(id) && createdAt >= since);
        if (fresh.length === 0)
            return 'its id never arrived, and no new lease is listed yet.';
        const shown = fresh.slice(0, MAX_NAMED).map(({ id }) => id);
        const more = fresh.length > shown.length ? ` and ${fresh.length - shown.length} more` : '';
        return `it may be ${shown.join(' or ')}${more}, which is left alone because it may be another job's.`;
    }
    async #read(place) {
        const outcome = await this.#http.try(listDynamicRequest(place));
        try {
            const answer = this.#http.expect(outcome, `list the dynamic secrets of ${(0,phase_address.KT)(place)}`);
            return readDynamicList(this.#http.json(answer));
        }
        catch (error) {
            if (error instanceof errors.uV && /no dynamic secrets found/i.test(error.message))
                return [];
            throw error;
        }
    }
}

var problem = __webpack_require__(3901);
var http = __webpack_require__(4851);
var client_minting = __webpack_require__(8387);
var client_problem = __webpack_require__(4404);
;// CONCATENATED MODULE: ./build/client/phase-http.js







class PhaseHttp {
    #http;
    #options;
    #token;
    tokenKind;
    constructor(options) {
        this.#options = options;
        this.#http = new http.lw({ ...options, baseUrl: (0,phase_address.ck)(options.baseUrl) });
        this.#token = options.token && (0,token.AI)(options.token.reveal());
        this.tokenKind = this.#token ? (0,token.aA)(this.#token.type) : 'Phase token';
    }
    async ask(request, doing) {
        return this.json(this.expect(await this.try(request), doing));
    }
    async try(request) {
        return this.#http.safe(this.#outgoing(request));
    }
    async mint(minting) {
        const build = (replace) => this.#outgoing(minting.build(replace));
        return (0,client_minting.l)(this.#http, { ...minting, build });
    }
    expect(outcome, doing) {
        const { host } = this.#http;
        if ('failure' in outcome)
            throw (0,client_problem.failureError)(outcome.failure, host);
        const { answer } = outcome;
        if (answer.status >= 200 && answer.status < 300)
            return answer;
        const { tokenKind: kind } = this;
        const now = this.#options.clock.now();
        const asked = { host, doing, tokenKind: kind, now, redact: token.N_, read: problem.K };
        const error = (0,client_problem.statusError)(answer, asked);
        if (answer.status !== 400 || !/\bSSE\b/.test(error.message))
            throw error;
        throw (0,client_problem._2)(error, "Turn on server-side encryption in the app's settings: this API cannot decrypt without it.");
    }
    json(answer) {
        return (0,client_problem.Vh)(answer, this.#http.host);
    }
    #outgoing({ authorized: _, ...rest }) {
        return { ...rest, headers: { ...rest.headers, authorization: this.#authorization() } };
    }
    #authorization() {
        if (this.#token)
            return (0,token.it)(this.#token);
        if (!this.#options.token)
            throw new errors.uV('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
        throw new errors.uV('ERR_CONFIG_INVALID', 'The token is none of Phase, or not all of it.', {
            hint: 'Copy it again: pss_service:v2:…, pss_user:v1:…, or ServiceAccount and 64 hex digits.',
        });
    }
}

;// CONCATENATED MODULE: ./build/client/phase.js













class PhaseClient {
    tokenKind;
    #http;
    #options;
    #dynamic;
    #issued = new Set();
    constructor(options) {
        this.#options = options;
        this.#http = new PhaseHttp(options);
        this.#dynamic = new PhaseDynamic(this.#http);
        this.tokenKind = this.#http.tokenKind;
    }
    async fetchSecrets(scope, names) {
        const place = (0,phase_address.$t)(scope);
        const request = listSecretsRequest(place, names.length === 1 ? names[0] : undefined);
        const answer = this.#http.expect(await this.#http.try(request), `read the secrets of ${(0,phase_address.KT)(place)}`);
        const engine = (0,wire.UO)(answer.headers[wire.Z0]);
        return { secrets: readSecretList(this.#http.json(answer)), engine };
    }
    async fetchSecret(scope, name) {
        const read = await this.fetchSecrets(scope, [name]);
        const found = read.secrets.find((secret) => secret.name === name);
        const none = {
            raw: null,
            computed: null,
            rawVisibility: 'masked',
            computedVisibility: 'masked',
            note: '',
        };
        return found ?? { name, ...none };
    }
    async downloadSecrets(scope) {
        const read = await this.fetchSecrets(scope, []);
        return new Map(read.secrets.flatMap(({ name, computed }) => (computed ? [[name, computed]] : [])));
    }
    async listDynamicSecrets(scope) {
        return (await this.#dynamic.list((0,phase_address.$t)(scope))).map(({ name }) => name);
    }
    async issueLease(ask) {
        const place = (0,phase_address.$t)(ask.scope);
        if (this.tokenKind === (0,token.aA)('Service')) {
            throw new errors.uV('ERR_CONFIG_INVALID', 'A service token of one app (pss_service:v1) cannot lease.', {
                hint: 'Use the token of a service account (pss_service:v2).',
            });
        }
        const secretId = await this.#dynamic.idOf(place, ask.dynamic);
        const { ttlSec, setId, round, signal } = ask;
        const startedAt = this.#options.clock.now();
        const build = (replace) => {
            const idempotencyKey = [setId, secretId, round].filter((part) => part !== undefined).join('.');
            const terms = setId === undefined ? undefined : { setId, idempotencyKey, replace };
            return issueLeaseRequest(place, { secretId, ttlSec }, terms);
        };
        const minted = await this.#http.mint({ build, repeatable: setId !== undefined, signal });
        let { inDoubt } = minted;
        try {
            const answer = this.#http.expect(minted.outcome, `lease ${ask.dynamic} of ${(0,phase_address.KT)(place)}`);
            inDoubt = true;
            const lease = this.#take(readIssuedLeases(this.#http.json(answer)), secretId, ask);
            inDoubt = false;
            return { ...lease, fields: lease.fields() };
        }
        catch (error) {
            if (!inDoubt || setId !== undefined)
                throw error;
            const until = (0,clock.K)(this.#options.clock.now() + ttlSec * 1000);
            const candidates = await this.#dynamic.candidates(place, secretId, { startedAt, known: this.#issued });
            throw (0,client_problem._2)((0,errors.et)(error), `A lease of ${ask.dynamic} may live until ${until}: ${candidates}`);
        }
    }
    async renewLease(lease, ttlSec) {
        const place = (0,phase_address.$t)(lease);
        const doing = `renew lease ${lease.id} of ${lease.dynamic}`;
        const minted = await this.#http.mint({
            build: () => renewLeaseRequest({ ...place, id: lease.id }, ttlSec),
            repeatable: false,
        });
        const told = readRenewal(this.#http.json(this.#http.expect(minted.outcome, doing)));
        const secretId = await this.#dynamic.idOf(place, lease.dynamic);
        const listed = (await this.#dynamic.leases(place, secretId)).find(({ id }) => id === lease.id);
        const expiresAt = listed?.expiresAt ?? told.expiresAt;
        if (expiresAt === undefined)
            throw new errors.uV('ERR_CONTRACT', `Nobody says until when ${lease.id} lives now.`);
        return { expiresAt };
    }
    async listLeases(scope, name) {
        const place = (0,phase_address.$t)(scope);
        return this.#dynamic.leases(place, await this.#dynamic.idOf(place, name));
    }
    async revokeLease(lease) {
        const request = revokeLeaseRequest({ ...(0,phase_address.$t)(lease), id: lease.id });
        const outcome = await this.#http.try(request);
        if ('answer' in outcome && outcome.answer.status === 410)
            return undefined;
        const answer = this.#http.expect(outcome, `revoke lease ${lease.id} of ${lease.dynamic}`);
        if (answer.status === 202)
            throw (0,client_answer.GC)(lease);
        return undefined;
    }
    async revokeSet(handle) {
        const baseUrl = (0,phase_address.ql)(this.#options.baseUrl);
        return new doppler.G({ ...this.#options, baseUrl, token: undefined }).revokeSet(handle);
    }
    async nameCandidates({ dynamic, since, ...scope }, known) {
        const place = (0,phase_address.$t)(scope);
        const secretId = await this.#dynamic.idOf(place, dynamic).catch(() => undefined);
        if (secretId === undefined)
            return '';
        return `${dynamic}: ${await this.#dynamic.candidates(place, secretId, { startedAt: since, known })}`;
    }
    async me() {
        return { type: this.tokenKind, name: '', slug: '' };
    }
    #take(found, secretId, ask) {
        const latest = this.#options.clock.now() + ask.ttlSec * 1000;
        const heads = found.map((lease) => ({ ...lease, expiresAt: lease.expiresAt ?? latest }));
        for (const { id, expiresAt } of heads) {
            this.#issued.add(id);
            ask.onIssued({ id, expiresAt });
        }
        const lease = heads.find((one) => one.secretId === secretId);
        if (!lease)
            throw new errors.uV('ERR_CONTRACT', `The answer holds no lease of ${ask.dynamic}.`);
        return { id: lease.id, expiresAt: lease.expiresAt, fields: lease.fields };
    }
}


 }),

 4404:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  failureError: () => ( failureError),
  HQ: () => ( answer.HQ),
  Vh: () => ( answer.Vh),
  statusError: () => ( statusError),
  _2: () => ( withDetail)
});

;// CONCATENATED MODULE: ./build/contract/doppler/problem.js
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

var errors = __webpack_require__(8208);
var http = __webpack_require__(4851);
var answer = __webpack_require__(8305);
;// CONCATENATED MODULE: ./build/client/problem.js




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

 3901:
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

 3559:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   AI: () => ( readToken),
   N_: () => ( withoutTokens),
   aA: () => ( tokenKind),
   it: () => ( authorization)
 });
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5115);

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

 688:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  $B: () => ( wire.$B),
  eU: () => ( placeQuery),
  aC: () => ( target),
  VX: () => ( wire.VX)
});

;// CONCATENATED MODULE: ./build/core/folder.js
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

var wire = __webpack_require__(2780);
;// CONCATENATED MODULE: ./build/contract/phase/wire.js



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