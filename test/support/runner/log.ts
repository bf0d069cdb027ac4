// The log of a job as its readers see it, and the annotations of each step.
import type { Masker } from './masker.ts';

export type AnnotationKind = 'error' | 'warning' | 'notice';

export type Annotation = {
  kind: AnnotationKind;
  /** Masked, then cut. */
  message: string;
  /** Title, file, line and the like: the runner does NOT mask these. */
  properties: Readonly<Record<string, string>>;
};

const MESSAGE_LIMIT = 4096;
const PER_KIND_LIMIT = 10;

/** One step's part of the job log. Every text is masked as a whole when it is written, then split into lines. */
export class StepLog {
  readonly lines: string[] = [];
  /** At most ten of each kind, as the runner keeps; the log has all of them. */
  readonly annotations: Annotation[] = [];
  readonly #masker: Masker;
  readonly #jobLines: string[];
  readonly #debugOn: boolean;

  constructor(masker: Masker, jobLines: string[], debugOn: boolean) {
    this.#masker = masker;
    this.#jobLines = jobLines;
    this.#debugOn = debugOn;
  }

  /** Writes text as it came, behind the tag. */
  write(text: string, tag = ''): void {
    const lines = this.#masker.mask(tag + text).split(/\r\n|\r|\n/);
    this.lines.push(...lines);
    this.#jobLines.push(...lines);
  }

  /** Writes only under step debug, and line by line: the mask of a multi-line value does not match here. */
  debug(text: string): void {
    if (!this.#debugOn) return;
    for (const line of text.split(/\r?\n/)) this.write(line, '##[debug]');
  }

  /** Adds an annotation and its line in the log. */
  annotate(kind: AnnotationKind, text: string, properties: Readonly<Record<string, string>> = {}): void {
    const message = this.#masker.mask(text).slice(0, MESSAGE_LIMIT);
    this.write(message, `##[${kind}]`);
    if (this.annotations.filter((annotation) => annotation.kind === kind).length < PER_KIND_LIMIT) {
      this.annotations.push({ kind, message, properties });
    }
  }

  error(text: string): void {
    this.annotate('error', text);
  }

  warning(text: string): void {
    this.annotate('warning', text);
  }
}
