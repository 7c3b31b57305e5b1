import { messageOf } from "../../../core/errors.ts";
import type { ConnectorContext } from "../../../kernels/streaming/connector-port.ts";
import type {
  InteractiveQuery,
  Job,
  ProgramText,
  StreamingEngine,
} from "../../../kernels/streaming/engine-port.ts";
import { sqlFailureText } from "../code/sql-failure.ts";
import { LiveResult, type ResultMode } from "./live-result.ts";
import type { ParagraphStatus, ResultTable } from "./note.ts";
import { type Statement, statementsOf } from "./statements.ts";

export interface RunSession {
  readonly engine: StreamingEngine;
  readonly context: ProgramText["context"];
  /** Names the job of an INSERT. */
  readonly jobKey: string;
  readonly parallelism: number;
  readonly startedMs: number;
  /** All definitions so far. */
  definitions(): string;
  /** A definition that was found to be right. */
  define(statement: string): Promise<void>;
}

/** Why a paragraph cannot be run. */
class ParagraphError extends Error {
  override readonly name = "ParagraphError";
}

/** A paragraph while it runs: its statements one after the other, the last one until it is stopped or ends. */
export class ParagraphRun {
  readonly #session: RunSession;
  readonly #abort = new AbortController();
  readonly #messages: string[] = [];
  #live: LiveResult | undefined;
  #query: InteractiveQuery | undefined;
  #job: Job | undefined;
  #status: ParagraphStatus = "RUNNING";
  #error: string | undefined;
  #jobEnded: (error: Error | undefined) => void = () => {};
  readonly done: Promise<void>;

  constructor(session: RunSession, text: string) {
    this.#session = session;
    this.done = this.#run(text);
  }

  get status(): ParagraphStatus {
    return this.#status;
  }

  get message(): string | undefined {
    const job = this.#job;
    const texts = [...this.#messages];
    if (job !== undefined) {
      const { recordsIn, recordsOut } = job.metrics();
      texts.push(`The job is ${job.state()}: ${recordsIn} records in, ${recordsOut} out.`);
    }
    if (this.#error !== undefined) texts.push(this.#error);
    return texts.length === 0 ? undefined : texts.join("\n");
  }

  result(limit?: number): ResultTable | undefined {
    return this.#live?.table(limit);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#query?.stop();
    await this.#job?.stop({ snapshot: undefined });
    this.#jobEnded(undefined);
    await this.done;
  }

  async #run(text: string): Promise<void> {
    let definitionChars = 0;
    let start = 0;
    try {
      const { mode, body } = interpreterOf(text);
      const statements = statementsOf(body);
      for (const [index, statement] of statements.entries()) {
        if (this.#abort.signal.aborted) break;
        definitionChars = this.#session.definitions().length;
        start = text.length - body.length + statement.start;
        await this.#statement(statement, index === statements.length - 1, mode);
      }
      this.#status = this.#abort.signal.aborted ? "ABORTED" : "FINISHED";
    } catch (error) {
      this.#error =
        sqlFailureText(error, text, (position) => start + position - definitionChars) ?? messageOf(error);
      this.#status = this.#abort.signal.aborted ? "ABORTED" : "ERROR";
    }
  }

  async #statement({ kind, text }: Statement, isLast: boolean, mode: ResultMode): Promise<void> {
    const { engine, context } = this.#session;
    const definitions = this.#session.definitions();
    const program = (more: string): ProgramText => ({
      text: `${definitions}${more}`,
      dialect: "flink",
      context,
    });
    if (kind === "definition") {
      const { isKept } = await engine.define(program(""), text);
      if (!isKept) await this.#session.define(text);
      this.#messages.push("Done.");
      return;
    }
    if (!isLast)
      throw new ParagraphError("A query or an INSERT must be the last statement of its paragraph.");
    if (kind === "query") await this.#show(await engine.query(program(""), text, this.#context()), mode);
    else await this.#insert(program(text));
  }

  async #show(query: InteractiveQuery, mode: ResultMode): Promise<void> {
    this.#query = query;
    const live = new LiveResult(query.columns, mode);
    this.#live = live;
    if (this.#abort.signal.aborted) await query.stop();
    for await (const changes of query.rows) live.add(changes);
  }

  async #insert(program: ProgramText): Promise<void> {
    const { engine, jobKey, parallelism } = this.#session;
    const ended = new Promise<Error | undefined>((resolve) => {
      this.#jobEnded = resolve;
    });
    this.#job = await engine.start({
      key: jobKey,
      program,
      restoreFrom: undefined,
      allowNonRestoredState: true,
      options: {
        ...{ parallelism, checkpointIntervalMs: 60_000, minPauseMs: 5_000, maxStateBytes: maxStateBytes },
        events: { log: (_level, message) => this.#log(message), ended: (error) => this.#jobEnded(error) },
      },
    });
    if (this.#abort.signal.aborted) await this.#job.stop({ snapshot: undefined });
    const error = this.#abort.signal.aborted ? undefined : await ended;
    this.#messages.push(`The job has written ${this.#job.metrics().recordsOut} records.`);
    this.#job = undefined;
    await engine.forget(jobKey);
    if (error !== undefined) throw error;
  }

  #context(): ConnectorContext {
    return {
      ...this.#session.context,
      startedMs: this.#session.startedMs,
      signal: this.#abort.signal,
      log: (_level, message) => this.#log(message),
    };
  }

  #log(message: string): void {
    this.#messages.push(message);
    if (this.#messages.length > maxMessages) this.#messages.shift();
  }
}

const maxStateBytes = 1_073_741_824;
const maxMessages = 100;

/** `%flink.ssql(type=update)` before the text says which interpreter is meant, and how rows are shown. */
function interpreterOf(text: string): { readonly mode: ResultMode; readonly body: string } {
  const found = /^\s*%([\w.]+)(?:\(([^)]*)\))?/.exec(text);
  if (found === null) return { mode: "update", body: text };
  const [head, name = "", options = ""] = found;
  if (name !== "flink.ssql" && name !== "ssql" && name !== "flink.bsql")
    throw new ParagraphError(
      `%${name} needs an Apache Flink: here paragraphs are SQL (%flink.ssql). Scala, Python and shell do not run.`,
    );
  const mode = /\btype\s*=\s*"?(update|append|single)"?/.exec(options)?.[1] ?? "update";
  return { mode: mode as ResultMode, body: text.slice(head.length) };
}
