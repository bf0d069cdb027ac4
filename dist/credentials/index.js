 (() => { 
 	"use strict";
 	var __webpack_modules__ = ({

 6771:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  z: () => ( credentials)
});

var errors = __nccwpck_require__(8208);
var sensitive = __nccwpck_require__(5115);
var client_http = __nccwpck_require__(4851);
var client_network = __nccwpck_require__(135);
var problem = __nccwpck_require__(4404);
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./build/client/sigv4.js


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

;// CONCATENATED MODULE: ./build/client/sts.js





const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
async function getCallerIdentity(options, credentials) {
    const { region, clock } = options;
    const address = options.endpoint ?? stsAddress(region);
    if (!URL.canParse(address) || !(0,client_network.lv)(new URL(address), client_network.yc)) {
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
    const account = (0,problem.HQ)(answer) ? /<Account>(\d{12})<\/Account>/.exec(answer.text)?.[1] : undefined;
    if (account !== undefined)
        return { account };
    throw new errors.uV('ERR_CONTRACT', `${http.host} did not say whose the credential is (${answer.status}).`, {
        hint: 'Check the region of the lease, and AWS_ENDPOINT_URL_STS if it is set.',
    });
}
function stsAddress(region) {
    return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}

;// CONCATENATED MODULE: ./build/core/names.js
const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;
const MANAGED_NAMES = ( null && (['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG']));
function isManagedName(name) {
    return MANAGED_NAMES.includes(name);
}
const DENIED_EXACT = new Set([
    'PATH',
    'HOME',
    'SHELL',
    'IFS',
    'ENV',
    'BASH_ENV',
    'BASHOPTS',
    'SHELLOPTS',
    'PROMPT_COMMAND',
    'PS4',
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_DEBUG',
    'RUBYOPT',
    'RUBYLIB',
    'JAVA_TOOL_OPTIONS',
    '_JAVA_OPTIONS',
    'JDK_JAVA_OPTIONS',
    'MAVEN_OPTS',
    'GRADLE_OPTS',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'CI',
    'COMSPEC',
    'PATHEXT',
    'SYSTEMROOT',
    'WINDIR',
    'TEMP',
    'TMP',
    'TMPDIR',
    ...['MAKEFLAGS', 'GNUMAKEFLAGS', 'MFLAGS', 'GOFLAGS', 'GOPROXY', 'RUSTC', 'RUSTC_WRAPPER', 'RUSTFLAGS', 'MAVEN_ARGS'],
    ...['EDITOR', 'VISUAL', 'PAGER', 'BROWSER', 'LESSOPEN', 'LESSCLOSE', 'SSH_ASKPASS', 'SUDO_ASKPASS', 'LUA_INIT'],
    ...['DOTNET_STARTUP_HOOKS', 'OPENSSL_CONF', 'OPENSSL_MODULES', 'OPENSSL_ENGINES', 'GCONV_PATH', 'PSMODULEPATH'],
    ...['PERLLIB', 'ZDOTDIR', 'CLASSPATH', 'NODE_COMPILE_CACHE', 'NODE_USE_ENV_PROXY', 'CURL_HOME', 'CURL_CA_BUNDLE'],
    ...['AWS_ENDPOINT_URL', 'AWS_CA_BUNDLE', 'AWS_CONFIG_FILE', 'XDG_CONFIG_HOME', 'USERPROFILE'],
]);
const DENIED_BEGINNING = /^(?:LD_|DYLD_|PYTHON|PERL5|GIT_|GITHUB_|RUNNER_|ACTIONS_|INPUT_|STATE_|NPM_CONFIG_)/;
function names_isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_BEGINNING.test(upper);
}

;// CONCATENATED MODULE: ./build/action/variable-limits.js

const LIMITS = {
    linux: { each: 131_071, total: 1_500_000, unit: 'bytes' },
    darwin: { each: 750_000, total: 750_000, unit: 'bytes' },
    win32: { each: 32_766, total: Number.POSITIVE_INFINITY, unit: 'characters' },
};
const USUAL = 'linux';
function variable_limits_environmentObjections(values, platform = USUAL) {
    const limit = LIMITS[platform] ?? LIMITS[USUAL];
    if (!limit)
        return [];
    const found = [];
    let total = 0;
    for (const [name, text] of values) {
        const size = sizeOf(name, limit) + 1 + sizeOf(text, limit);
        total += size;
        if (text.includes('\0') || size > limit.each)
            found.push(objectionTo(name, text, size, limit));
    }
    if (found.length > 0 || total <= limit.total)
        return found;
    const { unit } = limit;
    return [`All values together are too large for the environment (${total} of ${limit.total} ${unit}): use a file.`];
}
function objectionTo(name, text, size, { each, unit }) {
    const shown = oneLine(name, 120);
    if (text.includes('\0'))
        return `${shown} holds a NUL byte, which no environment can carry: use a file.`;
    return `${shown} is too large for the environment (${size} of ${each} ${unit}): use its output or a file.`;
}
function sizeOf(text, { unit }) {
    return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

;// CONCATENATED MODULE: ./build/action/naming.js



const MAX_OBJECTIONS = 20;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const OUTPUT = /^[A-Za-z_][A-Za-z0-9_:-]*$/;
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
    if (VARIABLE_NAME.test(field))
        return field;
    const letters = field.toLowerCase().replace(/[^a-z0-9]/g, '');
    const aws = AWS_FIELDS[letters.replace(/^aws/, '')];
    return aws !== undefined && Object.hasOwn(AWS_FIELDS, letters.replace(/^aws/, ''))
        ? aws
        : `${stem(dynamic)}_${upperSnake(field)}`;
}
function stem(dynamic) {
    return VARIABLE.test(dynamic) ? dynamic : upperSnake(dynamic);
}
function upperSnake(field) {
    return field
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase();
}
function objections(deliveries, rules) {
    const sources = new Map();
    const folds = !rules.run || rules.platform === 'win32';
    const named = deliveries.flatMap((delivery) => {
        const key = folds ? delivery.name.toUpperCase() : delivery.name;
        const earlier = sources.get(key);
        sources.set(key, earlier ?? delivery.source);
        const isUsual = isUsualName(delivery.name);
        if (earlier === undefined && isUsual && delivery.value.reveal().isWellFormed())
            return [];
        const clash = earlier === undefined
            ? []
            : [
                `${shown(delivery.name)} has two sources: ${shown(earlier)} and ${shown(delivery.source)}. Give one another name.`,
            ];
        return [...clash, ...(isUsual ? [] : nameObjections(delivery, rules)), ...valueObjections(delivery)];
    });
    if (!rules.exportEnv && !rules.run)
        return named;
    const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
    return [...named, ...environmentObjections(values, rules.platform)];
}
function replacements(deliveries, { exportEnv, overwrite }, job) {
    if (!exportEnv || overwrite)
        return [];
    const replaced = deliveries.filter(({ name, value }) => {
        const there = job.variable(name);
        return there !== undefined && there !== '' && there !== value.reveal();
    });
    return replaced.map(({ name, source }) => `${shown(name)} has two sources: the environment of this job and ${shown(source)}; overwrite: true lets the second win.`);
}
function refuse(found) {
    if (found.length === 0)
        return;
    const more = found.length - MAX_OBJECTIONS;
    const details = more > 0 ? [...found.slice(0, MAX_OBJECTIONS), `And ${more} more.`] : found;
    throw new AppError('ERR_CONFIG_INVALID', 'Nothing was delivered.', { details });
}
const OWN_OUTPUTS = new Set(['LEASE-IDS', 'EXPIRES-AT', 'SECRET-NAMES']);
function isUsualName(name) {
    return VARIABLE.test(name) && !OWN_OUTPUTS.has(name.toUpperCase()) && !isDeniedName(name);
}
function nameObjections({ name, source }, rules) {
    const variable = rules.exportEnv || rules.run !== undefined;
    if (!(variable ? VARIABLE : OUTPUT).test(name)) {
        return [
            `${shown(source)} cannot be ${variable ? 'a variable' : 'an output'}: '${shown(name)}' is no name for one. Give it another in the secrets input.`,
        ];
    }
    if (rules.run === undefined && OWN_OUTPUTS.has(name.toUpperCase())) {
        return [
            `${shown(source)} cannot be an output: ${name} is one of this action's own. Give it another name in the secrets input.`,
        ];
    }
    if (rules.exportEnv && name.toUpperCase() === 'NODE_OPTIONS')
        return [
            'NODE_OPTIONS cannot be exported: the runner forbids it. Leave it out with !NODE_OPTIONS in the secrets input.',
        ];
    if (!isDeniedName(name) || rules.allowNames.includes(name))
        return [];
    return [
        `${name} would steer later steps: rename the secret, leave it out with the secrets input, or list it in allow-names.`,
    ];
}
function valueObjections({ name, value }) {
    return value.reveal().isWellFormed()
        ? []
        : [`${shown(name)} is not valid Unicode text: store it in another form, as base64.`];
}
function shown(text) {
    return oneLine(text, 120);
}

;// CONCATENATED MODULE: ./build/action/aws.js



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
    const named = new Map([...fields].map(([field, value]) => [leasedName(dynamic, field), value]));
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
const OVERRULING = ( null && (['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE']));
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

var external_node_fs_ = __nccwpck_require__(3024);
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
function lease_handle_isLink(text) {
    return typeof text === 'string' && LINK.test(text);
}

;// CONCATENATED MODULE: ./build/action/handoff.js





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
    return new AppError('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
        hint: 'Leases that it may have taken end by themselves at their ttl.',
    });
}

