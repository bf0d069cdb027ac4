"use strict";
exports.id = 32;
exports.ids = [32];
exports.modules = {

 9032:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   readNetwork: () => ( readNetwork)
 });
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5115);
 var _scalars_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1475);


function readNetwork(given, attempt) {
    return {
        proxy: attempt(() => readProxy(given('proxy')), undefined),
        caCertificate: attempt(() => readPem('ca-certificate', given('ca-certificate'), 'CERTIFICATE'), undefined),
        client: attempt(() => readClient(given), undefined),
        allowInsecureHttp: attempt(() => (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .Jt)('allow-insecure-http', given('allow-insecure-http')), false),
    };
}
function readProxy(text) {
    if (text === '')
        return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)('proxy is not an address: write it like http://proxy.example.com:3128.');
    }
    return new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(text);
}
function readClient(given) {
    const certificate = readPem('client-certificate', given('client-certificate'), 'CERTIFICATE');
    const key = readPem('client-key', given('client-key'), 'PRIVATE KEY');
    if ((certificate === undefined) !== (key === undefined)) {
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)('client-certificate and client-key go together: give both or neither.');
    }
    return certificate === undefined || key === undefined ? undefined : { certificate, key: new _core_sensitive_js__WEBPACK_IMPORTED_MODULE_0__ .p(key) };
}
function readPem(input, text, label) {
    if (text === '')
        return undefined;
    const begins = new RegExp(`^-----BEGIN (?:[A-Z]+ )*${label}-----$`, 'm').test(text);
    if (!begins || text.length > 1_000_000)
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_1__ .CC)(`${input} is not the text of a PEM file (BEGIN ${label}).`);
    return text;
}


 })

};
;