export const id = 323;
export const ids = [323];
export const modules = {

 323:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  LeaseRun: () => ( LeaseRun),
  planLeases: () => ( planLeases)
});

var core_errors = __webpack_require__(2807);
var clock = __webpack_require__(4300);
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
        return ofSet(outcome, holding.until);
    }
    catch (error) {
        return nothingEnded(holding, (0,core_errors.et)(error).line);
    }
}
function nothingEnded({ revokeKey, leases, asked, until: whatever }, reason) {
    const known = leases.length;
    const left = revokeKey ? Math.max(known, asked.length) : known;
    const until = left > known ? whatever : latest(leases.map((lease) => lease.expiresAt));
    return { leased: left, revoked: 0, left, until, outliving: [], reasons: [reason] };
}
function summary({ leased, revoked, left, until, outliving }) {
    const counts = `${leased} leased, ${revoked} revoked, ${left} left`;
    const expires = left === 0 ? '' : `, expires ${(0,clock.K)(until)}`;
    const valid = outliving.length === 0 ? '' : `, ${outliving.length} valid until ${(0,clock.K)(latest(outliving))}`;
    return counts + expires + valid;
}
async function endEach(client, leases) {
    const results = await Promise.allSettled(leases.map((lease) => client.revokeLease(lease)));
    const failures = results.flatMap((result, index) => {
        const lease = leases[index];
        return result.status === 'rejected' && lease ? [{ lease, reason: (0,core_errors.et)(result.reason).line }] : [];
    });
    return {
        leased: leases.length,
        revoked: leases.length - failures.length,
        left: failures.length,
        until: latest(failures.map(({ lease }) => lease.expiresAt)),
        outliving: results.flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : [])),
        reasons: [...new Set(failures.map(({ reason }) => reason))],
    };
}
function ofSet(outcome, until) {
    const known = outcome.leases.flatMap((lease) => (lease.expiresAt === undefined ? [] : [lease.expiresAt]));
    const reasons = outcome.left === 0 ? [] : ['The engine goes on revoking by itself.'];
    const { left } = outcome;
    const leased = Math.max(outcome.leases.length, left);
    const outliving = outcome.leases.flatMap((lease) => lease.validUntil ?? []);
    const last = known.length === 0 ? until : latest(known);
    return { leased, revoked: leased - left, left, until: last, outliving, reasons };
}
function latest(instants) {
    return Math.max(0, ...instants);
}

var external_node_crypto_ = __webpack_require__(7598);
var lease_handle = __webpack_require__(6071);
var sensitive = __webpack_require__(1386);
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
        .update(JSON.stringify([setId, settings, way, shown]))
        .digest('base64url');
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
    const { apiUrl, setId, asked, leases, until, proxied } = rest;
    return (typeof apiUrl === 'string' &&
        URL.canParse(apiUrl) &&
        isLink(setId) &&
        Array.isArray(asked) &&
        asked.every((name) => typeof name === 'string') &&
        Array.isArray(leases) &&
        leases.every(isHandedLease) &&
        isInstant(until) &&
        typeof proxied === 'boolean');
}
function isHandedLease(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { dynamic, project, config, id, expiresAt } = value;
    return [dynamic, project, config, id].every((text) => typeof text === 'string') && isInstant(expiresAt);
}
function isInstant(value) {
    return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
function broken() {
    return new AppError('ERR_CONTRACT', 'What main left for this post step cannot be read.', {
        hint: 'Leases that it may have taken end by themselves at their ttl.',
    });
}

var naming = __webpack_require__(5027);
;// CONCATENATED MODULE: ./build/action/lease-plan.js

async function planLeases(client, reads, { leasing }) {
    const { dynamic, ttlSec } = leasing;
    if (dynamic.length === 0)
        return [];
    const places = () => reads.map((one) => ({ scope: leaseScope(one), engine: one.read.engine !== undefined }));
    const list = async () => {
        const all = places();
        if (!all.every(({ engine }) => engine))
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
    const where = found
        ? `in ${[found, ...others].map(({ project, config }) => `${project}/${config}`).join(' and ')}`
        : 'in none of the configs';
    throw new core_errors.uV('ERR_CONFIG_INVALID', `The dynamic secret ${name} is ${where}.`, {
        hint: 'Say which in the dynamic input: project/config/NAME.',
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

;// CONCATENATED MODULE: ./build/action/lease-run.js





const CANCEL_GRACE_MS = 3_000;
const CLOCK_SLACK_MS = 60_000;
class LeaseRun {
    #tools;
    #plan;
    #leases = [];
    constructor(tools, plan) {
        this.#tools = tools;
        this.#plan = plan;
        if (plan.engine)
            tools.runner.mask([plan.handle.revokeKey.reveal()]);
        this.#save();
    }
    async issueAll(client) {
        const { stop, clock } = this.#tools;
        const over = new AbortController();
        const hard = new AbortController();
        const onStop = () => void clock.sleep(CANCEL_GRACE_MS, over.signal).then(() => hard.abort());
        stop.addEventListener('abort', onStop, { once: true });
        const { leases } = this.#plan;
        const results = stop.aborted
            ? []
            : await Promise.allSettled(leases.map((wanted) => this.#issue(client, wanted, hard.signal)));
        stop.removeEventListener('abort', onStop);
        over.abort();
        throwFirst(results);
        if (stop.aborted)
            throw new core_errors.uV('ERR_TIMEOUT', 'The job was cancelled.');
        return results.flatMap((result, index) => {
            const wanted = leases[index];
            return result.status === 'fulfilled' && wanted ? named(wanted, result.value, leases.length > 1) : [];
        });
    }
    async rollBack(client) {
        const ended = await endLeases(client, this.#handoff());
        if (ended.leased === 0)
            return '';
        const after = ended.left === 0 ? '' : ' The post step tries again.';
        return `Leases rolled back: ${summary(ended)}.${after}`;
    }
    get leaseIds() {
        const order = this.#plan.leases.map(leaseKey);
        const place = ({ project, config, dynamic }) => order.indexOf(leaseKey({ scope: { project, config }, dynamic }));
        return this.#leases
            .toSorted((a, b) => place(a) - place(b))
            .map(({ project, config, dynamic, id }) => ({ backend: 'doppler', project, config, dynamic, id }));
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
        saveHandoff(this.#tools.runner, this.#handoff(), this.#plan.network);
    }
    #handoff() {
        const { inputs, leases, handle, engine, network } = this.#plan;
        const longestSec = Math.max(...leases.map(({ ttlSec }) => ttlSec));
        return {
            apiUrl: inputs.apiUrl,
            setId: handle.setId,
            revokeKey: engine ? handle.revokeKey : undefined,
            asked: leases.map(({ dynamic }) => dynamic),
            leases: this.#leases,
            until: this.#tools.clock.now() + inputs.timeoutMs + longestSec * 1000 + CLOCK_SLACK_MS,
            proxied: network.proxy !== undefined,
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
function named({ scope, dynamic, prefix }, lease, oneOfMany) {
    const of = oneOfMany ? ` of ${scope.project}/${scope.config}` : '';
    return [...lease.fields].map(([field, value]) => ({
        name: (0,naming.gb)(dynamic, field, prefix),
        value,
        visibility: 'masked',
        source: `field ${field} of the lease of ${dynamic}${of}`,
        expiresAt: lease.expiresAt,
    }));
}
function leaseKey({ scope, dynamic }) {
    return `${scope.project}/${scope.config}/${dynamic}`;
}


 })

};
