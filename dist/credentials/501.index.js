"use strict";
exports.id = 501;
exports.ids = [501];
exports.modules = {

 1501:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  downloadRequest: () => ( downloadRequest),
  readDownload: () => ( readDownload)
});

var errors = __webpack_require__(8208);
;// CONCATENATED MODULE: ./build/formats/env.js

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
function encodeEnv(values) {
    const names = [...values.keys()].sort();
    const lines = names.map((name) => {
        if (!NAME.test(name))
            throw new AppError('ERR_REQUEST_INVALID', `'${name}' cannot be a variable name.`);
        return `${name}="${(values.get(name) ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    });
    return lines.join('\n');
}
function parseEnv(text) {
    const values = new Map();
    const entry = /([A-Za-z_][A-Za-z0-9_]*)="([^"\\]*(?:\\[^][^"\\]*)*)"(?:\r?\n|$)|\r?\n/y;
    while (entry.lastIndex < text.length) {
        const at = entry.lastIndex;
        const match = entry.exec(text);
        if (!match) {
            const line = text.slice(0, at).split('\n').length;
            throw new errors.uV('ERR_CONTRACT', `The env text is not understood from line ${line} on.`);
        }
        const [, name, value] = match;
        if (name !== undefined && value !== undefined)
            values.set(name, value.replace(/\\([^])/g, '$1'));
    }
    return values;
}

;// CONCATENATED MODULE: ./build/formats/json.js

function encodeJson(values) {
    const names = [...values.keys()].sort();
    const pairs = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(values.get(name))}`);
    return `{${pairs.join(',')}}`;
}
function parseJson(text) {
    const values = new Map();
    for (const [name, value] of Object.entries(parseObject(text))) {
        if (name === '__proto__')
            continue;
        if (typeof value !== 'string')
            throw new errors.uV('ERR_CONTRACT', 'A value of the JSON text is not a string.');
        values.set(name, value);
    }
    return values;
}
function parseObject(text) {
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        throw new errors.uV('ERR_CONTRACT', 'The text is not JSON.');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new errors.uV('ERR_CONTRACT', 'The JSON text is not an object.');
    }
    return parsed;
}

var sensitive = __webpack_require__(5115);
var secrets = __webpack_require__(8149);
var wire = __webpack_require__(2780);
;// CONCATENATED MODULE: ./build/contract/doppler/download.js





function downloadRequest(scope, format, names = []) {
    return (0,wire.$B)('GET', (0,wire.aC)(`${secrets.cW}/download`, { ...(0,secrets.he)(scope), format, secrets: (0,secrets.KV)(names) }));
}
function readDownload(format, text) {
    const values = format === 'json' ? parseJson(text) : parseEnv(text);
    return new Map([...values].map(([name, value]) => [name, new sensitive.p(value)]));
}


 })

};
;