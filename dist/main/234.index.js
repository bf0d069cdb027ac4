"use strict";
exports.id = 234;
exports.ids = [234];
exports.modules = {

 234:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  startKeeper: () => ( startKeeper)
});

var external_node_fs_ = __webpack_require__(3024);
var phase_address = __webpack_require__(5619);
var names = __webpack_require__(6261);
var sensitive = __webpack_require__(6989);
var main_halves = __webpack_require__(2697);
var fulfils = __webpack_require__(7870);
;// CONCATENATED MODULE: ./build/main-halves/core/visibility.js




function loosens(from, to) {
    return VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(from);
}

var decode = __webpack_require__(8997);
var secrets = __webpack_require__(6566);
;// CONCATENATED MODULE: ./build/main-halves/contract/doppler/management-answers.js





function readProject(body) {
    const fields = inside(body, 'project');
    return {
        name: word(fields['name'], 'name'),
        description: optionalText(fields['description'], 'description') ?? '',
        isProtected: flag(fields['deletion_protection']),
    };
}
function readEnvironment(body) {
    return environment(inside(body, 'environment'));
}
function readEnvironments(body) {
    const all = list(object(body, 'the body')['environments'], 'environments');
    return all.map((one, n) => environment(object(one, `environments[${n}]`)));
}
function environment(fields) {
    return {
        project: word(fields['project'], 'project'),
        slug: word(fields['slug'] ?? fields['id'], 'slug'),
        name: word(fields['name'], 'name'),
        personalConfigs: fields['personal_configs'] === true,
    };
}
function readConfig(body) {
    const fields = inside(body, 'config');
    const name = word(fields['name'], 'name');
    return {
        id: optionalText(fields['slug'], 'slug') ?? name,
        project: word(fields['project'], 'project'),
        environment: word(fields['environment'], 'environment'),
        name,
        root: fields['root'] === true,
        inheritable: fields['inheritable'] === true,
        inherits: list(fields['inherits'] ?? [], 'inherits').map((one) => configPlace(object(one, 'inherits'))),
        isProtected: flag(fields['deletion_protection']),
    };
}
function configPlace(fields) {
    return { project: word(fields['project'], 'inherits.project'), config: word(fields['config'], 'inherits.config') };
}
function readMetadata(body) {
    const all = entries(object(body, 'the body')['secrets'], 'secrets');
    return new Map(all.map(([name, value]) => {
        const fields = object(value, name);
        const visibility = optionalText(fields['visibility'], `${name}.visibility`);
        return [
            name,
            {
                visibility: isVisibility(visibility) ? visibility : 'masked',
                version: count(fields['version'], `${name}.version`),
                isProtected: flag(fields['deletion_protection']) ?? false,
                isOwn: fields['inherited'] !== true,
                raw: undefined,
            },
        ];
    }));
}
function readMetadataOfList(body) {
    const own = readSecretList(body).filter(({ name }) => !isManagedName(name));
    return new Map(own.map(({ name, rawVisibility: visibility, raw }) => [
        name,
        { visibility, version: undefined, isProtected: undefined, isOwn: true, raw: raw ?? undefined },
    ]));
}
function readComparison(body, names) {
    const fields = object(body, 'the body');
    return new Map(names.map((name) => {
        const one = object(fields[name], name);
        const version = one['version'] === null ? null : count(one['version'], `${name}.version`);
        return [name, { equal: one['equal'] === true, version }];
    }));
}
function readTokens(body) {
    const all = list(object(body, 'the body')['tokens'], 'tokens');
    return all.map((one, n) => tokenHead(object(one, `tokens[${n}]`)));
}
function readNewToken(body) {
    const fields = inside(body, 'token');
    return { ...tokenHead(fields), key: new Sensitive(word(fields['key'], 'key')) };
}
function tokenHead(fields) {
    return {
        slug: word(fields['slug'], 'slug'),
        name: text(fields['name'], 'name'),
        access: optionalText(fields['access'], 'access') ?? 'read',
        expiresAt: instant(optionalText(fields['expires_at'], 'expires_at'), 'expires_at'),
    };
}
function readRenewal(body) {
    const fields = (0,decode.Ik)(body, 'the body');
    const expiresAt = instant((0,decode.Qq)(fields['expires_at'], 'expires_at'), 'expires_at') ?? 0;
    return { expiresAt, capped: fields['capped'] === true };
}
function instant(iso, where) {
    if (iso === undefined)
        return undefined;
    const at = Date.parse(iso);
    if (Number.isNaN(at))
        throw (0,decode.eE)(where, 'a date');
    return at;
}
function flag(value) {
    return typeof value === 'boolean' ? value : undefined;
}
function inside(body, name) {
    return object(object(body, 'the body')[name], name);
}

var wire = __webpack_require__(7566);
;// CONCATENATED MODULE: ./build/main-halves/contract/doppler/management-lending.js

const TOKENS = '/configs/config/tokens';
const DYNAMIC = '/configs/config/dynamic_secrets';
function createTokenRequest(place, asked) {
    const { name, access, expiresAt, key } = asked;
    const expire_at = expiresAt === undefined ? undefined : Math.ceil(expiresAt / 1000);
    return withJson('POST', target(TOKENS, {}), { ...place, name, access, expire_at, key: key?.reveal() });
}
function listTokensRequest(place) {
    return bare('GET', target(TOKENS, place));
}
function deleteTokenRequest(place, slug) {
    return bare('DELETE', target(`${TOKENS}/token`, { ...place, slug }));
}
function renewLeaseRequest(handle, lease) {
    const body = { slug: lease.id, ttl_sec: lease.ttlSec };
    const request = (0,wire.VX)('PUT', (0,wire.aC)(`${DYNAMIC}/dynamic_secret/leases/lease`, {}), body);
    return { ...request, headers: { ...request.headers, [wire.or]: handle }, authorized: false };
}

