'use strict';
var late = (function late(name) { return require('./late.js').modules[name](); });
var rarely = (function rarely() { return require('./rarely.js'); });
var oneLine = (function oneLine(text, limit = 300) {
    const flat = (isPrintable(text) ? text : text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')).trim();
    return flat.length > limit ? `${flat.slice(0, limit)}\u2026` : flat;
});
var isPrintable = (function isPrintable(text) {
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code < 0x20 || code > 0x7e)
            return false;
    }
    return true;
});
var machineOf = (function machineOf(host) {
    return {
        platform: host.platform,
        env: host.env,
        write: ((text) => void host.stdout.write(text)),
        relay: ((text) => new Promise(((done) => void host.stdout.write(text, (() => done()))))),
        kill: ((pid, signal) => void host.kill(pid, signal)),
        isHeard: (() => !host.stdout.errored),
        failStep: (() => {
            host.exitCode = 1;
        }),
    };
});
var append = (function append(file, path, text) {
    try {
        appendFileSync(path, text);
    }
    catch (error) {
        const code = error.code ?? 'no reason given';
        const hint = 'Look at the disk of the runner.';
        throw new (rarely().AppError)('ERR_UNAVAILABLE', `The file of ${file} cannot be written (${code}).`, { hint });
    }
});
var escapeData = (function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
});
var commandFile = (function commandFile(values, delimiter) {
    return [...values]
        .map((([name, value]) => {
        if (!/^[A-Za-z_][A-Za-z0-9_:-]*$/.test(name) || value.includes(delimiter)) {
            throw new (rarely().AppError)('ERR_INTERNAL', 'A name or value does not fit into a command file.');
        }
        return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    }))
        .join('');
});
var detectBackend = (function detectBackend(apiUrl, token) {
    const text = token?.reveal() ?? '';
    if (text.startsWith('dp.'))
        return 'doppler';
    if (PHASE_TOKEN.test(text))
        return 'phase';
    return URL.canParse(apiUrl) && PHASE_CLOUD.test(new URL(apiUrl).hostname) ? 'phase' : 'doppler';
});
var flag = (function flag(input, text) {
    const word = text.toLowerCase();
    if (word !== 'true' && word !== 'false')
        throw (rarely().problem)(`${input} is neither true nor false.`);
    return word === 'true';
});
var readBackend$1 = (function readBackend$1(given) {
    const told = given('backend');
    if (told === '')
        return detectBackend(given('api-url'), new Sensitive(given('token')));
    if (!Object.hasOwn(CLOUDS, told))
        throw (rarely().problem)('backend is neither doppler nor phase.');
    return told;
});
var readApiUrl$1 = (function readApiUrl$1(given, backend, allowInsecureHttp) {
    const text = given('api-url') || CLOUDS[backend];
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    const extras = parsed && parsed.username + parsed.password + parsed.search + parsed.hash;
    const url = parsed?.protocol === 'https:' && extras === '' ? parsed : (rarely().checkedAddress)(parsed, allowInsecureHttp);
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
});
var readCredential$1 = (function readCredential$1(given, apiUrl, runnersAudience) {
    const token = given('token');
    return given('identity') === '' ? { token: readToken(token) } : (rarely().readIdentity)(given, apiUrl, runnersAudience);
});
var readToken = (function readToken(text) {
    if (!/^[\x21-\x7e]{1,4096}$/.test(text) && !PHASE_BEARER.test(text))
        throw (rarely().unusableToken)(text);
    return new Sensitive(text);
});
var readPlaces$1 = (function readPlaces$1(given) {
    return given('environment') + given('path') + given('project') + given('config') === '' ? [{}] : (rarely().readNamed)(given);
});
var readInputs = (async function readInputs(runner) {
    const problems = [];
    const attempt = ((read, otherwise) => {
        try {
            return read();
        }
        catch (error) {
            problems.push((rarely().asAppError)(error).line);
            return otherwise;
        }
    });
    const { uses } = wordsOf(runner);
    const { active: dropIn, given } = await aliases(runner, attempt);
    const network = uses('network') ? (await late('action/inputs/network.js')).readNetwork(given, attempt) : UNUSED.network;
    const backend = attempt((() => readBackend$1(given)), 'doppler');
    const apiUrl = attempt((() => readApiUrl$1(given, backend, network.allowInsecureHttp)), '');
    const phase = backend === 'phase' ? await late('action/inputs/phase.js') : undefined;
    attempt((() => phase?.refuseForeign(given, { apiUrl, dropIn })), undefined);
    const inputs = {
        backend,
        apiUrl,
        credential: attempt((() => readCredential$1(given, apiUrl, dropIn)), NO_CREDENTIAL),
        places: attempt((() => (phase ? phase.readPlaces(given) : readPlaces$1(given))), []),
        ...(uses('selection')
            ? (await late('action/inputs/selecting.js')).readSelecting(given, attempt, phase ? 'ordinary' : dropIn ? 'kept' : 'refused')
            : UNUSED.selecting),
        leasing: uses('leasing')
            ? (await late('action/inputs/leasing.js')).readLeasing(given, attempt, phase?.parsePhaseAsk)
            : UNUSED.leasing,
        exportEnv: attempt((() => flag('export-env', given('export-env'))), false),
        ...(uses('delivery') ? (await late('action/inputs/delivery.js')).readDelivering(given, attempt) : UNUSED.delivering),
        ...(uses('rules')
            ? (await late('action/inputs/rules.js')).readRules(given, attempt, dropIn)
            : { ...UNUSED.rules, overwrite: dropIn }),
        network,
        dropIn,
    };
    if (inputs.run && inputs.exportEnv) {
        problems.push('run gives values to one child alone, export-env to every later step: choose one.');
    }
    if (problems.length > 0) {
        throw new (rarely().AppError)('ERR_CONFIG_INVALID', 'The inputs of this step cannot be used.', { details: problems });
    }
    return Object.freeze(inputs);
});
var wordsOf = (function wordsOf(runner) {
    const input = ((name) => runner.input(name));
    const uses = ((subject) => SUBJECTS[subject].some(((name) => !['', INPUT_DEFAULTS[name]].includes(input(name)))));
    return { input, uses };
});
var aliases = (async function aliases(runner, attempt) {
    const { input, uses } = wordsOf(runner);
    if (uses('dropIn'))
        return (await late('action/inputs/drop-in.js')).readDropIn(input, attempt);
    return { active: false, given: ((name) => input(name) || INPUT_DEFAULTS[name]) };
});
var mayCarryTokens = (function mayCarryTokens(url, { allowInsecureHttp }) {
    if (url.protocol === 'https:')
        return true;
    return url.protocol === 'http:' && (allowInsecureHttp || (rarely().isLoopbackHost)(url.hostname));
});
var proxyFor = (function proxyFor(url, { proxy, noProxy }) {
    if (!proxy || (rarely().isLoopbackHost)(url.hostname) || (rarely().isExempt)(url, noProxy))
        return undefined;
    return proxy;
});
var openNetwork = (async function openNetwork(runner, inputs) {
    const network = networkOf(runner, inputs);
    if (network.proxy)
        runner.mask((rarely().loginOf)(network.proxy));
    if (network.ca !== undefined || network.client) {
        const { checkTrust } = await late('client/trust.js');
        checkTrust(network);
    }
    return network;
});
var networkOf = (function networkOf(runner, inputs, proxied = true) {
    const proxy = proxied ? (inputs.proxy ?? proxyVariable(runner)) : undefined;
    const { caCertificate: ca, client, allowInsecureHttp } = inputs;
    if (!proxy && ca === undefined && !client && !allowInsecureHttp)
        return DIRECT;
    return { proxy, noProxy: either(runner, 'no_proxy'), ca, client, allowInsecureHttp };
});
var proxyVariable = (function proxyVariable(runner) {
    const text = either(runner, 'https_proxy');
    return text === '' ? undefined : (rarely().proxyAt)(text);
});
var either = (function either(runner, name) {
    return runner.variable(name) || runner.variable(name.toUpperCase()) || '';
});
var openSession = (async function openSession(tools, plan) {
    const { credential, ...rest } = plan;
    if ('token' in credential) {
        const text = credential.token.reveal();
        const parts = text.length < 64 ? [] : (text.match(/\b[\da-f]{64}\b/gi) ?? []);
        tools.runner.mask([text, ...parts]);
        return { token: credential.token, end: (async () => '') };
    }
    const { signIn } = await late('action/identity.js');
    return signIn(tools, { ...rest, identity: credential });
});
var namesToAsk = (function namesToAsk({ selection, leasing, backend }) {
    const names = selection?.exactNames;
    if (names === undefined)
        return [];
    return leasing.dynamic.length === 0 || backend === 'phase'
        ? names
        : [...new Set([...names, 'DOPPLER_PROJECT', 'DOPPLER_CONFIG'])];
});
var load = (async function load(tools) {
    const { runner, connect, stop } = tools;
    let session;
    try {
        const inputs = await readInputs(runner);
        if (inputs.dropIn)
            (rarely().recommendAudience)(runner, inputs);
        const network = await openNetwork(runner, inputs.network);
        const { backend, apiUrl, credential } = inputs;
        const terms = { backend, apiUrl, network, budgetMs: inputs.timeoutMs, signal: stop };
        session = await openSession(tools, { ...terms, credential });
        const { token } = session;
        const client = connect({ ...terms, token });
        const [reads, { fulfil }] = await Promise.all([readAll(client, inputs), secondHalf()]);
        await fulfil(tools, { inputs, network, token, client, reads });
    }
    catch (error) {
        runner.fail((rarely().asAppError)(error).line);
    }
    finally {
        const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
        if (unended)
            runner.warning(unended);
    }
});
var readAll = (async function readAll(client, inputs) {
    const names = namesToAsk(inputs);
    return Promise.all(inputs.places.map((async (place) => ({ place, read: await client.fetchSecrets(place, names) }))));
});
var secondHalf = (async function secondHalf() {
    await new Promise(((done) => void setImmediate(done)));
    return Promise.resolve(require('./fulfils.js'));
});
var object = (function object(value, where) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw (rarely().offContract)(where, 'an object');
    return value;
});
var entries = (function entries(value, where) {
    return Object.entries(object(value, where)).filter((([key]) => key !== '__proto__'));
});
var optionalText = (function optionalText(value, where, field) {
    if (value === null || value === undefined)
        return undefined;
    if (typeof value !== 'string')
        throw (rarely().offContract)(where, 'a text', field);
    return value;
});
var boxed = (function boxed(value, where, field) {
    if (value === null || value === undefined)
        return null;
    if (typeof value !== 'string')
        throw (rarely().offContract)(where, 'a text', field);
    return new Sensitive(value);
});
var readEngineHeader = (function readEngineHeader(text) {
    if (text === undefined || !/^[\x20-\x7e]{1,500}$/.test(text))
        return undefined;
    const [version = '', capabilities = ''] = text.split(';', 2);
    if (version.trim() === '')
        return undefined;
    const words = capabilities.split(/[,\s]+/).filter(((word) => word !== ''));
    return { version: version.trim(), capabilities: words };
});
var authorization = (function authorization(token, form) {
    const text = token.reveal();
    return new Sensitive(form === 'bearer' ? `Bearer ${text}` : `Basic ${Buffer.from(`${text}:`).toString('base64')}`);
});
var target = (function target(path, query) {
    const pairs = Object.entries(query).flatMap((([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]));
    return pairs.length === 0 ? `/v3${path}` : `/v3${path}?${pairs.join('&')}`;
});
var bare = (function bare(method, at) {
    return { method, target: at, headers: {}, authorized: true };
});
var tokenKind = (function tokenKind(token) {
    return KINDS.find((([prefix]) => token.startsWith(prefix)))?.[1] ?? 'token';
});
var isVisibility = (function isVisibility(text) {
    return VISIBILITIES.includes(text);
});
var listSecretsRequest$1 = (function listSecretsRequest$1(scope, names = []) {
    return bare('GET', target(SECRETS, { ...staticOnly(scope), secrets: filterOf(names) }));
});
var staticOnly = (function staticOnly({ project, config }) {
    return { project, config, include_dynamic_secrets: 'false' };
});
var filterOf = (function filterOf(names) {
    const filter = names.join(',');
    return filter === '' || filter.length > MAX_FILTER ? undefined : filter;
});
var readSecretList$1 = (function readSecretList$1(body) {
    return entries(object(body, 'the body')['secrets'], 'secrets').map((([name, value]) => secret(name, value)));
});
var secret = (function secret(name, value) {
    const fields = object(value, name);
    return {
        name,
        raw: boxed(fields['raw'], name, 'raw'),
        computed: boxed(fields['computed'], name, 'computed'),
        note: optionalText(fields['note'], name, 'note') ?? '',
        rawVisibility: visibility(fields['rawVisibility'], name, 'rawVisibility'),
        computedVisibility: visibility(fields['computedVisibility'], name, 'computedVisibility'),
    };
});
var visibility = (function visibility(value, where, field) {
    if (isVisibility(value))
        return value;
    optionalText(value, where, field);
    return 'masked';
});
var isOk = (function isOk({ status }) {
    return status >= 200 && status < 300;
});
var readJson = (function readJson(answer, host) {
    try {
        return JSON.parse(answer.text);
    }
    catch {
        throw (rarely().notJson)(answer, host);
    }
});
var mayPass = (function mayPass(outcome) {
    if ('failure' in outcome)
        return PASSING.has(outcome.failure.kind);
    const { status } = outcome.answer;
    if (status === 502 && (rarely().isOfEngine)(outcome.answer))
        return false;
    return status === 408 || status === 429 || status >= 500;
});
var named = (function named(scope) {
    if (scope.project === undefined && scope.config === undefined)
        return "the token's own config";
    return `${scope.project ?? '(own project)'}/${scope.config ?? '(own config)'}`;
});
var connectWith = (function connectWith(wire) {
    return (({ apiUrl, backend, ...options }) => {
        const all = { ...wire, ...options, baseUrl: apiUrl };
        if ((backend ?? detectBackend(apiUrl, options.token)) === 'doppler')
            return new DopplerClient(all);
        return new (rarely().LazyClient)('Phase token', (async () => new (await late('client/phase.js')).PhaseClient(all)));
    });
});
var headersOf = (function headersOf(lines) {
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
});
var keepMsOf = (function keepMsOf(hint) {
    const seconds = hint === undefined ? undefined : /\btimeout=(\d{1,6})\b/i.exec(hint)?.[1];
    return seconds === undefined ? KEEP_MS : Math.min(Math.max(0, Number(seconds) * 1000 - 1000), KEEP_MOST_MS);
});
var odd = (function odd(why) {
    return Object.assign(new Error('The far side did not answer as HTTP/1.1 has it.'), { code: why });
});
var close = (function close(socket) {
    socket.on('error', (() => { })).destroy();
});
var grown = (function grown(body, size) {
    const room = Buffer.allocUnsafe(body.length === 0 ? size : 2 * size);
    room.set(body);
    return room;
});
var flat = (function flat(headers) {
    return Object.fromEntries(Object.entries(headers).flatMap((([name, value]) => value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]])));
});
var nodeSend = (function nodeSend({ maxBytes = MAX_BYTES } = {}) {
    buffer.INSPECT_MAX_BYTES = 0;
    const ways = new Map();
    return ((request) => {
        const network = request.network ?? DIRECT;
        const way = ways.get(network) ?? sendOver(network, maxBytes);
        ways.set(network, way);
        return way(request);
    });
});
var sendOver = (function sendOver(network, maxBytes) {
    let connections;
    let proxied;
    return (async (request) => {
        const url = new URL(request.url);
        if (!mayCarryTokens(url, network)) {
            return { failure: { kind: 'not-allowed', mayHaveArrived: false, code: 'HTTP_NOT_LOOPBACK' } };
        }
        const proxy = proxyFor(url, network);
        if (proxy) {
            proxied ??= late('client/proxy-send.js').then((({ proxySend }) => proxySend({ proxy, network, maxBytes })));
            return (await proxied)(request);
        }
        const { method } = request;
        const message = { method, url, bytes: bytesOf(request, url) };
        connections ??= connectionsOf(network);
        const opened = await connections;
        return new Promise(((resolve) => carry(new Exchange({ request, maxBytes, resolve }), message, opened)));
    });
});
var connectionsOf = (function connectionsOf(network) {
    if (network.ca === undefined && network.client === undefined)
        return new Connections(undefined);
    return late('client/trust.js').then((({ secureContextOf }) => new Connections(secureContextOf(network))));
});
var carry = (function carry(exchange, { method, url, bytes }, connections) {
    let socket;
    if (!exchange.start((() => socket?.destroy())))
        return;
    const kept = connections.takeIdle(url);
    socket = kept ?? connections.open(url);
    const stop = listen(exchange, socket, method, ((keepMs) => {
        stop();
        const isAtRest = !socket.destroyed && socket.writableLength === 0;
        connections.release(url, socket, isAtRest ? keepMs : 0);
    }));
    const stands = (() => {
        exchange.connected();
        socket.write(bytes);
    });
    if (kept)
        stands();
    else
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', stands);
});
var listen = (function listen(exchange, socket, method, over) {
    let answer = { status: 0, headers: {} };
    const parser = new AnswerParser(method, {
        head: ((status, headers) => {
            answer = { status, headers };
        }),
        data: ((part) => exchange.data(part)),
        end: ((keepMs) => {
            exchange.end(answer.status, answer.headers);
            over(keepMs);
        }),
    });
    const attempt = ((read) => {
        try {
            read();
        }
        catch (error) {
            exchange.fail('cut', (rarely().codeOf)(error));
        }
    });
    const ended = (() => attempt((() => parser.close())));
    const listeners = {
        data: ((part) => {
            exchange.alive();
            attempt((() => parser.push(part)));
        }),
        error: ((error) => {
            const code = (rarely().codeOf)(error);
            exchange.fail((rarely().failureKindOf)(code, exchange.isConnected), code);
        }),
        end: ended,
        close: ended,
    };
    for (const [event, listener] of Object.entries(listeners))
        socket.on(event, listener);
    return (() => {
        for (const [event, listener] of Object.entries(listeners))
            socket.off(event, listener);
    });
});
var bytesOf = (function bytesOf({ method, headers, body }, url) {
    const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`, 'connection: keep-alive'];
    for (const [name, given] of Object.entries(headers)) {
        const value = given instanceof Sensitive ? given.reveal() : given;
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
            throw new (rarely().AppError)('ERR_REQUEST_INVALID', `The header ${oneLine(name, 100)} holds what HTTP cannot carry.`);
        }
        lines.push(`${name}: ${value}`);
    }
    const isCounted = body !== undefined || /^P(?:OST|UT|ATCH)$/.test(method);
    if (isCounted)
        lines.push(`content-length: ${Buffer.byteLength(body ?? '')}`);
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    return body === undefined ? head : Buffer.concat([head, Buffer.from(body)]);
});
const { appendFileSync } = require('node:fs');
const { randomUUID } = require('node:crypto');
const { hrtime } = require('node:process');
const { connect: connect$1 } = require('node:tls');
const { connect: connect$2, isIP: isIP$1 } = require('node:net');
const buffer = require('node:buffer');
const { isUtf8 } = buffer;
const { resolve } = require('node:path');
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
        const shown = values.filter(((value) => value.trim() !== ''));
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
            appendFileSync(path, markdown);
        }
        catch {
            this.warning('The job summary could not be written.');
        }
    }
    info(text) {
        const safe = oneLine(text, ANNOTATION_LIMIT).replaceAll('##[', '## [').replace(/^::/, ': :');
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
        this.#machine.write(`::${kind}::${escapeData(oneLine(text, ANNOTATION_LIMIT))}\n`);
    }
    #entries(file, values) {
        if (values.size === 0)
            return (() => { });
        const path = this.variable(file);
        if (!path)
            throw new (rarely().AppError)('ERR_CONFIG_INVALID', `${file} is not set: this is not a step of a GitHub job.`);
        const text = commandFile(values, `secrets_${randomUUID()}`);
        return (() => append(file, path, text));
    }
}
const DEFAULT_TTL_SEC = 1800;
const CLOUDS = {
    doppler: 'https://api.doppler.com',
    phase: 'https://api.phase.dev',
};
const PHASE_TOKEN = /^(?:pss_|(?:bearer +)?(?:User|ServiceAccount|Service) +)/i;
const PHASE_CLOUD = /(?:^|\.)phase\.dev$/;
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
const PHASE_BEARER = /^(?:bearer +)?(?:User|ServiceAccount|Service) +[0-9A-Fa-f]{64}$/i;
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
const NO_CREDENTIAL = { identity: '', audience: undefined };
const UNUSED = {
    selecting: { selection: undefined, rename: ((name) => name) },
    delivering: { file: undefined, run: undefined },
    leasing: {
        dynamic: [],
        ttlSec: DEFAULT_TTL_SEC,
        renew: false,
        renewForSec: 6 * 3600,
        waitUsable: true,
        allowedAccountIds: [],
    },
    rules: { require: [], allowNames: [], maskMinLength: 4, onRevokeFailure: 'warn', timeoutMs: 60_000, dryRun: false },
    network: { proxy: undefined, caCertificate: undefined, client: undefined, allowInsecureHttp: false },
};
const DIRECT = {
    proxy: undefined,
    noProxy: '',
    ca: undefined,
    client: undefined,
    allowInsecureHttp: false,
};
const END_MS = 5_000;
const CANCELLED_END_MS = 1_000;
const ENGINE_HEADER = 'secrets-engine';
const KINDS = [
    ['dp.ct.', 'CLI token'],
    ['dp.pt.', 'personal token'],
    ['dp.st.', 'service token'],
    ['dp.said.', 'service account identity token'],
    ['dp.sa.', 'service account token'],
    ['dp.scim.', 'SCIM token'],
    ['dp.audit.', 'audit token'],
];
const VISIBILITIES = ['unmasked', 'masked', 'restricted'];
const SECRETS = '/configs/config/secrets';
const MAX_FILTER = 4000;
const CONNECT_MS = 10_000;
const IDLE_MS = 20_000;
const MAX_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 5_000;
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
        return this.exchange(request, ((outcome) => (mayPass(outcome) ? request : undefined)));
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
        const asked = 'answer' in outcome ? (rarely().retryAfterSec)(outcome.answer, this.#options.clock.now()) : undefined;
        return jitter + (asked ?? 0) * 1000;
    }
}
const PASSING = new Set(['dns', 'connect', 'proxy', 'timeout', 'cut']);
class DopplerCalls {
    tokenKind;
    http;
    #options;
    #authorization;
    constructor(options) {
        this.#options = options;
        this.http = new Http(options);
        const token = options.token?.reveal() ?? '';
        this.tokenKind = tokenKind(token);
        this.#authorization = options.token && authorization(options.token, options.authForm ?? 'bearer');
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
            throw new (rarely().AppError)('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
        return { ...rest, headers: { ...rest.headers, authorization: this.#authorization } };
    }
    async expect(outcome, doing) {
        if ('answer' in outcome && isOk(outcome.answer))
            return outcome.answer;
        throw await this.#explained(outcome, doing);
    }
    async #explained(outcome, doing) {
        const { failureError, statusError } = await late('client/problem.js');
        const { host } = this.http;
        if ('failure' in outcome)
            return failureError(outcome.failure, host);
        return statusError(outcome.answer, {
            ...{ host, doing, tokenKind: this.tokenKind, now: this.now },
            redact: ((text) => this.#redact(text)),
        });
    }
    json(answer) {
        return readJson(answer, this.http.host);
    }
    get now() {
        return this.#options.clock.now();
    }
}
class DopplerClient {
    #calls;
    #leases;
    constructor(options) {
        this.#calls = new DopplerCalls(options);
    }
    get tokenKind() {
        return this.#calls.tokenKind;
    }
    async fetchSecrets(scope, names) {
        const doing = `read the secrets of ${named(scope)}`;
        const answer = await this.#calls.ask(listSecretsRequest$1(scope, names), doing);
        const engine = readEngineHeader(answer.headers[ENGINE_HEADER]);
        return { secrets: readSecretList$1(this.#calls.json(answer)), engine };
    }
    async fetchSecret(scope, name) {
        const answer = await this.#calls.ask((rarely().getSecretRequest$1)(scope, name), `read ${name} of ${named(scope)}`);
        return (rarely().readSecret$1)(this.#calls.json(answer));
    }
    async downloadSecrets(scope, format) {
        const { downloadRequest, readDownload } = await late('contract/doppler/download.js');
        const answer = await this.#calls.ask(downloadRequest(scope, format), `download ${named(scope)}`);
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
        return (rarely().readMe)(this.#calls.json(await this.#calls.ask((rarely().meRequest)(), 'say whose token this is')));
    }
    #lending() {
        this.#leases ??= late('client/doppler-leases.js').then((({ DopplerLeases }) => new DopplerLeases(this.#calls)));
        return this.#leases;
    }
}
const nodeClock = {
    now: (() => Date.now()),
    monotonic: (() => Number(hrtime.bigint()) / 1e6),
    sleep(ms, signal) {
        return new Promise(((resolve) => {
            if (signal?.aborted)
                return resolve();
            const done = (() => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', done);
                resolve();
            });
            const timer = setTimeout(done, ms);
            signal?.addEventListener('abort', done, { once: true });
        }));
    },
};
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
        const socket = isTls ? connect$1({ ...place, ...this.#terms(host) }) : connect$2(place);
        socket.setNoDelay(true);
        return socket;
    }
    release(url, socket, ms) {
        if (ms > 0)
            this.#keep(url, socket, ms);
        else
            close(socket);
    }
    #keep({ origin }, socket, ms) {
        const idle = this.#idle.get(origin) ?? [];
        this.#idle.set(origin, idle);
        const end = (() => {
            clearTimeout(timer);
            for (const sign of SIGNS)
                socket.off(sign, drop);
            idle.splice(idle.indexOf(socket), 1);
            this.#ends.delete(socket);
        });
        const drop = (() => {
            end();
            close(socket);
        });
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
            ...(isIP$1(host) === 0 ? { servername: host } : {}),
            ...(secureContext ? { secureContext } : {}),
            ALPNProtocols: ['http/1.1'],
            rejectUnauthorized: true,
        };
    }
}
class Exchange {
    #parts;
    #body = Buffer.alloc(0);
    #size = 0;
    #connected = false;
    #settled = false;
    #stop = (() => { });
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
        this.#total = setTimeout((() => this.fail('timeout', 'TOTAL_TIMEOUT')), totalMs);
        this.#waiting = setTimeout((() => this.fail('timeout', 'CONNECT_TIMEOUT')), connectMs);
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
        this.#waiting = setTimeout((() => this.fail('timeout', 'IDLE_TIMEOUT')), this.#parts.request.idleMs);
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
        if (!isUtf8(bytes))
            return this.fail('not-utf8', 'NOT_UTF8');
        return this.#settle({ answer: { status, headers: flat(headers), text: bytes.toString('utf8') } });
    }
    fail(kind, code) {
        if (this.#settled)
            return;
        this.#settle({ failure: { kind, mayHaveArrived: this.#connected, code } });
        this.#stop();
    }
    #onAbort = (() => this.fail('aborted', 'ABORT'));
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
const MAX_BYTES = 16 * 1024 * 1024;
const stop = new AbortController();
const machine = machineOf(process);
const runner = new GithubRunner(machine);
const script = ((stage) => resolve(process.argv[1] ?? '', `../../${stage}/index.js`));
const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
exports.late = late;
exports.rarely = rarely;
exports.oneLine = oneLine;
exports.machineOf = machineOf;
exports.GithubRunner = GithubRunner;
exports.escapeData = escapeData;
exports.commandFile = commandFile;
exports.DEFAULT_TTL_SEC = DEFAULT_TTL_SEC;
exports.CLOUDS = CLOUDS;
exports.detectBackend = detectBackend;
exports.Sensitive = Sensitive;
exports.flag = flag;
exports.readBackend$1 = readBackend$1;
exports.readApiUrl$1 = readApiUrl$1;
exports.readCredential$1 = readCredential$1;
exports.readPlaces$1 = readPlaces$1;
exports.INPUT_DEFAULTS = INPUT_DEFAULTS;
exports.SUBJECTS = SUBJECTS;
exports.UNUSED = UNUSED;
exports.readInputs = readInputs;
exports.wordsOf = wordsOf;
exports.aliases = aliases;
exports.DIRECT = DIRECT;
exports.mayCarryTokens = mayCarryTokens;
exports.proxyFor = proxyFor;
exports.openNetwork = openNetwork;
exports.networkOf = networkOf;
exports.openSession = openSession;
exports.namesToAsk = namesToAsk;
exports.load = load;
exports.object = object;
exports.entries = entries;
exports.optionalText = optionalText;
exports.boxed = boxed;
exports.ENGINE_HEADER = ENGINE_HEADER;
exports.readEngineHeader = readEngineHeader;
exports.authorization = authorization;
exports.target = target;
exports.bare = bare;
exports.tokenKind = tokenKind;
exports.VISIBILITIES = VISIBILITIES;
exports.isVisibility = isVisibility;
exports.SECRETS = SECRETS;
exports.listSecretsRequest$1 = listSecretsRequest$1;
exports.staticOnly = staticOnly;
exports.filterOf = filterOf;
exports.readSecretList$1 = readSecretList$1;
exports.secret = secret;
exports.isOk = isOk;
exports.readJson = readJson;
exports.Http = Http;
exports.mayPass = mayPass;
exports.DopplerCalls = DopplerCalls;
exports.named = named;
exports.DopplerClient = DopplerClient;
exports.connectWith = connectWith;
exports.nodeClock = nodeClock;
exports.AnswerParser = AnswerParser;
exports.Connections = Connections;
exports.Exchange = Exchange;
exports.nodeSend = nodeSend;
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, (() => stop.abort(signal)));
process.on('SIGUSR1', (() => { }));
process.once('uncaughtException', (() => {
    runner.fail('secrets-action met an error that it did not expect. Report it with the steps that led here.');
}));
process.on('uncaughtException', (() => stop.abort()));
process.once('beforeExit', (() => runner.fail('secrets-action ended before its work was done.')));
void load({
    ...{ runner, machine, wire, clock: nodeClock, connect: connectWith(wire) },
    ...{ stop: stop.signal, newHandle: (() => (rarely().newLeaseHandle)()) },
    openProcesses: (async () => (await late('action/node-processes.js')).nodeProcesses(process)),
    ...{ keeperScript: script('keeper'), credentialProcess: [process.execPath, script('credentials')] },
}).then((() => process.stdout.write('', (() => process.exit()))));
