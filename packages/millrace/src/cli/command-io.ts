import { styleText } from "node:util";
import { CommandError, exitCodes } from "./command-error.ts";
import type { Connection, ConnectionFlags } from "./connection/connection.ts";
import type { Progress, ProgressOptions } from "./progress.ts";

/** Standard output or standard error. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** Standard input. */
export interface InputStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
}

export interface CommandStreams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How text looks: `bold`, `green`, `dim` and so on, of `util.styleText`. */
export type TextStyle = Parameters<typeof styleText>[0];

const defaultColumns = 80;
const minColumns = 20;

/** What a command is run with: the terminal, the environment, and where Millrace is. */
export class CommandIo {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  #interruption: AbortController | undefined;
  #exitCode: number | undefined;

  constructor({ stdin, stdout, stderr, environment }: CommandStreams) {
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.environment = environment;
  }

  /** Whether somebody reads what is printed, as opposed to a file or another program. */
  get isTerminal(): boolean {
    return this.stdout.isTTY === true && this.environment["TERM"] !== "dumb";
  }

  /** Whether somebody reads what is noted. */
  get isNoteTerminal(): boolean {
    return this.stderr.isTTY === true && this.environment["TERM"] !== "dumb";
  }

  /** Whether somebody can be asked. */
  get isInteractive(): boolean {
    return this.isTerminal && this.stdin.isTTY === true;
  }

  /** The terminal's width; 80 where there is none. */
  get columns(): number {
    // Some terminals say 0 when they do not know.
    return Math.max(minColumns, this.stdout.columns || defaultColumns);
  }

  /** One line (or several) on standard output: what the command is for. */
  print(text = ""): void {
    this.stdout.write(`${text}\n`);
  }

  /** One line on standard error: what is said beside it. */
  note(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** One line of JSON on standard output, for `--json`. */
  printJson(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Text in colors where standard output is a terminal that wants them; NO_COLOR and FORCE_COLOR decide first. */
  style(style: TextStyle, text: string): string {
    return this.#hasColors(this.stdout) ? styleText(style, text, { validateStream: false }) : text;
  }

  /** The same for text on standard error. */
  noteStyle(style: TextStyle, text: string): string {
    return this.#hasColors(this.stderr) ? styleText(style, text, { validateStream: false }) : text;
  }

  #hasColors(stream: OutputStream): boolean {
    const { NO_COLOR: off, FORCE_COLOR: force, TERM: term } = this.environment;
    if (off !== undefined && off !== "") return false;
    if (force !== undefined) return force !== "0" && force !== "false";
    return stream.isTTY === true && term !== "dumb";
  }

  /**
   * A bar with rate and time left, on standard error if that is a terminal; otherwise it draws nothing. `stop` must be
   * called on every way out.
   */
  async progress(options: ProgressOptions): Promise<Progress> {
    const { createProgress } = await import("./progress.ts");
    return createProgress(this, options);
  }

  /** Asks yes or no; anything but y and yes is no. @throws CommandError where nobody can be asked. */
  async confirm(question: string, insteadOfAsking: string): Promise<boolean> {
    if (!this.isInteractive)
      throw new CommandError(
        `Nobody can be asked "${question}" here. Use ${insteadOfAsking}.`,
        exitCodes.usage,
      );
    const { createInterface } = await import("node:readline/promises");
    const reader = createInterface({ input: this.stdin, output: this.stdout });
    const signal = this.interruption();
    // While it reads, Ctrl-C comes to it as a key.
    reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
    try {
      const answer = await Promise.race([reader.question(`${question} [y/N] `, { signal }), ended]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      this.stdout.write("\n");
      throw error;
    } finally {
      reader.close();
    }
  }

  /** Where Millrace is and whose keys to use: flags, then the environment, then a running instance. */
  async connection(flags: ConnectionFlags = {}): Promise<Connection> {
    const { findConnection } = await import("./connection/connection.ts");
    return findConnection(flags, this.environment);
  }

  /** What the program ends with if the command does not fail: for those that run another program. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  exitWith(code: number): void {
    this.#exitCode = code;
  }

  /** Whether the user has interrupted the command. */
  get isInterrupted(): boolean {
    return this.#interruption?.signal.aborted === true;
  }

  /**
   * Aborted when the user interrupts (Ctrl-C, SIGTERM); a second time ends the process at once. A command that never
   * asks for it is ended by the first.
   */
  interruption(): AbortSignal {
    if (this.#interruption !== undefined) return this.#interruption.signal;
    const controller = new AbortController();
    this.#interruption = controller;
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        if (controller.signal.aborted) process.exit(exitCodes.interrupted);
        controller.abort();
      });
    return controller.signal;
  }
}
