import { Worker } from "node:worker_threads";
import type { Logger } from "../../../core/logger.ts";
import type { ConversionJob, ConversionResult } from "./conversion-job.ts";

/** A worker died on the same rows again and again: they stay in their log and are tried again later. */
export class EncoderFailedError extends Error {
  override readonly name = "EncoderFailedError";
}

export interface EncoderPoolOptions {
  readonly log: Logger;
  /** One when undefined: the other core belongs to the main thread. */
  readonly workers?: number;
  /** What the threads run; ours when undefined. */
  readonly script?: URL;
}

/** A thread makes few objects, and large ones: room for young ones would only lie idle. */
const maxYoungGenerationSizeMb = 8;

/** How often a job is begun: a worker that dies is replaced, and what it did is done again. */
const maxAttempts = 3;

interface Task {
  readonly job: ConversionJob;
  attempts: number;
  resolve(result: ConversionResult): void;
  reject(error: Error): void;
}

/** What a worker answers. */
export type WorkerAnswer = { readonly result: ConversionResult } | { readonly error: string };

/**
 * Threads that turn JSON into row groups of Parquet. They start with the first job, keep nothing between two
 * jobs, and may die at any time: the job is begun again by another.
 */
export class EncoderPool {
  readonly #log: Logger;
  readonly #size: number;
  readonly #script: URL;
  readonly #idle: PoolWorker[] = [];
  readonly #all = new Set<PoolWorker>();
  readonly #waiting: Task[] = [];
  #closed = false;

  constructor(options: EncoderPoolOptions) {
    this.#log = options.log;
    this.#size = options.workers ?? 1;
    this.#script = options.script ?? workerUrl();
  }

  /** Memory that a job holds while it waits is its owner's business. @throws EncoderFailedError */
  run(job: ConversionJob): Promise<ConversionResult> {
    if (this.#closed) return Promise.reject(new EncoderFailedError("the encoders are closed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, attempts: 0, resolve, reject });
      this.#next();
    });
  }

  /** What is under way or waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#waiting.splice(0))
      task.reject(new EncoderFailedError("the encoders are closed"));
    await Promise.all([...this.#all].map((worker) => worker.stop()));
  }

  #next(): void {
    while (this.#waiting.length > 0 && !this.#closed) {
      const worker = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
      const task = worker === undefined ? undefined : this.#waiting.shift();
      if (worker === undefined || task === undefined) return;
      task.attempts += 1;
      worker.run(task);
    }
  }

  #start(): PoolWorker {
    const worker = new PoolWorker(this.#script, {
      idle: () => {
        this.#idle.push(worker);
        this.#next();
      },
      died: (task, error) => this.#replace(worker, task, error),
    });
    this.#all.add(worker);
    return worker;
  }

  #replace(worker: PoolWorker, task: Task | undefined, error: Error): void {
    this.#all.delete(worker);
    const index = this.#idle.indexOf(worker);
    if (index >= 0) this.#idle.splice(index, 1);
    if (task === undefined) return;
    if (this.#closed || task.attempts >= maxAttempts) {
      task.reject(new EncoderFailedError(`a batch could not be encoded: ${error.message}`, { cause: error }));
    } else {
      this.#log.warn({ error: error.message, attempts: task.attempts }, "an encoder's thread died");
      this.#waiting.unshift(task);
    }
    this.#next();
  }
}

interface WorkerOwner {
  idle(): void;
  died(task: Task | undefined, error: Error): void;
}

/** One thread with at most one job. */
class PoolWorker {
  readonly #worker: Worker;
  readonly #owner: WorkerOwner;
  #task: Task | undefined;
  #dead = false;

  constructor(script: URL, owner: WorkerOwner) {
    this.#owner = owner;
    this.#worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb } });
    // An idle worker does not keep the process alive.
    this.#worker.unref();
    this.#worker.on("message", (answer: WorkerAnswer) => this.#answered(answer));
    this.#worker.on("error", (error) =>
      this.#died(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on("exit", (code) => this.#died(new Error(`it ended with code ${code}`)));
  }

  run(task: Task): void {
    this.#task = task;
    this.#worker.ref();
    this.#worker.postMessage(task.job);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #answered(answer: WorkerAnswer): void {
    const task = this.#task;
    this.#task = undefined;
    this.#worker.unref();
    if ("result" in answer) task?.resolve(answer.result);
    else task?.reject(new EncoderFailedError(answer.error));
    this.#owner.idle();
  }

  #died(error: Error): void {
    if (this.#dead) return;
    this.#dead = true;
    const task = this.#task;
    this.#task = undefined;
    this.#owner.died(task, error);
  }
}

/** The source runs as it is in the repository; the package that is published holds what it was compiled to. */
function workerUrl(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./conversion-worker.ts", import.meta.url)
    : new URL("./conversion-worker.js", import.meta.url);
}
