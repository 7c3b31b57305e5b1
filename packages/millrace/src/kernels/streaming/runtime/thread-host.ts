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

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  start(
    starts: readonly SubtaskStart[],
    answer: (subtask: number, answer: SubtaskAnswer) => void,
  ): readonly SubtaskHandle[] {
    const ports = meshOf(starts.length);
    return starts.map((start, subtask) => {
      const data: WorkerStart = { start, peers: ports[subtask] ?? [] };
      return new SubtaskThread(data, this.#limits, (message) => answer(subtask, message));
    });
  }
}

class SubtaskThread implements SubtaskHandle {
  readonly #worker: Worker;
  #answer: ((answer: SubtaskAnswer) => void) | undefined;

  constructor(data: WorkerStart, limits: ThreadLimits, answer: (answer: SubtaskAnswer) => void) {
    this.#answer = answer;
    const ports = data.peers.filter((port) => port !== undefined);
    this.#worker = new Worker(workerUrl(), {
      name: `streaming-${data.start.subtask}`,
      workerData: data,
      transferList: ports,
      resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMiB },
      // Settings of Millrace, the master key among them, are none of a program's business.
      env: {},
    });
    this.#worker.unref();
    this.#worker.on("message", (message: SubtaskAnswer) => this.#answer?.(message));
    this.#worker.on("error", (error) => this.#ended(error.name, error.message, error.stack));
    this.#worker.on("exit", (code) => this.#ended("Error", `The thread ended with code ${code}.`, undefined));
  }

  send(request: SubtaskRequest): void {
    this.#worker.postMessage(request, buffersOf(request));
  }

  async close(): Promise<void> {
    this.#answer = undefined;
    await this.#worker.terminate();
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
