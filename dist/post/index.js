 (() => { 
 	"use strict";
 	var __webpack_modules__ = ({

 3558:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
 __nccwpck_require__.d(__webpack_exports__, {
   GithubRunner: () => ( GithubRunner),
   commandFile: () => ( commandFile),
   escapeData: () => ( escapeData),
   machineOf: () => ( machineOf)
 });
 var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
 var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
 var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
 var node_fs__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8208);



function machineOf(host) {
    return {
        platform: host.platform,
        env: host.env,
        write: (text) => void host.stdout.write(text),
        relay: (text) => new Promise((done) => void host.stdout.write(text, () => done())),
        kill: (pid, signal) => void host.kill(pid, signal),
        isHeard: () => !host.stdout.errored,
        failStep: () => {
            host.exitCode = 1;
        },
    };
}
const ANNOTATION_LIMIT = 4000;
class GithubRunner {
    #machine;
    constructor(machine) {
        this.#machine = machine;
    }
    get platform() {
        return this.#machine.platform;
    }
    input(name) {
        return (this.variable(`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`) ?? '').trim();
    }
    state(name) {
        return this.variable(`STATE_${name}`) ?? '';
    }
    variable(name) {
        return this.#machine.env[name];
    }
    mask(values) {
        const shown = values.filter((value) => value.trim() !== '');
        if (shown.length === 0)
            return;
        const all = /[%\r\n]/.test(shown.join('')) ? shown.map(escapeData) : shown;
        this.#machine.write(`::add-mask::${all.join('\n::add-mask::')}\n`);
    }
    get isHeard() {
        return this.#machine.isHeard();
    }
    saveState(name, value) {
        this.#entries('GITHUB_STATE', new Map([[name, value]]))();
    }
    deliver(outputs, variables) {
        const appends = [this.#entries('GITHUB_OUTPUT', outputs), this.#entries('GITHUB_ENV', variables)];
        for (const append of appends)
            append();
    }
    summarize(markdown) {
        const path = this.variable('GITHUB_STEP_SUMMARY');
        if (!path)
            return;
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(path, markdown);
        }
        catch {
            this.warning('The job summary could not be written.');
        }
    }
    info(text) {
        const safe = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .TN)(text, ANNOTATION_LIMIT).replaceAll('##[', '## [').replace(/^::/, ': :');
        this.#machine.write(`${safe}\n`);
    }
    notice(text) {
        this.#annotate('notice', text);
    }
    warning(text) {
        this.#annotate('warning', text);
    }
    fail(text) {
        this.#annotate('error', text);
        this.#machine.failStep();
    }
    #annotate(kind, text) {
        this.#machine.write(`::${kind}::${escapeData((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .TN)(text, ANNOTATION_LIMIT))}\n`);
    }
    #entries(file, values) {
        if (values.size === 0)
            return () => { };
        const path = this.variable(file);
        if (!path)
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .uV('ERR_CONFIG_INVALID', `${file} is not set: this is not a step of a GitHub job.`);
        const text = commandFile(values, `secrets_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`);
        return () => append(file, path, text);
    }
}
function append(file, path, text) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(path, text);
    }
    catch (error) {
        const code = error.code ?? 'no reason given';
        const hint = 'Look at the disk of the runner.';
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .uV('ERR_UNAVAILABLE', `The file of ${file} cannot be written (${code}).`, { hint });
    }
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function commandFile(values, delimiter) {
    return [...values]
        .map(([name, value]) => {
        if (!/^[A-Za-z_][A-Za-z0-9_:-]*$/.test(name) || value.includes(delimiter)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .uV('ERR_INTERNAL', 'A name or value does not fit into a command file.');
        }
        return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
        .join('');
}


 }),

 4029:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   AX: () => ( readApiUrl),
   WD: () => ( MAX_PLACES),
   Yz: () => ( readCredential),
   h5: () => ( readBackend),
   kA: () => ( PLACE_NAME)
 });
 var _client_backend_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4827);
 var _core_address_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5139);
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5115);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1475);




const MAX_PLACES = 50;
const PHASE_BEARER = /^(?:bearer +)?(?:User|ServiceAccount|Service) +[0-9A-Fa-f]{64}$/i;
const PLACE_NAME = /^[^\u0000-\u0020\u007f/,]{1,200}$/;
function readBackend(given) {
    const told = given('backend');
    if (told === '')
        return (0,_client_backend_js__WEBPACK_IMPORTED_MODULE_0__ .k)(given('api-url'), new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ .p(given('token')));
    if (!Object.hasOwn(_client_backend_js__WEBPACK_IMPORTED_MODULE_0__ .J, told))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('backend is neither doppler nor phase.');
    return told;
}
function readApiUrl(given, backend, allowInsecureHttp) {
    const text = given('api-url') || _client_backend_js__WEBPACK_IMPORTED_MODULE_0__ .J[backend];
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    const extras = parsed && parsed.username + parsed.password + parsed.search + parsed.hash;
    const url = parsed?.protocol === 'https:' && extras === '' ? parsed : checkedAddress(parsed, allowInsecureHttp);
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
}
function checkedAddress(url, allowInsecureHttp) {
    if (!url)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('api-url is not an address: write it like https://api.doppler.com.');
    if (url.username !== '' || url.password !== '')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('api-url must not hold a user name or a password.');
    if (url.search !== '' || url.hash !== '')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('api-url must not hold a query or a fragment.');
    const plain = url.protocol === 'http:' && (allowInsecureHttp || (0,_core_address_js__WEBPACK_IMPORTED_MODULE_3__ .c)(url.hostname));
    if (url.protocol !== 'https:' && !plain) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('api-url must start with https:// (http:// is for loopback only, or with allow-insecure-http).');
    }
    return url;
}
function readCredential(given, apiUrl, runnersAudience) {
    const token = given('token');
    return given('identity') === '' ? { token: readToken(token) } : readIdentity(given, apiUrl, runnersAudience);
}
function readIdentity(given, apiUrl, runnersAudience) {
    const [token, identity, audience] = [given('token'), given('identity'), given('oidc-audience')];
    if (token !== '')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('token and identity exclude each other: give one of them.');
    if (!/^[\x21-\x7e]{1,200}$/.test(identity))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('identity is not the id of an identity: copy it again.');
    if (!/^[\x21-\x7e]{0,500}$/.test(audience))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('oidc-audience has characters that no audience has: copy it again.');
    if (audience !== '')
        return { identity, audience };
    return { identity, audience: runnersAudience || apiUrl === '' ? undefined : new URL(apiUrl).origin };
}
function readToken(text) {
    if (!/^[\x21-\x7e]{1,4096}$/.test(text) && !PHASE_BEARER.test(text))
        throw unusableToken(text);
    return new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ .p(text);
}
function unusableToken(text) {
    return (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)(text === ''
        ? 'token is empty: give it a secret of this repository (runs for forks and Dependabot have none), or use identity.'
        : 'token has characters that no token has: copy it again.');
}
function readPlaces(given) {
    return given('environment') + given('path') + given('project') + given('config') === '' ? [{}] : readNamed(given);
}
function readNamed(given) {
    for (const name of ['environment', 'path']) {
        if (given(name) !== '')
            throw problem(`${name} is for Phase (backend: phase): with Doppler a place is a project and a config.`);
    }
    const project = given('project');
    if (project !== '' && !PLACE_NAME.test(project))
        throw problem('project is not a name: copy it as the service shows it.');
    const configs = entriesOf(given('config'));
    if (configs.length > MAX_PLACES)
        throw problem(`config names more than ${MAX_PLACES} configs: read the others in another step.`);
    if (configs.length === 0 && project !== '')
        throw problem('project and config go together: give both or neither.');
    return configs.length === 0 ? [{}] : configs.map((line) => dopplerPlace(project, line));
}
function dopplerPlace(project, line) {
    const [first = '', second, ...more] = line.split('/');
    const place = second === undefined ? { project, config: first } : { project: first, config: second };
    if (second === undefined && project === '') {
        throw problem('project and config go together: give both, or write config as project/config.');
    }
    if (more.length > 0 || !PLACE_NAME.test(place.project) || !PLACE_NAME.test(place.config)) {
        throw problem(`config takes one config or project/config a line; not that: ${quoted(line)}.`);
    }
    return place;
}
function placeName(place) {
    const { project, config, environment, path } = place;
    if (environment !== undefined)
        return `${project}/${environment}${path === '/' ? '' : path}`;
    return project === undefined ? "the token's own config" : `${project}/${config}`;
}


 }),

 1475:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   CC: () => ( problem),
   Dy: () => ( names),
   Jt: () => ( flag),
   Mc: () => ( entriesOf),
   TL: () => ( quoted),
   WQ: () => ( whole),
   YA: () => ( seconds),
   Yq: () => ( choice),
   c3: () => ( listOf),
   o_: () => ( NAME)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8208);
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4999);


const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
function problem(text) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONFIG_INVALID', text);
}
function quoted(text) {
    return `'${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .TN)(text, 60)}'`;
}
function flag(input, text) {
    const word = text.toLowerCase();
    if (word !== 'true' && word !== 'false')
        throw problem(`${input} is neither true nor false.`);
    return word === 'true';
}
function whole(input, text, max) {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > max)
        throw problem(`${input} is not a whole number from 1 to ${max}.`);
    return number;
}
function choice(input, text, words) {
    const found = words.find((word) => word === text);
    if (found === undefined)
        throw problem(`${input} is none of ${words.join(', ')}.`);
    return found;
}
function seconds(input, text, max) {
    const found = (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_1__ .Kw)(text, input);
    if (max !== undefined && found > (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_1__ .Kw)(max))
        throw problem(`${input} is longer than ${max}.`);
    return found;
}
function entriesOf(text) {
    const found = text
        .split(/[\r\n,]+/)
        .map((one) => one.trim().replace(/\s+/g, ' '))
        .filter((one) => one !== '');
    return [...new Set(found)];
}
function names(input, text) {
    return listOf(input, text, NAME, 'a name');
}
function listOf(input, text, form, what) {
    const found = entriesOf(text);
    const odd = found.filter((one) => !form.test(one));
    if (odd.length > 0)
        throw problem(`${input} takes one a line; not ${what}: ${odd.slice(0, 5).map(quoted).join(', ')}.`);
    return found;
}


 }),

 3198:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   W: () => ( INPUT_DEFAULTS),
   u: () => ( SUBJECTS)
 });
