exports.id = 815;
exports.ids = [815,935];
exports.modules = {

/***/ 8847:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DH: () => (/* reexport safe */ _rarely_js__WEBPACK_IMPORTED_MODULE_1__.decoded),
/* harmony export */   lv: () => (/* reexport safe */ _index_js__WEBPACK_IMPORTED_MODULE_0__.mayCarryTokens),
/* harmony export */   yc: () => (/* reexport safe */ _index_js__WEBPACK_IMPORTED_MODULE_0__.DIRECT)
/* harmony export */ });
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _rarely_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7098);
/* harmony import */ var _rarely_js__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_1__);






/***/ }),

/***/ 3815:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  proxySend: () => (/* binding */ proxySend)
});

// EXTERNAL MODULE: ./node_modules/undici/index.js
var undici = __webpack_require__(6752);
// EXTERNAL MODULE: ./build/main-halves/core/sensitive.js
var sensitive = __webpack_require__(6989);
// EXTERNAL MODULE: ./build/main-halves/rarely.js
var rarely = __webpack_require__(7098);
// EXTERNAL MODULE: ./build/main-halves/index.js
var main_halves = __webpack_require__(2697);
;// CONCATENATED MODULE: ./build/main-halves/client/exchange.js




// EXTERNAL MODULE: ./build/main-halves/client/network.js
var network = __webpack_require__(8847);
// EXTERNAL MODULE: ./build/main-halves/client/trust.js
var trust = __webpack_require__(5935);
;// CONCATENATED MODULE: ./build/main-halves/client/proxy-send.js
// Send through an HTTP proxy, over undici: a tunnel for every address, the same limits and outcomes as node-send.





/**
 * A Send whose tunnels are its own. An agent serves one request at a time: one that fails takes its connections with
 * it, and nothing else.
 */
function proxySend({ proxy, network, maxBytes }) {
    const secureContext = (0,trust.secureContextOf)(network);
    const idle = [];
    return async (request) => {
        const agent = idle.pop() ?? openAgent(proxy, secureContext, request.connectMs);
        const outcome = await exchangeOver(agent, request, maxBytes);
        if ('answer' in outcome)
            idle.push(agent);
        else
            agent.destroy().catch(() => { });
        return outcome;
    };
}
function openAgent(proxy, secureContext, timeout) {
    const url = new URL(proxy.reveal());
    const credentials = [url.username, url.password].map(network/* decoded */.DH).join(':');
    const token = credentials === ':' ? {} : { token: `Basic ${Buffer.from(credentials).toString('base64')}` };
    url.username = url.password = '';
    const tls = { secureContext, rejectUnauthorized: true, timeout };
    return new undici/* ProxyAgent */.kT({ uri: url.href, ...token, requestTls: tls, proxyTls: tls, connections: 1 });
}
function exchangeOver(agent, request, maxBytes) {
    return new Promise((resolve) => {
        const exchange = new main_halves.Exchange({ request, maxBytes, resolve });
        if (exchange.start(() => { }))
            agent.dispatch(dispatched(request), handlerOf(exchange));
    });
}
function dispatched({ method, url, headers, body }) {
    const { origin, pathname, search } = new URL(url);
    const open = Object.entries(headers).map(([name, value]) => [
        name,
        value instanceof sensitive/* Sensitive */.p ? value.reveal() : value,
    ]);
    // Its own limits are off: the exchange has ours.
    const limits = { headersTimeout: 0, bodyTimeout: 0 };
    const path = pathname + search;
    return { ...limits, origin, path, method: method, headers: open.flat(), body: body ?? null };
}
function handlerOf(exchange) {
    let head;
    return {
        onRequestStart: () => exchange.connected(),
        onResponseStart: (_, status, headers) => {
            head = { status, headers };
            exchange.alive();
        },
        onResponseData: (_, chunk) => exchange.data(chunk),
        onResponseEnd: () => exchange.end(head?.status ?? 0, head?.headers ?? {}),
        onResponseError: (_, error) => {
            // The one way in which undici tells what the proxy said.
            const refused = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
            const code = refused === undefined ? (0,rarely.codeOf)(error) : `HTTP_${refused}`;
            const kind = (0,rarely.failureKindOf)(code, exchange.isConnected);
            exchange.fail(kind === 'connect' || kind === 'dns' ? 'proxy' : kind, code);
        },
    };
}


/***/ }),

/***/ 5935:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkTrust: () => (/* binding */ checkTrust),
/* harmony export */   secureContextOf: () => (/* binding */ secureContextOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3730);
// Whom TLS believes when a private CA is given, and the certificate that we show, as one secure context.



/**
 * A context for every connection of this network. Not the PEM texts themselves: an agent names its connections after
 * them, key included, and NODE_DEBUG prints the names.
 * @throws Error of OpenSSL when a text is no certificate, or the key is not the certificate's
 */
function secureContextOf({ ca, client }) {
    return node_tls__WEBPACK_IMPORTED_MODULE_1__.createSecureContext({
        // A `ca` replaces what Node believes, so the usual ones go with it.
        ...(ca === undefined ? {} : { ca: [...usualCertificates(), ca] }),
        ...(client === undefined ? {} : { cert: client.certificate, key: client.key.reveal() }),
    });
}
/** With NODE_EXTRA_CA_CERTS, where Node tells: from 22.15 on, whatever its types say. */
function usualCertificates() {
    const tell = node_tls__WEBPACK_IMPORTED_MODULE_1__.getCACertificates;
    return tell ? tell('default') : node_tls__WEBPACK_IMPORTED_MODULE_1__.rootCertificates;
}
/**
 * Tries the certificates before anything is sent with them.
 * @throws AppError ERR_CONFIG_INVALID when one cannot be used
 */
function checkTrust({ ca, client }) {
    // A context takes a CA that is no PEM without a word.
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
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AppError */ .uV('ERR_CONFIG_INVALID', text, { hint });
}


/***/ }),

/***/ 3730:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TN: () => (/* reexport safe */ _index_js__WEBPACK_IMPORTED_MODULE_1__.oneLine),
/* harmony export */   et: () => (/* reexport safe */ _rarely_js__WEBPACK_IMPORTED_MODULE_0__.asAppError),
/* harmony export */   uV: () => (/* reexport safe */ _rarely_js__WEBPACK_IMPORTED_MODULE_0__.AppError)
/* harmony export */ });
/* unused harmony export withoutEffect */
/* harmony import */ var _rarely_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7098);
/* harmony import */ var _rarely_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_rarely_js__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2697);
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_1__);





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


/***/ }),

/***/ 6989:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

"use strict";
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* reexport safe */ _index_js__WEBPACK_IMPORTED_MODULE_0__.Sensitive)
/* harmony export */ });
/* unused harmony export sensitive */
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2697);
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_index_js__WEBPACK_IMPORTED_MODULE_0__);


function sensitive(value) {
    return new Sensitive(value);
}


/***/ }),

/***/ 2697:
/***/ ((module) => {

module.exports = eval("require")('./index.js');


/***/ }),

/***/ 7098:
/***/ ((module) => {

module.exports = eval("require")('./rarely.js');


/***/ })

};
;