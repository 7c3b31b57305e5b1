import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Clock, Timer } from "../../../../core/clock.ts";
import type { JqAnswer, JqStart } from "./jq-messages.ts";
import type { WasmModule } from "./web-assembly.ts";

/** jq ended, or had to be ended, before it had worked through its input. */
export class JqEndedError extends Error {
  override readonly name = "JqEndedError";
  /** 3 when the program does not compile. */
  readonly status: number;
  readonly isTimeout: boolean;

  constructor(message: string, options: { readonly status: number; readonly isTimeout?: boolean }) {
    super(message);
    this.status = options.status;
    this.isTimeout = options.isTimeout ?? false;
  }
}

interface Waiting {
  readonly isLast: boolean;
  resolve(output: string): void;
  reject(error: JqEndedError): void;
}

/** A thread that has not compiled its program by then never will. */
const maxStartMs = 30_000;
/** Of JavaScript's heap in a thread; jq's own memory is bounded in jq-host.ts. */
const maxHeapMb = 64;

/** jq with one program in a thread of its own, fed one batch of lines after the other. */
export class JqProcess {
  readonly #worker: Worker;
  readonly #input: MessagePort;
  readonly #arrived: Int32Array;
  readonly #clock: Clock;
  /** The program is compiled: only from then on does time count. */
  readonly #started: Promise<string>;
  #waiting: Waiting | undefined;
  #timer: Timer | undefined;
  #ended: JqEndedError | undefined;

  constructor(module: WasmModule, parameters: readonly string[], clock: Clock) {
    this.#clock = clock;
    const { port1, port2 } = new MessageChannel();
    const arrived = new SharedArrayBuffer(4);
    this.#input = port1;
    this.#arrived = new Int32Array(arrived);
    const start: JqStart = { module, arguments: parameters, input: port2, arrived };
    this.#worker = new Worker(workerUrl(), {
      workerData: start,
      transferList: [port2],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    // An idle thread does not keep the process alive.
    this.#worker.unref();
    this.#worker.on("message", (answer: JqAnswer) => this.#answered(answer));
    this.#worker.on("error", (error) => this.#end(new JqEndedError(String(error), { status: 5 })));
    this.#worker.on("exit", () => this.#end(new JqEndedError("jq ended", { status: 5 })));
    this.#started = this.#expect(false, maxStartMs);
    // Whoever asks first meets the failure.
    this.#started.catch(() => {});
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Answers what jq made of these lines. @throws JqEndedError */
  feed(lines: string, limitMs: number): Promise<string> {
    return this.#ask(Buffer.from(lines), limitMs);
  }

  /** Ends the input; answers when jq has ended well. @throws JqEndedError */
  finish(limitMs: number): Promise<string> {
    return this.#ask(null, limitMs);
  }

  async close(): Promise<void> {
    this.#end(new JqEndedError("jq was closed", { status: 5 }));
    this.#input.close();
    await this.#worker.terminate();
  }

  async #ask(input: Buffer | null, limitMs: number): Promise<string> {
    await this.#started;
    if (this.#ended !== undefined) throw this.#ended;
    const answer = this.#expect(input === null, limitMs);
    this.#input.postMessage(input);
    Atomics.add(this.#arrived, 0, 1);
    Atomics.notify(this.#arrived, 0);
    return await answer;
  }

  /** The thread's next answer. */
  #expect(isLast: boolean, limitMs: number): Promise<string> {
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting = { isLast, resolve, reject };
    });
    this.#worker.ref();
    this.#timer = this.#clock.after(limitMs, () => this.#timedOut(limitMs));
    return answer;
  }

  #timedOut(limitMs: number): void {
    this.#end(new JqEndedError(`jq ran for more than ${limitMs} ms`, { status: 5, isTimeout: true }));
    void this.#worker.terminate();
  }

  #answered(answer: JqAnswer): void {
    const output = Buffer.from(answer.output).toString("utf8");
    if (answer.kind === "idle") {
      this.#settle()?.resolve(output);
      return;
    }
    const isWell = answer.status === 0 && this.#waiting?.isLast === true;
    if (isWell) this.#settle()?.resolve(output);
    this.#end(new JqEndedError(answer.errors.trim() || "jq ended", { status: answer.status }));
  }

  #end(error: JqEndedError): void {
    this.#ended ??= error;
    this.#settle()?.reject(error);
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#timer?.cancel();
    this.#worker.unref();
    return waiting;
  }
}

/** The source runs as it is in the repository; the package that is published holds what it was compiled to. */
function workerUrl(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./jq-worker.ts", import.meta.url)
    : new URL("./jq-worker.js", import.meta.url);
}