const INPUT_DEFAULTS = {
    backend: '',
    'api-url': '',
    token: '',
    identity: '',
    'oidc-audience': '',
    project: '',
    config: '',
    environment: '',
    path: '',
    secrets: '',
    prefix: '',
    'name-transform': '',
    dynamic: 'false',
    ttl: '30m',
    renew: 'false',
    'renew-for': '6h',
    'wait-usable': 'true',
    'allowed-account-ids': '',
    'export-env': 'false',
    file: '',
    'file-format': 'env',
    run: '',
    shell: '',
    'working-directory': '',
    require: '',
    'allow-names': '',
    overwrite: '',
    'mask-min-length': '4',
    'on-revoke-failure': 'warn',
    timeout: '60s',
    'dry-run': 'false',
    proxy: '',
    'ca-certificate': '',
    'client-certificate': '',
    'client-key': '',
    'allow-insecure-http': 'false',
    'doppler-token': '',
    'doppler-project': '',
    'doppler-config': '',
    'auth-method': '',
    'doppler-identity-id': '',
    'doppler-api-domain': '',
    'inject-env-vars': '',
};
const SUBJECTS = {
    dropIn: [
        'doppler-token',
        'doppler-project',
        'doppler-config',
        'auth-method',
        'doppler-identity-id',
        'doppler-api-domain',
        'inject-env-vars',
    ],
    selection: ['secrets', 'prefix', 'name-transform'],
    leasing: ['dynamic', 'ttl', 'renew', 'renew-for', 'wait-usable', 'allowed-account-ids'],
    delivery: ['file', 'file-format', 'run', 'shell', 'working-directory'],
    rules: ['require', 'allow-names', 'overwrite', 'mask-min-length', 'on-revoke-failure', 'timeout', 'dry-run'],
    network: ['proxy', 'ca-certificate', 'client-certificate', 'client-key', 'allow-insecure-http'],
};


 }),

 6258:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);

__nccwpck_require__.d(__webpack_exports__, {
  revoke: () => ( revoke)
});

var address = __nccwpck_require__(5139);
var clock = __nccwpck_require__(5253);
var errors = __nccwpck_require__(8208);
var answer = __nccwpck_require__(8305);
;// CONCATENATED MODULE: ./build/action/end.js



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
        return nothingEnded(holding, (0,errors.et)(error).line);
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
        return result.status === 'rejected' && lease ? [{ lease, error: (0,errors.et)(result.reason) }] : [];
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

var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/action/file/trace.js
const STATE = 'file';
function saveTrace(runner, trace) {
    runner.saveState(STATE, trace ? JSON.stringify(trace) : '');
}
function loadTrace(runner) {
    const text = runner.state(STATE);
    return text === '' ? undefined : JSON.parse(text);
}
function inodeOf({ dev, ino }) {
    return `${dev}:${ino}`;
}
function versionOf({ size, mtimeNs }) {
    return `${size}:${mtimeNs}`;
}

;// CONCATENATED MODULE: ./build/action/file/remove.js



function removeFile(runner) {
    let trace;
    try {
        trace = loadTrace(runner);
        if (trace?.folder !== undefined)
            (0,external_node_fs_.rmSync)(trace.folder, { recursive: true, force: true });
        const found = trace && (0,external_node_fs_.lstatSync)(trace.path, { bigint: true, throwIfNoEntry: false });
        if (!trace || !found)
            return undefined;
        if (!trace.isTemporary && isAnother(found, trace)) {
            return `The file ${(0,errors.TN)(trace.path)} has changed since values were written to it, so it was kept: remove it yourself.`;
        }
        (0,external_node_fs_.rmSync)(trace.path);
        return undefined;
    }
    catch {
        return `The file ${(0,errors.TN)(trace?.path ?? 'with the values')} could not be removed: remove it yourself.`;
    }
}
function isAnother(found, { inode, version }) {
    return inodeOf(found) !== inode || (version !== undefined && versionOf(found) !== version);
}

var external_node_crypto_ = __nccwpck_require__(7598);
var sensitive = __nccwpck_require__(5115);
;// CONCATENATED MODULE: ./build/core/lease-handle.js


const LINK = /^[A-Za-z0-9_-]{43}$/;
function newLeaseHandle() {
    const renewKey = randomBytes(32).toString('base64url');
    const revokeKey = nextLink(renewKey);
    return { renewKey: new Sensitive(renewKey), revokeKey: new Sensitive(revokeKey), setId: nextLink(revokeKey) };
}
function nextLink(link) {
    return createHash('sha256').update(Buffer.from(link, 'base64url')).digest('base64url');
}
function isLink(text) {
    return typeof text === 'string' && LINK.test(text);
}

;// CONCATENATED MODULE: ./build/action/handoff.js





const handoff_STATE = 'handoff';
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
    runner.saveState(handoff_STATE, JSON.stringify({ v: VERSION, ...rest, trust, key: revokeKey?.reveal() ?? null }));
}
function loadHandoff(runner) {
    const text = runner.state(handoff_STATE);
    if (text === '')
        return undefined;
    const { v, key, trust, ...rest } = parse(text);
    if (v !== VERSION || !isHandoff(rest))
        throw broken();
    const revokeKey = isLink(key) ? new sensitive.p(key) : undefined;
    return { handoff: { ...rest, revokeKey }, trusts: (network) => trust === trustDigest(runner, rest, network) };
}
function trustDigest(runner, { setId, proxied }, network) {
    const { proxy, noProxy, ca, client, allowInsecureHttp } = network;
    const settings = TRUST_SETTINGS.map((name) => runner.variable(name) ?? '');
    const way = proxied ? [proxy?.reveal(), noProxy] : [];
    const shown = [ca, client?.certificate, client?.key.reveal(), allowInsecureHttp];
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([setId, settings, way, shown, textOf(runner.variable('NODE_EXTRA_CA_CERTS'))]))
        .digest('base64url');
}
const MAX_AUTHORITIES = 4 * 1024 * 1024;
function textOf(path) {
    try {
        const about = path ? (0,external_node_fs_.statSync)(path) : undefined;
        if (!path || !about?.isFile() || about.size > MAX_AUTHORITIES)
            return about ? 'no file of authorities' : '';
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
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
    return new errors.uV('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
        hint: 'Leases that it may have taken end by themselves at their ttl.',
    });
}

var ttl = __nccwpck_require__(4999);
var place = __nccwpck_require__(4029);
var scalars = __nccwpck_require__(1475);
var table = __nccwpck_require__(3198);
;// CONCATENATED MODULE: ./build/action/inputs/inputs.js





const NO_CREDENTIAL = { identity: '', audience: undefined };
const UNUSED = {
    selecting: { selection: undefined, rename: (name) => name },
    delivering: { file: undefined, run: undefined },
    leasing: {
        dynamic: [],
        ttlSec: ttl.Bh,
        renew: false,
        renewForSec: 6 * 3600,
        waitUsable: true,
        allowedAccountIds: [],
    },
    rules: { require: [], allowNames: [], maskMinLength: 4, onRevokeFailure: 'warn', timeoutMs: 60_000, dryRun: false },
    network: { proxy: undefined, caCertificate: undefined, client: undefined, allowInsecureHttp: false },
};
async function readInputs(runner) {
    const problems = [];
    const attempt = (read, otherwise) => {
        try {
            return read();
        }
        catch (error) {
            problems.push(asAppError(error).line);
            return otherwise;
        }
    };
    const { uses } = wordsOf(runner);
    const { active: dropIn, given } = await aliases(runner, attempt);
    const network = uses('network') ? (await __nccwpck_require__.e( 32).then(__nccwpck_require__.bind(__nccwpck_require__, 9032))).readNetwork(given, attempt) : UNUSED.network;
    const backend = attempt(() => places.readBackend(given), 'doppler');
    const apiUrl = attempt(() => places.readApiUrl(given, backend, network.allowInsecureHttp), '');
    const phase = backend === 'phase' ? await __nccwpck_require__.e( 697).then(__nccwpck_require__.bind(__nccwpck_require__, 7697)) : undefined;
    attempt(() => phase?.refuseForeign(given, { apiUrl, dropIn }), undefined);
    const inputs = {
        backend,
        apiUrl,
        credential: attempt(() => places.readCredential(given, apiUrl, dropIn), NO_CREDENTIAL),
        places: attempt(() => (phase ? phase.readPlaces(given) : places.readPlaces(given)), []),
        ...(uses('selection')
            ? (await __nccwpck_require__.e( 551).then(__nccwpck_require__.bind(__nccwpck_require__, 551))).readSelecting(given, attempt, phase ? 'ordinary' : dropIn ? 'kept' : 'refused')
            : UNUSED.selecting),
        leasing: uses('leasing')
            ? (await __nccwpck_require__.e( 231).then(__nccwpck_require__.bind(__nccwpck_require__, 5231))).readLeasing(given, attempt, phase?.parsePhaseAsk)
            : UNUSED.leasing,
        exportEnv: attempt(() => flag('export-env', given('export-env')), false),
        ...(uses('delivery') ? (await __nccwpck_require__.e( 40).then(__nccwpck_require__.bind(__nccwpck_require__, 9040))).readDelivering(given, attempt) : UNUSED.delivering),
        ...(uses('rules')
            ? (await __nccwpck_require__.e( 850).then(__nccwpck_require__.bind(__nccwpck_require__, 4469))).readRules(given, attempt, dropIn)
            : { ...UNUSED.rules, overwrite: dropIn }),
        network,
        dropIn,
    };
    if (inputs.run && inputs.exportEnv) {
        problems.push('run gives values to one child alone, export-env to every later step: choose one.');
    }
    if (problems.length > 0) {
        throw new AppError('ERR_CONFIG_INVALID', 'The inputs of this step cannot be used.', { details: problems });
    }
    return Object.freeze(inputs);
}
const forgiving = (read, otherwise) => {
    try {
        return read();
    }
    catch {
        return otherwise;
    }
};
const strict = (read) => read();
async function readRevokeInputs(runner, known, attempt = forgiving) {
    const { active, given } = await aliases(runner, attempt);
    const rules = wordsOf(runner).uses('rules') ? await __nccwpck_require__.e( 850).then(__nccwpck_require__.bind(__nccwpck_require__, 4469)) : undefined;
    const network = await wholeNetwork(runner, given, attempt);
    const backend = known ?? attempt(() => place.h5(given), undefined);
    const apiUrl = backend && attempt(() => place.AX(given, backend, network?.allowInsecureHttp ?? false), undefined);
    return {
        backend,
        credential: attempt(() => place.Yz(given, apiUrl ?? '', active), undefined),
        apiUrl,
        network,
        onRevokeFailure: attempt(() => rules?.readOnRevokeFailure(given), undefined) ?? UNUSED.rules.onRevokeFailure,
    };
}
async function wholeNetwork(runner, given, attempt) {
    if (!wordsOf(runner).uses('network'))
        return UNUSED.network;
    const { readNetwork } = await __nccwpck_require__.e( 32).then(__nccwpck_require__.bind(__nccwpck_require__, 9032));
    return attempt(() => readNetwork(given, strict), undefined);
}
function wordsOf(runner) {
    const input = (name) => runner.input(name);
    const uses = (subject) => table.u[subject].some((name) => !['', table.W[name]].includes(input(name)));
    return { input, uses };
}
async function aliases(runner, attempt) {
    const { input, uses } = wordsOf(runner);
    if (uses('dropIn'))
        return (await __nccwpck_require__.e( 777).then(__nccwpck_require__.bind(__nccwpck_require__, 6777))).readDropIn(input, attempt);
    return { active: false, given: (name) => input(name) || table.W[name] };
}

