exports.id = 935;
exports.ids = [935];
exports.modules = {

 5935:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   checkTrust: () => ( checkTrust),
   secureContextOf: () => ( secureContextOf)
 });
 var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
 var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
 var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
 var node_tls__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3730);



function secureContextOf({ ca, client }) {
    return node_tls__WEBPACK_IMPORTED_MODULE_1__.createSecureContext({
        ...(ca === undefined ? {} : { ca: [...usualCertificates(), ca] }),
        ...(client === undefined ? {} : { cert: client.certificate, key: client.key.reveal() }),
    });
}
function usualCertificates() {
    const tell = node_tls__WEBPACK_IMPORTED_MODULE_1__.getCACertificates;
    return tell ? tell('default') : node_tls__WEBPACK_IMPORTED_MODULE_1__.rootCertificates;
}
function checkTrust({ ca, client }) {
    const isCa = ca === undefined || succeeds(() => new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(ca));
    if (!isCa)
        throw unusable('ca-certificate is not a certificate.', 'Give the PEM text of the CA.');
    if (succeeds(() => secureContextOf({ ca, client })))
        return;
    const hint = 'Give the PEM texts of a certificate and of the key that belongs to it, without a passphrase.';
    throw unusable('client-certificate and client-key cannot be used together.', hint);
}
function succeeds(work) {
    try {
        work();
        return true;
    }
    catch {
        return false;
    }
}
function unusable(text, hint) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ .uV('ERR_CONFIG_INVALID', text, { hint });
}


 }),

 3730:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
 __webpack_require__.d(__webpack_exports__, {
   TN: () => ( _index_js__WEBPACK_IMPORTED_MODULE_1__.oneLine),
   et: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.asAppError),
   uV: () => ( _rarely_js__WEBPACK_IMPORTED_MODULE_0__.AppError)
 });
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
 var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);
 var _index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2697);
 var _index_js__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_1__);





function withoutEffect(error) {
    const { code, message, hint, details, cause, retryAfterSec } = error;
    return new AppError(code, message, {
        details,
        cause,
        hadNoEffect: true,
        ...(hint === undefined ? {} : { hint }),
        ...(retryAfterSec === undefined ? {} : { retryAfterSec }),
    });
}


 }),

 2697:
 ((module) => {

module.exports = eval("require")('./index.js');


 }),

 7098:
 ((module) => {

module.exports = eval("require")('./rarely.js');


 })

};
;