exports.id = 614;
exports.ids = [614];
exports.modules = {

 7614:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  runScript: () => ( runScript)
});

var external_node_crypto_ = __webpack_require__(7598);
var external_node_fs_ = __webpack_require__(3024);
var external_node_path_ = __webpack_require__(6760);
var errors = __webpack_require__(3730);
var rarely = __webpack_require__(7098);
var fulfils = __webpack_require__(7870);
;// CONCATENATED MODULE: ./build/main-halves/action/mask/forms.js













;// CONCATENATED MODULE: ./build/main-halves/action/mask/parts.js


;// CONCATENATED MODULE: ./build/main-halves/action/mask/pack.js






function everyForm(value, minLength) {
    const text = (0,fulfils.textOf)(value);
    const all = [text, ...(0,rarely.partsOf)(text)].flatMap((piece) => [
        piece,
        ...(0,fulfils.linesOf)(piece),
        Buffer.from(piece).toString('base64'),
        ...[rarely.escaped, fulfils.base64, rarely.shellQuoted, rarely.inMarkup, rarely.overEscaped, rarely.doubled, rarely.inUrls, fulfils.hex, fulfils.wrappedBase64].flatMap((encode) => encode(piece)),
    ]);
    return [...new Set((0,fulfils.longEnough)(all, { minLength }))];
}

var external_node_child_process_ = __webpack_require__(1421);
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./build/main-halves/action/run/child.js