var network = __nccwpck_require__(2565);
;// CONCATENATED MODULE: ./build/action/network.js



async function openNetwork(runner, inputs) {
    const network = networkOf(runner, inputs);
    if (network.proxy)
        runner.mask(loginOf(network.proxy));
    if (network.ca !== undefined || network.client) {
        const { checkTrust } = await __nccwpck_require__.e( 201).then(__nccwpck_require__.bind(__nccwpck_require__, 1201));
        checkTrust(network);
    }
    return network;
}
function networkOf(runner, inputs, proxied = true) {
    const proxy = proxied ? (inputs.proxy ?? proxyVariable(runner)) : undefined;
    const { caCertificate: ca, client, allowInsecureHttp } = inputs;
    if (!proxy && ca === undefined && !client && !allowInsecureHttp)
        return network.yc;
    return { proxy, noProxy: either(runner, 'no_proxy'), ca, client, allowInsecureHttp };
}
function proxyVariable(runner) {
    const text = either(runner, 'https_proxy');
    return text === '' ? undefined : proxyAt(text);
}
function proxyAt(text) {
    const address = text.includes('://') ? text : `http://${text}`;
    if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))
        return new sensitive.p(address);
    throw new errors.uV('ERR_CONFIG_INVALID', 'HTTPS_PROXY is not the address of an HTTP proxy.', {
        hint: 'Write it like http://proxy.example.com:3128, or set the proxy input.',
    });
}
function either(runner, name) {
    return runner.variable(name) || runner.variable(name.toUpperCase()) || '';
}
function loginOf(proxy) {
    const { username, password } = new URL(proxy.reveal());
    if (password === '')
        return [];
    const plain = decoded(password);
    return [password, plain, Buffer.from(`${decoded(username)}:${plain}`).toString('base64')];
}

;// CONCATENATED MODULE: ./build/action/session.js
async function openSession(tools, plan) {
    const { credential, ...rest } = plan;
    if ('token' in credential) {
        const text = credential.token.reveal();
        const parts = text.length < 64 ? [] : (text.match(/\b[\da-f]{64}\b/gi) ?? []);
        tools.runner.mask([text, ...parts]);
        return { token: credential.token, end: async () => '' };
    }
    const { signIn } = await __nccwpck_require__.e( 819).then(__nccwpck_require__.bind(__nccwpck_require__, 7819));
    return signIn(tools, { ...rest, identity: credential });
}

;// CONCATENATED MODULE: ./build/action/summary.js


const MAX_BYTES = 1_000_000;
const JOB_LIMIT_SEC = ( null && (6 * 3600));
function loadSummary(inputs, deliveries, now) {
    const how = ways(inputs);
    const rows = deliveries.map((one) => row([...cells(one, how), one.expiresAt ? iso(one.expiresAt) : '']));
    const ends = deliveries.flatMap(({ expiresAt }) => expiresAt ?? []);
    return page('Secrets of this job', rows, ends.length === 0 ? '' : endNote(Math.min(...ends), now, inputs));
}
function dryRunSummary(inputs, fixed, leases) {
    const how = ways(inputs);
    const rows = fixed.map((one) => row([...cells(one, how), '']));
    const leased = leases.map(({ dynamic, ttlSec }) => row(['', code(`lease of ${dynamic}`), 'masked', how, `after ${formatTtl(ttlSec)}`]));
    return page('Secrets of this job, dry run: nothing was delivered or leased', [...rows, ...leased], '');
}
function revokeSummary(line) {
    return `**Leases of this step:** ${line}\n`;
}
function ways({ exportEnv, file, run }) {
    const found = [run ? 'script' : 'output', ...(exportEnv ? ['variable'] : []), ...(file ? ['file'] : [])];
    return found.join(', ');
}
function page(title, rows, note) {
    const head = `### ${title}\n\n| Name | Source | Visibility | Delivered as | Lease ends |\n|---|---|---|---|---|\n`;
    const tail = note === '' ? '' : `\n${note}\n`;
    const fitting = countFitting(rows, MAX_BYTES - Buffer.byteLength(head + tail) - 100);
    const more = rows.length - fitting;
    return `${head}${rows.slice(0, fitting).join('')}${more > 0 ? `\nAnd ${more} more.\n` : ''}${tail}`;
}
function countFitting(rows, room) {
    let left = room;
    const over = rows.findIndex((one) => (left -= Buffer.byteLength(one)) < 0);
    return over < 0 ? rows.length : over;
}
function cells({ name, source, visibility }, how) {
    return [code(name), code(source), visibility, how];
}
function endNote(first, now, { leasing }) {
    const lives = leasing.renew ? leasing.renewForSec : Math.max(0, Math.floor((first - now) / 1000));
    if (lives >= JOB_LIMIT_SEC)
        return '';
    const until = leasing.renew ? `Renewing stops after ${formatTtl(lives)}` : `The first lease ends at ${iso(first)}`;
    return `${until}, and a job may run for ${formatTtl(JOB_LIMIT_SEC)} unless \`timeout-minutes\` says less. Steps after that find it ended: lease for longer with \`ttl\`, or set \`renew\` where the kind allows it.`;
}
function row(all) {
    return `| ${all.join(' | ')} |\n`;
}
function code(text) {
    if (/^[A-Za-z0-9_][A-Za-z0-9_ ./:-]*$/.test(text))
        return `\`${text}\``;
    return text.replace(/[^A-Za-z0-9 ,()-]/gu, (one) => `&#${one.codePointAt(0)};`);
}

;// CONCATENATED MODULE: ./build/action/revoke.js










const BUDGET_MS = 20_000;
const PAUSES_MS = [500, 1500, 3000];
const SIGN_IN_MS = 7_000;
const SIGN_OUT_MS = 2_000;
async function revoke(tools) {
    const { runner } = tools;
    const inputs = await readRevokeInputs(runner);
    const complain = (text) => (inputs.onRevokeFailure === 'error' ? runner.fail(text) : runner.warning(text));
    try {
        const kept = removeFile(runner);
        if (kept !== undefined)
            runner.warning(kept);
        const left = loadHandoff(runner);
        if (!left)
            return;
        const { revokeKey, asked, leases, until } = left.handoff;
        const { candidates, ...ended } = await end(tools, left, inputs);
        if (!revokeKey && asked.length > leases.length) {
            const told = `Main ended before it knew every lease of ${asked.join(', ')}: one that it does not know may live until`;
            complain([`${told} ${(0,clock.K)(until)}.`, ...candidates].join(' '));
        }
        if (ended.leased > 0)
            runner.summarize(revokeSummary(summary(ended)));
        if (ended.left === 0)
            runner.info(summary(ended));
        else
            complain(`${summary(ended)}. ${ended.reasons.join(' ')} ${advice(left.handoff, ended)}`);
    }
    catch (error) {
        complain((0,errors.et)(error).line);
    }
}
async function end(tools, left, inputs) {
    const { runner, connect, wire } = tools;
    const { trusts } = left;
    const handoff = asRenewed(left.handoff, wire.clock.now());
    const { backend, apiUrl, revokeKey, proxied, keeper } = handoff;
    if (keeper)
        (await tools.openProcesses()).stop(keeper);
    const nothing = (reason) => ({ ...nothingEnded(handoff, reason), candidates: [] });
    if (!inputs.network)
        return nothing('The network inputs cannot be read any more, so nothing was sent.');
    const network = networkOf(runner, inputs.network, proxied);
    const { protocol, hostname } = new URL(apiUrl);
    if ((protocol === 'https:' || !(0,address.c)(hostname)) && !trusts(network)) {
        return nothing('A later step changed whom TLS trusts or which proxy is used, so nothing was sent.');
    }
    const terms = { backend, apiUrl, network, budgetMs: BUDGET_MS };
    if (revokeKey) {
        runner.mask([revokeKey.reveal()]);
        const ended = await endLeases(connect(terms), handoff, { clock: wire.clock, pausesMs: PAUSES_MS });
        return { ...ended, candidates: [] };
    }
    if (handoff.leases.length === 0 && !handoff.doubt)
        return nothing('');
    const { credential } = inputs;
    if (!credential)
        return nothing('The token input is empty now.');
    if (inputs.apiUrl !== apiUrl || inputs.backend !== backend)
        return nothing('The api-url or backend input has changed, so the token was not sent.');
    const session = await openSession(tools, { ...terms, credential, budgetMs: SIGN_IN_MS });
    const { token } = session;
    const client = connect({ ...terms, token, budgetMs: BUDGET_MS - SIGN_IN_MS });
    const ended = await endLeases(client, handoff);
    const candidates = await candidatesOf(client, handoff);
    const unended = await session.end(SIGN_OUT_MS);
    if (unended)
        runner.warning(unended);
    return { ...ended, candidates };
}
async function candidatesOf(client, { doubt, leases }) {
    if (!doubt || doubt.asks.length <= leases.length)
        return [];
    const known = new Set(leases.map(({ id }) => id));
    const { since, asks } = doubt;
    const told = await Promise.all(asks.map(async (ask) => client.nameCandidates?.({ ...ask, since }, known)));
    return told.flatMap((text) => (text ? [text] : []));
}
function asRenewed(handoff, now) {
    const { renewedSec, leases, until } = handoff;
    if (renewedSec === null)
        return handoff;
    const latest = now + renewedSec * 1000;
    const moved = leases.map((lease) => ({ ...lease, expiresAt: Math.max(lease.expiresAt, latest) }));
    return { ...handoff, leases: moved, until: Math.max(until, latest) };
}
function advice({ revokeKey }, { goesOn, isUnknown }) {
    return goesOn || (revokeKey && !isUnknown)
        ? 'The engine ends what is left, at that time at the latest.'
        : 'What is left ends by itself at that time; to end it sooner, revoke it where it was made.';
}


 }),

 8305:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   GC: () => ( stillRevoking),
   HQ: () => ( isOk),
   Vh: () => ( readJson),
   bn: () => ( GOES_ON)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8208);

