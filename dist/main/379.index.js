"use strict";
exports.id = 379;
exports.ids = [379];
exports.modules = {

 9379:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var inject = (function inject(runner, deliveries, outcome, { exportEnv, run, emptied, }) {
    const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
    const outputs = new Map(run ? [] : values);
    outputs.set('lease-ids', JSON.stringify(outcome.leaseIds));
    outputs.set('expires-at', outcome.expiresAt === undefined ? '' : (0,core_clock.K)(outcome.expiresAt));
    outputs.set('secret-names', JSON.stringify([...values.keys()].sort()));
    const variables = exportEnv ? [...emptied.map((name) => [name, '']), ...values] : [];
    runner.deliver(outputs, new Map(variables));
});
var handOver = (async function handOver(tools, inputs, deliveries, outcome, renewing = []) {
    const { runner } = tools;
    const emptied = await overruling(runner, inputs, deliveries);
    const removeFile = await writeFile(tools, inputs, deliveries, renewing);
    try {
        inject(runner, deliveries, outcome, { ...inputs, emptied });
        const failure = await run(tools, inputs, deliveries, emptied);
        if (failure !== undefined)
            removeFile();
        return failure;
    }
    catch (error) {
        removeFile();
        throw error;
    }
});
var overruling = (async function overruling(runner, { exportEnv, run: input }, deliveries) {
    const names = deliveries.map(({ name }) => name);
    if (!(exportEnv || input) || !names.includes('AWS_ACCESS_KEY_ID'))
        return [];
    const { blankedBy } = await __webpack_require__.e( 619).then(__webpack_require__.bind(__webpack_require__, 3619));
    const found = blankedBy(names, runner);
    if (found.length > 0)
        runner.notice(`Emptied, since they would stand over AWS_ACCESS_KEY_ID: ${found.join(', ')}.`);
    return found;
});
var writeFile = (async function writeFile({ runner, credentialProcess: command }, { file }, deliveries, profiles) {
    if (!file)
        return () => { };
    const { writeValues } = await __webpack_require__.e( 67).then(__webpack_require__.bind(__webpack_require__, 2067));
    const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
    return writeValues(runner, file, values, { command, profiles });
});
var run = (async function run({ runner, machine, clock, stop }, { run: input, maskMinLength }, deliveries, without) {
    if (!input)
        return undefined;
    const { runScript } = await __webpack_require__.e( 383).then(__webpack_require__.bind(__webpack_require__, 7383));
    const given = { values: deliveries, without, minLength: maskMinLength };
    const failure = await runScript({ runner, clock, stop, ...machine }, input, given);
    if (stop.aborted)
        throw new errors.uV('ERR_TIMEOUT', 'The job was cancelled.');
    return failure;
});
var namesHidingTooMuch = (function namesHidingTooMuch(values, minLength, shown) {
    const isOrdinary = (line) => EVERYDAY.has(line.toLowerCase()) || shown.some((text) => text.includes(line));
    return values
        .filter(({ visibility }) => visibility !== 'unmasked')
        .filter(({ value }) => (0,mask_forms.Dx)(value.reveal()).some((line) => line.length >= minLength && isOrdinary(line)))
        .map(({ name }) => name);
});
var hide = (function hide(runner, values, minLength) {
    const { masks, reduced, unmaskable } = (0,pack.NI)(values, { minLength, ...pack.Rn });
    runner.mask(masks);
    const shown = PUBLIC_VARIABLES.map((name) => runner.variable(name) ?? '');
    const chosen = values.filter(({ expiresAt }) => expiresAt === undefined);
    const tooMuch = namesHidingTooMuch(chosen, minLength, shown);
    if (unmaskable.length > 0) {
        runner.notice(`Not masked, since blank or shorter than ${minLength} characters: ${listed(unmaskable)}.`);
    }
    if (tooMuch.length > 0) {
        runner.notice(`The log and job outputs lose everyday words to the masks of ${listed(tooMuch)}: make these unmasked, or longer.`);
    }
    if (reduced.length > 0) {
        runner.notice(`There are too many masks for every encoding. Hidden as they stand, but not in each encoding: ${listed(reduced)}.`);
    }
});
var listed = (function listed(names) {
    const more = names.length - SHOWN_NAMES;
    return more > 0 ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${more} more` : names.join(', ');
});
var staticDeliveries = (function staticDeliveries(reads, inputs, tokenKind) {
    const several = reads.length > 1;
    const found = reads.flatMap(({ place, read }) => {
        const all = inputs.backend === 'phase' || (inputs.dropIn && !several);
        const own = all ? read.secrets : read.secrets.filter(({ name }) => !(0,names.BU)(name));
        const picks = inputs.selection?.pick(own) ?? own.map((secret) => ({ secret }));
        const of = several ? ` of ${(0,inputs_place.placeName)(place)}` : '';
        return picks.map((one) => deliveryOf(one, { inputs, of, tokenKind }));
    });
    const idle = missing(inputs.selection?.idle ?? [], 'secrets');
    return {
        deliveries: found.flatMap(({ delivery }) => delivery ?? []),
        objections: [...found.flatMap(({ objection }) => objection ?? []), ...idle],
        warnings: found.flatMap(({ warning }) => warning ?? []),
    };
});
var missingRequired = (function missingRequired(deliveries, required) {
    const names = new Set(deliveries.map((delivery) => delivery.name));
    return missing(required.filter((name) => !names.has(name)), 'require');
});
var deliveryOf = (function deliveryOf({ secret, as, field }, { inputs, of, tokenKind }) {
    const name = as ?? inputs.rename(secret.name);
    if (inputs.dropIn && (0,names.ZQ)(name) && !inputs.allowNames.includes(name)) {
        return { warning: `${name} would steer later steps and is left out; list it in allow-names to have it.` };
    }
    const source = field ? `field ${secret.name}.${field.path}${of}` : `secret ${secret.name}${of}`;
    const visibility = (0,core_visibility.OI)(secret.rawVisibility, secret.computedVisibility);
    const delivered = (value) => ({ delivery: { name, value, visibility, source } });
    if (!secret.computed) {
        const why = noValue(secret, tokenKind);
        if (inputs.dropIn && !field)
            return { ...delivered(new sensitive.p('')), warning: `${why}: it is delivered as ''.` };
        return { objection: `${why}: use a service token or a service account, or leave it out with the secrets input.` };
    }
    if (!field)
        return delivered(secret.computed);
    const value = field.read(secret.computed);
    return value instanceof sensitive.p ? delivered(value) : { objection: `${secret.name}${of} ${value.wrong}.` };
});
var noValue = (function noValue({ name, computedVisibility, rawVisibility }, tokenKind) {
    const restricted = computedVisibility === 'restricted' || rawVisibility === 'restricted';
    return restricted
        ? `${name} is restricted, and this ${tokenKind} may not read it`
        : `${name} has no value for this ${tokenKind}`;
});
var missing = (function missing(names, input) {
    if (names.length === 0)
        return [];
    return [`Missing, though named in ${input}: ${names.join(', ')}.`];
});
var fulfil = (async function fulfil(tools, asked) {
    const { runner, clock, stop } = tools;
    const { inputs, network, token, client, reads } = asked;
    let leased;
    try {
        const all = [...checkedStatic(runner, inputs, reads, client.tokenKind)];
        const fixed = all.length;
        const leasing = inputs.leasing.dynamic.length === 0 ? undefined : await __webpack_require__.e( 821).then(__webpack_require__.bind(__webpack_require__, 821));
        const leases = (await leasing?.planLeases(client, reads, inputs)) ?? [];
        if (inputs.dryRun) {
            const { tellDryRun } = await __webpack_require__.e( 571).then(__webpack_require__.bind(__webpack_require__, 9571));
            tellDryRun(runner, inputs, all, leases);
            return;
        }
        if (leasing && leases.length > 0) {
            leased = new leasing.JobLeases(tools, { inputs, network, token, reads, leases });
            all.push(...(await leased.issue(client)));
        }
        hide(runner, all, inputs.maskMinLength);
        if (leasing)
            (0,naming.TR)([...objectionsTo(runner, inputs, all), ...missingRequired(all, inputs.require)]);
        await leased?.settle();
        if (stop.aborted)
            throw new errors.uV('ERR_TIMEOUT', 'The job was cancelled.');
        const outcome = leased?.outcome ?? NO_LEASES;
        const failure = await handOver(tools, inputs, all, outcome, leased?.renewing);
        const ended = inputs.run ? await leased?.undo() : undefined;
        leased = undefined;
        const until = outcome.expiresAt === undefined ? '' : `, the first ends ${(0,core_clock.K)(outcome.expiresAt)}`;
        runner.info(`${fixed} static, ${outcome.leaseIds.length} leased${until}`);
        runner.summarize((0,summary.RF)(inputs, all, clock.now()));
        if (ended)
            runner.info(ended);
        if (failure !== undefined)
            runner.fail(failure);
    }
    catch (error) {
        const undone = (await leased?.undo()) ?? '';
        runner.fail([(0,errors.et)(error).line, undone].filter((text) => text !== '').join(' '));
    }
});
var checkedStatic = (function checkedStatic(runner, inputs, reads, tokenKind) {
    const { deliveries, objections: found, warnings } = staticDeliveries(reads, inputs, tokenKind);
    for (const text of warnings)
        runner.warning(text);
    const early = inputs.leasing.dynamic.length > 0 ? [] : missingRequired(deliveries, inputs.require);
    (0,naming.TR)([...found, ...objectionsTo(runner, inputs, deliveries), ...early]);
    return deliveries;
});
var objectionsTo = (function objectionsTo(runner, inputs, deliveries) {
    const rules = { ...inputs, platform: runner.platform };
    return [...(0,naming.PP)(deliveries, rules), ...(0,naming.qo)(deliveries, inputs, runner)];
});

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  fulfil: () => ( fulfil)
});

var core_clock = __webpack_require__(5253);
var errors = __webpack_require__(8208);
;// CONCATENATED MODULE: ./build/action/inject.js



;// CONCATENATED MODULE: ./build/action/hand-over.js







var pack = __webpack_require__(1799);
var mask_forms = __webpack_require__(4644);
;// CONCATENATED MODULE: ./build/action/mask/lint.js

const EVERYDAY = new Set([
    ...['true', 'false', 'null', 'none', 'undefined', 'enabled', 'disabled', 'default', 'localhost', '127.0.0.1'],
    ...['debug', 'info', 'warn', 'warning', 'error', 'trace', 'main', 'master', 'admin', 'root', 'user', 'test'],
    ...['prod', 'production', 'staging', 'development', 'http', 'https', 'linux', 'build', 'deploy', 'release'],
]);


;// CONCATENATED MODULE: ./build/action/mask/hide.js


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
const SHOWN_NAMES = 20;



var naming = __webpack_require__(9777);
var names = __webpack_require__(9203);
var sensitive = __webpack_require__(5115);
var core_visibility = __webpack_require__(6935);
var inputs_place = __webpack_require__(4029);
;// CONCATENATED MODULE: ./build/action/static-read.js










var summary = __webpack_require__(2646);
;// CONCATENATED MODULE: ./build/action/fulfil.js







const NO_LEASES = { leaseIds: [], expiresAt: undefined };





 }),

 4644:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var codePoint = (function codePoint(char) {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
});
var percentEncoded = (function percentEncoded(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
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
    return text.split(/[\r\n]+/).map((line) => line.trim());
});
var decidedBase64 = (function decidedBase64(text, before) {
    const bytes = Buffer.from('\0'.repeat(before) + text);
    return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
});
var urlAlphabet = (function urlAlphabet(base64Text) {
    return base64Text.replaceAll('+', '-').replaceAll('/', '_');
});

 __webpack_require__.d(__webpack_exports__, {
   $D: () => ( wrappedBase64),
   $i: () => ( isPlain),
   Dx: () => ( linesOf),
   K3: () => ( base64),
   Mk: () => ( escaped),
   O6: () => ( overEscaped),
   aQ: () => ( doubled),
   cA: () => ( inMarkup),
   qE: () => ( percentEncoded),
   uh: () => ( hex),
   x: () => ( shellQuoted),
   y_: () => ( inUrls)
 });
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

const doubled = (text) => ['"', '$'].filter((one) => text.includes(one)).flatMap((one) => linesOf(text.replaceAll(one, () => one + one)));

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
const base64 = (text) => {
    const plain = [0, 1, 2].map((before) => decidedBase64(text, before));
    return [...plain, ...plain.map(urlAlphabet)];
};
const hex = (text) => {
    const lower = Buffer.from(text).toString('hex');
    return [lower, lower.toUpperCase()];
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
const wrappedBase64 = (text) => {
    const decided = decidedBase64(text, 0);
    return WRAPS.flatMap(([length, line]) => (decided.length > length ? (decided.match(line) ?? []) : []));
};
const WRAPS = [
    [76, /.{1,76}/g],
    [64, /.{1,64}/g],
];






 }),

 1799:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var partsOf = (function partsOf(text) {
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
});
var jsonStrings = (function jsonStrings(text) {
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
});
var parsed = (function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
});
var urlPasswords = (function urlPasswords(text) {
    if (!text.includes('://'))
        return [];
    const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:([^\s/?#]*)@/i.exec(text.trim())?.[1] ?? '';
    return written === '' ? [] : [written, decoded(written)];
});
var decoded = (function decoded(written) {
    try {
        return decodeURIComponent(written);
    }
    catch {
        return written;
    }
});
var unescapedPem = (function unescapedPem(text) {
    return /-----BEGIN [^-]{1,64}-----(?:\\r)?\\n/.test(text) ? [text.replace(/(?:\\r)?\\n/g, '\n')] : [];
});
var packMasks = (function packMasks(values, limits) {
    const hidden = values
        .filter(({ visibility }) => visibility !== 'unmasked')
        .map(({ name, value }) => ({ name, isEmpty: value.reveal() === '', text: textOf(value) }))
        .map((one) => ({ ...one, plain: (0,mask_forms.$i)(one.text) }))
        .map((one) => ({ ...one, parts: one.plain ? [] : partsOf(one.text) }));
    const masks = new Set();
    for (const { text } of hidden)
        for (const line of longEnough((0,mask_forms.Dx)(text), limits))
            masks.add(digestible(line));
    const reduced = new Set();
    const left = { forms: limits.forms, characters: limits.characters };
    for (const tier of TIERS) {
        for (const { name, text, parts, plain } of hidden) {
            if (left.forms <= 0 && tier.isCertain && text.length >= limits.minLength)
                reduced.add(name);
            if (left.forms <= 0 && reduced.has(name))
                continue;
            for (const form of formsOf(tier.of === 'value' ? [text] : parts, tier, plain, limits)) {
                if (masks.has(form))
                    continue;
                if (left.forms <= 0 || left.characters < form.length) {
                    reduced.add(name);
                    continue;
                }
                masks.add(form);
                left.forms -= 1;
                left.characters -= form.length;
            }
        }
    }
    const unmaskable = hidden.filter((one) => one.text.length < limits.minLength && !one.isEmpty).map(({ name }) => name);
    return { masks: [...masks], reduced: [...reduced], unmaskable: [...new Set(unmaskable)] };
});
var everyForm = (function everyForm(value, minLength) {
    const text = textOf(value);
    const all = [text, ...partsOf(text)].flatMap((piece) => [
        piece,
        ...(0,mask_forms.Dx)(piece),
        Buffer.from(piece).toString('base64'),
        ...[mask_forms.Mk, mask_forms.K3, mask_forms.x, mask_forms.cA, mask_forms.O6, mask_forms.aQ, mask_forms.y_, mask_forms.uh, mask_forms.$D].flatMap((encode) => encode(piece)),
    ]);
    return [...new Set(longEnough(all, { minLength }))];
});
var textOf = (function textOf(value) {
    return value.reveal().toWellFormed().trim();
});
var formsOf = (function formsOf(pieces, { encoders, ofPlain }, plain, limits) {
    const long = pieces.filter((piece) => piece.length >= limits.minLength);
    if (plain) {
        const forms = long.flatMap((piece) => ofPlain.flatMap((encode) => encode(piece)));
        return longEnough(forms, limits);
    }
    const forms = long.flatMap((piece) => {
        const known = madeByRunner(piece);
        return encoders.flatMap((encode) => encode(piece)).filter((form) => !known.includes(form));
    });
    return new Set(longEnough(forms, limits).map(digestible));
});
var madeByRunner = (function madeByRunner(piece) {
    if (/[\r\n]/.test(piece))
        return [];
    const ascii = /[\u007f-\uffff]/.test(piece) ? [] : [JSON.stringify(piece).slice(1, -1)];
    return [(0,mask_forms.qE)(piece), ...ascii].filter((form) => form !== piece);
});
var longEnough = (function longEnough(forms, { minLength }) {
    return forms.filter((form) => form.trim().length >= minLength);
});
var digestible = (function digestible(form) {
    return form.indexOf('&+') >= 0 && form.indexOf('&+') === form.length - 2 ? form.slice(0, -1) : form;
});


__webpack_require__.d(__webpack_exports__, {
  Rn: () => ( MASK_BUDGET),
  kc: () => ( everyForm),
  NI: () => ( packMasks)
});

var mask_forms = __webpack_require__(4644);
;// CONCATENATED MODULE: ./build/action/mask/parts.js
const MAX_PARTS = 1_000;
const MAX_PARSED = 1_048_576;







;// CONCATENATED MODULE: ./build/action/mask/pack.js


const MASK_BUDGET = { forms: 1_000, characters: 4 * 1_048_576 };
const TIERS = [
    { of: 'parts', encoders: [mask_forms.Dx], ofPlain: [] },
    { of: 'value', encoders: [mask_forms.Mk, mask_forms.K3], ofPlain: [mask_forms.K3], isCertain: true },
    {
        of: 'value',
        encoders: [mask_forms.x, mask_forms.cA, mask_forms.O6, mask_forms.aQ, mask_forms.y_, mask_forms.uh],
        ofPlain: [mask_forms.uh],
        isCertain: true,
    },
    { of: 'parts', encoders: [mask_forms.Mk, mask_forms.K3, mask_forms.x, mask_forms.O6, mask_forms.aQ, mask_forms.y_, mask_forms.uh], ofPlain: [] },
    { of: 'value', encoders: [mask_forms.$D], ofPlain: [mask_forms.$D] },
];









 }),

 9777:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var environmentObjections = (function environmentObjections(values, platform = USUAL) {
    const limit = LIMITS[platform] ?? LIMITS[USUAL];
    if (!limit)
        return [];
    const sizes = [...values].map(([name, text]) => ({ name, text, size: sizeOf(`${name}=${text}`, limit) }));
    const total = sizes.reduce((sum, { size }) => sum + size, 0);
    const { each, unit } = limit;
    const found = sizes.flatMap(({ name, text, size }) => {
        if (text.includes('\0'))
            return [`${name} holds a NUL byte, which no environment can carry: use a file.`];
        if (size <= each)
            return [];
        return [`${name} is too large for the environment (${size} of ${each} ${unit}): use its output or a file.`];
    });
    if (found.length > 0 || total <= limit.total)
        return found;
    return [`All values together are too large for the environment (${total} of ${limit.total} ${unit}): use a file.`];
});
var sizeOf = (function sizeOf(text, { unit }) {
    return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
});
var leasedName = (function leasedName(dynamic, field, prefix) {
    const name = usualName(dynamic, field);
    if (prefix === undefined)
        return name;
    const own = `${stem(dynamic)}_`;
    return prefix + (name.startsWith(own) ? name.slice(own.length) : name);
});
var usualName = (function usualName(dynamic, field) {
    if (names.nN.test(field))
        return field;
    const letters = field.toLowerCase().replace(/[^a-z0-9]/g, '');
    const aws = AWS_FIELDS[letters.replace(/^aws/, '')];
    return aws !== undefined && Object.hasOwn(AWS_FIELDS, letters.replace(/^aws/, ''))
        ? aws
        : `${stem(dynamic)}_${upperSnake(field)}`;
});
var stem = (function stem(dynamic) {
    return VARIABLE.test(dynamic) ? dynamic : upperSnake(dynamic);
});
var upperSnake = (function upperSnake(field) {
    return field
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase();
});
var objections = (function objections(deliveries, rules) {
    const sources = new Map();
    const folds = !rules.run || rules.platform === 'win32';
    const named = deliveries.flatMap((delivery) => {
        const key = folds ? delivery.name.toUpperCase() : delivery.name;
        const earlier = sources.get(key);
        sources.set(key, earlier ?? delivery.source);
        const clash = earlier === undefined
            ? []
            : [`${shown(delivery.name)} has two sources: ${shown(earlier)} and ${shown(delivery.source)}.`];
        const found = [...nameObjections(delivery, rules), ...valueObjections(delivery)];
        return [...clash, ...found];
    });
    if (!rules.exportEnv && !rules.run)
        return named;
    const values = new Map(deliveries.map(({ name, value }) => [shown(name), value.reveal()]));
    return [...named, ...environmentObjections(values, rules.platform)];
});
var replacements = (function replacements(deliveries, { exportEnv, overwrite }, job) {
    if (!exportEnv || overwrite)
        return [];
    const replaced = deliveries.filter(({ name, value }) => !['', value.reveal()].includes(job.variable(name) ?? ''));
    return replaced.map(({ name, source }) => `${shown(name)} has two sources: the environment of this job and ${shown(source)}; overwrite: true lets the second win.`);
});
var refuse = (function refuse(found) {
    if (found.length === 0)
        return;
    const more = found.length - MAX_OBJECTIONS;
    const details = more > 0 ? [...found.slice(0, MAX_OBJECTIONS), `And ${more} more.`] : found;
    throw new errors.uV('ERR_CONFIG_INVALID', 'Nothing was delivered.', { details });
});
var nameObjections = (function nameObjections({ name, source }, rules) {
    const variable = rules.exportEnv || rules.run !== undefined;
    if (!(variable ? VARIABLE : OUTPUT).test(name)) {
        return [
            `${shown(source)} cannot be ${variable ? 'a variable' : 'an output'}: '${shown(name)}' is no name for one.`,
        ];
    }
    if (rules.run === undefined && OWN_OUTPUTS.has(name.toUpperCase())) {
        return [`${shown(source)} cannot be an output: ${name} is one of this action's own.`];
    }
    if (rules.exportEnv && name.toUpperCase() === 'NODE_OPTIONS')
        return ['NODE_OPTIONS cannot be exported: the runner forbids it.'];
    if (!(0,names.ZQ)(name) || rules.allowNames.includes(name))
        return [];
    return [
        `${name} would steer later steps: rename the secret, leave it out with the secrets input, or list it in allow-names.`,
    ];
});
var valueObjections = (function valueObjections({ name, value }) {
    return value.reveal().isWellFormed() ? [] : [`${shown(name)} is not valid Unicode text.`];
});
var shown = (function shown(text) {
    return (0,errors.TN)(text, 120);
});


