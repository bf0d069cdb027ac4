// The runner model's front door: a job, what it reports, and the parts that tests compare against.
export { parseActionFile, readActionFile } from './action-file.ts';
export { testFile, TEST_FILE } from './crash.ts';
export { parseKeyValueFile } from './command-files.ts';
export { Job } from './job.ts';
export type { Annotation } from './log.ts';
export { Masker } from './masker.ts';
export type { JobOptions, StepOptions, Trigger, UsesOptions } from './options.ts';
export { findOrphans } from './orphans.ts';
export { type Patience, RUNNER_PATIENCE } from './process.ts';
export type { Context, Evaluated, JobReport, JobStatus, Outcome, StepReport } from './report.ts';