function isOk({ status }) {
    return status >= 200 && status < 300;
}
function readJson(answer, host) {
    try {
        return JSON.parse(answer.text);
    }
    catch {
        throw notJson(answer, host);
    }
}
function notJson(answer, host) {
    const kind = /^\s*</.test(answer.text) ? 'a web page' : answer.text === '' ? 'nothing' : 'something';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', `${host} answered with ${kind} that is not JSON (${answer.status}).`, {
        hint: 'Check that api-url is the address of the API, and that no proxy or login page stands before it.',
    });
}
const GOES_ON = 'The service goes on by itself.';
function stillRevoking({ id, dynamic }) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_UNAVAILABLE', `Lease ${id} of ${dynamic} is being revoked and not gone yet.`, {
        hint: GOES_ON,
    });
}


 }),

 4827:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   J: () => ( CLOUDS),
   k: () => ( detectBackend)
 });
const CLOUDS = {
    doppler: 'https://api.doppler.com',
    phase: 'https://api.phase.dev',
};
const PHASE_TOKEN = /^(?:pss_|(?:bearer +)?(?:User|ServiceAccount|Service) +)/i;
const PHASE_CLOUD = /(?:^|\.)phase\.dev$/;
function detectBackend(apiUrl, token) {
    const text = token?.reveal() ?? '';
    if (text.startsWith('dp.'))
        return 'doppler';
    if (PHASE_TOKEN.test(text))
        return 'phase';
    return URL.canParse(apiUrl) && PHASE_CLOUD.test(new URL(apiUrl).hostname) ? 'phase' : 'doppler';
}


 }),

 517:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);

__nccwpck_require__.d(__webpack_exports__, {
  connectWith: () => ( connectWith)
});

var client_backend = __nccwpck_require__(4827);
var doppler = __nccwpck_require__(1607);
;// CONCATENATED MODULE: ./build/client/lazy.js
class LazyClient {
    #load;
    #loading;
    tokenKind;
    constructor(tokenKind, load) {
        this.tokenKind = tokenKind;
        this.#load = load;
    }
    fetchSecrets = async (...given) => (await this.#client()).fetchSecrets(...given);
    fetchSecret = async (...given) => (await this.#client()).fetchSecret(...given);
    downloadSecrets = async (...given) => (await this.#client()).downloadSecrets(...given);
    listDynamicSecrets = async (...given) => (await this.#client()).listDynamicSecrets(...given);
    issueLease = async (...given) => (await this.#client()).issueLease(...given);
    revokeLease = async (...given) => (await this.#client()).revokeLease(...given);
    revokeSet = async (...given) => (await this.#client()).revokeSet(...given);
    nameCandidates = async (...given) => (await (await this.#client()).nameCandidates?.(...given)) ?? '';
    me = async () => (await this.#client()).me();
    async #client() {
        this.#loading ??= this.#load();
        const client = await this.#loading;
        this.tokenKind = client.tokenKind;
        return client;
    }
}

;// CONCATENATED MODULE: ./build/client/connect.js



function connectWith(wire) {
    return ({ apiUrl, backend, ...options }) => {
        const all = { ...wire, ...options, baseUrl: apiUrl };
        if ((backend ?? (0,client_backend.k)(apiUrl, options.token)) === 'doppler')
            return new doppler.G(all);
        return new LazyClient('Phase token', async () => new (await __nccwpck_require__.e( 469).then(__nccwpck_require__.bind(__nccwpck_require__, 6469))).PhaseClient(all));
    };
}


 }),

 9555:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   K: () => ( named),
   a: () => ( DopplerCalls)
 });
 var _contract_doppler_actor_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7216);
 var _contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2780);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8208);
 var _answer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8305);
 var _http_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4851);





class DopplerCalls {
    tokenKind;
    http;
    #options;
    #authorization;
    constructor(options) {
        this.#options = options;
        this.http = new _http_js__WEBPACK_IMPORTED_MODULE_4__ .lw(options);
        const token = options.token?.reveal() ?? '';
        this.tokenKind = (0,_contract_doppler_actor_js__WEBPACK_IMPORTED_MODULE_0__ .aA)(token);
        this.#authorization = options.token && (0,_contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_1__ .it)(options.token, options.authForm ?? 'bearer');
    }
    #redact(text) {
        const token = this.#options.token?.reveal() ?? '';
        const known = token === '' ? text : text.replaceAll(token, '[token]');
        return known.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
    }
    async ask(request, doing) {
        return this.expect(await this.http.safe(this.outgoing(request)), doing);
    }
    outgoing(request) {
        const { authorized, ...rest } = request;
        if (!authorized)
            return rest;
        if (!this.#authorization)
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .uV('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
        return { ...rest, headers: { ...rest.headers, authorization: this.#authorization } };
    }
    async expect(outcome, doing) {
        if ('answer' in outcome && (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__ .HQ)(outcome.answer))
            return outcome.answer;
        throw await this.#explained(outcome, doing);
    }
    async #explained(outcome, doing) {
        const { failureError, statusError } = await __nccwpck_require__.e( 404).then(__nccwpck_require__.bind(__nccwpck_require__, 4404));
        const { host } = this.http;
        if ('failure' in outcome)
            return failureError(outcome.failure, host);
        return statusError(outcome.answer, {
            ...{ host, doing, tokenKind: this.tokenKind, now: this.now },
            redact: (text) => this.#redact(text),
        });
    }
    json(answer) {
        return (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__ .Vh)(answer, this.http.host);
    }
    get now() {
        return this.#options.clock.now();
    }
}
function named(scope) {
    if (scope.project === undefined && scope.config === undefined)
        return "the token's own config";
    return `${scope.project ?? '(own project)'}/${scope.config ?? '(own config)'}`;
}


 }),

 1607:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   G: () => ( DopplerClient)
 });
 var _contract_doppler_actor_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7216);
 var _contract_doppler_secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8149);
 var _contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2780);
 var _doppler_calls_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9555);