__webpack_require__.d(__webpack_exports__, {
  gb: () => ( leasedName),
  PP: () => ( objections),
  TR: () => ( refuse),
  qo: () => ( replacements)
});

var errors = __webpack_require__(8208);
var names = __webpack_require__(9203);
;// CONCATENATED MODULE: ./build/action/variable-limits.js
const LIMITS = {
    linux: { each: 131_071, total: 1_500_000, unit: 'bytes' },
    darwin: { each: 750_000, total: 750_000, unit: 'bytes' },
    win32: { each: 32_766, total: Number.POSITIVE_INFINITY, unit: 'characters' },
};
const USUAL = 'linux';



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







const OWN_OUTPUTS = new Set(['LEASE-IDS', 'EXPIRES-AT', 'SECRET-NAMES']);





 }),

 2646:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var loadSummary = (function loadSummary(inputs, deliveries, now) {
    const rows = deliveries.map((one) => row([...cells(one, inputs), one.expiresAt ? (0,_core_clock_js__WEBPACK_IMPORTED_MODULE_1__ .K)(one.expiresAt) : '']));
    const ends = deliveries.flatMap(({ expiresAt }) => expiresAt ?? []);
    return page('Secrets of this job', rows, ends.length === 0 ? '' : endNote(Math.min(...ends), now, inputs));
});
var dryRunSummary = (function dryRunSummary(inputs, fixed, leases) {
    const rows = fixed.map((one) => row([...cells(one, inputs), '']));
    const leased = leases.map(({ dynamic, ttlSec }) => row(['', code(`lease of ${dynamic}`), 'masked', ways(inputs), `after ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(ttlSec)}`]));
    return page('Secrets of this job, dry run: nothing was delivered or leased', [...rows, ...leased], '');
});
var revokeSummary = (function revokeSummary(line) {
    return `**Leases of this step:** ${line}\n`;
});
var ways = (function ways({ exportEnv, file, run }) {
    const found = [run ? 'script' : 'output', ...(exportEnv ? ['variable'] : []), ...(file ? ['file'] : [])];
    return found.join(', ');
});
var page = (function page(title, rows, note) {
    const head = `### ${title}\n\n| Name | Source | Visibility | Delivered as | Lease ends |\n|---|---|---|---|---|\n`;
    const tail = note === '' ? '' : `\n${note}\n`;
    const fitting = countFitting(rows, MAX_BYTES - Buffer.byteLength(head + tail) - 100);
    const more = rows.length - fitting;
    return `${head}${rows.slice(0, fitting).join('')}${more > 0 ? `\nAnd ${more} more.\n` : ''}${tail}`;
});
var countFitting = (function countFitting(rows, room) {
    let left = room;
    const over = rows.findIndex((one) => (left -= Buffer.byteLength(one)) < 0);
    return over < 0 ? rows.length : over;
});
var cells = (function cells({ name, source, visibility }, inputs) {
    return [code(name), code(source), visibility, ways(inputs)];
});
var endNote = (function endNote(first, now, { leasing }) {
    const lives = leasing.renew ? leasing.renewForSec : Math.max(0, Math.floor((first - now) / 1000));
    if (lives >= JOB_LIMIT_SEC)
        return '';
    const until = leasing.renew ? `Renewing stops after ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(lives)}` : `The first lease ends at ${(0,_core_clock_js__WEBPACK_IMPORTED_MODULE_1__ .K)(first)}`;
    return `${until}, and a job may run for ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(JOB_LIMIT_SEC)} unless \`timeout-minutes\` says less. Steps after that find it ended: lease for longer with \`ttl\`, or set \`renew\` where the kind allows it.`;
});
var row = (function row(all) {
    return `| ${all.join(' | ')} |\n`;
});
var code = (function code(text) {
    if (/^[A-Za-z0-9_][A-Za-z0-9_ ./:-]*$/.test(text))
        return `\`${text}\``;
    return text.replace(/[^A-Za-z0-9 ,()-]/gu, (one) => `&#${one.codePointAt(0)};`);
});

 __webpack_require__.d(__webpack_exports__, {
   LN: () => ( ways),
   RF: () => ( loadSummary),
   p2: () => ( dryRunSummary)
 });
 var _core_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5253);
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4999);


