'use strict';
const { randomBytes, createHash } = require('node:crypto');
const { late, rarely, oneLine, Sensitive, bare, target, object, optionalText, secret, ENGINE_HEADER } = require('./index.js');
const { linesOf, base64, hex, wrappedBase64, longEnough, digestible, VARIABLE, shown, OWN_OUTPUTS, isDeniedName, strictest } = require('./fulfils.js');
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
function asAppError(error) {
    if (error instanceof AppError)
        return error;
    return new AppError('ERR_INTERNAL', 'Something went wrong inside secrets-action.', {
        hint: 'Report it with the steps that led here.',
        cause: error,
    });
}
function formatTtl(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const rest = seconds % 60;
    const text = `${hours ? `${hours}h` : ''}${minutes ? `${minutes}m` : ''}${rest ? `${rest}s` : ''}`;
    return text === '' ? '0s' : text;
}
function isLoopbackHost(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
function problem(text) {
    return new AppError('ERR_CONFIG_INVALID', text);
}
function quoted(text) {
    return `'${oneLine(text, 60)}'`;
}
function entriesOf(text) {
    const found = text
        .split(/[\r\n,]+/)
        .map((one) => one.trim().replace(/\s+/g, ' '))
        .filter((one) => one !== '');
    return [...new Set(found)];
}
const MAX_PLACES = 50;
const PLACE_NAME = /^[^\u0000-\u0020\u007f/,]{1,200}$/;
function checkedAddress(url, allowInsecureHttp) {
    if (!url)
        throw problem('api-url is not an address: write it like https://api.doppler.com.');
    if (url.username !== '' || url.password !== '')
        throw problem('api-url must not hold a user name or a password.');
    if (url.search !== '' || url.hash !== '')
        throw problem('api-url must not hold a query or a fragment.');
    const plain = url.protocol === 'http:' && (allowInsecureHttp || isLoopbackHost(url.hostname));
    if (url.protocol !== 'https:' && !plain) {
        throw problem('api-url must start with https:// (http:// is for loopback only, or with allow-insecure-http).');
    }
    return url;
}
function readIdentity(given, apiUrl, runnersAudience) {
    const [token, identity, audience] = [given('token'), given('identity'), given('oidc-audience')];
    if (token !== '')
        throw problem('token and identity exclude each other: give one of them.');
    if (!/^[\x21-\x7e]{1,200}$/.test(identity))
        throw problem('identity is not the id of an identity: copy it again.');
    if (!/^[\x21-\x7e]{0,500}$/.test(audience))
        throw problem('oidc-audience has characters that no audience has: copy it again.');
    if (audience !== '')
        return { identity, audience };
    return { identity, audience: runnersAudience || apiUrl === '' ? undefined : new URL(apiUrl).origin };
}
function unusableToken(text) {
    return problem(text === ''
        ? 'token is empty: give it a secret of this repository (runs for forks and Dependabot have none), or use identity.'
        : 'token has characters that no token has: copy it again.');
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
function proxyAt(text) {
    const address = text.includes('://') ? text : `http://${text}`;
    if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))
        return new Sensitive(address);
    throw new AppError('ERR_CONFIG_INVALID', 'HTTPS_PROXY is not the address of an HTTP proxy.', {
        hint: 'Write it like http://proxy.example.com:3128, or set the proxy input.',
    });
}
function loginOf(proxy) {
    const { username, password } = new URL(proxy.reveal());
    if (password === '')
        return [];
    const plain = decoded(password);
    return [password, plain, Buffer.from(`${decoded(username)}:${plain}`).toString('base64')];
}
function recommendAudience(runner, { credential }) {
    if (!('identity' in credential) || credential.audience !== undefined)
        return;
    runner.notice('Set oidc-audience, and allow it at the identity, so that no other service takes the token of this job.');
}
function offContract(where, wanted, field) {
    const place = oneLine(field === undefined ? where : `${where}.${field}`, 80);
    return new AppError('ERR_CONTRACT', `The answer is not what the API promises: ${place} is not ${wanted}.`);
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
function meRequest() {
    return bare('GET', target('/me', {}));
}
function readMe(body) {
    const fields = object(body, 'the body');
    return {
        type: word(fields['type'], 'type'),
        name: optionalText(fields['name'], 'name') ?? '',
        slug: optionalText(fields['slug'], 'slug') ?? '',
    };
}
function getSecretRequest$1(scope, name) {
    return bare('GET', target('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}
function readSecret$1(body) {
    const fields = object(body, 'the body');
    return secret(word(fields['name'], 'name'), fields['value']);
}
function notJson(answer, host) {
    const kind = /^\s*</.test(answer.text) ? 'a web page' : answer.text === '' ? 'nothing' : 'something';
    return new AppError('ERR_CONTRACT', `${host} answered with ${kind} that is not JSON (${answer.status}).`, {
        hint: 'Check that api-url is the address of the API, and that no proxy or login page stands before it.',
    });
}
const RETRY_AFTER_CAP_SEC = 60;
function isOfEngine({ headers }) {
    return headers[ENGINE_HEADER] !== undefined;
}
function retryAfterSec(answer, now) {
    const text = answer.headers['retry-after']?.trim() ?? '';
    const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_CAP_SEC) : undefined;
}
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
function newLeaseHandle() {
    const renewKey = randomBytes(32).toString('base64url');
    const revokeKey = nextLink(renewKey);
    return { renewKey: new Sensitive(renewKey), revokeKey: new Sensitive(revokeKey), setId: nextLink(revokeKey) };
}
function nextLink(link) {
    return createHash('sha256').update(Buffer.from(link, 'base64url')).digest('base64url');
}
function iso(epochMs) {
    return new Date(epochMs).toISOString();
}
async function overruling(runner, input, deliveries) {
    const { blankedBy, refusedEmpty } = await late('action/aws.js');
    const found = blankedBy(deliveries.map(({ name }) => name), runner);
    const how = input ? 'Kept from the script' : 'Emptied';
    if (found.length > 0)
        runner.notice(`${how}, since they would stand over AWS_ACCESS_KEY_ID: ${found.join(', ')}.`);
    const refused = input ? '' : refusedEmpty(found);
    if (refused !== '')
        runner.warning(refused);
    return found;
}
async function writeFile({ runner, credentialProcess: command }, file, deliveries, profiles) {
    const { writeValues } = await late('action/file/write.js');
    const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
    return writeValues(runner, file, values, { command, profiles });
}
async function run({ runner, machine, clock, stop }, { run: input, maskMinLength }, deliveries, without) {
    if (!input)
        return undefined;
    const { runScript } = await late('action/run/run.js');
    const given = { values: deliveries, without, minLength: maskMinLength };
    const failure = await runScript({ runner, clock, stop, ...machine }, input, given);
    if (stop.aborted)
        throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    return failure;
}
const escaped = (text) => {
    if (/^[ !#-[\]-~]*$/.test(text))
        return [];
    const json = JSON.stringify(text).slice(1, -1);
    if (!/[\u007f-\uffff]/.test(json))
        return [json];
    return [json, json.replace(/[\u007f-\uffff]/g, codePoint)];
};
const overEscaped = (text) => {
    if (!/["&'+/<=>`\u007f-\uffff]/.test(text))
        return [];
    const json = JSON.stringify(text).slice(1, -1);
    const go = json.replace(/[&<>\u2028\u2029]/g, codePoint);
    const gson = go.replace(/['=]/g, codePoint);
    const net = json
        .replace(/\\"|[&'+<>`\u007f-\uffff]/g, (c) => codePoint(c.slice(-1)))
        .replace(/\\u[\da-f]{4}/g, (c) => `\\u${c.slice(2).toUpperCase()}`);
    const php = json.replaceAll('/', '\\/');
    const all = [go, gson, net, php, php.replace(/[\u007f-\uffff]/g, codePoint)];
    return [...new Set(all)].filter((form) => form !== json);
};
function codePoint(char) {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
const doubled = (text) => ['"', '$'].filter((one) => text.includes(one)).flatMap((one) => linesOf(text.replaceAll(one, () => one + one)));
function percentEncoded(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
const inUrls = (text) => {
    if (/^[\w.-]*$/.test(text))
        return [];
    const strict = percentEncoded(text);
    const query = strict.replaceAll('%20', '+');
    const upper = new Set([
        strict,
        encodeURIComponent(text),
        encodeURI(text),
        strict.replaceAll('%2F', '/'),
        query,
        query.replaceAll('%2A', '*').replaceAll('~', '%7E'),
    ]);
    return [...upper, ...[...upper].map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
};
const shellQuoted = (text) => {
    if (/^[\w@%+=:,./-]*$/.test(text))
        return [];
    const quoted = ["'\\''", `'"'"'`].flatMap((quote) => linesOf(text.replaceAll("'", quote)));
    const doubled = linesOf(text.replace(/[\\"$`]/g, '\\$&'));
    const ansi = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    const words = linesOf(text.replace(/[^\w@%+=:,./\-\u0080-\uffff\r\n]/g, '\\$&'));
    return [...quoted, ...doubled, ansi, ...words].filter((form) => form !== text);
};
const inMarkup = (text) => {
    if (!/[&<>"']/.test(text))
        return [];
    const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const double = plain.replaceAll('"', '&quot;');
    const single = ['&apos;', '&#39;', '&#x27;'].map((code) => double.replaceAll("'", code));
    return [...new Set([plain, double, ...single])].flatMap(linesOf);
};
const MAX_PARTS = 1_000;
const MAX_PARSED = 1_048_576;
function partsOf(text) {
    const found = new Set();
    const open = [text];
    for (const one of open) {
        for (const part of [...jsonStrings(one), ...urlPasswords(one), ...unescapedPem(one)]) {
            if (found.size >= MAX_PARTS)
                return [...found];
            if (part !== text && !found.has(part))
                open.push(part);
            found.add(part);
        }
    }
    return [...found];
}
function jsonStrings(text) {
    if (!/^\s*[[{]/.test(text) || text.length > MAX_PARSED)
        return [];
    const leaves = [];
    const open = [parsed(text)];
    while (open.length > 0) {
        const value = open.pop();
        if (typeof value === 'string')
            leaves.push(value.toWellFormed());
        else if (typeof value === 'object' && value !== null)
            for (const child of Object.values(value))
                open.push(child);
    }
    return leaves;
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function urlPasswords(text) {
    if (!text.includes('://'))
        return [];
    const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#]*)@/i.exec(text.trim())?.[1] ?? '';
    return written === '' ? [] : [written, decoded$1(written)];
}
function decoded$1(written) {
    try {
        return decodeURIComponent(written);
    }
    catch {
        return written;
    }
}
function unescapedPem(text) {
    return /-----BEGIN [^-]{1,64}-----(?:\\r)?\\n/.test(text) ? [text.replace(/(?:\\r)?\\n/g, '\n')] : [];
}
const ENCODERS = {
    lines: [linesOf],
    usual: [escaped, base64],
    quoted: [shellQuoted, inMarkup, overEscaped, doubled, inUrls, hex],
    parts: [escaped, base64, shellQuoted, overEscaped, doubled, inUrls, hex],
    wrapped: [wrappedBase64],
};
function oddForms(pieces, { name }, limits) {
    const long = pieces.filter((piece) => piece.length >= limits.minLength);
    const forms = long.flatMap((piece) => {
        const known = madeByRunner(piece);
        return ENCODERS[name].flatMap((encode) => encode(piece)).filter((form) => !known.includes(form));
    });
    return new Set(longEnough(forms, limits).map(digestible));
}
function madeByRunner(piece) {
    if (/[\r\n]/.test(piece))
        return [];
    const ascii = /[\u007f-\uffff]/.test(piece) ? [] : [JSON.stringify(piece).slice(1, -1)];
    return [percentEncoded(piece), ...ascii].filter((form) => form !== piece);
}
const SHOWN_NAMES = 20;
function tell(runner, { unmaskable, tooMuch, reduced, minLength }) {
    if (unmaskable.length > 0) {
        runner.notice(`Not masked, since blank or shorter than ${minLength} characters: ${listed(unmaskable)}. Make them longer, or unmasked if they are no secrets.`);
    }
    if (tooMuch.length > 0) {
        runner.notice(`The log and job outputs lose everyday words to the masks of ${listed(tooMuch)}: make these unmasked, or longer.`);
    }
    if (reduced.length > 0) {
        runner.notice(`There are too many masks for every encoding: name fewer in the secrets input. Hidden as they stand, but not in each encoding: ${listed(reduced)}.`);
    }
}
function listed(names) {
    const more = names.length - SHOWN_NAMES;
    return more > 0 ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
function objectionTo(name, text, size, { each, unit }) {
    const shown = oneLine(name, 120);
    if (text.includes('\0'))
        return `${shown} holds a NUL byte, which no environment can carry: use a file.`;
    return `${shown} is too large for the environment (${size} of ${each} ${unit}): use its output or a file.`;
}
const OUTPUT = /^[A-Za-z_][A-Za-z0-9_:-]*$/;
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
function oddDeliveryOf(name, { secret, field }, { inputs, of, tokenKind }) {
    if (inputs.dropIn && isDeniedName(name) && !inputs.allowNames.includes(name)) {
        return { warning: `${name} would steer later steps and is left out; list it in allow-names to have it.` };
    }
    const source = field ? `field ${secret.name}.${field.path}${of}` : `secret ${secret.name}${of}`;
    const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
    const delivered = (value) => ({ delivery: { name, value, visibility, source } });
    if (!secret.computed) {
        const why = noValue(secret, tokenKind);
        if (inputs.dropIn && !field)
            return { ...delivered(new Sensitive('')), warning: `${why}: it is delivered as ''.` };
        return { objection: `${why}: use a service token or a service account, or leave it out with the secrets input.` };
    }
    if (!field)
        return delivered(secret.computed);
    const value = field.read(secret.computed);
    return value instanceof Sensitive ? delivered(value) : { objection: `${secret.name}${of} ${value.wrong}.` };
}
function noValue({ name, computedVisibility, rawVisibility }, tokenKind) {
    const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
    return restricted
        ? `${name} is restricted, and this ${tokenKind} may not read it`
        : `${name} has no value for this ${tokenKind}`;
}
const JOB_LIMIT_SEC = 6 * 3600;
function endNote(first, now, { leasing }) {
    const lives = leasing.renew ? leasing.renewForSec : Math.max(0, Math.floor((first - now) / 1000));
    if (lives >= JOB_LIMIT_SEC)
        return '';
    const until = leasing.renew ? `Renewing stops after ${formatTtl(lives)}` : `The first lease ends at ${iso(first)}`;
    return `${until}, and a job may run for ${formatTtl(JOB_LIMIT_SEC)} unless \`timeout-minutes\` says less. Steps after that find it ended: lease for longer with \`ttl\`, or set \`renew\` where the kind allows it.`;
}
exports.ERROR_CODES = ERROR_CODES;
exports.AppError = AppError;
exports.asAppError = asAppError;
exports.formatTtl = formatTtl;
exports.isLoopbackHost = isLoopbackHost;
exports.problem = problem;
exports.quoted = quoted;
exports.entriesOf = entriesOf;
exports.MAX_PLACES = MAX_PLACES;
exports.PLACE_NAME = PLACE_NAME;
exports.checkedAddress = checkedAddress;
exports.readIdentity = readIdentity;
exports.unusableToken = unusableToken;
exports.readNamed = readNamed;
exports.placeName = placeName;
exports.isExempt = isExempt;
exports.decoded = decoded;
exports.proxyAt = proxyAt;
exports.loginOf = loginOf;
exports.recommendAudience = recommendAudience;
exports.offContract = offContract;
exports.text = text;
exports.word = word;
exports.meRequest = meRequest;
exports.readMe = readMe;
exports.getSecretRequest$1 = getSecretRequest$1;
exports.readSecret$1 = readSecret$1;
exports.notJson = notJson;
exports.isOfEngine = isOfEngine;
exports.retryAfterSec = retryAfterSec;
exports.LazyClient = LazyClient;
exports.failureKindOf = failureKindOf;
exports.codeOf = codeOf;
exports.newLeaseHandle = newLeaseHandle;
exports.nextLink = nextLink;
exports.iso = iso;
exports.overruling = overruling;
exports.writeFile = writeFile;
exports.run = run;
exports.escaped = escaped;
exports.overEscaped = overEscaped;
exports.doubled = doubled;
exports.percentEncoded = percentEncoded;
exports.inUrls = inUrls;
exports.shellQuoted = shellQuoted;
exports.inMarkup = inMarkup;
exports.partsOf = partsOf;
exports.oddForms = oddForms;
exports.tell = tell;
exports.objectionTo = objectionTo;
exports.nameObjections = nameObjections;
exports.oddDeliveryOf = oddDeliveryOf;
exports.endNote = endNote;