class DopplerClient {
    #calls;
    #leases;
    constructor(options) {
        this.#calls = new _doppler_calls_js__WEBPACK_IMPORTED_MODULE_3__ .a(options);
    }
    get tokenKind() {
        return this.#calls.tokenKind;
    }
    async fetchSecrets(scope, names) {
        const doing = `read the secrets of ${(0,_doppler_calls_js__WEBPACK_IMPORTED_MODULE_3__ .K)(scope)}`;
        const answer = await this.#calls.ask(_contract_doppler_secrets_js__WEBPACK_IMPORTED_MODULE_1__ .$u(scope, names), doing);
        const engine = (0,_contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_2__ .UO)(answer.headers[_contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_2__ .Z0]);
        return { secrets: _contract_doppler_secrets_js__WEBPACK_IMPORTED_MODULE_1__ .dU(this.#calls.json(answer)), engine };
    }
    async fetchSecret(scope, name) {
        const answer = await this.#calls.ask(_contract_doppler_secrets_js__WEBPACK_IMPORTED_MODULE_1__ .us(scope, name), `read ${name} of ${(0,_doppler_calls_js__WEBPACK_IMPORTED_MODULE_3__ .K)(scope)}`);
        return _contract_doppler_secrets_js__WEBPACK_IMPORTED_MODULE_1__ .n5(this.#calls.json(answer));
    }
    async downloadSecrets(scope, format) {
        const { downloadRequest, readDownload } = await __nccwpck_require__.e( 501).then(__nccwpck_require__.bind(__nccwpck_require__, 1501));
        const answer = await this.#calls.ask(downloadRequest(scope, format), `download ${(0,_doppler_calls_js__WEBPACK_IMPORTED_MODULE_3__ .K)(scope)}`);
        return readDownload(format, answer.text);
    }
    async listDynamicSecrets(scope) {
        return (await this.#lending()).names(scope);
    }
    async issueLease(ask) {
        return (await this.#lending()).issue(ask);
    }
    async revokeLease(lease) {
        return (await this.#lending()).revoke(lease);
    }
    async revokeSet(handle) {
        return (await this.#lending()).revokeSet(handle);
    }
    async me() {
        return (0,_contract_doppler_actor_js__WEBPACK_IMPORTED_MODULE_0__ .rg)(this.#calls.json(await this.#calls.ask((0,_contract_doppler_actor_js__WEBPACK_IMPORTED_MODULE_0__ .yq)(), 'say whose token this is')));
    }
    #lending() {
        this.#leases ??= __nccwpck_require__.e( 545).then(__nccwpck_require__.bind(__nccwpck_require__, 545)).then(({ DopplerLeases }) => new DopplerLeases(this.#calls));
        return this.#leases;
    }
}


 }),

 418:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   $N: () => ( codeOf),
   Kt: () => ( failureKindOf),
   k5: () => ( Exchange)
 });
 var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4573);
 var node_buffer__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_buffer__WEBPACK_IMPORTED_MODULE_0__);

class Exchange {
    #parts;
    #body = Buffer.alloc(0);
    #size = 0;
    #connected = false;
    #settled = false;
    #stop = () => { };
    #total;
    #waiting;
    constructor(parts) {
        this.#parts = parts;
    }
    start(stop) {
        const { signal, totalMs, connectMs } = this.#parts.request;
        this.#stop = stop;
        if (signal?.aborted)
            this.fail('aborted', 'ABORT');
        if (this.#settled)
            return false;
        signal?.addEventListener('abort', this.#onAbort, { once: true });
        this.#total = setTimeout(() => this.fail('timeout', 'TOTAL_TIMEOUT'), totalMs);
        this.#waiting = setTimeout(() => this.fail('timeout', 'CONNECT_TIMEOUT'), connectMs);
        return true;
    }
    get isConnected() {
        return this.#connected;
    }
    connected() {
        this.#connected = true;
        this.alive();
    }
    alive() {
        clearTimeout(this.#waiting);
        if (this.#settled)
            return;
        this.#waiting = setTimeout(() => this.fail('timeout', 'IDLE_TIMEOUT'), this.#parts.request.idleMs);
    }
    data(chunk) {
        if (this.#settled)
            return;
        this.alive();
        const size = this.#size + chunk.length;
        if (size > this.#parts.maxBytes)
            return this.fail('too-large', 'BODY_TOO_LARGE');
        if (size > this.#body.length)
            this.#body = grown(this.#body.subarray(0, this.#size), size);
        this.#body.set(chunk, this.#size);
        this.#size = size;
    }
    end(status, headers) {
        const bytes = this.#body.subarray(0, this.#size);
        if (!(0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes))
            return this.fail('not-utf8', 'NOT_UTF8');
        return this.#settle({ answer: { status, headers: flat(headers), text: bytes.toString('utf8') } });
    }
    fail(kind, code) {
        if (this.#settled)
            return;
        this.#settle({ failure: { kind, mayHaveArrived: this.#connected, code } });
        this.#stop();
    }
    #onAbort = () => this.fail('aborted', 'ABORT');
    #settle(outcome) {
        if (this.#settled)
            return;
        this.#settled = true;
        clearTimeout(this.#total);
        clearTimeout(this.#waiting);
        this.#parts.request.signal?.removeEventListener('abort', this.#onAbort);
        this.#parts.resolve(outcome);
    }
}
function grown(body, size) {
    const room = Buffer.allocUnsafe(body.length === 0 ? size : 2 * size);
    room.set(body);
    return room;
}
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
function failureKindOf(code, connected) {
    if (DNS_CODES.has(code))
        return 'dns';
    if (/_ALERT_(?:.*CERTIFICATE|UNKNOWN_CA)/.test(code))
        return 'client-certificate';
    if (connected)
        return 'cut';
    return /CERT|ISSUER|SIGNATURE|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/.test(code) ? 'tls' : 'connect';
}
function codeOf(error) {
    return error.code ?? error.errors?.[0]?.code ?? 'UNKNOWN';
}
function flat(headers) {
    return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]]));
}


 }),

 4851:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   E: () => ( isOfEngine),
   bg: () => ( mayPass),
   lw: () => ( Http),
   wK: () => ( retryAfterSec),
   zY: () => ( didNothing)
 });
 var _contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2780);

const CONNECT_MS = 10_000;
const IDLE_MS = 20_000;
const MAX_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 5_000;
const RETRY_AFTER_CAP_SEC = 60;
class Http {
    #options;
    #deadline;
    host;
    constructor(options) {
        this.#options = options;
        this.#deadline = options.clock.monotonic() + options.budgetMs;
        this.host = new URL(options.baseUrl).host;
    }
    async safe(request) {
        return this.exchange(request, (outcome) => (mayPass(outcome) ? request : undefined));
    }
    async exchange(request, next, signal = this.#options.signal) {
        let current = request;
        for (let attempt = 1;; attempt += 1) {
            const outcome = await this.#once(current, signal);
            const following = next(outcome);
            if (!following || attempt >= MAX_ATTEMPTS)
                return outcome;
            if (!(await this.#hasWaited(outcome, attempt, signal)))
                return outcome;
            current = typeof following === 'function' ? await following() : following;
        }
    }
    async #hasWaited(outcome, attempt, signal) {
        const waitMs = this.#waitMs(outcome, attempt);
        if (waitMs >= this.#leftMs())
            return false;
        await this.#options.clock.sleep(waitMs, signal);
        return !signal?.aborted;
    }
    async #once(request, signal) {
        const { send, baseUrl, network } = this.#options;
        const totalMs = Math.floor(this.#leftMs());
        if (totalMs < 1)
            return { failure: { kind: 'timeout', mayHaveArrived: false, code: 'DEADLINE' } };
        return send({
            method: request.method,
            url: baseUrl + request.target,
            headers: { accept: 'application/json', 'user-agent': 'secrets-action/1.0.0', ...request.headers },
            ...(request.body === undefined ? {} : { body: request.body }),
            connectMs: CONNECT_MS,
            idleMs: IDLE_MS,
            totalMs,
            network,
            signal,
        });
    }
    #leftMs() {
        return this.#deadline - this.#options.clock.monotonic();
    }
    #waitMs(outcome, attempt) {
        const jitter = this.#options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
        const asked = 'answer' in outcome ? retryAfterSec(outcome.answer, this.#options.clock.now()) : undefined;
        return jitter + (asked ?? 0) * 1000;
    }
}
const PASSING = new Set(['dns', 'connect', 'proxy', 'timeout', 'cut']);
function mayPass(outcome) {
    if ('failure' in outcome)
        return PASSING.has(outcome.failure.kind);
    const { status } = outcome.answer;
    if (status === 502 && isOfEngine(outcome.answer))
        return false;
    return status === 408 || status === 429 || status >= 500;
}
function isOfEngine({ headers }) {
    return headers[_contract_doppler_wire_js__WEBPACK_IMPORTED_MODULE_0__ .Z0] !== undefined;
}
function didNothing(outcome) {
    return 'failure' in outcome ? !outcome.failure.mayHaveArrived : outcome.answer.status === 429;
}
function retryAfterSec(answer, now) {
    const text = answer.headers['retry-after']?.trim() ?? '';
    const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_CAP_SEC) : undefined;
}


 }),

 2565:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   DH: () => ( decoded),
   iJ: () => ( proxyFor),
   lv: () => ( mayCarryTokens),
   yc: () => ( DIRECT)
 });
 var _core_address_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5139);

const DIRECT = {
    proxy: undefined,
    noProxy: '',
    ca: undefined,
    client: undefined,
    allowInsecureHttp: false,
};
function mayCarryTokens(url, { allowInsecureHttp }) {
    if (url.protocol === 'https:')
        return true;
    return url.protocol === 'http:' && (allowInsecureHttp || (0,_core_address_js__WEBPACK_IMPORTED_MODULE_0__ .c)(url.hostname));
}
function proxyFor(url, { proxy, noProxy }) {
    if (!proxy || (0,_core_address_js__WEBPACK_IMPORTED_MODULE_0__ .c)(url.hostname) || isExempt(url, noProxy))
        return undefined;
    return proxy;
}
function isExempt(url, noProxy) {
    const host = url.hostname.toLowerCase();
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return noProxy
        .toLowerCase()
        .split(/[\s,]+/)
        .some((entry) => {
        if (entry === '*')
            return true;
        const [, name = '', wanted] = /^\*?\.?((?:\[[^\]]*\]|[^:\s]*))(?::(\d+))?$/.exec(entry) ?? [];
        if (name === '' || (wanted !== undefined && wanted !== port))
            return false;
        return host === name || host.endsWith(`.${name}`);
    });
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}


 }),

 3850:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);

__nccwpck_require__.d(__webpack_exports__, {
  nodeClock: () => ( nodeClock)
});

;// CONCATENATED MODULE: external "node:process"
const external_node_process_namespaceObject = require("node:process");
;// CONCATENATED MODULE: ./build/client/node-clock.js

const nodeClock = {
    now: () => Date.now(),
    monotonic: () => Number(external_node_process_namespaceObject.hrtime.bigint()) / 1e6,
    sleep(ms, signal) {
        return new Promise((resolve) => {
            if (signal?.aborted)
                return resolve();
            const done = () => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', done);
                resolve();
            };
            const timer = setTimeout(done, ms);
            signal?.addEventListener('abort', done, { once: true });
        });
    },
};


 }),

 8648:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);

__nccwpck_require__.d(__webpack_exports__, {
  nodeSend: () => ( nodeSend)
});

