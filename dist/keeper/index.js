 (() => { 
 	"use strict";
 	var __webpack_modules__ = ({

 2719:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  T: () => ( readBrief)
});


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

;// CONCATENATED MODULE: ./build/action/keeper-brief.js


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
            renewKey: new sensitive.p(renewKey),
            network: {
                noProxy,
                ca,
                allowInsecureHttp,
                proxy: proxy === undefined ? undefined : new sensitive.p(proxy),
                client: client && { certificate: client.certificate, key: new sensitive.p(client.key) },
            },
        };
    }
    catch {
        return undefined;
    }
}


 }),

 2134:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   a: () => ( keep)
 });
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8208);

const LOOK_MS = 5_000;
const RETRY_SHARE = 0.1;
const MIN_PAUSE_MS = 1_000;
const OVER = new Set([
    'ERR_NOT_FOUND',
    'ERR_LEASE_EXPIRED',
    'ERR_CONFLICT',
    'ERR_ACCESS_DENIED',
    'ERR_UNAUTHENTICATED',
    'ERR_REQUEST_INVALID',
]);
async function keep(tools, leases, until) {
    const { clock, stop, isWorkerAlive } = tools;
    const turns = new Map(leases.map((lease) => [lease, renewAt(tools, lease.expiresAt, lease.ttlSec)]));
    while (turns.size > 0 && !stop.aborted && clock.now() < until && isWorkerAlive()) {
        const [lease, at] = [...turns].reduce((first, one) => (one[1] < first[1] ? one : first));
        const waitMs = Math.min(at, until) - clock.now();
        if (waitMs > 0) {
            await clock.sleep(Math.min(waitMs, LOOK_MS), stop);
            continue;
        }
        const next = await renewOne(tools, lease);
        if (next === undefined)
            turns.delete(lease);
        else
            turns.set(lease, next);
    }
}
function renewAt({ random }, expiresAt, ttlSec) {
    const usedUp = 1 / 2 + random() / 6;
    return expiresAt - (1 - usedUp) * ttlSec * 1000;
}
async function renewOne(tools, lease) {
    const { clock, renew } = tools;
    try {
        const { expiresAt, capped } = await renew(lease);
        return capped ? undefined : Math.max(renewAt(tools, expiresAt, lease.ttlSec), clock.now() + MIN_PAUSE_MS);
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ .uV && OVER.has(error.code))
            return undefined;
        return clock.now() + Math.max(MIN_PAUSE_MS, lease.ttlSec * 1000 * RETRY_SHARE);
    }
}


 }),

 7118:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  C: () => ( nodeProcesses)
});

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = require("node:child_process");
var external_node_events_ = __nccwpck_require__(8474);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
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
        const stat = (0,external_node_fs_namespaceObject.readFileSync)(`/proc/${pid}/stat`, 'latin1');
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

 1962:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


__nccwpck_require__.d(__webpack_exports__, {
  E: () => ( renewWith)
});

;// CONCATENATED MODULE: ./build/core/names.js
const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;
const MANAGED_NAMES = ( null && (['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG']));
function names_isManagedName(name) {
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
function isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_BEGINNING.test(upper);
}

var sensitive = __nccwpck_require__(5115);
var errors = __nccwpck_require__(8208);
;// CONCATENATED MODULE: ./build/contract/doppler/decode.js


function offContract(where, wanted, field) {
    const place = (0,errors.TN)(field === undefined ? where : `${where}.${field}`, 80);
    return new errors.uV('ERR_CONTRACT', `The answer is not what the API promises: ${place} is not ${wanted}.`);
}
function decode_object(value, where) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw offContract(where, 'an object');
    return value;
}
function decode_entries(value, where) {
    return Object.entries(decode_object(value, where)).filter(([key]) => key !== '__proto__');
}
function decode_list(value, where) {
    if (!Array.isArray(value))
        throw offContract(where, 'a list');
    return value;
}
function decode_text(value, where, field) {
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return value;
}
function decode_word(value, where) {
    const found = decode_text(value, where);
    if (found === '')
        throw offContract(where, 'a text that is not empty');
    return found;
}
function decode_optionalText(value, where, field) {
    if (value === null || value === undefined)
        return undefined;
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return value;
}
function decode_count(value, where) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        throw offContract(where, 'a count');
    return value;
}
function decode_boxed(value, where, field) {
    if (value === null || value === undefined)
        return null;
    if (typeof value !== 'string')
        throw offContract(where, 'a text', field);
    return new Sensitive(value);
}

;// CONCATENATED MODULE: ./build/contract/doppler/wire.js

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
    return new Sensitive(form === 'bearer' ? `Bearer ${text}` : `Basic ${Buffer.from(`${text}:`).toString('base64')}`);
}
function wire_target(path, query) {
    const pairs = Object.entries(query).flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]);
    return pairs.length === 0 ? `/v3${path}` : `/v3${path}?${pairs.join('&')}`;
}
function wire_bare(method, at) {
    return { method, target: at, headers: {}, authorized: true };
}
function wire_withJson(method, at, body) {
    const headers = { 'content-type': 'application/json' };
    return { method, target: at, headers, body: JSON.stringify(body), authorized: true };
}

;// CONCATENATED MODULE: ./build/contract/doppler/secrets.js



