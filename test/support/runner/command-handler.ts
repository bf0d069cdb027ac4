// Carries out the workflow commands of one step: masks, annotations, groups, echo, stop-commands, the old set-output.
import { COMMANDS, type Command, parseCommand } from './commands.ts';
import type { StepLog } from './log.ts';
import { type Masker, trim } from './masker.ts';

/** Where the two commands go that carry data to the step itself. */
export type CommandSink = {
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
};

/** Commands whose line is never repeated in the log, whatever `echo` says. */
const NEVER_ECHOED = new Set(['add-mask', 'debug', 'error', 'warning', 'notice']);
const STOP_TOKEN_MASK_LENGTH = 6;

/** Lives as long as its step: what one step stops or echoes does not reach the next. Problem matchers are not modelled. */
export class CommandHandler {
  /** Whether a command could not be carried out, which fails the step. */
  failed = false;
  readonly #log: StepLog;
  readonly #masker: Masker;
  readonly #sink: CommandSink;
  readonly #names = new Set(COMMANDS);
  #echo: boolean;
  #stopToken: string | undefined;

  constructor(options: { log: StepLog; masker: Masker; sink: CommandSink; debug: boolean }) {
    this.#log = options.log;
    this.#masker = options.masker;
    this.#sink = options.sink;
    this.#echo = options.debug;
  }

  /** One line of stdout or stderr: a command is carried out, anything else goes to the log. */
  handle(line: string): void {
    const command = parseCommand(line, (name) => this.#names.has(name));
    if (!command || !this.#process(command, line)) this.#log.write(line);
  }

  /** False when the line is to be printed as it is. */
  #process(command: Command, line: string): boolean {
    const name = command.name.toLowerCase();
    if (this.#stopToken !== undefined) return this.#resume(name, line);
    if (this.#echo && !NEVER_ECHOED.has(name) && name !== 'stop-commands') this.#log.write(line);
    try {
      if (name === 'stop-commands') this.#stop(command.data, line);
      else this.#run(name, command);
    } catch (error) {
      const shown = NEVER_ECHOED.has(name) ? name : line;
      this.#log.error(`Unable to process command '${shown}' successfully.`);
      this.#log.error(error instanceof Error ? error.message : String(error));
      this.failed = true;
    }
    return true;
  }

  #resume(name: string, line: string): boolean {
    if (name !== this.#stopToken) return false;
    this.#log.write(line);
    this.#log.debug('Resume processing commands');
    this.#names.delete(name);
    this.#stopToken = undefined;
    return true;
  }

  #stop(token: string, line: string): void {
    const key = token.toLowerCase();
    if (key === '' || key === 'pause-logging' || this.#names.has(key)) {
      throw new Error('Invoking the stop-commands with an invalid token is disabled.');
    }
    this.#stopToken = key;
    this.#names.add(key);
    if (token.length > STOP_TOKEN_MASK_LENGTH) this.#masker.addValue(token);
    this.#log.write(line);
  }

  #run(name: string, { properties, data }: Command): void {
    switch (name) {
      case 'add-mask':
        if (trim(data) === '') this.#log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
        else {
          if (this.#echo) this.#log.write('::add-mask::***');
          this.#masker.addMask(data);
        }
        return;
      case 'error':
      case 'warning':
      case 'notice':
        this.#log.annotate(name, data, Object.fromEntries(properties));
        return;
      case 'debug':
        this.#log.debug(data);
        return;
      case 'group':
      case 'endgroup':
        this.#log.write(name === 'group' ? data : '', `##[${name}]`);
        return;
      case 'echo':
        this.#setEcho(data);
        return;
      case 'set-output':
        this.#warnDeprecated(name);
        this.#sink.setOutput(nameOf(name, properties), data);
        return;
      case 'save-state':
        this.#warnDeprecated(name);
        this.#sink.saveState(nameOf(name, properties), data);
        return;
      case 'set-env':
      case 'add-path':
        throw new Error(`The \`${name}\` command is disabled.`);
      default:
        throw new Error(`The model of the runner does not cover the command ${name}.`);
    }
  }

  #warnDeprecated(name: string): void {
    this.#log.warning(`The \`${name}\` command is deprecated and will be disabled soon.`);
  }

  #setEcho(data: string): void {
    const value = trim(data).toUpperCase();
    if (value !== 'ON' && value !== 'OFF') {
      throw new Error(`Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`);
    }
    this.#echo = value === 'ON';
    this.#log.debug(`Setting echo command value to '${value.toLowerCase()}'`);
  }
}

function nameOf(command: string, properties: ReadonlyMap<string, string>): string {
  const name = properties.get('name');
  if (!name) throw new Error(`Required field 'name' is missing in ##[${command}] command.`);
  return name;
}