var external_node_buffer_ = __nccwpck_require__(4573);
var external_node_buffer_default = __nccwpck_require__.n(external_node_buffer_);
var errors = __nccwpck_require__(8208);
var sensitive = __nccwpck_require__(5115);
;// CONCATENATED MODULE: ./build/client/answer-parser.js
const MAX_HEAD = 16 * 1024;
const MAX_LINE = 1024;
const MAX_INTERIM = 10;
const KEEP_MS = 4_000;
const KEEP_MOST_MS = 60_000;
class AnswerParser {
    #isHead;
    #events;
    #state = 'head';
    #rest;
    #left = 0;
    #interim = 0;
    #extensions = 0;
    #trailers = 0;
    #keepMs = 0;
    constructor(method, events) {
        this.#isHead = method === 'HEAD';
        this.#events = events;
    }
    get #isDone() {
        return this.#state === 'done';
    }
    push(bytes) {
        let rest = this.#rest ? Buffer.concat([this.#rest, bytes]) : bytes;
        this.#rest = undefined;
        while (rest.length > 0 && !this.#isDone) {
            const taken = this.#take(rest);
            if (taken === 0) {
                this.#rest = rest;
                return;
            }
            rest = rest.subarray(taken);
            if (this.#isDone)
                this.#events.end(rest.length === 0 ? this.#keepMs : 0);
        }
    }
    close() {
        if (this.#isDone)
            return;
        if (this.#state !== 'until close')
            throw odd('CLOSED_EARLY');
        this.#state = 'done';
        this.#events.end(0);
    }
    #take(bytes) {
        switch (this.#state) {
            case 'head':
                return this.#takeHead(bytes);
            case 'body':
                return this.#takeData(bytes, 'done');
            case 'chunk':
                return this.#takeData(bytes, 'chunk end');
            case 'until close':
                this.#events.data(bytes);
                return bytes.length;
            default:
                return this.#takeLine(bytes);
        }
    }
    #takeHead(bytes) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end > MAX_HEAD || (end < 0 && bytes.length > MAX_HEAD + 3))
            throw odd('HEAD_TOO_LARGE');
        if (bytes.length >= 5 && bytes.toString('latin1', 0, 5) !== 'HTTP/')
            throw odd('NOT_HTTP');
        if (end < 0)
            return 0;
        const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
        const [, minor, digits] = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/.exec(first) ?? [];
        if (digits === undefined)
            throw odd('NOT_HTTP');
        const status = Number(digits);
        const headers = headersOf(lines);
        if (status < 200)
            this.#passOver(status);
        else
            this.#begin(status, headers, minor === '1');
        return end + 4;
    }
    #passOver(status) {
        this.#interim += 1;
        if (status === 101 || this.#interim > MAX_INTERIM)
            throw odd('INTERIM_ANSWER');
    }
    #begin(status, headers, isLasting) {
        const { connection, 'content-length': length, 'transfer-encoding': coding } = headers;
        const isKept = isLasting && !(connection !== undefined && /\bclose\b/i.test(connection));
        this.#keepMs = isKept ? keepMsOf(headers['keep-alive']) : 0;
        if (coding !== undefined && (length !== undefined || !isLasting || coding.toLowerCase() !== 'chunked')) {
            throw odd('BODY_CODING');
        }
        if (length !== undefined && !/^\d{1,15}$/.test(length))
            throw odd('BODY_LENGTH');
        this.#left = Number(length ?? 0);
        if (this.#isHead || status === 204 || status === 304)
            this.#state = 'done';
        else if (coding !== undefined)
            this.#state = 'size';
        else if (length === undefined)
            this.#state = 'until close';
        else
            this.#state = this.#left === 0 ? 'done' : 'body';
        this.#events.head(status, headers);
    }
    #takeData(bytes, next) {
        const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
        this.#left -= part.length;
        if (this.#left === 0)
            this.#state = next;
        this.#events.data(part);
        return part.length;
    }
    #takeLine(bytes) {
        const end = bytes.indexOf('\r\n');
        if (end > MAX_LINE || (end < 0 && bytes.length > MAX_LINE))
            throw odd('CHUNK');
        if (end < 0)
            return 0;
        const line = bytes.toString('latin1', 0, end);
        if (this.#state === 'size')
            this.#beginChunk(line);
        else if (this.#state === 'trailers')
            this.#passTrailer(line);
        else if (line === '')
            this.#state = 'size';
        else
            throw odd('CHUNK');
        return end + 2;
    }
    #beginChunk(line) {
        const [, digits] = /^([\da-f]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i.exec(line) ?? [];
        if (digits === undefined)
            throw odd('CHUNK');
        this.#extensions += line.length - digits.length;
        if (this.#extensions > MAX_HEAD)
            throw odd('CHUNK');
        this.#left = Number.parseInt(digits, 16);
        this.#state = this.#left === 0 ? 'trailers' : 'chunk';
    }
    #passTrailer(line) {
        this.#trailers += line.length;
        if (this.#trailers > MAX_HEAD)
            throw odd('HEAD_TOO_LARGE');
        if (line === '')
            this.#state = 'done';
        else
            headersOf([line]);
    }
}
function headersOf(lines) {
    const headers = Object.create(null);
    for (const line of lines) {
        const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
        if (name === undefined || value === undefined)
            throw odd('HEADER');
        const key = name.toLowerCase();
        const known = headers[key];
        const text = value.trimEnd();
        headers[key] = known === undefined ? text : `${known}, ${text}`;
    }
    return headers;
}
function keepMsOf(hint) {
    const seconds = hint === undefined ? undefined : /\btimeout=(\d{1,6})\b/i.exec(hint)?.[1];
    return seconds === undefined ? KEEP_MS : Math.min(Math.max(0, Number(seconds) * 1000 - 1000), KEEP_MOST_MS);
}
function odd(why) {
    return Object.assign(new Error('The far side did not answer as HTTP/1.1 has it.'), { code: why });
}

var external_node_net_ = __nccwpck_require__(7030);
var external_node_tls_ = __nccwpck_require__(1692);
;// CONCATENATED MODULE: ./build/client/connections.js


const SIGNS = ['data', 'end', 'error', 'close'];
class Connections {
    #secureContext;
    #idle = new Map();
    #ends = new Map();
    constructor(secureContext) {
        this.#secureContext = secureContext;
    }
    takeIdle({ origin }) {
        const socket = this.#idle.get(origin)?.at(-1);
        if (!socket)
            return undefined;
        this.#ends.get(socket)?.();
        socket.ref();
        return socket;
    }
    open(url) {
        const isTls = url.protocol === 'https:';
        const host = url.hostname.replace(/^\[|\]$/g, '');
        const place = { host, port: Number(url.port || (isTls ? 443 : 80)) };
        const socket = isTls ? external_node_tls_.connect({ ...place, ...this.#terms(host) }) : external_node_net_.connect(place);
        socket.setNoDelay(true);
        return socket;
    }
    release(url, socket, ms) {
        if (ms > 0)
            this.#keep(url, socket, ms);
        else
            connections_close(socket);
    }
    #keep({ origin }, socket, ms) {
        const idle = this.#idle.get(origin) ?? [];
        this.#idle.set(origin, idle);
        const end = () => {
            clearTimeout(timer);
            for (const sign of SIGNS)
                socket.off(sign, drop);
            idle.splice(idle.indexOf(socket), 1);
            this.#ends.delete(socket);
        };
        const drop = () => {
            end();
            connections_close(socket);
        };
        const timer = setTimeout(drop, ms).unref();
        for (const sign of SIGNS)
            socket.on(sign, drop);
        this.#ends.set(socket, end);
        idle.push(socket);
        socket.unref();
    }
    #terms(host) {
        const secureContext = this.#secureContext;
        return {
            ...(external_node_net_.isIP(host) === 0 ? { servername: host } : {}),
            ...(secureContext ? { secureContext } : {}),
            ALPNProtocols: ['http/1.1'],
            rejectUnauthorized: true,
        };
    }
}
function connections_close(socket) {
    socket.on('error', () => { }).destroy();
}

var client_exchange = __nccwpck_require__(418);
var client_network = __nccwpck_require__(2565);
;// CONCATENATED MODULE: ./build/client/node-send.js







const MAX_BYTES = 16 * 1024 * 1024;
function nodeSend({ maxBytes = MAX_BYTES } = {}) {
    (external_node_buffer_default()).INSPECT_MAX_BYTES = 0;
    const ways = new Map();
    return (request) => {
        const network = request.network ?? client_network.yc;
        const way = ways.get(network) ?? sendOver(network, maxBytes);
        ways.set(network, way);
        return way(request);
    };
}
function sendOver(network, maxBytes) {
    let connections;
    let proxied;
    return async (request) => {
        const url = new URL(request.url);
        if (!(0,client_network.lv)(url, network)) {
            return { failure: { kind: 'not-allowed', mayHaveArrived: false, code: 'HTTP_NOT_LOOPBACK' } };
        }
        const proxy = (0,client_network.iJ)(url, network);
        if (proxy) {
            proxied ??= Promise.all([__nccwpck_require__.e(752), __nccwpck_require__.e(990)]).then(__nccwpck_require__.bind(__nccwpck_require__, 990)).then(({ proxySend }) => proxySend({ proxy, network, maxBytes }));
            return (await proxied)(request);
        }
        const { method } = request;
        const message = { method, url, bytes: bytesOf(request, url) };
        connections ??= connectionsOf(network);
        const opened = await connections;
        return new Promise((resolve) => carry(new client_exchange.k5({ request, maxBytes, resolve }), message, opened));
    };
}
function connectionsOf(network) {
    if (network.ca === undefined && network.client === undefined)
        return new Connections(undefined);
    return __nccwpck_require__.e( 201).then(__nccwpck_require__.bind(__nccwpck_require__, 1201)).then(({ secureContextOf }) => new Connections(secureContextOf(network)));
}
function carry(exchange, { method, url, bytes }, connections) {
    let socket;
    if (!exchange.start(() => socket?.destroy()))
        return;
    const kept = connections.takeIdle(url);
    socket = kept ?? connections.open(url);
    const stop = listen(exchange, socket, method, (keepMs) => {
        stop();
        const isAtRest = !socket.destroyed && socket.writableLength === 0;
        connections.release(url, socket, isAtRest ? keepMs : 0);
    });
    const stands = () => {
        exchange.connected();
        socket.write(bytes);
    };
    if (kept)
        stands();
    else
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', stands);
}
function listen(exchange, socket, method, over) {
    let answer = { status: 0, headers: {} };
    const parser = new AnswerParser(method, {
        head: (status, headers) => {
            answer = { status, headers };
        },
        data: (part) => exchange.data(part),
        end: (keepMs) => {
            exchange.end(answer.status, answer.headers);
            over(keepMs);
        },
    });
    const attempt = (read) => {
        try {
            read();
        }
        catch (error) {
            exchange.fail('cut', (0,client_exchange.$N)(error));
        }
    };
    const ended = () => attempt(() => parser.close());
    const listeners = {
        data: (part) => {
            exchange.alive();
            attempt(() => parser.push(part));
        },
        error: (error) => {
            const code = (0,client_exchange.$N)(error);
            exchange.fail((0,client_exchange.Kt)(code, exchange.isConnected), code);
        },
        end: ended,
        close: ended,
    };
    for (const [event, listener] of Object.entries(listeners))
        socket.on(event, listener);
    return () => {
        for (const [event, listener] of Object.entries(listeners))
            socket.off(event, listener);
    };
}
function bytesOf({ method, headers, body }, url) {
    const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`, 'connection: keep-alive'];
    for (const [name, given] of Object.entries(headers)) {
        const value = given instanceof sensitive.p ? given.reveal() : given;
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
            throw new errors.uV('ERR_REQUEST_INVALID', `The header ${(0,errors.TN)(name, 100)} holds what HTTP cannot carry.`);
        }
        lines.push(`${name}: ${value}`);
    }
    const isCounted = body !== undefined || /^P(?:OST|UT|ATCH)$/.test(method);
    if (isCounted)
        lines.push(`content-length: ${Buffer.byteLength(body ?? '')}`);
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    return body === undefined ? head : Buffer.concat([head, Buffer.from(body)]);
}


 }),

 7216:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   aA: () => ( tokenKind),
   rg: () => ( readMe),
   yq: () => ( meRequest)
 });
 var _decode_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2867);
 var _wire_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2780);


function meRequest() {
    return (0,_wire_js__WEBPACK_IMPORTED_MODULE_1__ .$B)('GET', (0,_wire_js__WEBPACK_IMPORTED_MODULE_1__ .aC)('/me', {}));
}
function readMe(body) {
    const fields = (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__ .Ik)(body, 'the body');
    return {
        type: (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__ .Vm)(fields['type'], 'type'),
        name: (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__ .mR)(fields['name'], 'name') ?? '',
        slug: (0,_decode_js__WEBPACK_IMPORTED_MODULE_0__ .mR)(fields['slug'], 'slug') ?? '',
    };
}
const KINDS = [
    ['dp.ct.', 'CLI token'],
    ['dp.pt.', 'personal token'],
    ['dp.st.', 'service token'],
    ['dp.said.', 'service account identity token'],
    ['dp.sa.', 'service account token'],
    ['dp.scim.', 'SCIM token'],
    ['dp.audit.', 'audit token'],
];
function tokenKind(token) {
    return KINDS.find(([prefix]) => token.startsWith(prefix))?.[1] ?? 'token';
}


 }),

 2867:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   Ik: () => ( object),
   Qq: () => ( text),
   U9: () => ( count),
   Vm: () => ( word),
   eE: () => ( offContract),
   ht: () => ( boxed),
   jO: () => ( entries),
   mR: () => ( optionalText),
   p_: () => ( list)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8208);
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5115);


function offContract(where, wanted, field) {
    const place = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .TN)(field === undefined ? where : `${where}.${field}`, 80);
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV('ERR_CONTRACT', `The answer is not what the API promises: ${place} is not ${wanted}.`);
}
function object(value, where) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw offContract(where, 'an object');
    return value;
}
function entries(value, where) {
    return Object.entries(object(value, where)).filter(([key]) => key !== '__proto__');
}
function list(value, where) {
    if (!Array.isArray(value))
        throw offContract(where, 'a list');
    return value;
}
function text(value, where, field) {
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return value;
}
function word(value, where) {
    const found = text(value, where);
    if (found === '')
        throw offContract(where, 'a text that is not empty');
    return found;
}
function optionalText(value, where, field) {
    if (value === null || value === undefined)
        return undefined;
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return value;
}
function count(value, where) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        throw offContract(where, 'a count');
    return value;
}
function boxed(value, where, field) {
    if (value === null || value === undefined)
        return null;
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ .p(value);
}


 }),

 8149:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  cW: () => ( SECRETS),
  KV: () => ( filterOf),
  us: () => ( getSecretRequest),
  $u: () => ( listSecretsRequest),
  n5: () => ( readSecret),
  dU: () => ( readSecretList),
  he: () => ( staticOnly)
});

;// CONCATENATED MODULE: ./build/core/visibility.js
const VISIBILITIES = ['unmasked', 'masked', 'restricted'];
function isVisibility(text) {
    return VISIBILITIES.includes(text);
}
function strictest(...all) {
    let strictest = 0;
    for (const one of all)
        strictest = Math.max(strictest, VISIBILITIES.indexOf(one));
    return VISIBILITIES[strictest] ?? 'restricted';
}
function loosens(from, to) {
    return VISIBILITIES.indexOf(to) < VISIBILITIES.indexOf(from);
}

var decode = __nccwpck_require__(2867);
var wire = __nccwpck_require__(2780);
;// CONCATENATED MODULE: ./build/contract/doppler/secrets.js



const SECRETS = '/configs/config/secrets';
const MAX_FILTER = 4000;
function listSecretsRequest(scope, names = []) {
    return (0,wire.$B)('GET', (0,wire.aC)(SECRETS, { ...staticOnly(scope), secrets: filterOf(names) }));
}
function staticOnly({ project, config }) {
    return { project, config, include_dynamic_secrets: 'false' };
}
function filterOf(names) {
    const filter = names.join(',');
    return filter === '' || filter.length > MAX_FILTER ? undefined : filter;
}
function readSecretList(body) {
    return (0,decode.jO)((0,decode.Ik)(body, 'the body')['secrets'], 'secrets').map(([name, value]) => secret(name, value));
}
function getSecretRequest(scope, name) {
    return (0,wire.$B)('GET', (0,wire.aC)('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}
function readSecret(body) {
    const fields = (0,decode.Ik)(body, 'the body');
    return secret((0,decode.Vm)(fields['name'], 'name'), fields['value']);
}
function secret(name, value) {
    const fields = (0,decode.Ik)(value, name);
    return {
        name,
        raw: (0,decode.ht)(fields['raw'], name, 'raw'),
        computed: (0,decode.ht)(fields['computed'], name, 'computed'),
        note: (0,decode.mR)(fields['note'], name, 'note') ?? '',
        rawVisibility: visibility(fields['rawVisibility'], name, 'rawVisibility'),
        computedVisibility: visibility(fields['computedVisibility'], name, 'computedVisibility'),
    };
}
function visibility(value, where, field) {
    if (isVisibility(value))
        return value;
    (0,decode.mR)(value, where, field);
    return 'masked';
}


 }),

 2780:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   $B: () => ( bare),
   Sf: () => ( LEASE_SET_HEADER),
   UO: () => ( readEngineHeader),
   VX: () => ( withJson),
   Z0: () => ( ENGINE_HEADER),
   aC: () => ( target),
   ef: () => ( IDEMPOTENCY_HEADER),
   it: () => ( authorization),
   or: () => ( LEASE_HANDLE_HEADER)
 });
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5115);

const ENGINE_HEADER = 'secrets-engine';
const LEASE_SET_HEADER = 'x-secrets-lease-set';
const LEASE_HANDLE_HEADER = 'x-secrets-lease-handle';
const IDEMPOTENCY_HEADER = 'idempotency-key';
function readEngineHeader(text) {
    if (text === undefined || !/^[\x20-\x7e]{1,500}$/.test(text))
        return undefined;
    const [version = '', capabilities = ''] = text.split(';', 2);
    if (version.trim() === '')
        return undefined;
    const words = capabilities.split(/[,\s]+/).filter((word) => word !== '');
    return { version: version.trim(), capabilities: words };
}
function authorization(token, form) {
    const text = token.reveal();
    return new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(form === 'bearer' ? `Bearer ${text}` : `Basic ${Buffer.from(`${text}:`).toString('base64')}`);
}
function target(path, query) {
    const pairs = Object.entries(query).flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]);
    return pairs.length === 0 ? `/v3${path}` : `/v3${path}?${pairs.join('&')}`;
}
function bare(method, at) {
    return { method, target: at, headers: {}, authorized: true };
}
function withJson(method, at, body) {
    const headers = { 'content-type': 'application/json' };
    return { method, target: at, headers, body: JSON.stringify(body), authorized: true };
}


 }),

 5139:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   c: () => ( isLoopbackHost)
 });
function isLoopbackHost(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}


 }),

 5253:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   K: () => ( iso)
 });
function iso(epochMs) {
    return new Date(epochMs).toISOString();
}
function isoOrNull(epochMs) {
    return epochMs === null ? null : iso(epochMs);
}


 }),

 8208:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   TN: () => ( oneLine),
   et: () => ( asAppError),
   uV: () => ( AppError)
 });
const ERROR_CODES = {
    ERR_CONFIG_INVALID: { status: 500, retry: false },
    ERR_REQUEST_INVALID: { status: 400, retry: false },
    ERR_UNAUTHENTICATED: { status: 401, retry: false },
    ERR_ACCESS_DENIED: { status: 403, retry: false },
    ERR_NOT_FOUND: { status: 404, retry: false },
    ERR_CONFLICT: { status: 409, retry: false },
    ERR_LEASE_NOT_RENEWABLE: { status: 409, retry: false },
    ERR_LEASE_EXPIRED: { status: 410, retry: false },
    ERR_TTL_EXCEEDED: { status: 400, retry: false },
    ERR_RATE_LIMITED: { status: 429, retry: true },
    ERR_INTERNAL: { status: 500, retry: false },
    ERR_DECRYPT: { status: 500, retry: false },
    ERR_INTEGRATION_FAILED: { status: 502, retry: false },
    ERR_LEASE_IRREVOCABLE: { status: 502, retry: false },
    ERR_CONTRACT: { status: 502, retry: false },
    ERR_UNAVAILABLE: { status: 503, retry: true },
    ERR_TIMEOUT: { status: 504, retry: true },
};
class AppError extends Error {
    code;
    hint;
    details;
    retryAfterSec;
    hadNoEffect;
    constructor(code, message, options = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.name = 'AppError';
        this.code = code;
        this.hint = options.hint;
        this.details = options.details ?? [];
        this.retryAfterSec = options.retryAfterSec;
        this.hadNoEffect = options.hadNoEffect ?? false;
    }
    get status() {
        return ERROR_CODES[this.code].status;
    }
    get line() {
        const parts = [this.message, ...this.details];
        if (this.hint)
            parts.push(this.hint);
        return parts.map((part) => oneLine(part)).join(' ');
    }
}
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
function asAppError(error) {
    if (error instanceof AppError)
        return error;
    return new AppError('ERR_INTERNAL', 'Something went wrong inside secrets-action.', {
        hint: 'Report it with the steps that led here.',
        cause: error,
    });
}
function oneLine(text, limit = 300) {
    const flat = (isPrintable(text) ? text : text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')).trim();
    return flat.length > limit ? `${flat.slice(0, limit)}…` : flat;
}
function isPrintable(text) {
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code < 0x20 || code > 0x7e)
            return false;
    }
    return true;
}


 }),

 5115:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   p: () => ( Sensitive)
 });
const SHOWN = '[sensitive]';
class Sensitive {
    #value;
    constructor(value) {
        this.#value = value;
    }
    reveal() {
        return this.#value;
    }
    toString() {
        return SHOWN;
    }
    toJSON() {
        return SHOWN;
    }
    [Symbol.toPrimitive]() {
        return SHOWN;
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
        return SHOWN;
    }
}
function sensitive(value) {
    return new Sensitive(value);
}


 }),

 4999:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   Bh: () => ( DEFAULT_TTL_SEC),
   Kw: () => ( parseTtl)
 });
 var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8208);

const DEFAULT_TTL_SEC = 1800;
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
function formatTtl(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = seconds % 60;
    const text = `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
    return text === '' ? '0s' : text;
}


 }),

 1841:
 ((module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__nccwpck_require__.r(__webpack_exports__);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGUSR1'])
    process.on(signal, () => { });
process.once('uncaughtException', () => {
    process.stdout.write('::warning::Revoking met an error that it did not expect. Leases end at their ttl.\n');
});
process.on('uncaughtException', () => { });
if (process.env['STATE_handoff'] || process.env['STATE_file']) {
    const [{ GithubRunner, machineOf }, { revoke }, { connectWith }, { nodeClock }, { nodeSend }] = await Promise.all([
        Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 3558)),
        Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 6258)),
        Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 517)),
        Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 3850)),
        Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 8648)),
    ]);
    const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
    await revoke({
        runner: new GithubRunner(machineOf(process)),
        connect: connectWith(wire),
        wire,
        openProcesses: async () => (await __nccwpck_require__.e( 788).then(__nccwpck_require__.bind(__nccwpck_require__, 8788))).nodeProcesses(process),
    });
}


