"use strict";
exports.id = 231;
exports.ids = [231];
exports.modules = {

 5231:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   parseDynamic: () => ( parseDynamic),
   readLeasing: () => ( readLeasing),
   scopeName: () => ( scopeName)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4999);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1475);


const MAX_LEASES = 50;
function readLeasing(given, attempt, parse) {
    const ttlSec = attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('ttl', given('ttl')), 1);
    return {
        dynamic: attempt(() => parseDynamic(given('dynamic'), ttlSec, parse), []),
        ttlSec,
        renew: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('renew', given('renew')), false),
        renewForSec: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .YA)('renew-for', given('renew-for'), '120h'), 1),
        waitUsable: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('wait-usable', given('wait-usable')), false),
        allowedAccountIds: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .c3)('allowed-account-ids', given('allowed-account-ids'), /^\d{12}$/, 'an AWS account id'), []),
    };
}
function parseDynamic(text, ttlSec, parse = parseAsk) {
    if (text.toLowerCase() === 'false')
        return [];
    if (text.toLowerCase() === 'true')
        return 'all';
    const lines = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Mc)(text);
    if (lines.length > MAX_LEASES)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic has more than ${MAX_LEASES} lines: lease the others in another step.`);
    const asks = lines.map((line) => parse(line, ttlSec));
    const odd = lines.filter((_, index) => asks[index] === undefined);
    if (odd.length > 0) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic takes true, false, or lines like NAME, NAME as PREFIX_ or NAME ttl=15m; not that: ${odd.slice(0, 5).map(_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .TL).join(', ')}.`);
    }
    const found = asks.filter((ask) => ask !== undefined);
    const keys = found.map(({ place, name }) => (place ? `${scopeName(place)}/${name}` : name));
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    if (twice.length > 0)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`dynamic names ${[...new Set(twice)].join(', ')} twice: name each once.`);
    return found;
}
function scopeName({ project, config, path = '/' }) {
    return `${project}/${config}${path === '/' ? '' : path}`;
}
function parseAsk(line, ttlSec) {
    const [source = '', ...words] = line.split(/\s+/);
    const ttl = words.at(-1)?.startsWith('ttl=') ? words.pop()?.slice('ttl='.length) : undefined;
    const [as, prefix, ...more] = words;
    if (more.length > 0 || (as !== undefined && (as !== 'as' || prefix === undefined || !_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(prefix))))
        return undefined;
    const [name = '', config, project, ...rest] = source.split('/').toReversed();
    const places = [config, project].filter((part) => part !== undefined && part !== '');
    if (!_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .o_.test(name) || rest.length > 0 || (source.includes('/') && places.length !== 2))
        return undefined;
    return {
        name,
        ...(config !== undefined && project !== undefined ? { place: { project, config } } : {}),
        ...(prefix === undefined ? {} : { prefix }),
        ttlSec: ttl === undefined ? ttlSec : (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(ttl, `ttl of ${name}`),
    };
}


 })

};
;