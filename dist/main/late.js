 (() => { 
 	"use strict";
 	var __webpack_modules__ = ({

 4589:
 ((module) => {

module.exports = require("node:assert");

 }),

 6698:
 ((module) => {

module.exports = require("node:async_hooks");

 }),

 4573:
 ((module) => {

module.exports = require("node:buffer");

 }),

 1421:
 ((module) => {

module.exports = require("node:child_process");

 }),

 7540:
 ((module) => {

module.exports = require("node:console");

 }),

 7598:
 ((module) => {

module.exports = require("node:crypto");

 }),

 3053:
 ((module) => {

module.exports = require("node:diagnostics_channel");

 }),

 610:
 ((module) => {

module.exports = require("node:dns");

 }),

 8474:
 ((module) => {

module.exports = require("node:events");

 }),

 3024:
 ((module) => {

module.exports = require("node:fs");

 }),

 1455:
 ((module) => {

module.exports = require("node:fs/promises");

 }),

 7067:
 ((module) => {

module.exports = require("node:http");

 }),

 2467:
 ((module) => {

module.exports = require("node:http2");

 }),

 7030:
 ((module) => {

module.exports = require("node:net");

 }),

 6760:
 ((module) => {

module.exports = require("node:path");

 }),

 643:
 ((module) => {

module.exports = require("node:perf_hooks");

 }),

 1792:
 ((module) => {

module.exports = require("node:querystring");

 }),

 99:
 ((module) => {

module.exports = require("node:sqlite");

 }),

 7075:
 ((module) => {

module.exports = require("node:stream");

 }),

 7997:
 ((module) => {

module.exports = require("node:timers");

 }),

 1692:
 ((module) => {

module.exports = require("node:tls");

 }),

 3136:
 ((module) => {

module.exports = require("node:url");

 }),

 7975:
 ((module) => {

module.exports = require("node:util");

 }),

 3429:
 ((module) => {

module.exports = require("node:util/types");

 }),

 5919:
 ((module) => {

module.exports = require("node:worker_threads");

 }),

 8522:
 ((module) => {

module.exports = require("node:zlib");

 })

 	});
 	var __webpack_module_cache__ = {};
 	function __nccwpck_require__(moduleId) {
 		var cachedModule = __webpack_module_cache__[moduleId];
 		if (cachedModule !== undefined) {
 			return cachedModule.exports;
 		}
 		var module = __webpack_module_cache__[moduleId] = {
 			id: moduleId,
 			loaded: false,
 			exports: {}
 		};
 		var threw = true;
 		try {
 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
 			threw = false;
 		} finally {
 			if(threw) delete __webpack_module_cache__[moduleId];
 		}
 		module.loaded = true;
 		return module.exports;
 	}
 	__nccwpck_require__.m = __webpack_modules__;
 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
 	(() => {
 		__nccwpck_require__.n = (module) => {
 			var getter = module && module.__esModule ?
 				() => (module['default']) :
 				() => (module);
 			__nccwpck_require__.d(getter, { a: getter });
 			return getter;
 		};
 	})();
 	(() => {
 		__nccwpck_require__.d = (exports, definition) => {
 			for(var key in definition) {
 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
 				}
 			}
 		};
 	})();
 	(() => {
 		__nccwpck_require__.f = {};
 		__nccwpck_require__.e = (chunkId) => {
 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
 				__nccwpck_require__.f[key](chunkId, promises);
 				return promises;
 			}, []));
 		};
 	})();
 	(() => {
 		__nccwpck_require__.u = (chunkId) => {
 			return "" + chunkId + ".index.js";
 		};
 	})();
 	(() => {
 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
 	})();
 	(() => {
 		__nccwpck_require__.r = (exports) => {
 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
 			}
 			Object.defineProperty(exports, '__esModule', { value: true });
 		};
 	})();
 	(() => {
 		__nccwpck_require__.nmd = (module) => {
 			module.paths = [];
 			if (!module.children) module.children = [];
 			return module;
 		};
 	})();
 	(() => {
 		var installedChunks = {
 			792: 1
 		};
 		var installChunk = (chunk) => {
 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
 			for(var moduleId in moreModules) {
 				if(__nccwpck_require__.o(moreModules, moduleId)) {
 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
 				}
 			}
 			if(runtime) runtime(__nccwpck_require__);
 			for(var i = 0; i < chunkIds.length; i++)
 				installedChunks[chunkIds[i]] = 1;
 		};
 		__nccwpck_require__.f.require = (chunkId, promises) => {
 			if(!installedChunks[chunkId]) {
 				if(true) { 
 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
 				} else installedChunks[chunkId] = 1;
 			}
 		};
 	})();