const MAX_BYTES = 1_000_000;
const JOB_LIMIT_SEC = 6 * 3600;












 }),

 5253:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var iso = (function iso(epochMs) {
    return new Date(epochMs).toISOString();
});
var isoOrNull = (function isoOrNull(epochMs) {
    return epochMs === null ? null : iso(epochMs);
});

 __webpack_require__.d(__webpack_exports__, {
   K: () => ( iso)
 });




 }),

 9203:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
var isManagedName = (function isManagedName(name) {
    return MANAGED_NAMES.some((managed) => managed === name);
});
var isDeniedName = (function isDeniedName(name) {
    const upper = name.toUpperCase();
    return DENIED_EXACT.has(upper) || DENIED_PREFIX.some((prefix) => upper.startsWith(prefix));
});

 __webpack_require__.d(__webpack_exports__, {
   BU: () => ( isManagedName),
   ZQ: () => ( isDeniedName),
   nN: () => ( VARIABLE_NAME)
 });
const SECRET_NAME = /^[A-Z_][A-Z0-9_]{0,199}$/;
const VARIABLE_NAME = /^[A-Z_][A-Z0-9_]*$/;
const PROJECT_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{1,79}$/;
const ENVIRONMENT_NAME = /^[A-Za-z0-9_-]{2,50}$/;
const CONFIG_NAME = /^[A-Za-z0-9_-]{2,60}$/;
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
const DENIED_PREFIX = [
    'LD_',
    'DYLD_',
    'PYTHON',
    'PERL5',
    'GIT_',
    'GITHUB_',
    'RUNNER_',
    'ACTIONS_',
    'INPUT_',
    'STATE_',
    'NPM_CONFIG_',
];



 })

};
;