// What a run of jest says once it is known under which of its files a process crashed: which to ask again, and the count.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Node's VM modules can take a whole worker of jest down (SIGSEGV; SIGTRAP where V8 finds itself inconsistent), and the
 * Node under a step of the action can fall as well, which test/support/runner/crash.ts says in this line.
 */
const WORKER = /jest worker process .* was terminated by another process: signal=SIG(SEGV|TRAP)/;
const STEP = /!!! \S+ crashed with SIG(?:SEGV|TRAP|ILL|BUS|ABRT) under .* in (test\/[A-Za-z0-9_./-]+\.test\.ts) !!!/g;

/** Results by file; none when jest did not live to write them. */
function resultsOf(path) {
  if (path === undefined || !existsSync(path)) return new Map();
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  return new Map(testResults.map((result) => [relative(process.cwd(), result.name), result]));
}

/** Only files that failed, and under which a crash was reported: what failed by itself stays failed. */
function crashed(log, results) {
  const reported = new Set([...readFileSync(log, 'utf8').matchAll(STEP)].map(([, file]) => file));
  return [...results]
    .filter(([file, { status, message }]) => status === 'failed' && (reported.has(file) || WORKER.test(message)))
    .map(([file]) => file)
    .sort();
}

/** Tests that passed, tests that failed, and files that did; of a file that was asked again the second answer counts. */
function count(first, again) {
  const last = [...new Map([...first, ...again]).values()];
  const tests = (status) => last.flatMap(({ assertionResults }) => assertionResults).filter((t) => t.status === status);
  const files = last.filter(({ status }) => status === 'failed');
  return [tests('passed').length, tests('failed').length, files.length];
}

const [what, ...paths] = process.argv.slice(2);
if (what === 'files') console.log(crashed(paths[0], resultsOf(paths[1])).join(' '));
else console.log(count(resultsOf(paths[0]), resultsOf(paths[1])).join(' '));
