"use strict";
exports.id = 697;
exports.ids = [697];
exports.modules = {

 7697:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   parsePhaseAsk: () => ( parsePhaseAsk),
   readPlaces: () => ( readPlaces),
   refuseForeign: () => ( refuseForeign)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4999);
 var _place_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4029);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1475);



const PATH = /^\/[^\u0000-\u001f\u007f]{0,500}$/;
const DYNAMIC_NAME = /^[^\u0000-\u001f\u007f]{1,200}$/;
const ASK = new RegExp(`^(.+?)(?: as (${_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .o_.source.slice(1, -1)}))?(?: ttl=(\\S+))?$`);
const WORD_OF_OURS = /(?:^| )(?:as|ttl=\S*)(?: |$)/;
function readPlaces(given) {
    if (given('config') !== '')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('config is for Doppler: with Phase a place is project (the app id), environment and path.');
    const environments = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .Mc)(given('environment')).map((line) => environmentOf(given('project'), line));
    if (environments.length === 0)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('With Phase, project (the app id) and environment are needed.');
    const lines = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .Mc)(given('path'));
    const odd = lines.filter((line) => !PATH.test(line));
    if (odd.length > 0)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)(`path starts with a slash; not so: ${odd.slice(0, 5).map(_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .TL).join(', ')}.`);
    const paths = lines.length === 0 ? ['/'] : [...new Set(lines.map(normalPath))];
    if (environments.length * paths.length > _place_js__WEBPACK_IMPORTED_MODULE_1__ .WD)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)(`environment and path make more than ${_place_js__WEBPACK_IMPORTED_MODULE_1__ .WD} places to read: read the others in another step.`);
    return environments.flatMap((one) => paths.map((path) => ({ ...one, path })));
}
function environmentOf(app, line) {
    const [first = '', second, ...more] = line.split('/');
    const [project, environment] = second === undefined ? [app, first] : [first, second];
    if (project === '')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)('With Phase, project (the app id) is needed, or environment as app/environment.');
    if (more.length > 0 || !_place_js__WEBPACK_IMPORTED_MODULE_1__ .kA.test(project) || !_place_js__WEBPACK_IMPORTED_MODULE_1__ .kA.test(environment)) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)(`project is an app id, environment a name or app/environment a line; not that: ${(0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .TL)(line)}.`);
    }
    return { project, environment };
}
function normalPath(path) {
    return `/${path
        .split('/')
        .filter((part) => part !== '')
        .join('/')}`;
}
function parsePhaseAsk(line, ttlSec) {
    const [, source = '', prefix, ttl] = ASK.exec(line) ?? [];
    const parts = source.split('/');
    const name = parts.pop() ?? '';
    if (!DYNAMIC_NAME.test(name) || WORD_OF_OURS.test(source) || parts.includes(''))
        return undefined;
    const [project, config, ...folders] = parts;
    if (project !== undefined && config === undefined)
        return undefined;
    return {
        name,
        ...(project !== undefined && config !== undefined
            ? { place: { project, config, path: `/${folders.join('/')}` } }
            : {}),
        ...(prefix === undefined ? {} : { prefix }),
        ttlSec: ttl === undefined ? ttlSec : (0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .Kw)(ttl, `ttl of ${(0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .TL)(name)}`),
    };
}
function refuseForeign(given, { apiUrl, dropIn }) {
    if (dropIn)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)("The inputs of Doppler's own action are for Doppler: with Phase give token and project.");
    if (given('identity') === '' || !URL.canParse(apiUrl) || !/(?:^|\.)phase\.dev$/.test(new URL(apiUrl).hostname))
        return;
    throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_2__ .CC)("identity cannot be used with Phase's cloud, which takes no ID token of a workflow: give token a service account's token from a secret of this repository, or set api-url to an engine of your own.");
}


 })

};
;