var decode = __nccwpck_require__(2867);
var wire = __nccwpck_require__(2780);
;// CONCATENATED MODULE: ./build/contract/doppler/sign-in.js



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

;// CONCATENATED MODULE: ./build/client/oidc.js






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
        const [token, ...others] = dialect.readExchange((0,problem.Vh)(answer, api.host));
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
    return backend === 'phase' ? (await __nccwpck_require__.e( 171).then(__nccwpck_require__.bind(__nccwpck_require__, 1171))).PHASE : DOPPLER;
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
    const body = (0,problem.Vh)(answer, http.host);
    const value = typeof body === 'object' && body !== null ? body['value'] : undefined;
    if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) && value.length <= MAX_ID_TOKEN) {
        return new sensitive.p(value);
    }
    throw new errors.uV('ERR_CONTRACT', `${http.host} gave no ID token.`, { hint: 'Try again.' });
}
function expect(outcome, { clock, ...asked }) {
    if ('failure' in outcome)
        throw (0,problem.failureError)(outcome.failure, asked.host);
    if ((0,problem.HQ)(outcome.answer))
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

;// CONCATENATED MODULE: ./build/action/identity.js



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

var clock = __nccwpck_require__(5253);
;// CONCATENATED MODULE: ./build/action/credentials/answer.js

const MIN_LEFT_MS = 5 * 60_000;
function writeAnswer({ accessKeyId, secretAccessKey, sessionToken }, expiresAt) {
    const parts = {
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey.reveal(),
        SessionToken: sessionToken?.reveal(),
        Expiration: (0,clock.K)(expiresAt),
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

;// CONCATENATED MODULE: ./build/action/credentials/brief.js


const brief_VERSION = 1;
function writeBrief(brief) {
    return `${JSON.stringify({ v: brief_VERSION, ...brief })}\n`;
}
function readBrief(text) {
    const { v, ...rest } = brief_parse(text);
    if (v === brief_VERSION && isBrief(rest))
        return rest;
    throw brief_broken();
}
function brief_parse(text) {
    try {
        return asRecord(JSON.parse(text));
    }
    catch {
        throw brief_broken();
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
        lease_handle_isLink(setId) &&
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
function brief_broken() {
    return new errors.uV('ERR_CONTRACT', 'What this AWS profile renews itself by cannot be read.', {
        hint: 'It is there while the job runs that wrote the profile, for steps outside of containers.',
    });
}

var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./build/action/credentials/folder.js





const MAX_BYTES = 1024 * 1024;
const TURN_MS = 30_000;
const { O_WRONLY, O_CREAT, O_EXCL, O_RDONLY, O_NOFOLLOW = 0 } = external_node_fs_.constants;
function briefPath(folder, profile) {
    return join(folder, `${profile}.json`);
}
function writeNew(path, text) {
    const handle = (0,external_node_fs_.openSync)(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
        (0,external_node_fs_.writeFileSync)(handle, text);
    }
    finally {
        (0,external_node_fs_.closeSync)(handle);
    }
}
function readWhole(path) {
    try {
        const handle = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW);
        try {
            return (0,external_node_fs_.fstatSync)(handle).size > MAX_BYTES ? '' : (0,external_node_fs_.readFileSync)(handle, 'utf8');
        }
        finally {
            (0,external_node_fs_.closeSync)(handle);
        }
    }
    catch {
        return '';
    }
}
class Kept {
    #path;
    constructor(brief) {
        this.#path = brief.replace(/\.json$/, '.answer');
    }
    read() {
        return readAnswer(readWhole(this.#path));
    }
    write({ text }) {
        beside(this.#path, text, (written) => (0,external_node_fs_.renameSync)(written, this.#path));
    }
}
function takeTurn({ processes, now }, brief) {
    const stem = `${(0,external_node_path_.basename)(brief, '.json')}.turn-`;
    const folder = (0,external_node_path_.dirname)(brief);
    const numbers = (0,external_node_fs_.readdirSync)(folder).flatMap((name) => name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)) ? Number(name.slice(stem.length)) : []);
    const last = Math.max(0, ...numbers);
    const path = (number) => (0,external_node_path_.join)(folder, `${stem}${number}`);
    if (last > 0 && isTaken(path(last), processes, now()))
        return false;
    const turn = { ...processes.self(), at: now() };
    try {
        beside(path(last + 1), JSON.stringify(turn), (written) => (0,external_node_fs_.linkSync)(written, path(last + 1)));
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}
function isTaken(path, { isAlive }, now) {
    try {
        const { pid, startedAt, at } = JSON.parse(readWhole(path));
        return now - at <= TURN_MS && (startedAt === '' || isAlive({ pid, startedAt }));
    }
    catch {
        return false;
    }
}
function beside(path, text, place) {
    const written = `${path}.${(0,external_node_crypto_.randomUUID)()}`;
    try {
        writeNew(written, text);
        place(written);
    }
    finally {
        (0,external_node_fs_.rmSync)(written, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/action/credentials/credentials.js








const BUDGET_MS = 18_000;
const SIGN_OUT_MS = 2_000;
const LOOK_MS = 200;
const USEFUL_MS = 60_000;
async function credentials(tools, path) {
    const { clock } = tools.wire;
    const brief = readBrief(readWhole(path));
    const kept = new Kept(path);
    const done = new AbortController();
    const over = new AbortController();
    const deadline = clock.monotonic() + BUDGET_MS;
    void clock.sleep(BUDGET_MS, done.signal).then(() => over.abort());
    const fresh = () => {
        const found = kept.read();
        return found && isFresh(found, brief.ttlSec, clock.now()) ? found : undefined;
    };
    try {
        const { processes } = tools;
        while (!fresh() && !takeTurn({ processes, now: () => clock.now() }, path)) {
            if (clock.monotonic() >= deadline)
                throw tooLong();
            await clock.sleep(LOOK_MS, over.signal);
        }
        return (fresh() ?? (await renewed(tools, brief, kept, { left: () => deadline - clock.monotonic(), over: over.signal }))).text;
    }
    catch (error) {
        const last = kept.read();
        if (last && last.expiresAt - clock.now() > USEFUL_MS)
            return last.text;
        throw error;
    }
    finally {
        done.abort();
    }
}
async function renewed(tools, brief, kept, { left, over }) {
    const network = trusted(tools, brief);
    const { wire, connect, variable } = tools;
    const { backend, apiUrl, identity, audience } = brief;
    const runner = { variable, mask: () => { }, info: () => { }, warning: () => { } };
    const terms = { backend, apiUrl, network };
    const asWho = { identity, audience: audience ?? undefined };
    const session = await signIn({ runner, wire }, { ...terms, identity: asWho, budgetMs: left() });
    try {
        const { fields, expiresAt } = await lease(tools, brief, connect({ ...terms, token: session.token, budgetMs: left() }));
        const issued = { dynamic: brief.dynamic, fields };
        const found = awsCredentialsOf(issued);
        if (!found)
            throw new errors.uV('ERR_CONTRACT', `The lease of ${brief.dynamic} holds no AWS credentials any more.`);
        const { allowedAccountIds } = brief;
        await checkAws({ runner, wire, stop: over }, [issued], { allowedAccountIds, waitUsable: false, network });
        if (over.aborted)
            throw tooLong();
        const answer = writeAnswer(found.credentials, expiresAt);
        kept.write(answer);
        return answer;
    }
    finally {
        await session.end(SIGN_OUT_MS);
    }
}
async function lease(tools, brief, client) {
    const { scope, dynamic, ttlSec, setId, until } = brief;
    if (tools.wire.clock.now() >= until) {
        throw new errors.uV('ERR_LEASE_EXPIRED', `The lease of ${dynamic} is not renewed any more: renew-for is over.`);
    }
    return client.issueLease({ scope, dynamic, ttlSec, setId, round: tools.newId(), onIssued: () => { } });
}
function trusted({ variable }, { network, trust, setId, apiUrl }) {
    const { proxy, noProxy, ca, allowInsecureHttp } = network;
    const open = { proxy: proxy === null ? undefined : new sensitive.p(proxy), noProxy, ca, allowInsecureHttp };
    const now = { ...open, client: undefined };
    if (!apiUrl.startsWith('https:') || trustDigest({ variable }, { setId, proxied: true }, now) === trust)
        return now;
    throw new errors.uV('ERR_CONFIG_INVALID', 'This step trusts other authorities than the one that wrote the profile.', {
        hint: 'Give both the same NODE_OPTIONS, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and SSL_CERT_DIR.',
    });
}
function tooLong() {
    return new errors.uV('ERR_TIMEOUT', 'New AWS credentials could not be leased in time.', { hint: 'Try again.' });
}


 }),

 7471:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  C: () => ( nodeProcesses)
});

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = require("node:child_process");
var external_node_events_ = __nccwpck_require__(8474);
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/action/node-processes.js



const WORKER = 'Runner.Worker';
const TAKE_MS = 2_000;
function nodeProcesses({ pid, ppid, execPath, kill }) {
    const isAlive = (one) => identify(one.pid)?.startedAt === one.startedAt;
    return {
        self: () => ({ pid, startedAt: identify(pid)?.startedAt ?? '' }),
        worker: () => {
            const parent = identify(ppid);
            return parent?.name === WORKER ? { pid: parent.pid, startedAt: parent.startedAt } : undefined;
        },
        isAlive,
        startDetached: async (script, env, input) => {
            const child = (0,external_node_child_process_namespaceObject.spawn)(execPath, [script], { env, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
            child.unref();
            const failed = (0,external_node_events_.once)(child, 'error').then(() => undefined);
            child.stdin.end(input);
            const taken = (0,external_node_events_.once)(child.stdin, 'finish', { signal: AbortSignal.timeout(TAKE_MS) });
            await Promise.race([taken, failed, (0,external_node_events_.once)(child.stdin, 'error')]).catch(() => undefined);
            const started = child.stdin.writableFinished ? identify(child.pid ?? 0) : undefined;
            if (!started)
                child.kill('SIGKILL');
            return started && { pid: started.pid, startedAt: started.startedAt };
        },
        stop: (one) => {
            try {
                if (isAlive(one))
                    kill(one.pid, 'SIGTERM');
            }
            catch {
            }
        },
    };
}
function identify(pid) {
    if (pid <= 1)
        return undefined;
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'latin1');
        const end = stat.lastIndexOf(')');
        const fields = stat.slice(end + 2).split(' ');
        const [state, startedAt] = [fields[0], fields[22 - 3]];
        if (startedAt === undefined || state === 'Z' || state === 'X')
            return undefined;
        return { pid, startedAt, name: stat.slice(stat.indexOf('(') + 1, end) };
    }
    catch {
        return undefined;
    }
}


 }),

 8305:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   GC: () => ( stillRevoking),
   HQ: () => ( isOk),
   Vh: () => ( readJson)
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

 3487:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  v: () => ( connectWith)
});

;// CONCATENATED MODULE: ./build/client/backend.js
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
        if ((backend ?? detectBackend(apiUrl, options.token)) === 'doppler')
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
        const { failureError, statusError } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 4404));
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

 135:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  yc: () => ( DIRECT),
  DH: () => ( decoded),
  lv: () => ( mayCarryTokens),
  iJ: () => ( proxyFor)
});