__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

 }),

 4589:
 ((module) => {

module.exports = require("node:assert");

 }),

 6698:
 ((module) => {

module.exports = require("node:async_hooks");

 }),

 4573:
 ((module) => {

module.exports = require("node:buffer");

 }),

 1421:
 ((module) => {

module.exports = require("node:child_process");

 }),

 7540:
 ((module) => {

module.exports = require("node:console");

 }),

 7598:
 ((module) => {

module.exports = require("node:crypto");

 }),

 3053:
 ((module) => {

module.exports = require("node:diagnostics_channel");

 }),

 610:
 ((module) => {

module.exports = require("node:dns");

 }),

 8474:
 ((module) => {

module.exports = require("node:events");

 }),

 3024:
 ((module) => {

module.exports = require("node:fs");

 }),

 1455:
 ((module) => {

module.exports = require("node:fs/promises");

 }),

 7067:
 ((module) => {

module.exports = require("node:http");

 }),

 2467:
 ((module) => {

module.exports = require("node:http2");

 }),

 7030:
 ((module) => {

module.exports = require("node:net");

 }),

 6760:
 ((module) => {

module.exports = require("node:path");

 }),

 643:
 ((module) => {

module.exports = require("node:perf_hooks");

 }),

 1792:
 ((module) => {

module.exports = require("node:querystring");

 }),

 99:
 ((module) => {

module.exports = require("node:sqlite");

 }),

 7075:
 ((module) => {

module.exports = require("node:stream");

 }),

 7997:
 ((module) => {

module.exports = require("node:timers");

 }),

 1692:
 ((module) => {

module.exports = require("node:tls");

 }),

 3136:
 ((module) => {

module.exports = require("node:url");

 }),

 7975:
 ((module) => {

module.exports = require("node:util");

 }),

 3429:
 ((module) => {

module.exports = require("node:util/types");

 }),

 5919:
 ((module) => {

module.exports = require("node:worker_threads");

 }),

 8522:
 ((module) => {

module.exports = require("node:zlib");

 })

 	});
 	var __webpack_module_cache__ = {};
 	function __nccwpck_require__(moduleId) {
 		var cachedModule = __webpack_module_cache__[moduleId];
 		if (cachedModule !== undefined) {
 			return cachedModule.exports;
 		}
 		var module = __webpack_module_cache__[moduleId] = {
 			id: moduleId,
 			loaded: false,
 			exports: {}
 		};
 		var threw = true;
 		try {
 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
 			threw = false;
 		} finally {
 			if(threw) delete __webpack_module_cache__[moduleId];
 		}
 		module.loaded = true;
 		return module.exports;
 	}
 	__nccwpck_require__.m = __webpack_modules__;
 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
 	(() => {
 		var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
 		var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
 		var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
 		var resolveQueue = (queue) => {
 			if(queue && queue.d < 1) {
 				queue.d = 1;
 				queue.forEach((fn) => (fn.r--));
 				queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
 			}
 		}
 		var wrapDeps = (deps) => (deps.map((dep) => {
 			if(dep !== null && typeof dep === "object") {
 				if(dep[webpackQueues]) return dep;
 				if(dep.then) {
 					var queue = [];
 					queue.d = 0;
 					dep.then((r) => {
 						obj[webpackExports] = r;
 						resolveQueue(queue);
 					}, (e) => {
 						obj[webpackError] = e;
 						resolveQueue(queue);
 					});
 					var obj = {};
 					obj[webpackQueues] = (fn) => (fn(queue));
 					return obj;
 				}
 			}
 			var ret = {};
 			ret[webpackQueues] = x => {};
 			ret[webpackExports] = dep;
 			return ret;
 		}));
 		__nccwpck_require__.a = (module, body, hasAwait) => {
 			var queue;
 			hasAwait && ((queue = []).d = -1);
 			var depQueues = new Set();
 			var exports = module.exports;
 			var currentDeps;
 			var outerResolve;
 			var reject;
 			var promise = new Promise((resolve, rej) => {
 				reject = rej;
 				outerResolve = resolve;
 			});
 			promise[webpackExports] = exports;
 			promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
 			module.exports = promise;
 			body((deps) => {
 				currentDeps = wrapDeps(deps);
 				var fn;
 				var getResult = () => (currentDeps.map((d) => {
 					if(d[webpackError]) throw d[webpackError];
 					return d[webpackExports];
 				}))
 				var promise = new Promise((resolve) => {
 					fn = () => (resolve(getResult));
 					fn.r = 0;
 					var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
 					currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
 				});
 				return fn.r ? promise : getResult();
 			}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
 			queue && queue.d < 0 && (queue.d = 0);
 		};
 	})();
 	(() => {
 		__nccwpck_require__.n = (module) => {
 			var getter = module && module.__esModule ?
 				() => (module['default']) :
 				() => (module);
 			__nccwpck_require__.d(getter, { a: getter });
 			return getter;
 		};
 	})();
 	(() => {
 		__nccwpck_require__.d = (exports, definition) => {
 			for(var key in definition) {
 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
 				}
 			}
 		};
 	})();
 	(() => {
 		__nccwpck_require__.f = {};
 		__nccwpck_require__.e = (chunkId) => {
 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
 				__nccwpck_require__.f[key](chunkId, promises);
 				return promises;
 			}, []));
 		};
 	})();
 	(() => {
 		__nccwpck_require__.u = (chunkId) => {
 			return "" + chunkId + ".index.js";
 		};
 	})();
 	(() => {
 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
 	})();
 	(() => {
 		__nccwpck_require__.r = (exports) => {
 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
 			}
 			Object.defineProperty(exports, '__esModule', { value: true });
 		};
 	})();
 	(() => {
 		__nccwpck_require__.nmd = (module) => {
 			module.paths = [];
 			if (!module.children) module.children = [];
 			return module;
 		};
 	})();
 	(() => {
 		var installedChunks = {
 			792: 1
 		};
 		var installChunk = (chunk) => {
 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
 			for(var moduleId in moreModules) {
 				if(__nccwpck_require__.o(moreModules, moduleId)) {
 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
 				}
 			}
 			if(runtime) runtime(__nccwpck_require__);
 			for(var i = 0; i < chunkIds.length; i++)
 				installedChunks[chunkIds[i]] = 1;
 		};
 		__nccwpck_require__.f.require = (chunkId, promises) => {
 			if(!installedChunks[chunkId]) {
 				if(true) { 
 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
 				} else installedChunks[chunkId] = 1;
 			}
 		};
 	})();
 	var __webpack_exports__ = __nccwpck_require__(1841);
 	module.exports = __webpack_exports__;
 })()
;