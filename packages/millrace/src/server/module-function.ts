import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { Clock } from "../core/clock.ts";
import { FunctionError } from "../core/functions-port.ts";
import type { Logger } from "../core/logger.ts";
import type { FunctionAnswer, FunctionCall, FunctionStart } from "./function-messages.ts";

export interface ModuleFunctionParts {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Threads of one function; each has one invocation at a time, as Lambda's environments do. */
const maxThreads = 4;
/** Invocations that wait for a thread. */
const maxWaiting = 1000;
/** Lambda's longest timeout. */
const limitMs = 15 * 60 * 1000;
const maxLogLineCharacters = 8192;

/**
 * A function that is a module of the user's. It runs in threads of its own: one that hangs is ended when its
 * time is over, one that ends by itself fails its invocation, and the next gets a new one. A module is read
 * again only by a new thread.
 */
export class ModuleFunction {
  readonly #parts: ModuleFunctionParts;
  readonly #idle: FunctionThread[] = [];
  readonly #threads = new Set<FunctionThread>();
  readonly #waiting: (() => void)[] = [];
  #isClosed = false;

  constructor(parts: ModuleFunctionParts) {
    this.#parts = parts;
  }

  async invoke(functionArn: string, payload: Buffer, signal: AbortSignal): Promise<Buffer> {
    const thread = await this.#acquire(signal);
    const limit = new AbortController();
    const timer = this.#parts.clock.after(limitMs, () =>
      limit.abort(new FunctionError("timedOut", `The function ran for more than ${limitMs} ms.`)),
    );
    try {
      const call = { functionArn, payload, requestId: randomUUID(), limitMs };
      return await thread.run(call, AbortSignal.any([signal, limit.signal]));
    } finally {
      timer.cancel();
      this.#release(thread);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #acquire(signal: AbortSignal): Promise<FunctionThread> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#isClosed) throw new FunctionError("failed", "Millrace is ending.");
      const idle = this.#idle.pop();
      if (idle !== undefined) return idle;
      if (this.#threads.size < maxThreads) {
        const thread = new FunctionThread(this.#parts);
        this.#threads.add(thread);
        return thread;
      }
      if (this.#waiting.length >= maxWaiting) {
        throw new FunctionError("throttled", `More than ${maxWaiting} invocations are waiting.`);
      }
      await this.#turn(signal);
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        const place = this.#waiting.indexOf(wake);
        if (place >= 0) this.#waiting.splice(place, 1);
        resolve();
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(wake);
    });
  }

  #release(thread: FunctionThread): void {
    if (thread.hasEnded) this.#threads.delete(thread);
    else this.#idle.push(thread);
    this.#waiting.shift()?.();
  }
}

class FunctionThread {
  readonly #worker: Worker;
  #hasEnded = false;
  #settle: ((answer: FunctionAnswer) => void) | undefined;

  constructor({ path, log }: ModuleFunctionParts) {
    const start: FunctionStart = { path };
    this.#worker = new Worker(workerUrl(), {
      workerData: start,
      env: environment(),
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) logLines(stream, log);
    this.#worker.on("message", (answer: FunctionAnswer) => this.#settle?.(answer));
    this.#worker.on("error", (error) => this.#ended(String(error)));
    this.#worker.on("exit", (code) => this.#ended(`The function ended its thread with code ${code}.`));
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  async run(call: FunctionCall, signal: AbortSignal): Promise<Buffer> {
    const stop = (): void => void this.end();
    signal.addEventListener("abort", stop, { once: true });
    this.#worker.ref();
    try {
      const answer = await new Promise<FunctionAnswer>((resolve) => {
        this.#settle = resolve;
        if (signal.aborted || this.#hasEnded) this.#ended("The thread has ended.");
        else this.#worker.postMessage(call);
      });
      signal.throwIfAborted();
      if ("error" in answer) throw new FunctionError("failed", answer.error);
      return Buffer.from(answer.payload);
    } finally {
      this.#settle = undefined;
      signal.removeEventListener("abort", stop);
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    this.#ended("The thread was ended.");
    await this.#worker.terminate();
  }

  #ended(error: string): void {
    this.#hasEnded = true;
    this.#settle?.({ error });
  }
}

function logLines(stream: Readable, log: Logger): void {
  createInterface({ input: stream }).on("line", (line) =>
    log.info({ line: line.slice(0, maxLogLineCharacters) }, "a function wrote"),
  );
}

/** The function gets the environment of Millrace, but not its settings: the master key may be among them. */
function environment(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => !name.startsWith("MILLRACE_"));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** The source runs as it is in the repository; the package that is published holds what it was compiled to. */
function workerUrl(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./function-worker.ts", import.meta.url)
    : new URL("./function-worker.js", import.meta.url);
}