;// CONCATENATED MODULE: ./build/core/address.js
function isLoopbackHost(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

;// CONCATENATED MODULE: ./build/client/network.js

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
    return url.protocol === 'http:' && (allowInsecureHttp || isLoopbackHost(url.hostname));
}
function proxyFor(url, { proxy, noProxy }) {
    if (!proxy || isLoopbackHost(url.hostname) || isExempt(url, noProxy))
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


__nccwpck_require__.d(__webpack_exports__, {
  $: () => ( nodeClock)
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


__nccwpck_require__.d(__webpack_exports__, {
  l: () => ( nodeSend)
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
var client_network = __nccwpck_require__(135);
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

 4404:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
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

var errors = __nccwpck_require__(8208);
var http = __nccwpck_require__(4851);
var answer = __nccwpck_require__(8305);
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

 7173:
 ((module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__nccwpck_require__.r(__webpack_exports__);
 var _action_credentials_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6771);
 var _action_node_processes_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7471);
 var _client_connect_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3487);
 var _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3850);
 var _client_node_send_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8648);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8208);






process.on('SIGUSR1', () => { });
const wire = { send: (0,_client_node_send_js__WEBPACK_IMPORTED_MODULE_4__ .l)(), clock: _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__ .$, random: Math.random };
const tools = {
    variable: (name) => process.env[name],
    ...{ wire, connect: (0,_client_connect_js__WEBPACK_IMPORTED_MODULE_2__ .v)(wire), processes: (0,_action_node_processes_js__WEBPACK_IMPORTED_MODULE_1__ .C)(process), newId: () => crypto.randomUUID() },
};
try {
    process.stdout.write(await (0,_action_credentials_credentials_js__WEBPACK_IMPORTED_MODULE_0__ .z)(tools, process.argv[2] ?? ''));
}
catch (error) {
    process.stderr.write(`${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__ .et)(error).line}\n`);
    process.exitCode = 1;
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
 	var __webpack_exports__ = __nccwpck_require__(7173);
 	module.exports = __webpack_exports__;
 })()
;