var __webpack_exports__ = {};
__nccwpck_require__.r(__webpack_exports__);
 __nccwpck_require__.d(__webpack_exports__, {
   modules: () => ( modules)
 });
const modules = {
'action/aws.js': () => __nccwpck_require__.e( 108).then(__nccwpck_require__.bind(__nccwpck_require__, 9108)),
'action/dry-run.js': () => __nccwpck_require__.e( 103).then(__nccwpck_require__.bind(__nccwpck_require__, 3103)),
'action/file/write.js': () => __nccwpck_require__.e( 370).then(__nccwpck_require__.bind(__nccwpck_require__, 370)),
'action/identity.js': () => __nccwpck_require__.e( 931).then(__nccwpck_require__.bind(__nccwpck_require__, 4931)),
'action/inputs/delivery.js': () => __nccwpck_require__.e( 334).then(__nccwpck_require__.bind(__nccwpck_require__, 334)),
'action/inputs/drop-in.js': () => __nccwpck_require__.e( 427).then(__nccwpck_require__.bind(__nccwpck_require__, 4427)),
'action/inputs/leasing.js': () => __nccwpck_require__.e( 269).then(__nccwpck_require__.bind(__nccwpck_require__, 5269)),
'action/inputs/network.js': () => __nccwpck_require__.e( 678).then(__nccwpck_require__.bind(__nccwpck_require__, 2678)),
'action/inputs/phase.js': () => __nccwpck_require__.e( 723).then(__nccwpck_require__.bind(__nccwpck_require__, 5723)),
'action/inputs/rules.js': () => __nccwpck_require__.e( 719).then(__nccwpck_require__.bind(__nccwpck_require__, 8719)),
'action/inputs/selecting.js': () => __nccwpck_require__.e( 407).then(__nccwpck_require__.bind(__nccwpck_require__, 8407)),
'action/leasing.js': () => __nccwpck_require__.e( 942).then(__nccwpck_require__.bind(__nccwpck_require__, 8942)),
'action/node-processes.js': () => __nccwpck_require__.e( 882).then(__nccwpck_require__.bind(__nccwpck_require__, 4882)),
'action/run/run.js': () => __nccwpck_require__.e( 614).then(__nccwpck_require__.bind(__nccwpck_require__, 7614)),
'client/doppler-leases.js': () => __nccwpck_require__.e( 512).then(__nccwpck_require__.bind(__nccwpck_require__, 1512)),
'client/phase.js': () => __nccwpck_require__.e( 33).then(__nccwpck_require__.bind(__nccwpck_require__, 33)),
'client/problem.js': () => __nccwpck_require__.e( 262).then(__nccwpck_require__.bind(__nccwpck_require__, 8262)),
'client/proxy-send.js': () => Promise.all([__nccwpck_require__.e(752), __nccwpck_require__.e(815)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3815)),
'client/trust.js': () => __nccwpck_require__.e( 935).then(__nccwpck_require__.bind(__nccwpck_require__, 5935)),
'contract/doppler/download.js': () => __nccwpck_require__.e( 484).then(__nccwpck_require__.bind(__nccwpck_require__, 7103)),
};

module.exports = __webpack_exports__;
 })()
;