// A project that is declared elsewhere, known by its name alone.
import { Construct } from 'constructs';
import type { IProject } from '../words/interfaces.ts';
import { checkName } from '../words/names.ts';

export class ImportedProject extends Construct implements IProject {
  readonly projectName: string;
  readonly literalName: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    this.projectName = name;
    this.literalName = name;
    checkName(this, 'project', name);
  }
}
