import { getCompileCacheDir } from "node:module";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type {
  SubtaskAnswer,
  SubtaskHandle,
  SubtaskHost,
  SubtaskRequest,
  SubtaskStart,
} from "./subtask-port.ts";
import type { WorkerStart } from "./worker-messages.ts";

export interface ThreadLimits {
  /** Of the JavaScript heap of one thread: strings, expressions, what is under way. Columns and tables lie outside. */
  readonly maxHeapMiB: number;
}

/** Runs each subtask in a thread of its own. */
export class ThreadHost implements SubtaskHost {
  readonly #limits: ThreadLimits;
  /** Threads that have begun to load the code before anybody said what for. */
  readonly #warm: Thread[] = [];

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  warm(): Disposable {
    const thread = newThread(this.#limits);
    this.#warm.push(thread);
    return {
      [Symbol.dispose]: () => {
        const at = this.#warm.indexOf(thread);
        if (at < 0) return;
        this.#warm.splice(at, 1);
        void thread.worker.terminate();
      },
    };
  }

  start(
    starts: readonly SubtaskStart[],
    answer: (subtask: number, answer: SubtaskAnswer) => void,
  ): readonly SubtaskHandle[] {
    const ports = meshOf(starts.length);
    return starts.map((start, subtask) => {
      const data: WorkerStart = { start, peers: ports[subtask] ?? [] };
      const thread = this.#warm.shift() ?? newThread(this.#limits);
      return new SubtaskThread(thread, data, (message) => answer(subtask, message));
    });
  }
}

interface Thread {
  readonly worker: Worker;
  /** What has ended it before it was used. */
  failure: Error | undefined;
}

function newThread({ maxHeapMiB }: ThreadLimits): Thread {
  // A thread keeps compiled code only where it is told to.
  const cacheDirectory = getCompileCacheDir();
  const worker = new Worker(workerUrl(), {
    name: "streaming",
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
    // Settings of Millrace, the master key among them, are none of a program's business.
    env: cacheDirectory === undefined ? {} : { NODE_COMPILE_CACHE: cacheDirectory },
  });
  worker.unref();
  const thread: Thread = { worker, failure: undefined };
  worker.on("error", (error: Error) => {
    thread.failure = error;
  });
  return thread;
}

class SubtaskThread implements SubtaskHandle {
  readonly #worker: Worker;
  #answer: ((answer: SubtaskAnswer) => void) | undefined;

  constructor(thread: Thread, data: WorkerStart, answer: (answer: SubtaskAnswer) => void) {
    const { worker } = thread;
    this.#answer = answer;
    this.#worker = worker;
    worker.on("message", (message: SubtaskAnswer) => this.#answer?.(message));
    worker.on("error", (error: Error) => this.#ended(error.name, error.message, error.stack));
    worker.on("exit", (code) => this.#ended("Error", `The thread ended with code ${code}.`, undefined));
    // A thread that has ended already says nothing any more.
    if (worker.threadId < 0) queueMicrotask(() => this.#endedBefore(thread.failure));
    const ports = data.peers.filter((port) => port !== undefined);
    worker.postMessage(data, ports);
  }

  send(request: SubtaskRequest): void {
    this.#worker.postMessage(request, buffersOf(request));
  }

  async close(): Promise<void> {
    this.#answer = undefined;
    await this.#worker.terminate();
  }

  #endedBefore(failure: Error = new Error("The thread has ended.")): void {
    this.#ended(failure.name, failure.message, failure.stack);
  }

  #ended(name: string, message: string, stack: string | undefined): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.({ kind: "failed", error: { name, message, stack } });
  }
}

/** A channel between each two subtasks. */
function meshOf(subtasks: number): readonly (readonly (MessagePort | undefined)[])[] {
  const ports: (MessagePort | undefined)[][] = Array.from({ length: subtasks }, () => []);
  for (let left = 0; left < subtasks; left += 1) {
    for (let right = left + 1; right < subtasks; right += 1) {
      const { port1, port2 } = new MessageChannel();
      (ports[left] as (MessagePort | undefined)[])[right] = port1;
      (ports[right] as (MessagePort | undefined)[])[left] = port2;
    }
  }
  return ports;
}

function buffersOf(request: SubtaskRequest): ArrayBuffer[] {
  if (request.kind !== "round") return [];
  const buffers = new Set<ArrayBuffer>();
  for (const { blocks } of request.round.sources) {
    for (const { block } of blocks) if (block.bytes.byteLength > 0) buffers.add(block.bytes.buffer);
  }
  return [...buffers];
}

/** The source runs as it is in the repository; the package that is published holds what it was compiled to. */
function workerUrl(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("./worker.ts", import.meta.url)
    : new URL("./worker.js", import.meta.url);
}
