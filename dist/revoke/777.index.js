"use strict";
exports.id = 777;
exports.ids = [777];
exports.modules = {

 6777:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   readDropIn: () => ( readDropIn)
 });
 var _scalars_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1475);
 var _table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3198);


const ALIASES = {
    'doppler-token': 'token',
    'doppler-project': 'project',
    'doppler-config': 'config',
    'doppler-identity-id': 'identity',
    'doppler-api-domain': 'api-url',
    'inject-env-vars': 'export-env',
};
function readDropIn(input, attempt) {
    const used = Object.keys(ALIASES).filter((alias) => input(alias) !== '' && counts(alias, input));
    const values = new Map();
    for (const alias of used) {
        const own = ALIASES[alias];
        attempt(() => refuseTwice(alias, own, input), undefined);
        values.set(own, attempt(() => translated(alias, input(alias)), ''));
    }
    attempt(() => refuseMethod(input), undefined);
    return { active: true, given: (name) => values.get(name) || input(name) || _table_js__WEBPACK_IMPORTED_MODULE_1__ .W[name] };
}
function refuseTwice(alias, own, input) {
    if (['', _table_js__WEBPACK_IMPORTED_MODULE_1__ .W[own]].includes(input(own)))
        return;
    throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)(`${alias} and ${own} are the same input: give one of them.`);
}
function counts(alias, input) {
    const oidc = input('auth-method') === 'oidc';
    if (alias === 'doppler-token')
        return !oidc;
    if (alias === 'doppler-identity-id')
        return oidc;
    if (alias === 'doppler-project' || alias === 'doppler-config')
        return oidc || !input('doppler-token').startsWith('dp.st.');
    return true;
}
function refuseMethod(input) {
    const method = input('auth-method');
    if (!['', 'token', 'oidc'].includes(method))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('auth-method is neither token nor oidc.');
    if (method === 'oidc' && input('doppler-identity-id') === '' && input('identity') === '') {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('auth-method is oidc, which needs doppler-identity-id.');
    }
}
function translated(alias, text) {
    if (alias === 'inject-env-vars')
        return text === 'true' ? 'true' : 'false';
    if (alias !== 'doppler-api-domain')
        return text;
    if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(text))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('doppler-api-domain is not a host name: write it like api.doppler.com.');
    return `https://${text}`;
}


 })

};
;