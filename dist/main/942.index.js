exports.id = 942;
exports.ids = [942,108,269,262];
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

 6190:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   BY: () => ( trustDigest),
   U6: () => ( saveHandoff)
 });
 var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
 var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
 var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
 var node_fs__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3730);
 var _core_lease_handle_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8430);
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6989);





const STATE = 'handoff';
const VERSION = 1;
const TRUST_SETTINGS = [
    'NODE_EXTRA_CA_CERTS',
    'NODE_USE_SYSTEM_CA',
    'NODE_USE_ENV_PROXY',
    'NODE_OPTIONS',
    'OPENSSL_CONF',
    'SSL_CERT_DIR',
    'SSL_CERT_FILE',
];
function saveHandoff(runner, handoff, network) {
    const { revokeKey, ...rest } = handoff;
    const trust = trustDigest(runner, handoff, network);
    runner.saveState(STATE, JSON.stringify({ v: VERSION, ...rest, trust, key: revokeKey?.reveal() ?? null }));
}
function loadHandoff(runner) {
    const text = runner.state(STATE);
    if (text === '')
        return undefined;
    const { v, key, trust, ...rest } = parse(text);
    if (v !== VERSION || !isHandoff(rest))
        throw broken();
    const revokeKey = isLink(key) ? new Sensitive(key) : undefined;
    return { handoff: { ...rest, revokeKey }, trusts: (network) => trust === trustDigest(runner, rest, network) };
}
function trustDigest(runner, { setId, proxied }, network) {
    const { proxy, noProxy, ca, client, allowInsecureHttp } = network;
    const settings = TRUST_SETTINGS.map((name) => runner.variable(name) ?? '');
    const way = proxied ? [proxy?.reveal(), noProxy] : [];
    const shown = [ca, client?.certificate, client?.key.reveal(), allowInsecureHttp];
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(JSON.stringify([setId, settings, way, shown, textOf(runner.variable('NODE_EXTRA_CA_CERTS'))]))
        .digest('base64url');
}
const MAX_AUTHORITIES = 4 * 1024 * 1024;
function textOf(path) {
    try {
        const about = path ? (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path) : undefined;
        if (!path || !about?.isFile() || about.size > MAX_AUTHORITIES)
            return about ? 'no file of authorities' : '';
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}
function parse(text) {
    try {
        const parsed = JSON.parse(text);
        if (typeof parsed === 'object' && parsed !== null)
            return parsed;
    }
    catch {
    }
    throw broken();
}
function isHandoff(rest) {
    const { backend, apiUrl, setId, asked, leases, doubt, until, proxied, renewedSec, keeper } = rest;
    return ((backend === 'doppler' || backend === 'phase') &&
        typeof apiUrl === 'string' &&
        URL.canParse(apiUrl) &&
        isLink(setId) &&
        Array.isArray(asked) &&
        asked.every((name) => typeof name === 'string') &&
        Array.isArray(leases) &&
        leases.every(isHandedLease) &&
        (doubt === null || isDoubt(doubt)) &&
        isInstant(until) &&
        typeof proxied === 'boolean' &&
        (renewedSec === null || isTtl(renewedSec)) &&
        (keeper === null || isProcess(keeper)));
}
function isHandedLease(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { id, expiresAt } = value;
    return isAsk(value) && typeof id === 'string' && isInstant(expiresAt);
}
function isAsk(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { dynamic, project, config, path = '/' } = value;
    return [dynamic, project, config, path].every((text) => typeof text === 'string');
}
function isDoubt(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { since, asks } = value;
    return isInstant(since) && Array.isArray(asks) && asks.every(isAsk);
}
function isProcess(value) {
    if (typeof value !== 'object')
        return false;
    const { pid, startedAt } = value;
    return Number.isSafeInteger(pid) && pid > 1 && typeof startedAt === 'string';
}
function isTtl(value) {
    return Number.isSafeInteger(value) && value > 0 && value < 366 * 86_400;
}
function isInstant(value) {
    return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
function broken() {
    return new AppError('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
        hint: 'Leases that it may have taken end by themselves at their ttl.',
    });
}


 }),

 5269:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   parseDynamic: () => ( parseDynamic),
   readLeasing: () => ( readLeasing),
   scopeName: () => ( scopeName)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1881);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2029);


