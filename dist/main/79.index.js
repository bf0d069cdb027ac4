export const id = 79;
export const ids = [79];
export const modules = {

 79:
 ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

 __webpack_require__.d(__webpack_exports__, {
   LN: () => ( ways),
   loadSummary: () => ( loadSummary),
   p2: () => ( dryRunSummary)
 });
 var _core_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(300);
 var _core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(702);


const MAX_BYTES = 1_000_000;
const JOB_LIMIT_SEC = 6 * 3600;
function loadSummary(inputs, deliveries, now) {
    const rows = deliveries.map((one) => row([...cells(one, inputs), one.expiresAt ? (0,_core_clock_js__WEBPACK_IMPORTED_MODULE_1__ .K)(one.expiresAt) : '']));
    const ends = deliveries.flatMap(({ expiresAt }) => expiresAt ?? []);
    return page('Secrets of this job', rows, ends.length === 0 ? '' : endNote(Math.min(...ends), now, inputs));
}
function dryRunSummary(inputs, fixed, leases) {
    const rows = fixed.map((one) => row([...cells(one, inputs), '']));
    const leased = leases.map(({ dynamic, ttlSec }) => row(['', code(`lease of ${dynamic}`), 'masked', ways(inputs), `after ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(ttlSec)}`]));
    return page('Secrets of this job, dry run: nothing was delivered or leased', [...rows, ...leased], '');
}
function revokeSummary(line) {
    return `**Leases of this step:** ${line}\n`;
}
function ways({ exportEnv, file, run }) {
    const found = [run ? 'script' : 'output', ...(exportEnv ? ['variable'] : []), ...(file ? ['file'] : [])];
    return found.join(', ');
}
function page(title, rows, note) {
    const head = `### ${title}\n\n| Name | Source | Visibility | Delivered as | Lease ends |\n|---|---|---|---|---|\n`;
    const tail = note === '' ? '' : `\n${note}\n`;
    const fitting = countFitting(rows, MAX_BYTES - Buffer.byteLength(head + tail) - 100);
    const more = rows.length - fitting;
    return `${head}${rows.slice(0, fitting).join('')}${more > 0 ? `\nAnd ${more} more.\n` : ''}${tail}`;
}
function countFitting(rows, room) {
    let left = room;
    const over = rows.findIndex((one) => (left -= Buffer.byteLength(one)) < 0);
    return over < 0 ? rows.length : over;
}
function cells({ name, source, visibility }, inputs) {
    return [code(name), code(source), visibility, ways(inputs)];
}
function endNote(first, now, { leasing }) {
    const lives = leasing.renew ? leasing.renewForSec : Math.max(0, Math.floor((first - now) / 1000));
    if (lives >= JOB_LIMIT_SEC)
        return '';
    const until = leasing.renew ? `Renewing stops after ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(lives)}` : `The first lease ends at ${(0,_core_clock_js__WEBPACK_IMPORTED_MODULE_1__ .K)(first)}`;
    return `${until}, and a job may run for ${(0,_core_ttl_js__WEBPACK_IMPORTED_MODULE_0__ .YY)(JOB_LIMIT_SEC)} unless \`timeout-minutes\` says less. Steps after that find it ended: lease for longer with \`ttl\`, or set \`renew\` where the kind allows it.`;
}
function row(all) {
    return `| ${all.join(' | ')} |\n`;
}
function code(text) {
    if (/^[A-Za-z0-9_][A-Za-z0-9_ ./:-]*$/.test(text))
        return `\`${text}\``;
    return text.replace(/[^A-Za-z0-9 ,()-]/gu, (one) => `&#${one.codePointAt(0)};`);
}


 })

};
