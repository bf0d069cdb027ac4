"use strict";
exports.id = 40;
exports.ids = [40];
exports.modules = {

 9040:
 ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
 __webpack_require__.d(__webpack_exports__, {
   FILE_FORMATS: () => ( FILE_FORMATS),
   SHELLS: () => ( SHELLS),
   readDelivering: () => ( readDelivering)
 });
 var _scalars_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1475);

const FILE_FORMATS = ['env', 'json', 'yaml', 'docker', 'dotnet-json', 'shell', 'aws-profile'];
const SHELLS = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python', 'node'];
const PATH = /^[^\u0000-\u001f\u007f]{1,1000}$/;
function readDelivering(given, attempt) {
    return {
        file: attempt(() => readFileInput(given), undefined),
        run: attempt(() => readRunInput(given), undefined),
    };
}
function readFileInput(given) {
    const format = (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Yq)('file-format', given('file-format'), FILE_FORMATS);
    const path = given('file');
    if (path === '' && format !== 'env')
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('file-format says how to write a file: give file too.');
    if (path === '')
        return undefined;
    if (!PATH.test(path))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('file is not a path: give a name, or a path on one line.');
    return { path, format };
}
function readRunInput(given) {
    const [script, shell, directory] = [given('run'), given('shell'), given('working-directory')];
    if (script === '') {
        const lonely = shell !== '' ? 'shell' : directory !== '' ? 'working-directory' : undefined;
        if (lonely)
            throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)(`${lonely} says how to run a script: give run too.`);
        return undefined;
    }
    if (script.includes('\0'))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('run holds a NUL byte, which no script may: take it out.');
    if (directory !== '' && !PATH.test(directory))
        throw (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .CC)('working-directory is not a path: give one on one line.');
    return {
        script,
        shell: shell === '' ? undefined : (0,_scalars_js__WEBPACK_IMPORTED_MODULE_0__ .Yq)('shell', shell, SHELLS),
        workingDirectory: directory === '' ? undefined : directory,
    };
}


 })

};
;