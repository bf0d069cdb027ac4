"use strict";
exports.id = 571;
exports.ids = [571];
exports.modules = {

 9571:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   tellDryRun: () => ( tellDryRun)
 });
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4999);
 var _summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2646);


function tellDryRun(runner, inputs, fixed, leases) {
    for (const { name, source, visibility } of fixed) {
        runner.info(`${name} from ${source} (${visibility}) as ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_1__ .LN)(inputs)}`);
    }
    for (const { dynamic, scope, ttlSec, prefix } of leases) {
        const under = prefix === undefined ? '' : ` under ${prefix}`;
        runner.info(`lease of ${dynamic} of ${scope.project}/${scope.config} for ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(ttlSec)}${under} as ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_1__ .LN)(inputs)}`);
    }
    runner.info(`dry run: ${fixed.length} static, ${leases.length} leases; nothing was delivered or leased`);
    runner.summarize((0,_summary_js__WEBPACK_IMPORTED_MODULE_1__ .p2)(inputs, fixed, leases));
}


 })

};
;