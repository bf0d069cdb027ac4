"use strict";
exports.id = 990;
exports.ids = [990,201];
exports.modules = {

 990:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   proxySend: () => ( proxySend)
 });
 var undici__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6752);
 var _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5115);
 var _exchange_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(418);
 var _network_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2565);
 var _trust_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1201);





function proxySend({ proxy, network, maxBytes }) {
    const secureContext = (0,_trust_js__WEBPACK_IMPORTED_MODULE_4__.secureContextOf)(network);
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
    const credentials = [url.username, url.password].map(_network_js__WEBPACK_IMPORTED_MODULE_3__ .DH).join(':');
    const token = credentials === ':' ? {} : { token: `Basic ${Buffer.from(credentials).toString('base64')}` };
    url.username = url.password = '';
    const tls = { secureContext, rejectUnauthorized: true, timeout };
    return new undici__WEBPACK_IMPORTED_MODULE_0__ .kT({ uri: url.href, ...token, requestTls: tls, proxyTls: tls, connections: 1 });
}
function exchangeOver(agent, request, maxBytes) {
    return new Promise((resolve) => {
        const exchange = new _exchange_js__WEBPACK_IMPORTED_MODULE_2__ .k5({ request, maxBytes, resolve });
        if (exchange.start(() => { }))
            agent.dispatch(dispatched(request), handlerOf(exchange));
    });
}
function dispatched({ method, url, headers, body }) {
    const { origin, pathname, search } = new URL(url);
    const open = Object.entries(headers).map(([name, value]) => [
        name,
        value instanceof _core_sensitive_js__WEBPACK_IMPORTED_MODULE_1__ .p ? value.reveal() : value,
    ]);
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
            const refused = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
            const code = refused === undefined ? (0,_exchange_js__WEBPACK_IMPORTED_MODULE_2__ .$N)(error) : `HTTP_${refused}`;
            const kind = (0,_exchange_js__WEBPACK_IMPORTED_MODULE_2__ .Kt)(code, exchange.isConnected);
            exchange.fail(kind === 'connect' || kind === 'dns' ? 'proxy' : kind, code);
        },
    };
}


 }),

 1201:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   checkTrust: () => ( checkTrust),
   secureContextOf: () => ( secureContextOf)
 });
 var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
 var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
 var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
 var node_tls__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
 var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8208);



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


 })

};
;