const INTERRUPT_GRACE_MS = 4_000;
const TERMINATE_GRACE_MS = 1_000;
const OUTPUT_GRACE_MS = 5_000;
const CANCELLED_OUTPUT_GRACE_MS = 800;
async function runChild(plan, tools) {
    const hasGroups = tools.platform !== 'win32';
    const child = await started(plan, hasGroups);
    const ended = (0,external_node_events_.once)(child, 'exit');
    const over = new AbortController();
    const signal = (name) => send(child, name, hasGroups, tools);
    const drained = Promise.all([pump(child.stdout, 'out', plan), pump(child.stderr, 'err', plan)]);
    const ending = endWhenStopped(signal, tools, over.signal);
    const [code, by] = await ended;
    over.abort();
    await ending;
    if (tools.stop.aborted)
        signal('SIGKILL');
    const graceMs = tools.stop.aborted ? CANCELLED_OUTPUT_GRACE_MS : OUTPUT_GRACE_MS;
    const isHeld = !(await within(drained, tools.clock, graceMs));
    for (const stream of [child.stdout, child.stderr])
        stream?.destroy();
    await drained;
    return { code, signal: by, isHeld };
}
async function started(plan, hasGroups) {
    const { file, args, cwd, env } = plan;
    try {
        const child = (0,external_node_child_process_.spawn)(file, args, {
            cwd,
            env: { ...env },
            stdio: ['ignore', 'pipe', 'pipe'],
            detached: hasGroups,
            windowsHide: true,
            windowsVerbatimArguments: plan.isVerbatim === true,
        });
        await (0,external_node_events_.once)(child, 'spawn');
        return child;
    }
    catch (cause) {
        const { code } = cause;
        if (code === 'ENOENT')
            throw new errors.uV('ERR_NOT_FOUND', `There is no ${file} on this machine to run the script with.`, {
                hint: 'Set shell to one that is there.',
            });
        const why = code === 'E2BIG'
            ? 'its environment is too large. Deliver fewer values, or a file'
            : `the system says ${code ?? 'no'}`;
        throw new errors.uV('ERR_CONFIG_INVALID', `The script of run could not be started: ${why}.`, { cause });
    }
}
async function pump(stream, name, plan) {
    try {
        for await (const bytes of stream ?? [])
            await plan.take(name, bytes);
    }
    catch {
    }
}
async function endWhenStopped(signal, { clock, stop }, over) {
    await aborted(stop, over);
    if (over.aborted)
        return;
    signal(stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    await clock.sleep(INTERRUPT_GRACE_MS, over);
    if (over.aborted)
        return;
    signal('SIGTERM');
    await clock.sleep(TERMINATE_GRACE_MS, over);
    if (!over.aborted)
        signal('SIGKILL');
}
function send(child, name, hasGroups, { kill }) {
    if (child.pid === undefined)
        return;
    try {
        kill(hasGroups ? -child.pid : child.pid, name);
    }
    catch {
    }
}
async function aborted(...signals) {
    const any = AbortSignal.any([...signals]);
    if (!any.aborted)
        await new Promise((done) => any.addEventListener('abort', done, { once: true }));
}
async function within(work, clock, ms) {
    const over = new AbortController();
    const late = clock.sleep(ms, over.signal).then(() => false);
    const inTime = await Promise.race([work.then(() => true), late]);
    over.abort();
    return inTime;
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/command-guard.js
const WHITE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const SAVES_STATE = new RegExp(`^(${WHITE}):(:save-state)`, 'i');
const SAVES_STATE_OLD = /##\[(save-state)/gi;
const STOPS = new RegExp(`^${WHITE}::stop-commands(?: [^:]*)?::([\\w-]+)`, 'i');
const STOPS_OLD = /##\[stop-commands(?: [^\]]*)?\]([\w-]+)/i;
const COMMANDS = /^(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|pause-logging|remove-matcher|save-state|set-env|set-output|stop-commands|warning)$/i;
class CommandGuard {
    #token;
    line(line) {
        if (this.#token === undefined) {
            const token = (STOPS.exec(line) ?? STOPS_OLD.exec(line))?.[1];
            if (token !== undefined && !COMMANDS.test(token))
                this.#token = token;
        }
        else if (resumes(line, this.#token))
            this.#token = undefined;
        return line.replace(SAVES_STATE, '$1: $2').replace(SAVES_STATE_OLD, '## [$1');
    }
    end() {
        return this.#token === undefined ? '' : `::${this.#token}::\n`;
    }
}
function resumes(line, token) {
    const text = line.trimStart().toLowerCase();
    return text.startsWith(`::${token.toLowerCase()}::`) || text.includes(`##[${token.toLowerCase()}]`);
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/environment.js
const WITHHELD = /^(?:INPUT_|STATE_|ACTIONS_ID_TOKEN_|ACTIONS_RUNTIME_)|^GITHUB_STATE$/i;
function childEnvironment(own, values, platform) {
    const folded = (name) => (platform === 'win32' ? name.toUpperCase() : name);
    const given = new Set([...values.keys()].map(folded));
    const kept = Object.entries(own).flatMap(([name, value]) => value === undefined || WITHHELD.test(name) || given.has(folded(name)) ? [] : [[name, value]]);
    return Object.fromEntries([...kept, ...values]);
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/stream-mask.js
const SHOWN = '***';
const KEY_LENGTH = 4;
const MANY = 8;
class StreamMask {
    #groups = new Map();
    #beginnings = new Set();
    #keyLength;
    #text = '';
    #covered = -1;
    constructor(needles) {
        const known = [...new Set(needles)].filter((needle) => needle !== '');
        this.#keyLength = Math.min(KEY_LENGTH, ...known.map((needle) => needle.length));
        for (const needle of known.toSorted((a, b) => b.length - a.length)) {
            const key = needle.slice(0, this.#keyLength);
            const groups = this.#groups.get(key) ?? [];
            this.#groups.set(key, groups);
            if (groups.at(-1)?.length !== needle.length)
                groups.push({ length: needle.length, needles: new Set() });
            groups.at(-1)?.needles.add(needle);
            for (let length = 1; length < key.length; length++)
                this.#beginnings.add(key.slice(0, length));
        }
    }
    push(piece) {
        this.#text += piece;
        return this.#decide(false);
    }
    end() {
        return this.#decide(true);
    }
    #decide(isLast) {
        const text = this.#text;
        let out = '';
        let plainFrom = Math.max(0, this.#covered);
        let at = 0;
        for (; at < text.length; at++) {
            const length = this.#longestAt(text, at, isLast);
            if (length === undefined)
                break;
            if (length === 0)
                continue;
            if (this.#covered >= 0 && at > this.#covered) {
                out += SHOWN;
                this.#covered = -1;
            }
            if (this.#covered < 0)
                out += text.slice(plainFrom, at);
            this.#covered = Math.max(this.#covered, at + length);
            plainFrom = this.#covered;
        }
        if (this.#covered >= 0 && (isLast || at > this.#covered)) {
            out += SHOWN;
            this.#covered = -1;
        }
        if (this.#covered < 0 && at > plainFrom)
            out += text.slice(plainFrom, at);
        if (this.#covered >= 0)
            this.#covered -= at;
        this.#text = text.slice(at);
        return out;
    }
    #longestAt(text, at, isLast) {
        const key = text.slice(at, at + this.#keyLength);
        if (key.length < this.#keyLength)
            return !isLast && this.#beginnings.has(key) ? undefined : 0;
        const rest = text.length - at;
        for (const { length, needles } of this.#groups.get(key) ?? []) {
            if (length > rest) {
                if (!isLast && [...needles].some((needle) => needle.startsWith(text.slice(at))))
                    return undefined;
            }
            else if (needles.size < MANY
                ? [...needles].some((needle) => text.startsWith(needle, at))
                : needles.has(text.slice(at, at + length))) {
                return length;
            }
        }
        return 0;
    }
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/line-relay.js

const MAX_LINE = 1_048_576;
class LineRelay {
    #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    #mask;
    #guard;
    #rest = '';
    constructor(needles, guard) {
        this.#mask = new StreamMask(needles);
        this.#guard = guard;
    }
    push(bytes) {
        return this.#lines(this.#mask.push(this.#decoder.decode(bytes, { stream: true })), false);
    }
    end() {
        return this.#lines(this.#mask.push(this.#decoder.decode()) + this.#mask.end(), true);
    }
    #lines(text, isLast) {
        const all = this.#rest + text;
        const lines = [];
        let from = 0;
        for (const { 0: end, index } of all.matchAll(/\r\n|\r|\n/g)) {
            if (end === '\r' && index === all.length - 1 && !isLast)
                break;
            lines.push(all.slice(from, index));
            from = index + end.length;
        }
        for (; all.length - from > MAX_LINE; from += MAX_LINE)
            lines.push(all.slice(from, from + MAX_LINE));
        this.#rest = all.slice(from);
        if (isLast && this.#rest !== '')
            lines.push(this.#rest);
        return lines.map((line) => `${this.#guard.line(line)}\n`).join('');
    }
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/shells.js
const POWERSHELL = {
    extension: '.ps1',
    before: "$ErrorActionPreference = 'stop'",
    after: 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }',
};
const powershell = (file) => (path) => ({
    file,
    args: ['-command', `. '${path.replaceAll("'", "''")}'`],
});
const plain = (file, ...flags) => (path) => ({ file, args: [...flags, path] });
const RULES = {
    bash: { extension: '.sh', command: plain('bash', '--noprofile', '--norc', '-eo', 'pipefail') },
    sh: { extension: '.sh', command: plain('sh', '-e') },
    python: { extension: '.py', command: plain('python') },
    python3: { extension: '.py', command: plain('python3') },
    node: { extension: '.js', command: plain('node') },
    pwsh: { ...POWERSHELL, command: powershell('pwsh') },
    powershell: { ...POWERSHELL, command: powershell('powershell') },
    cmd: {
        extension: '.cmd',
        before: '@echo off',
        command: (path) => ({
            file: 'cmd',
            args: ['/D', '/E:ON', '/V:OFF', '/S', '/C', `"CALL "${path}""`],
            isVerbatim: true,
        }),
    },
};
function shellsFor(asked, platform) {
    if (asked === 'python' && platform !== 'win32')
        return ['python', 'python3'];
    if (asked !== undefined)
        return [asked];
    return platform === 'win32' ? ['pwsh', 'powershell'] : ['bash', 'sh'];
}
function scriptFor(shell, script, platform) {
    const { extension, before, after } = RULES[shell];
    const lines = [before, script, after].filter((part) => part !== undefined).join('\n');
    const end = platform === 'win32' ? '\r\n' : '\n';
    return { extension, text: `${lines.replace(/\r\n|\r|\n/g, end)}${end}` };
}
function commandFor(shell, path) {
    return RULES[shell].command(path);
}

;// CONCATENATED MODULE: ./build/main-halves/action/run/run.js










async function runScript(tools, input, { values, without, minLength }) {
    const { runner, relay } = tools;
    const { platform } = runner;
    const cwd = directory(runner, input.workingDirectory);
    const own = Object.entries(tools.env).filter(([name]) => !without.includes(name));
    const env = childEnvironment(Object.fromEntries(own), new Map(values.map(({ name, value }) => [name, value.reveal()])), platform);
    const needles = values.flatMap((one) => (one.visibility === 'unmasked' ? [] : everyForm(one.value, minLength)));
    const guard = new CommandGuard();
    const streams = { out: new LineRelay(needles, guard), err: new LineRelay(needles, guard) };
    const print = async (text) => {
        if (text !== '')
            await relay(text);
    };
    try {
        const end = await inShell(input, runner, async (command) => runChild({ ...command, cwd, env, take: async (stream, bytes) => print(streams[stream].push(bytes)) }, { ...tools, platform }));
        return failure(end, runner);
    }
    finally {
        await print(streams.out.end() + streams.err.end());
        await print(guard.end());
    }
}
async function inShell({ shell, script }, runner, start) {
    let missing;
    for (const one of shellsFor(shell, runner.platform)) {
        const { extension, text } = scriptFor(one, script, runner.platform);
        const path = (0,external_node_path_.join)(temporary(runner), `secrets-${(0,external_node_crypto_.randomUUID)()}${extension}`);
        (0,external_node_fs_.writeFileSync)(path, text, { mode: 0o600, flag: 'wx' });
        try {
            return await start(commandFor(one, path));
        }
        catch (error) {
            if (!(error instanceof errors.uV && error.code === 'ERR_NOT_FOUND'))
                throw error;
            missing ??= error;
        }
        finally {
            (0,external_node_fs_.rmSync)(path, { force: true });
        }
    }
    throw missing ?? new errors.uV('ERR_NOT_FOUND', 'There is no shell on this machine to run the script with.');
}
function temporary(runner) {
    const folder = runner.variable('RUNNER_TEMP');
    if (!folder)
        throw new errors.uV('ERR_CONFIG_INVALID', 'RUNNER_TEMP is not set: this is not a step of a GitHub job.');
    return folder;
}
function directory(runner, given) {
    const path = (0,external_node_path_.resolve)(runner.variable('GITHUB_WORKSPACE') || '.', given ?? '.');
    if ((0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory())
        return path;
    throw new errors.uV('ERR_CONFIG_INVALID', `The working-directory ${(0,errors.TN)(path, 200)} is no folder: give one that an earlier step has made.`);
}
function failure({ code, signal, isHeld }, runner) {
    if (isHeld)
        runner.notice('The script of run left something behind that still prints; that is not shown any more.');
    if (code === 0)
        return undefined;
    return signal === null
        ? `The script of run ended with exit code ${code}.`
        : `The script of run was ended by ${signal}.`;
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