"use strict";
exports.id = 882;
exports.ids = [882];
exports.modules = {

 4882:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   nodeProcesses: () => ( nodeProcesses)
 });
 var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
 var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = __webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
 var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
 var node_events__WEBPACK_IMPORTED_MODULE_1___default = __webpack_require__.n(node_events__WEBPACK_IMPORTED_MODULE_1__);
 var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
 var node_fs__WEBPACK_IMPORTED_MODULE_2___default = __webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_2__);



const WORKER = 'Runner.Worker';
const TAKE_MS = 2_000;
function nodeProcesses({ pid, ppid, execPath, kill }) {
    const isAlive = (one) => identify(one.pid)?.startedAt === one.startedAt;
    return {
        self: () => ({ pid, startedAt: identify(pid)?.startedAt ?? '' }),
        worker: () => {
            const parent = identify(ppid);
            return parent?.name === WORKER ? { pid: parent.pid, startedAt: parent.startedAt } : undefined;
        },
        isAlive,
        startDetached: async (script, env, input) => {
            const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(execPath, [script], { env, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
            child.unref();
            const failed = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'error').then(() => undefined);
            child.stdin.end(input);
            const taken = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child.stdin, 'finish', { signal: AbortSignal.timeout(TAKE_MS) });
            await Promise.race([taken, failed, (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child.stdin, 'error')]).catch(() => undefined);
            const started = child.stdin.writableFinished ? identify(child.pid ?? 0) : undefined;
            if (!started)
                child.kill('SIGKILL');
            return started && { pid: started.pid, startedAt: started.startedAt };
        },
        stop: (one) => {
            try {
                if (isAlive(one))
                    kill(one.pid, 'SIGTERM');
            }
            catch {
            }
        },
    };
}
function identify(pid) {
    if (pid <= 1)
        return undefined;
    try {
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.readFileSync)(`/proc/${pid}/stat`, 'latin1');
        const end = stat.lastIndexOf(')');
        const fields = stat.slice(end + 2).split(' ');
        const [state, startedAt] = [fields[0], fields[22 - 3]];
        if (startedAt === undefined || state === 'Z' || state === 'X')
            return undefined;
        return { pid, startedAt, name: stat.slice(stat.indexOf('(') + 1, end) };
    }
    catch {
        return undefined;
    }
}


 })

};
;