const SECRETS = '/configs/config/secrets';
const MAX_FILTER = 4000;
function listSecretsRequest(scope, names = []) {
    return bare('GET', target(SECRETS, { ...staticOnly(scope), secrets: filterOf(names) }));
}
function staticOnly({ project, config }) {
    return { project, config, include_dynamic_secrets: 'false' };
}
function filterOf(names) {
    const filter = names.join(',');
    return filter === '' || filter.length > MAX_FILTER ? undefined : filter;
}
function secrets_readSecretList(body) {
    return entries(object(body, 'the body')['secrets'], 'secrets').map(([name, value]) => secret(name, value));
}
function getSecretRequest(scope, name) {
    return bare('GET', target('/configs/config/secret', { project: scope.project, config: scope.config, name }));
}
function readSecret(body) {
    const fields = object(body, 'the body');
    return secret(word(fields['name'], 'name'), fields['value']);
}
function secret(name, value) {
    const fields = object(value, name);
    return {
        name,
        raw: boxed(fields['raw'], name, 'raw'),
        computed: boxed(fields['computed'], name, 'computed'),
        note: optionalText(fields['note'], name, 'note') ?? '',
        rawVisibility: visibility(fields['rawVisibility'], name, 'rawVisibility'),
        computedVisibility: visibility(fields['computedVisibility'], name, 'computedVisibility'),
    };
}
function visibility(value, where, field) {
    if (isVisibility(value))
        return value;
    optionalText(value, where, field);
    return 'masked';
}

;// CONCATENATED MODULE: ./build/contract/doppler/management-answers.js





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
    const fields = decode_object(body, 'the body');
    const expiresAt = instant(decode_text(fields['expires_at'], 'expires_at'), 'expires_at') ?? 0;
    return { expiresAt, capped: fields['capped'] === true };
}
function instant(iso, where) {
    if (iso === undefined)
        return undefined;
    const at = Date.parse(iso);
    if (Number.isNaN(at))
        throw offContract(where, 'a date');
    return at;
}
function flag(value) {
    return typeof value === 'boolean' ? value : undefined;
}
function inside(body, name) {
    return object(object(body, 'the body')[name], name);
}

;// CONCATENATED MODULE: ./build/contract/doppler/management-lending.js

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
    const request = wire_withJson('PUT', wire_target(`${DYNAMIC}/dynamic_secret/leases/lease`, {}), body);
    return { ...request, headers: { ...request.headers, [LEASE_HANDLE_HEADER]: handle }, authorized: false };
}

;// CONCATENATED MODULE: ./build/client/http.js

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
    return headers[ENGINE_HEADER] !== undefined;
}
function didNothing(outcome) {
    return 'failure' in outcome ? !outcome.failure.mayHaveArrived : outcome.answer.status === 429;
}
function retryAfterSec(answer, now) {
    const text = answer.headers['retry-after']?.trim() ?? '';
    const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
    return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_CAP_SEC) : undefined;
}

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

;// CONCATENATED MODULE: ./build/client/answer.js

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
    return new errors.uV('ERR_CONTRACT', `${host} answered with ${kind} that is not JSON (${answer.status}).`, {
        hint: 'Check that api-url is the address of the API, and that no proxy or login page stands before it.',
    });
}
const GOES_ON = 'The service goes on by itself.';
function stillRevoking({ id, dynamic }) {
    return new AppError('ERR_UNAVAILABLE', `Lease ${id} of ${dynamic} is being revoked and not gone yet.`, {
        hint: GOES_ON,
    });
}

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
    const seconds = retryAfterSec(answer, asked.now);
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
    return new AppError(error.code, error.message, {
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

;// CONCATENATED MODULE: ./build/client/renewal.js




function renewWith({ apiUrl, renewKey, ...options }) {
    return async (lease) => {
        const http = new Http({ ...options, baseUrl: apiUrl });
        const { authorized: _, ...request } = renewLeaseRequest(renewKey, lease);
        const outcome = await http.safe(request);
        if ('failure' in outcome)
            throw failureError(outcome.failure, http.host);
        if (isOk(outcome.answer))
            return readRenewal(readJson(outcome.answer, http.host));
        const doing = `renew lease ${lease.id}`;
        const redact = (text) => text;
        const asked = { host: http.host, doing, tokenKind: 'lease handle', now: options.clock.now(), redact };
        throw statusError(outcome.answer, asked);
    };
}


 }),

 8208:
 ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

 __nccwpck_require__.d(__webpack_exports__, {
   TN: () => ( oneLine),
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

 8929:
 ((module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__nccwpck_require__.r(__webpack_exports__);
 var _action_keeper_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2134);
 var _action_keeper_brief_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2719);
 var _action_node_processes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7118);
 var _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3850);
 var _client_node_send_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8648);
 var _client_renewal_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1962);






const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => stop.abort());
process.on('SIGUSR1', () => { });
let text = '';
for await (const chunk of process.stdin.setEncoding('utf8'))
    text += String(chunk);
const brief = (0,_action_keeper_brief_js__WEBPACK_IMPORTED_MODULE_1__ .T)(text);
if (brief) {
    const { worker, leases, until, ...far } = brief;
    const wire = { send: (0,_client_node_send_js__WEBPACK_IMPORTED_MODULE_4__ .l)(), clock: _client_node_clock_js__WEBPACK_IMPORTED_MODULE_3__ .$, random: Math.random };
    const renew = (0,_client_renewal_js__WEBPACK_IMPORTED_MODULE_5__ .E)({ ...wire, ...far, budgetMs: 15_000, signal: stop.signal });
    const isWorkerAlive = () => (0,_action_node_processes_js__WEBPACK_IMPORTED_MODULE_2__ .C)(process).isAlive(worker);
    await (0,_action_keeper_js__WEBPACK_IMPORTED_MODULE_0__ .a)({ ...wire, renew, isWorkerAlive, stop: stop.signal }, leases, until);
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
 	var __webpack_exports__ = __nccwpck_require__(8929);
 	module.exports = __webpack_exports__;
 })()
;