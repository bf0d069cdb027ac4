"use strict";
exports.id = 850;
exports.ids = [850];
exports.modules = {

 4469:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   ON_REVOKE_FAILURE: () => ( ON_REVOKE_FAILURE),
   readOnRevokeFailure: () => ( readOnRevokeFailure),
   readRules: () => ( readRules)
 });
 var _scalars_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1475);

const ON_REVOKE_FAILURE = ['warn', 'error'];
function readRules(given, attempt, overwrites) {
    return {
        require: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Dy)('require', given('require')), []),
        allowNames: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Dy)('allow-names', given('allow-names')), []),
        overwrite: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Jt)('overwrite', given('overwrite') || String(overwrites)), false),
        maskMinLength: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .WQ)('mask-min-length', given('mask-min-length'), 32), 1),
        onRevokeFailure: attempt(() => readOnRevokeFailure(given), 'warn'),
        timeoutMs: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .YA)('timeout', given('timeout'), '1h') * 1000, 1),
        dryRun: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Jt)('dry-run', given('dry-run')), false),
    };
}
function readOnRevokeFailure(given) {
    return (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Yq)('on-revoke-failure', given('on-revoke-failure'), ON_REVOKE_FAILURE);
}


 })

};
;