const MAX_LEASES = 50;
function readLeasing(given, attempt, parse) {
    const ttlSec = attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('ttl', given('ttl')), 1);
    return {
        dynamic: attempt(() => parseDynamic(given('dynamic'), ttlSec, parse), []),
        ttlSec,
        renew: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('renew', given('renew')), false),
        renewForSec: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('renew-for', given('renew-for'), '120h'), 1),
        waitUsable: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('wait-usable', given('wait-usable')), false),
        allowedAccountIds: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .c3)('allowed-account-ids', given('allowed-account-ids'), /^\d{12}$/, 'an AWS account id'), []),
    };
}
function parseDynamic(text, ttlSec, parse = parseAsk) {
    if (text.toLowerCase() === 'false')
        return [];
    if (text.toLowerCase() === 'true')
        return 'all';
    const lines = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Mc)(text);
    if (lines.length > MAX_LEASES)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic has more than ${MAX_LEASES} lines: lease the others in another step.`);
    const asks = lines.map((line) => parse(line, ttlSec));
    const odd = lines.filter((_, index) => asks[index] === undefined);
    if (odd.length > 0) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic takes true, false, or lines like NAME, NAME as PREFIX_ or NAME ttl=15m; not that: ${odd.slice(0, 5).map(_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .TL).join(', ')}.`);
    }
    const found = asks.filter((ask) => ask !== undefined);
    const keys = found.map(({ place, name }) => (place ? `${scopeName(place)}/${name}` : name));
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    if (twice.length > 0)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic names ${[...new Set(twice)].join(', ')} twice: name each once.`);
    return found;
}
function scopeName({ project, config, path = '/' }) {
    return `${project}/${config}${path === '/' ? '' : path}`;
}
function parseAsk(line, ttlSec) {
    const [source = '', ...words] = line.split(/\s+/);
    const ttl = words.at(-1)?.startsWith('ttl=') ? words.pop()?.slice('ttl='.length) : undefined;
    const [as, prefix, ...more] = words;
    if (more.length > 0 || (as !== undefined && (as !== 'as' || prefix === undefined || !_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(prefix))))
        return undefined;
    const [name = '', config, project, ...rest] = source.split('/').toReversed();
    const places = [config, project].filter((part) => part !== undefined && part !== '');
    if (!_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(name) || rest.length > 0 || (source.includes('/') && places.length !== 2))
        return undefined;
    return {
        name,
        ...(config !== undefined && project !== undefined ? { place: { project, config } } : {}),
        ...(prefix === undefined ? {} : { prefix }),
        ttlSec: ttl === undefined ? ttlSec : (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(ttl, `ttl of ${name}`),
    };
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

 8942:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  JobLeases: () => ( JobLeases),
  planLeases: () => ( planLeases)
});

var aws = __webpack_require__(9108);
var core_errors = __webpack_require__(3730);
var clock = __webpack_require__(4239);
var answer = __webpack_require__(7171);
;// CONCATENATED MODULE: ./build/main-halves/action/end.js



async function endLeases(client, holding, patience) {
    const { revokeKey } = holding;
    if (!revokeKey)
        return endEach(client, holding.leases);
    try {
        let outcome = await client.revokeSet(revokeKey);
        for (const pauseMs of patience?.pausesMs ?? []) {
            if (outcome.left === 0)
                break;
            await patience?.clock.sleep(pauseMs);
            outcome = await client.revokeSet(revokeKey).catch(() => outcome);
        }
        return ofSet(outcome, holding);
    }
    catch (error) {
        return nothingEnded(holding, (0,core_errors.et)(error).line);
    }
}
function nothingEnded({ revokeKey, leases, asked, until: whatever }, reason) {
    const known = leases.length;
    const left = revokeKey ? Math.max(known, asked.length) : known;
    const until = left > known ? whatever : latest(leases.map((lease) => lease.expiresAt));
    return { leased: left, revoked: 0, left, until, outliving: [], reasons: [reason], goesOn: false };
}
function summary({ leased, revoked, left, until, outliving }) {
    const counts = `${leased} leased, ${revoked} revoked, ${left} left`;
    const expires = left === 0 || until === 0 ? '' : `, expires ${(0,clock.K)(until)}`;
    const valid = outliving.length === 0 ? '' : `, ${outliving.length} valid until ${(0,clock.K)(latest(outliving))}`;
    return counts + expires + valid;
}
async function endEach(client, leases) {
    const results = await Promise.allSettled(leases.map((lease) => client.revokeLease(lease)));
    const failures = results.flatMap((result, index) => {
        const lease = leases[index];
        return result.status === 'rejected' && lease ? [{ lease, error: (0,core_errors.et)(result.reason) }] : [];
    });
    return {
        leased: leases.length,
        revoked: leases.length - failures.length,
        left: failures.length,
        until: latest(failures.map(({ lease }) => lease.expiresAt)),
        outliving: results.flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : [])),
        reasons: [...new Set(failures.map(({ error }) => error.line))],
        goesOn: failures.every(({ error }) => error.hint === answer.bn),
    };
}
function ofSet(outcome, { leases, until }) {
    const there = new Set(outcome.leases.map(({ id }) => id));
    const unknown = leases.filter(({ id }) => !there.has(id));
    const ends = [...outcome.leases, ...unknown].flatMap(({ expiresAt }) => expiresAt ?? []);
    const reasons = [
        ...(outcome.left === 0 ? [] : ['The engine goes on revoking by itself.']),
        ...(unknown.length === 0
            ? []
            : [`The engine does not know ${unknown.map(named).join(', ')}: its store is another, or an older one.`]),
    ];
    const left = outcome.left + unknown.length;
    const leased = Math.max(outcome.leases.length + unknown.length, left);
    const outliving = outcome.leases.flatMap((lease) => lease.validUntil ?? []);
    const last = ends.length === 0 ? until : latest(ends);
    const isUnknown = unknown.length > 0;
    return { leased, revoked: leased - left, left, until: last, outliving, reasons, goesOn: !isUnknown, isUnknown };
}
function named({ dynamic, project, config }) {
    return `${dynamic} of ${project}/${config}`;
}
function latest(instants) {
    return Math.max(0, ...instants);
}

var handoff = __webpack_require__(6190);
var leasing = __webpack_require__(5269);
var naming = __webpack_require__(2162);
;// CONCATENATED MODULE: ./build/main-halves/action/lease-run.js





const CANCEL_GRACE_MS = 3_000;
const CLOCK_SLACK_MS = 60_000;
class LeaseRun {
    #tools;
    #plan;
    #leases = [];
    #issued = [];
    #keeper;
    #renewedSec = null;
    #isAsking = true;
    #startedAt;
    constructor(tools, plan) {
        this.#tools = tools;
        this.#plan = plan;
        this.#startedAt = tools.wire.clock.now();
        if (plan.engine)
            tools.runner.mask([plan.handle.revokeKey.reveal()]);
        this.#save();
    }
    async issueAll(client) {
        const { stop, wire } = this.#tools;
        const over = new AbortController();
        const hard = new AbortController();
        const onStop = () => void wire.clock.sleep(CANCEL_GRACE_MS, over.signal).then(() => hard.abort());
        stop.addEventListener('abort', onStop, { once: true });
        const { leases } = this.#plan;
        const results = stop.aborted
            ? []
            : await Promise.allSettled(leases.map((wanted) => this.#issue(client, wanted, hard.signal)));
        stop.removeEventListener('abort', onStop);
        over.abort();
        this.#isAsking = false;
        if (!this.#plan.engine)
            this.#save();
        throwFirst(results);
        this.#issued = results.flatMap((result, index) => {
            const wanted = leases[index];
            if (result.status !== 'fulfilled' || !wanted)
                return [];
            const { scope, dynamic, ttlSec, prefix } = wanted;
            return { ...scope, dynamic, ttlSec, prefix, ...result.value };
        });
        if (stop.aborted)
            throw new core_errors.uV('ERR_TIMEOUT', 'The job was cancelled.');
        return results.flatMap((result, index) => {
            const wanted = leases[index];
            return result.status === 'fulfilled' && wanted ? lease_run_named(wanted, result.value, leases.length > 1) : [];
        });
    }
    get issued() {
        return this.#issued;
    }
    get setId() {
        return this.#plan.engine ? this.#plan.handle.setId : undefined;
    }
    get renewKey() {
        return this.#plan.engine ? this.#plan.handle.renewKey : undefined;
    }
    moved(lease, expiresAt) {
        const move = (one) => (one.id === lease.id ? { ...one, expiresAt } : one);
        this.#issued = this.#issued.map(move);
        this.#leases = this.#leases.map(move);
        return { ...lease, expiresAt };
    }
    renewed(leases, keeper) {
        this.#keeper ??= keeper;
        this.#renewedSec = Math.max(this.#renewedSec ?? 0, ...leases.map(({ ttlSec }) => ttlSec));
        this.#save();
    }
    async end(client, what) {
        const ended = await endLeases(client, this.#handoff());
        if (ended.leased === 0)
            return '';
        const after = ended.left === 0 ? '' : ' The post step tries again.';
        return `${what}: ${summary(ended)}.${after}`;
    }
    get leaseIds() {
        const { leases, inputs } = this.#plan;
        const { backend } = inputs;
        const order = leases.map(leaseKey);
        const place = ({ dynamic, ...scope }) => order.indexOf(leaseKey({ scope, dynamic }));
        return this.#leases
            .toSorted((a, b) => place(a) - place(b))
            .map(({ project, config, dynamic, id }) => ({ backend, project, config, dynamic, id }));
    }
    get expiresAt() {
        return this.#leases.length === 0 ? undefined : Math.min(...this.#leases.map((lease) => lease.expiresAt));
    }
    async #issue(client, wanted, signal) {
        const { handle, engine } = this.#plan;
        const { scope, dynamic, ttlSec } = wanted;
        return client.issueLease({
            scope,
            dynamic,
            ttlSec,
            ...(engine ? { setId: handle.setId } : {}),
            onIssued: (lease) => this.#record(wanted, lease),
            signal,
        });
    }
    #record({ scope, dynamic }, { id, expiresAt }) {
        this.#leases.push({ dynamic, ...scope, id, expiresAt });
        this.#save();
    }
    #save() {
        (0,handoff.U6)(this.#tools.runner, this.#handoff(), this.#plan.network);
    }
    #doubt() {
        const { inputs, leases, engine } = this.#plan;
        if (engine || inputs.backend !== 'phase' || !this.#isAsking)
            return null;
        return { since: this.#startedAt, asks: leases.map(({ scope, dynamic }) => ({ ...scope, dynamic })) };
    }
    #handoff() {
        const { inputs, leases, handle, engine, network } = this.#plan;
        const longestSec = Math.max(...leases.map(({ ttlSec }) => ttlSec));
        return {
            backend: inputs.backend,
            apiUrl: inputs.apiUrl,
            setId: handle.setId,
            revokeKey: engine ? handle.revokeKey : undefined,
            asked: engine || this.#isAsking ? leases.map(({ dynamic }) => dynamic) : [],
            leases: this.#leases,
            doubt: this.#doubt(),
            until: this.#tools.wire.clock.now() + inputs.timeoutMs + longestSec * 1000 + CLOCK_SLACK_MS,
            proxied: network.proxy !== undefined,
            renewedSec: this.#renewedSec,
            keeper: this.#keeper ?? null,
        };
    }
}
function throwFirst(results) {
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [(0,core_errors.et)(result.reason)] : []));
    const [first, ...others] = errors;
    if (!first)
        return;
    const hint = first.hint === undefined ? {} : { hint: first.hint };
    const details = [...first.details, ...others.flatMap((error) => [error.message, ...error.details])];
    throw new core_errors.uV(first.code, first.message, { details: [...new Set(details)], cause: first.cause, ...hint });
}
const PUBLIC_FIELD = /(?:^|_)region$/i;
function lease_run_named({ scope, dynamic, prefix }, lease, oneOfMany) {
    const of = oneOfMany ? ` of ${(0,leasing.scopeName)(scope)}` : '';
    return [...lease.fields].map(([field, value]) => ({
        name: (0,naming.gb)(dynamic, field, prefix),
        value,
        visibility: PUBLIC_FIELD.test(field) ? 'unmasked' : 'masked',
        source: `field ${field} of the lease of ${dynamic}${of}`,
        expiresAt: lease.expiresAt,
    }));
}
function leaseKey({ scope, dynamic }) {
    return `${(0,leasing.scopeName)(scope)}/${dynamic}`;
}

;// CONCATENATED MODULE: ./build/main-halves/action/lease-plan.js


async function planLeases(client, reads, { leasing, backend }) {
    const { dynamic, ttlSec } = leasing;
    if (dynamic.length === 0)
        return [];
    const places = () => reads.map((one) => ({ scope: leaseScope(one), lists: backend === 'phase' || one.read.engine !== undefined }));
    const list = async () => {
        const all = places();
        if (!all.every(({ lists }) => lists))
            throw cannotList(dynamic);
        return Promise.all(all.map(async ({ scope }) => ({ scope, names: await client.listDynamicSecrets(scope) })));
    };
    if (dynamic === 'all') {
        const listed = await list();
        return listed.flatMap(({ scope, names }) => names.map((name) => ({ scope, dynamic: name, ttlSec, prefix: undefined })));
    }
    const listed = reads.length > 1 && dynamic.some(({ place }) => !place) ? await list() : undefined;
    return dynamic.map((ask) => {
        const { name, prefix, ttlSec: own } = ask;
        const scope = ask.place ?? (listed ? theOne(ask, listed) : onlyScope(places()));
        return { scope, dynamic: name, ttlSec: own, prefix };
    });
}
function leaseScope({ place, read }) {
    const { project: app, environment, path = '/' } = place;
    if (app !== undefined && environment !== undefined)
        return { project: app, config: environment, path };
    const own = (name) => read.secrets.find((secret) => secret.name === name)?.computed?.reveal() || undefined;
    const project = place.project ?? own('DOPPLER_PROJECT');
    const config = place.config ?? own('DOPPLER_CONFIG');
    if (project === undefined || config === undefined) {
        throw new core_errors.uV('ERR_CONFIG_INVALID', 'A lease needs a project and a config, and the API names neither.', {
            hint: 'Set the project and config inputs.',
        });
    }
    return { project, config };
}
function onlyScope([only]) {
    if (only === undefined)
        throw new core_errors.uV('ERR_INTERNAL', 'No config was read.');
    return only.scope;
}
function theOne({ name }, listed) {
    const [found, ...others] = listed.filter(({ names }) => names.includes(name)).map(({ scope }) => scope);
    if (found && others.length === 0)
        return found;
    const [places, form] = listed[0]?.scope.path === undefined ? ['configs', 'project/config/NAME'] : ['paths', 'app/environment/path/NAME'];
    const where = found
        ? `in ${[found, ...others].map(leasing.scopeName).join(' and ')}`
        : `in none of the ${places} that are read`;
    throw new core_errors.uV('ERR_CONFIG_INVALID', `The dynamic secret ${name} is ${where}.`, {
        hint: `Say which in the dynamic input: ${form}.`,
    });
}
function cannotList(dynamic) {
    return dynamic === 'all'
        ? new core_errors.uV('ERR_CONFIG_INVALID', 'dynamic: true cannot be used: this API does not list dynamic secrets.', {
            hint: 'Name them in the dynamic input, one a line.',
        })
        : new core_errors.uV('ERR_CONFIG_INVALID', 'With several configs, this API does not say where a dynamic secret is.', {
            hint: 'Write project/config/NAME in the dynamic input.',
        });
}

;// CONCATENATED MODULE: ./build/main-halves/action/leasing.js



const ROLLBACK_MS = 5_000;
const CANCELLED_ROLLBACK_MS = 2_500;
class JobLeases {
    #tools;
    #job;
    #run;
    #stopKeeper = () => { };
    #renewing = [];
    constructor(tools, job) {
        this.#tools = tools;
        this.#job = job;
        const { inputs, network, reads, leases } = job;
        const engine = reads.every(({ read }) => read.engine !== undefined);
        this.#run = new LeaseRun(tools, { inputs, network, leases, handle: tools.newHandle(), engine });
    }
    async issue(client) {
        return this.#run.issueAll(client);
    }
    async settle() {
        const { inputs, network } = this.#job;
        await (0,aws.checkAws)(this.#tools, this.#run.issued, { ...inputs.leasing, network });
        if (!inputs.leasing.renew || this.#tools.stop.aborted)
            return;
        const { runner, wire } = this.#tools;
        const [{ startKeeper }, { renewingProfiles }] = await Promise.all([
            __webpack_require__.e( 234).then(__webpack_require__.bind(__webpack_require__, 234)),
            __webpack_require__.e( 327).then(__webpack_require__.bind(__webpack_require__, 2327)),
        ]);
        const { issued, setId } = this.#run;
        this.#renewing = renewingProfiles({ runner, inputs, network, setId, leases: issued, now: wire.clock.now() });
        const byProfile = new Set(this.#renewing.map(({ leaseId }) => leaseId));
        const leases = issued.filter(({ id }) => !byProfile.has(id));
        if (byProfile.size > 0)
            this.#run.renewed(issued.filter(({ id }) => byProfile.has(id)));
        if (leases.length === 0)
            return;
        this.#stopKeeper = await startKeeper(this.#tools, { inputs, network, run: this.#run, leases });
    }
    get renewing() {
        return this.#renewing;
    }
    get outcome() {
        return { leaseIds: this.#run.leaseIds, expiresAt: this.#run.expiresAt };
    }
    async undo(what = 'Leases rolled back') {
        const { inputs, network, token } = this.#job;
        const { connect, stop } = this.#tools;
        this.#stopKeeper();
        const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
        const { backend, apiUrl } = inputs;
        return this.#run.end(connect({ backend, apiUrl, network, token, budgetMs }), what);
    }
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

 8430:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);


const LINK = /^[A-Za-z0-9_-]{43}$/;
function isLink(text) {
    return typeof text === 'string' && LINK.test(text);
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