export const id = 524;
export const ids = [524];
export const modules = {

 4451:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   $D: () => ( wrappedBase64),
   Dx: () => ( linesOf),
   K3: () => ( base64),
   Mk: () => ( escaped),
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
    return [json, json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)];
};
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
const base64 = (text) => {
    const bytes = Buffer.from(text);
    const plain = [0, 1, 2].map((before) => decidedBase64(bytes, before));
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
    const decided = decidedBase64(Buffer.from(text), 0);
    return WRAPS.flatMap(([length, line]) => (decided.length > length ? (decided.match(line) ?? []) : []));
};
const WRAPS = [
    [76, /.{1,76}/g],
    [64, /.{1,64}/g],
];
function linesOf(text) {
    return text.split(/[\r\n]+/).map((line) => line.trim());
}
function decidedBase64(bytes, before) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
function urlAlphabet(base64Text) {
    return base64Text.replaceAll('+', '-').replaceAll('/', '_');
}


 }),

 7524:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);

__webpack_require__.d(__webpack_exports__, {
  hide: () => ( hide)
});

var pack = __webpack_require__(3353);
var mask_forms = __webpack_require__(4451);
;// CONCATENATED MODULE: ./build/action/mask/lint.js

const EVERYDAY = new Set([
    ...['true', 'false', 'null', 'none', 'undefined', 'enabled', 'disabled', 'default', 'localhost', '127.0.0.1'],
    ...['debug', 'info', 'warn', 'warning', 'error', 'trace', 'main', 'master', 'admin', 'root', 'user', 'test'],
    ...['prod', 'production', 'staging', 'development', 'http', 'https', 'linux', 'build', 'deploy', 'release'],
]);
function namesHidingTooMuch(values, minLength, shown) {
    const isOrdinary = (line) => EVERYDAY.has(line.toLowerCase()) || shown.some((text) => text.includes(line));
    return values
        .filter(({ visibility }) => visibility !== 'unmasked')
        .filter(({ value }) => (0,mask_forms.Dx)(value.reveal()).some((line) => line.length >= minLength && isOrdinary(line)))
        .map(({ name }) => name);
}

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
function hide(runner, values, minLength) {
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
}
function listed(names) {
    const more = names.length - SHOWN_NAMES;
    return more > 0 ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${more} more` : names.join(', ');
}


 }),

 3353:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  Rn: () => ( MASK_BUDGET),
  kc: () => ( everyForm),
  NI: () => ( packMasks)
});

var mask_forms = __webpack_require__(4451);
;// CONCATENATED MODULE: ./build/action/mask/parts.js
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
    return written === '' ? [] : [written, decoded(written)];
}
function decoded(written) {
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

;// CONCATENATED MODULE: ./build/action/mask/pack.js


const MASK_BUDGET = { forms: 1_000, characters: 4 * 1_048_576 };
const TIERS = [
    { of: 'parts', encoders: [mask_forms.Dx] },
    { of: 'value', encoders: [mask_forms.Mk, mask_forms.K3], isCertain: true },
    { of: 'value', encoders: [mask_forms.x, mask_forms.cA, mask_forms.y_, mask_forms.uh], isCertain: true },
    { of: 'parts', encoders: [mask_forms.Mk, mask_forms.K3, mask_forms.x, mask_forms.y_, mask_forms.uh] },
    { of: 'value', encoders: [mask_forms.$D] },
];
function packMasks(values, limits) {
    const hidden = values
        .filter(({ visibility }) => visibility !== 'unmasked')
        .map(({ name, value }) => ({ name, isEmpty: value.reveal() === '', text: textOf(value) }))
        .map((one) => ({ ...one, parts: partsOf(one.text) }));
    const masks = new Set();
    for (const { text } of hidden)
        for (const line of longEnough((0,mask_forms.Dx)(text), limits))
            masks.add(digestible(line));
    const reduced = new Set();
    const left = { forms: limits.forms, characters: limits.characters };
    for (const tier of TIERS) {
        for (const { name, text, parts } of hidden) {
            if (left.forms <= 0 && tier.isCertain && text.length >= limits.minLength)
                reduced.add(name);
            if (left.forms <= 0 && reduced.has(name))
                continue;
            for (const form of formsOf(tier.of === 'value' ? [text] : parts, tier.encoders, limits)) {
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
}
function everyForm(value, minLength) {
    const text = textOf(value);
    const all = [text, ...partsOf(text)].flatMap((piece) => [
        piece,
        ...(0,mask_forms.Dx)(piece),
        Buffer.from(piece).toString('base64'),
        ...[mask_forms.Mk, mask_forms.K3, mask_forms.x, mask_forms.cA, mask_forms.y_, mask_forms.uh, mask_forms.$D].flatMap((encode) => encode(piece)),
    ]);
    return [...new Set(longEnough(all, { minLength }))];
}
function textOf(value) {
    return value.reveal().toWellFormed().trim();
}
function formsOf(pieces, encoders, limits) {
    const forms = pieces
        .filter((piece) => piece.length >= limits.minLength)
        .flatMap((piece) => {
        const known = madeByRunner(piece);
        return encoders.flatMap((encode) => encode(piece)).filter((form) => !known.includes(form));
    });
    return new Set(longEnough(forms, limits).map(digestible));
}
function madeByRunner(piece) {
    if (/[\r\n]/.test(piece))
        return [];
    const ascii = /[\u007f-\uffff]/.test(piece) ? [] : [JSON.stringify(piece).slice(1, -1)];
    return [(0,mask_forms.qE)(piece), ...ascii].filter((form) => form !== piece);
}
function longEnough(forms, { minLength }) {
    return forms.filter((form) => form.trim().length >= minLength);
}
function digestible(form) {
    return form.indexOf('&+') >= 0 && form.indexOf('&+') === form.length - 2 ? form.slice(0, -1) : form;
}


 })

};
