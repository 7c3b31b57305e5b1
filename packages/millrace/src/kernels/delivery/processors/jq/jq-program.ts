import type { Clock, Timer } from "../../../../core/clock.ts";
import { compileJq } from "./jq-binary.ts";
import { JqEndedError, JqProcess } from "./jq-process.ts";
import type { WasmModule } from "./web-assembly.ts";

/** A program that jq 1.6 would not compile; the message is jq's. */
export class JqCompileError extends Error {
  override readonly name = "JqCompileError";
}

/** What a program made of one document. */
export type JqResult = { readonly values: readonly unknown[] } | { readonly error: string };

const checkLimitMs = 10_000;
/** For all documents of a batch together. */
const batchLimitMs = 5_000;
/** For a document of a batch that did not work as a whole. */
const singleLimitMs = 1_000;
/** After so many documents in a row that took too long, the rest of a batch is not tried any more. */
const maxTimeoutsInRow = 4;
const maxBatchBytes = 1024 * 1024;
/** A thread is replaced after that many documents, so that nothing can pile up in it. */
const maxDocumentsPerThread = 1_000_000;
/** A thread without work is ended; the next documents get a new one. */
const maxIdleMs = 60_000;
/** Enough to tell one value from several. */
const maxValues = 2;

/**
 * What makes jq 1.7 the jq 1.6 of Firehose, and keeps a program to its own document: no further input, no
 * output but its values, no end of the process.
 */
const prelude = [
  'def input: error("No more inputs");',
  "def inputs: empty;",
  "def debug: .;",
  'def debug(f): error("debug/1 is not defined");',
  "def stderr: .;",
  "def input_filename: null;",
  "def input_line_number: 0;",
  'def halt: error("halt");',
  'def halt_error: if type == "string" then error(.) else error(tojson) end;',
  "def halt_error(f): halt_error;",
  // What 1.6 does not have yet, unless the program defines it.
  'def abs: error("abs/0 is not defined");',
  'def pick(f): error("pick/1 is not defined");',
  'def scan(a; b): error("scan/2 is not defined");',
].join(" ");

/** Functions of jq 1.6 that 1.7 does not have. */
const formerFunctions = [
  "def leaf_paths: paths(scalars);",
  "def recurse_down: recurse;",
  'def scalars_or_empty: select(type != "object" and type != "array");',
].join(" ");

/** A jq program that is run on many documents; one thread, started when it is first needed. */
export class JqProgram {
  readonly #program: string;
  readonly #clock: Clock;
  #module: Promise<WasmModule> | undefined;
  #process: JqProcess | undefined;
  #documents = 0;
  #idle: Timer | undefined;
  #isClosed = false;
  /** Batches go through one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(program: string, clock: Clock) {
    const isFormer = /\b(leaf_paths|recurse_down|scalars_or_empty)\b/.test(program);
    this.#program = isFormer ? `${formerFunctions}\n${program}` : program;
    this.#clock = clock;
  }

  /** @throws JqCompileError */
  async check(): Promise<void> {
    // As it is first: jq's message then shows the program, and what compiles by itself can be put in parentheses.
    await this.#compile(["-M", "-c", this.#program]);
    await this.#compile(jqArguments(this.#program));
  }

  /** jq without input compiles and runs nothing. */
  async #compile(parameters: readonly string[]): Promise<void> {
    this.#module ??= compileJq();
    const process = new JqProcess(await this.#module, parameters, this.#clock);
    try {
      await process.finish(checkLimitMs);
    } catch (thrown) {
      if (!(thrown instanceof JqEndedError)) throw thrown;
      throw new JqCompileError(thrown.message);
    } finally {
      await process.close();
    }
  }

  /** One result a document, in order. The documents must be JSON texts without line breaks. */
  run(documents: readonly string[]): Promise<readonly JqResult[]> {
    const results = this.#last.then(() => this.#runAll(documents));
    this.#last = results.catch(() => {});
    return results;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#idle?.cancel();
    await this.#process?.close();
  }

  async #runAll(documents: readonly string[]): Promise<readonly JqResult[]> {
    this.#idle?.cancel();
    const results: JqResult[] = [];
    for (let start = 0; start < documents.length; ) {
      const end = endOfBatch(documents, start);
      results.push(...(await this.#runBatch(documents.slice(start, end))));
      start = end;
    }
    const process = this.#process;
    this.#idle = this.#clock.after(maxIdleMs, () => void process?.close());
    return results;
  }

  async #runBatch(documents: readonly string[]): Promise<readonly JqResult[]> {
    const results = await this.#tryBatch(documents, batchLimitMs);
    if (!(results instanceof JqEndedError)) return results;
    if (documents.length === 1) return [{ error: results.message }];
    return this.#runSingly(documents);
  }

  async #runSingly(documents: readonly string[]): Promise<readonly JqResult[]> {
    const results: JqResult[] = [];
    let timeouts = 0;
    for (const document of documents) {
      if (timeouts === maxTimeoutsInRow) {
        results.push({ error: `jq ran for more than ${singleLimitMs} ms` });
        continue;
      }
      const result = await this.#tryBatch([document], singleLimitMs);
      const hasEnded = result instanceof JqEndedError;
      timeouts = hasEnded && result.isTimeout ? timeouts + 1 : 0;
      results.push(...(hasEnded ? [{ error: result.message }] : result));
    }
    return results;
  }

  async #tryBatch(
    documents: readonly string[],
    limitMs: number,
  ): Promise<readonly JqResult[] | JqEndedError> {
    try {
      const process = await this.#running();
      this.#documents += documents.length;
      const output = await process.feed(`${documents.join("\n")}\n`, limitMs);
      const lines = output === "" ? [] : output.trimEnd().split("\n");
      if (lines.length === documents.length) return lines.map(resultOf);
      await process.close();
      return new JqEndedError("jq gave no answer for a document", { status: 5 });
    } catch (thrown) {
      if (thrown instanceof JqEndedError && !this.#isClosed) return thrown;
      throw thrown;
    }
  }

  async #running(): Promise<JqProcess> {
    if (this.#process !== undefined && this.#documents >= maxDocumentsPerThread) await this.#process.close();
    if (this.#process !== undefined && !this.#process.hasEnded) return this.#process;
    this.#module ??= compileJq();
    const module = await this.#module;
    if (this.#isClosed) throw new JqEndedError("jq was closed", { status: 5 });
    this.#documents = 0;
    this.#process = new JqProcess(module, jqArguments(this.#program), this.#clock);
    return this.#process;
  }
}

/**
 * The program as it is run: its values as one array, or `{"e": message}`. A line break ends a comment of the
 * program; parentheses cannot be closed early, as the program must have compiled without them.
 */
function jqArguments(program: string): readonly string[] {
  const wrapped = `${prelude} try [limit(${maxValues}; (${program}\n))] catch {e: (if type == "string" then . else tojson end)}`;
  return ["-M", "-c", "--unbuffered", wrapped];
}

function endOfBatch(documents: readonly string[], start: number): number {
  let bytes = 0;
  let end = start;
  while (end < documents.length && (end === start || bytes < maxBatchBytes)) {
    bytes += documents[end]?.length ?? 0;
    end++;
  }
  return end;
}

function resultOf(line: string): JqResult {
  const value: unknown = JSON.parse(line);
  if (Array.isArray(value)) return { values: value };
  return { error: (value as { readonly e: string }).e };
}
