'use strict';
var strictest = (function strictest(...all) {
    let strictest = 0;
    for (const one of all)
        strictest = Math.max(strictest, VISIBILITIES.indexOf(one));
    return VISIBILITIES[strictest] ?? 'restricted';
});
var inject = (function inject(runner, deliveries, outcome, { exportEnv, run, emptied, }) {
    const values = new Map(deliveries.map((({ name, value }) => [name, value.reveal()])));
    const outputs = new Map(run ? [] : values);
    outputs.set('lease-ids', JSON.stringify(outcome.leaseIds));
    outputs.set('expires-at', outcome.expiresAt === undefined ? '' : (rarely().iso)(outcome.expiresAt));
    outputs.set('secret-names', JSON.stringify([...values.keys()].sort()));
    const variables = exportEnv ? [...emptied.map(((name) => [name, ''])), ...values] : [];
    runner.deliver(outputs, new Map(variables));
});
var handOver = (async function handOver(tools, inputs, deliveries, outcome, renewing = []) {
    const { runner } = tools;
    const reachesAws = (inputs.exportEnv || inputs.run) && deliveries.some((({ name }) => name === 'AWS_ACCESS_KEY_ID'));
    const emptied = reachesAws ? await (rarely().overruling)(runner, inputs.run, deliveries) : [];
    const removeFile = inputs.file ? await (rarely().writeFile)(tools, inputs.file, deliveries, renewing) : undefined;
    try {
        inject(runner, deliveries, outcome, { ...inputs, emptied });
        const failure = inputs.run ? await (rarely().run)(tools, inputs, deliveries, emptied) : undefined;
        if (failure !== undefined)
            removeFile?.();
        runner.info(outcome.told);
        if (!runner.isHeard)
            throw new (rarely().AppError)('ERR_UNAVAILABLE', 'Nobody reads what this step writes: no post will come.');
        return failure;
    }
    catch (error) {
        removeFile?.();
        throw error;
    }
});
var isPlain = (function isPlain(text) {
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
        if (!isLetter && !(code >= 48 && code <= 57) && code !== 95 && code !== 46 && code !== 45)
            return false;
    }
    return true;
});
var linesOf = (function linesOf(text) {
    if (!text.includes('\n') && !text.includes('\r'))
        return [text.trim()];
    return text.split(/[\r\n]+/).map(((line) => line.trim()));
});
var behindTwo = (function behindTwo(text) {
    return Buffer.from(`\0\0${text}`);
});
var decidedBase64 = (function decidedBase64(twoAndText, before) {
    const from = 2 - before;
    const length = twoAndText.length - from;
    return twoAndText.toString('base64', from).slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
});
var urlAlphabet = (function urlAlphabet(base64Text) {
    return base64Text.replaceAll('+', '-').replaceAll('/', '_');
});
var packMasks = (function packMasks(values, limits) {
    const hidden = [];
    const masks = new Set();
    const reduced = new Set();
    const unmaskable = new Set();
    for (const { name, value, visibility } of values) {
        if (visibility === 'unmasked')
            continue;
        const text = textOf(value);
        const plain = isPlain(text);
        hidden.push({ name, text, plain, parts: plain ? [] : (rarely().partsOf)(text) });
        if (text.length < limits.minLength && value.reveal() !== '')
            unmaskable.add(name);
        if (plain && text.length >= limits.minLength)
            masks.add(text);
        else
            for (const line of linesOf(text))
                if (line.length >= limits.minLength)
                    masks.add(digestible(line));
    }
    const left = { forms: limits.forms, characters: limits.characters };
    for (const tier of TIERS) {
        for (const one of hidden) {
            if (one.plain && !tier.ofPlain)
                continue;
            if (left.forms <= 0 && tier.isCertain && one.text.length >= limits.minLength)
                reduced.add(one.name);
            if (left.forms <= 0 && reduced.has(one.name))
                continue;
            for (const form of formsOf(one, tier, limits)) {
                if (masks.has(form))
                    continue;
                if (left.forms <= 0 || left.characters < form.length) {
                    reduced.add(one.name);
                    continue;
                }
                masks.add(form);
                left.forms -= 1;
                left.characters -= form.length;
            }
        }
    }
    return { masks: [...masks], reduced: [...reduced], unmaskable: [...unmaskable] };
});
var textOf = (function textOf(value) {
    return value.reveal().toWellFormed().trim();
});
var formsOf = (function formsOf({ text, plain, parts }, tier, limits) {
    if (!plain)
        return (rarely().oddForms)(tier.of === 'value' ? [text] : parts, tier, limits);
    return tier.ofPlain && text.length >= limits.minLength ? longEnough(tier.ofPlain(text), limits) : NONE;
});
var longEnough = (function longEnough(forms, { minLength }) {
    return forms.filter(((form) => form.trim().length >= minLength));
});
var digestible = (function digestible(form) {
    return form.indexOf('&+') >= 0 && form.indexOf('&+') === form.length - 2 ? form.slice(0, -1) : form;
});
var namesHidingTooMuch = (function namesHidingTooMuch(values, minLength, shown) {
    const inSight = shown.join('\n');
    const longest = Math.max(LONGEST, inSight.length);
    const isOrdinary = ((line) => line.length >= minLength && line.length <= longest && (EVERYDAY.has(line.toLowerCase()) || inSight.includes(line)));
    return values
        .filter((({ value, visibility }) => visibility !== 'unmasked' && linesOf(value.reveal()).some(isOrdinary)))
        .map((({ name }) => name));
});
var hide = (function hide(runner, values, minLength) {
    const { masks, reduced, unmaskable } = packMasks(values, { minLength, ...MASK_BUDGET });
    runner.mask(masks);
    if (!runner.isHeard)
        throw new (rarely().AppError)('ERR_UNAVAILABLE', 'Nobody reads what this step writes: it cannot mask.');
    const shown = PUBLIC_VARIABLES.map(((name) => runner.variable(name) ?? ''));
    const chosen = values.filter((({ expiresAt }) => expiresAt === undefined));
    const tooMuch = namesHidingTooMuch(chosen, minLength, shown);
    if (unmaskable.length + tooMuch.length + reduced.length > 0)
        (rarely().tell)(runner, { unmaskable, tooMuch, reduced, minLength });
});
var isManagedName = (function isManagedName(name) {
    return MANAGED_NAMES.includes(name);
});
var isDeniedName = (function isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_BEGINNING.test(upper);
});
var environmentObjections = (function environmentObjections(values, platform = USUAL) {
    const limit = LIMITS[platform] ?? LIMITS[USUAL];
    if (!limit)
        return [];
    const found = [];
    let total = 0;
    for (const [name, text] of values) {
        const size = sizeOf(name, limit) + 1 + sizeOf(text, limit);
        total += size;
        if (text.includes('\0') || size > limit.each)
            found.push((rarely().objectionTo)(name, text, size, limit));
    }
    if (found.length > 0 || total <= limit.total)
        return found;
    const { unit } = limit;
    return [`All values together are too large for the environment (${total} of ${limit.total} ${unit}): use a file.`];
});
var sizeOf = (function sizeOf(text, { unit }) {
    return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
});
var objections = (function objections(deliveries, rules) {
    const sources = new Map();
    const folds = !rules.run || rules.platform === 'win32';
    const named = deliveries.flatMap(((delivery) => {
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
        return [...clash, ...(isUsual ? [] : (rarely().nameObjections)(delivery, rules)), ...valueObjections(delivery)];
    }));
    if (!rules.exportEnv && !rules.run)
        return named;
    const values = new Map(deliveries.map((({ name, value }) => [name, value.reveal()])));
    return [...named, ...environmentObjections(values, rules.platform)];
});
var replacements = (function replacements(deliveries, { exportEnv, overwrite }, job) {
    if (!exportEnv || overwrite)
        return [];
    const replaced = deliveries.filter((({ name, value }) => {
        const there = job.variable(name);
        return there !== undefined && there !== '' && there !== value.reveal();
    }));
    return replaced.map((({ name, source }) => `${shown(name)} has two sources: the environment of this job and ${shown(source)}; overwrite: true lets the second win.`));
});
var refuse = (function refuse(found) {
    if (found.length === 0)
        return;
    const more = found.length - MAX_OBJECTIONS;
    const details = more > 0 ? [...found.slice(0, MAX_OBJECTIONS), `And ${more} more.`] : found;
    throw new (rarely().AppError)('ERR_CONFIG_INVALID', 'Nothing was delivered.', { details });
});
var isUsualName = (function isUsualName(name) {
    return VARIABLE.test(name) && !OWN_OUTPUTS.has(name.toUpperCase()) && !isDeniedName(name);
});
var valueObjections = (function valueObjections({ name, value }) {
    return value.reveal().isWellFormed()
        ? []
        : [`${shown(name)} is not valid Unicode text: store it in another form, as base64.`];
});
var shown = (function shown(text) {
    return oneLine(text, 120);
});
var staticDeliveries = (function staticDeliveries(reads, inputs, tokenKind) {
    const several = reads.length > 1;
    const [deliveries, objections, warnings] = [[], [], []];
    for (const { place, read } of reads) {
        const all = inputs.backend === 'phase' || (inputs.dropIn && !several);
        const own = all ? read.secrets : read.secrets.filter((({ name }) => !isManagedName(name)));
        const context = { inputs, of: several ? ` of ${(rarely().placeName)(place)}` : '', tokenKind };
        for (const one of inputs.selection?.pick(own) ?? own.map(((secret) => ({ secret })))) {
            const { delivery, objection, warning } = deliveryOf(one, context);
            if (delivery)
                deliveries.push(delivery);
            if (objection !== undefined)
                objections.push(objection);
            if (warning !== undefined)
                warnings.push(warning);
        }
    }
    objections.push(...missing(inputs.selection?.idle ?? [], 'secrets'));
    return { deliveries, objections, warnings };
});
var missingRequired = (function missingRequired(deliveries, required) {
    const names = new Set(deliveries.map(((delivery) => delivery.name)));
    return missing(required.filter(((name) => !names.has(name))), 'require');
});
var deliveryOf = (function deliveryOf(pick, context) {
    const { secret, as, field } = pick;
    const { inputs } = context;
    const name = as ?? inputs.rename(secret.name);
    if (inputs.dropIn || field || !secret.computed)
        return (rarely().oddDeliveryOf)(name, pick, context);
    const visibility = strictest(secret.rawVisibility, secret.computedVisibility);
    return { delivery: { name, value: secret.computed, visibility, source: `secret ${secret.name}${context.of}` } };
});
var missing = (function missing(names, input) {
    if (names.length === 0)
        return [];
    return [`Missing, though named in ${input}: ${names.join(', ')}. Check their names, and where they were looked for.`];
});
var loadSummary = (function loadSummary(inputs, deliveries, now) {
    const how = ways(inputs);
    const rows = deliveries.map(((one) => row([...cells(one, how), one.expiresAt ? (rarely().iso)(one.expiresAt) : ''])));
    const ends = deliveries.flatMap((({ expiresAt }) => expiresAt ?? []));
    return page('Secrets of this job', rows, ends.length === 0 ? '' : (rarely().endNote)(Math.min(...ends), now, inputs));
});
var ways = (function ways({ exportEnv, file, run }) {
    const found = [run ? 'script' : 'output', ...(exportEnv ? ['variable'] : []), ...(file ? ['file'] : [])];
    return found.join(', ');
});
var page = (function page(title, rows, note) {
    const head = `### ${title}\n\n| Name | Source | Visibility | Delivered as | Lease ends |\n|---|---|---|---|---|\n`;
    const tail = note === '' ? '' : `\n${note}\n`;
    const fitting = countFitting(rows, MAX_BYTES$1 - Buffer.byteLength(head + tail) - 100);
    const more = rows.length - fitting;
    return `${head}${rows.slice(0, fitting).join('')}${more > 0 ? `\nAnd ${more} more.\n` : ''}${tail}`;
});
var countFitting = (function countFitting(rows, room) {
    let left = room;
    const over = rows.findIndex(((one) => (left -= Buffer.byteLength(one)) < 0));
    return over < 0 ? rows.length : over;
});
var cells = (function cells({ name, source, visibility }, how) {
    return [code(name), code(source), visibility, how];
});
var row = (function row(all) {
    return `| ${all.join(' | ')} |\n`;
});
var code = (function code(text) {
    if (/^[A-Za-z0-9_][A-Za-z0-9_ ./:-]*$/.test(text))
        return `\`${text}\``;
    return text.replace(/[^A-Za-z0-9 ,()-]/gu, ((one) => `&#${one.codePointAt(0)};`));
});
var fulfil = (async function fulfil(tools, asked) {
    const { runner, clock, stop } = tools;
    const { inputs, network, token, client, reads } = asked;
    let leased;
    try {
        const all = [...checkedStatic(runner, inputs, reads, client.tokenKind)];
        const fixed = all.length;
        const leasing = inputs.leasing.dynamic.length === 0 ? undefined : await late('action/leasing.js');
        const leases = (await leasing?.planLeases(client, reads, inputs)) ?? [];
        if (inputs.dryRun) {
            const { tellDryRun } = await late('action/dry-run.js');
            tellDryRun(runner, inputs, all, leases);
            return;
        }
        if (leasing && leases.length > 0) {
            leased = new leasing.JobLeases(tools, { inputs, network, token, reads, leases });
            all.push(...(await leased.issue(client)));
        }
        hide(runner, all, inputs.maskMinLength);
        if (leasing)
            refuse([...objectionsTo(runner, inputs, all), ...missingRequired(all, inputs.require)]);
        await leased?.settle();
        if (stop.aborted)
            throw new (rarely().AppError)('ERR_TIMEOUT', 'The job was cancelled.');
        const outcome = leased?.outcome ?? NO_LEASES;
        const until = outcome.expiresAt === undefined ? '' : `, the first ends ${(rarely().iso)(outcome.expiresAt)}`;
        const told = `${fixed} static, ${outcome.leaseIds.length} leased${until}`;
        const failure = await handOver(tools, inputs, all, { ...outcome, told }, leased?.renewing);
        const ended = inputs.run ? await leased?.undo('Leases of the script') : undefined;
        leased = undefined;
        runner.summarize(loadSummary(inputs, all, clock.now()));
        if (ended)
            runner.info(ended);
        if (failure !== undefined)
            runner.fail(failure);
    }
    catch (error) {
        const undone = (await leased?.undo()) ?? '';
        runner.fail([(rarely().asAppError)(error).line, undone].filter(((text) => text !== '')).join(' '));
    }
});
var checkedStatic = (function checkedStatic(runner, inputs, reads, tokenKind) {
    const { deliveries, objections: found, warnings } = staticDeliveries(reads, inputs, tokenKind);
    for (const text of warnings)
        runner.warning(text);
    const early = inputs.leasing.dynamic.length > 0 ? [] : missingRequired(deliveries, inputs.require);
    refuse([...found, ...objectionsTo(runner, inputs, deliveries), ...early]);
    return deliveries;
});
var objectionsTo = (function objectionsTo(runner, inputs, deliveries) {
    const rules = { ...inputs, platform: runner.platform };
    return [...objections(deliveries, rules), ...replacements(deliveries, inputs, runner)];
});
const { late, rarely, VISIBILITIES, oneLine } = require('./index.js');
const base64 = ((text) => {
    const bytes = behindTwo(text);
    const plain = [decidedBase64(bytes, 0), decidedBase64(bytes, 1), decidedBase64(bytes, 2)];
    const differ = plain.filter(((form) => form.includes('+') || form.includes('/')));
    return differ.length === 0 ? plain : [...plain, ...differ.map(urlAlphabet)];
});
const hex = ((text) => {
    const lower = Buffer.from(text).toString('hex');
    return [lower, lower.toUpperCase()];
});
const wrappedBase64 = ((text) => {
    if (Buffer.byteLength(text) <= SHORTEST_WRAPPED)
        return [];
    const decided = decidedBase64(behindTwo(text), 0);
    return WRAPS.flatMap((([length, line]) => (decided.length > length ? (decided.match(line) ?? []) : [])));
});
const SHORTEST_WRAPPED = 48;
const WRAPS = [
    [76, /.{1,76}/g],
    [64, /.{1,64}/g],
];
const MASK_BUDGET = { forms: 1_000, characters: 4 * 1_048_576 };
const TIERS = [
    { of: 'parts', name: 'lines', ofPlain: undefined, isCertain: false },
    { of: 'value', name: 'usual', ofPlain: base64, isCertain: true },
    { of: 'value', name: 'quoted', ofPlain: hex, isCertain: true },
    { of: 'parts', name: 'parts', ofPlain: undefined, isCertain: false },
    { of: 'value', name: 'wrapped', ofPlain: wrappedBase64, isCertain: false },
];
const NONE = [];
const EVERYDAY = new Set([
    ...['true', 'false', 'null', 'none', 'undefined', 'enabled', 'disabled', 'default', 'localhost', '127.0.0.1'],
    ...['debug', 'info', 'warn', 'warning', 'error', 'trace', 'main', 'master', 'admin', 'root', 'user', 'test'],
    ...['prod', 'production', 'staging', 'development', 'http', 'https', 'linux', 'build', 'deploy', 'release'],
]);
const LONGEST = Math.max(...[...EVERYDAY].map((({ length }) => length)));
const PUBLIC_VARIABLES = [
    'GITHUB_REPOSITORY',
    'GITHUB_REF_NAME',
    'GITHUB_ACTOR',
    'GITHUB_JOB',
    'GITHUB_WORKFLOW',
    'GITHUB_EVENT_NAME',
    'GITHUB_SERVER_URL',
    'RUNNER_OS',
];
const MANAGED_NAMES = ['DOPPLER_PROJECT', 'DOPPLER_ENVIRONMENT', 'DOPPLER_CONFIG'];
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
const LIMITS = {
    linux: { each: 131_071, total: 1_500_000, unit: 'bytes' },
    darwin: { each: 750_000, total: 750_000, unit: 'bytes' },
    win32: { each: 32_766, total: Number.POSITIVE_INFINITY, unit: 'characters' },
};
const USUAL = 'linux';
const MAX_OBJECTIONS = 20;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const OWN_OUTPUTS = new Set(['LEASE-IDS', 'EXPIRES-AT', 'SECRET-NAMES']);
const MAX_BYTES$1 = 1_000_000;
const NO_LEASES = { leaseIds: [], expiresAt: undefined };
exports.strictest = strictest;
exports.inject = inject;
exports.handOver = handOver;
exports.base64 = base64;
exports.hex = hex;
exports.wrappedBase64 = wrappedBase64;
exports.isPlain = isPlain;
exports.linesOf = linesOf;
exports.MASK_BUDGET = MASK_BUDGET;
exports.packMasks = packMasks;
exports.textOf = textOf;
exports.longEnough = longEnough;
exports.digestible = digestible;
exports.namesHidingTooMuch = namesHidingTooMuch;
exports.hide = hide;
exports.MANAGED_NAMES = MANAGED_NAMES;
exports.isManagedName = isManagedName;
exports.isDeniedName = isDeniedName;
exports.environmentObjections = environmentObjections;
exports.VARIABLE = VARIABLE;
exports.objections = objections;
exports.replacements = replacements;
exports.refuse = refuse;
exports.OWN_OUTPUTS = OWN_OUTPUTS;
exports.shown = shown;
exports.staticDeliveries = staticDeliveries;
exports.missingRequired = missingRequired;
exports.loadSummary = loadSummary;
exports.ways = ways;
exports.page = page;
exports.cells = cells;
exports.row = row;
exports.code = code;
exports.fulfil = fulfil;