var client_http = __webpack_require__(3949);
var problem = __webpack_require__(8262);
;// CONCATENATED MODULE: ./build/main-halves/client/renewal.js




function renewWith({ apiUrl, renewKey, ...options }) {
    return async (lease) => {
        const http = new client_http.lw({ ...options, baseUrl: apiUrl });
        const { authorized: _, ...request } = renewLeaseRequest(renewKey, lease);
        const outcome = await http.safe(request);
        if ('failure' in outcome)
            throw (0,problem.failureError)(outcome.failure, http.host);
        if ((0,problem.isOk)(outcome.answer))
            return readRenewal((0,problem.readJson)(outcome.answer, http.host));
        const doing = `renew lease ${lease.id}`;
        const redact = (text) => text;
        const asked = { host: http.host, doing, tokenKind: 'lease handle', now: options.clock.now(), redact };
        throw (0,problem.statusError)(outcome.answer, asked);
    };
}

var clock = __webpack_require__(4239);
var errors = __webpack_require__(3730);
var lease_handle = __webpack_require__(8430);
;// CONCATENATED MODULE: ./build/main-halves/action/keeper-brief.js


function writeBrief({ renewKey, network, ...rest }) {
    const { proxy, client } = network;
    const opened = {
        ...network,
        proxy: proxy?.reveal(),
        client: client && { certificate: client.certificate, key: client.key.reveal() },
    };
    return JSON.stringify({ ...rest, renewKey: renewKey.reveal(), network: opened });
}
function readBrief(text) {
    try {
        const { renewKey, network, ...rest } = JSON.parse(text);
        if (!isLink(renewKey))
            return undefined;
        const { proxy, client, noProxy, ca, allowInsecureHttp } = network;
        return {
            ...rest,
            renewKey: new Sensitive(renewKey),
            network: {
                noProxy,
                ca,
                allowInsecureHttp,
                proxy: proxy === undefined ? undefined : new Sensitive(proxy),
                client: client && { certificate: client.certificate, key: new Sensitive(client.key) },
            },
        };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/main-halves/action/keeper-start.js






const RENEW_MS = 10_000;
const NOTHING = () => { };
async function startKeeper(tools, { inputs, network, run, leases }) {
    const { runner, wire, stop, keeperScript } = tools;
    const { renewKey } = run;
    const isPhase = inputs.backend === 'phase';
    const cannot = isPhase ? 'Phase does not keep a credential for longer' : 'this API cannot renew leases';
    if (!renewKey)
        return unkept(runner, leases, cannot);
    const processes = await tools.openProcesses();
    const worker = processes.worker();
    if (!worker)
        return unkept(runner, leases, 'here it cannot be told when the job ends (that takes Linux and no job container)');
    const far = { apiUrl: isPhase ? (0,phase_address.ql)(inputs.apiUrl) : inputs.apiUrl, network };
    const renewable = await tryAll(runner, renewWith({ ...wire, ...far, renewKey, budgetMs: RENEW_MS, signal: stop }), run, leases);
    if (renewable.length === 0 || stop.aborted)
        return NOTHING;
    const until = wire.clock.now() + inputs.leasing.renewForSec * 1000;
    const kept = renewable.map(({ id, ttlSec, expiresAt }) => ({ id, ttlSec, expiresAt }));
    const brief = writeBrief({ ...far, network: withExtraCa(runner, network), renewKey, leases: kept, until, worker });
    const trackingId = runner.variable('RUNNER_TRACKING_ID');
    const env = trackingId === undefined ? {} : { RUNNER_TRACKING_ID: trackingId };
    const keeper = await processes.startDetached(keeperScript, env, brief);
    if (!keeper)
        return unkept(runner, renewable, 'the process that renews them did not start');
    run.renewed(renewable, keeper);
    return () => processes.stop(keeper);
}
async function tryAll(runner, renew, run, leases) {
    const tried = await Promise.all(leases.map(async (lease) => {
        try {
            const { expiresAt, capped } = await renew(lease);
            return { lease: run.moved(lease, expiresAt), goesOn: !capped };
        }
        catch (error) {
            const isKind = error instanceof errors.uV && error.code === 'ERR_CONFLICT';
            if (isKind)
                unkept(runner, [lease], 'its kind cannot be renewed');
            return { lease, goesOn: !isKind };
        }
    }));
    return tried.filter(({ goesOn }) => goesOn).map(({ lease }) => lease);
}
function unkept(runner, leases, why) {
    for (const { dynamic, expiresAt } of leases) {
        runner.notice(`The lease of ${dynamic} is not renewed: ${why}. It ends at ${(0,clock.K)(expiresAt)}.`);
    }
    return NOTHING;
}
function withExtraCa(runner, network) {
    const path = runner.variable('NODE_EXTRA_CA_CERTS');
    if (!path)
        return network;
    try {
        return { ...network, ca: [network.ca ?? '', (0,external_node_fs_.readFileSync)(path, 'utf8')].join('\n') };
    }
    catch {
        return network;
    }
}


 }),

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

 8997:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

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


 })

};
;