import { performance } from "node:perf_hooks";
import { messageOf } from "../../../core/errors.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { JobFiles } from "../checkpoint/job-files.ts";
import { type NamedSnapshot, readStateFile, writeStateFile } from "../checkpoint/state-file.ts";
import type { ExchangeTransport } from "./exchange.ts";
import { openRows, type RowFactory } from "./open-rows.ts";
import type { SubtaskAnswer, SubtaskRequest, SubtaskStart } from "./subtask-port.ts";
import { TaskGraph } from "./task-graph.ts";

export interface SubtaskSessionParts {
  readonly start: SubtaskStart;
  readonly files: JobFiles;
  readonly transport: ExchangeTransport;
  readonly answer: (answer: SubtaskAnswer) => void;
  /** CPU time of the thread. */
  readonly cpuSeconds: () => number;
  /** For tests; codecs and functions otherwise. */
  readonly openRows?: (start: SubtaskStart) => Promise<RowFactory>;
}

/** One subtask at work: takes requests in turn. A failure is its last answer. */
export class SubtaskSession {
  readonly #parts: SubtaskSessionParts;
  readonly #tasks: SerialTasks = new SerialTasks();
  readonly #writes: SerialTasks = new SerialTasks();
  #graph: TaskGraph | undefined;
  #hasFailed = false;

  constructor(parts: SubtaskSessionParts) {
    this.#parts = parts;
    this.#run(async () => {
      this.#graph = await this.#open();
      parts.answer({ kind: "ready" });
    });
  }

  handle(request: SubtaskRequest): void {
    this.#run(async () => {
      if (request.kind === "checkpoint") this.#checkpoint(request);
      else {
        const outcome = await this.#opened().run(request.round);
        this.#parts.answer({
          kind: "outcome",
          outcome: { ...outcome, cpuSeconds: this.#parts.cpuSeconds() },
        });
      }
    });
  }

  #run(task: () => Promise<void>): void {
    void this.#tasks.run(async () => {
      if (this.#hasFailed) return;
      try {
        await task();
      } catch (error) {
        this.#hasFailed = true;
        this.#parts.answer({ kind: "failed", error: failureText(error) });
      }
    });
  }

  async #open(): Promise<TaskGraph> {
    const { start, files, transport } = this.#parts;
    const rows = await (this.#parts.openRows ?? openRows)(start);
    const graph = new TaskGraph({ ...start, ...rows, transport });
    const snapshots: NamedSnapshot[] = [];
    for (const { path, file } of start.restore) snapshots.push(...(await readStateFile(files, path, file)));
    graph.restore(snapshots);
    return graph;
  }

  /** Copies the state, and writes it while the next rounds are worked on. */
  #checkpoint({ checkpoint, path, name }: Extract<SubtaskRequest, { kind: "checkpoint" }>): void {
    const beganMs = performance.now();
    const snapshots = this.#opened().snapshot();
    const pauseMs = performance.now() - beganMs;
    void this.#writes.run(async () => {
      try {
        const written = await writeStateFile(this.#parts.files, path, snapshots);
        const state = { name, ...written, uids: snapshots.map((snapshot) => snapshot.uid) };
        this.#parts.answer({ kind: "checkpointed", checkpoint, state, pauseMs });
      } catch (error) {
        this.#parts.answer({ kind: "checkpointFailed", checkpoint, message: messageOf(error) });
      }
    });
  }

  #opened(): TaskGraph {
    if (this.#graph === undefined) throw new Error("the subtask is not open");
    return this.#graph;
  }
}

function failureText(error: unknown): Extract<SubtaskAnswer, { kind: "failed" }>["error"] {
  if (!(error instanceof Error)) return { name: "Error", message: messageOf(error), stack: undefined };
  return { name: error.name, message: error.message, stack: error.stack };
}
