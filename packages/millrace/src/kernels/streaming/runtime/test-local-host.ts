import type { JobFiles } from "../checkpoint/job-files.ts";
import { LocalExchange } from "./local-exchange.ts";
import type { RowFactory } from "./open-rows.ts";
import type { SubtaskAnswer, SubtaskHandle, SubtaskHost, SubtaskStart } from "./subtask-port.ts";
import { SubtaskSession } from "./subtask-session.ts";

export interface LocalHostParts {
  readonly files: JobFiles;
  /** Before each request and each answer: may end the process. */
  readonly step?: (what: string) => void;
  readonly openRows?: (start: SubtaskStart) => Promise<RowFactory>;
}

/** Runs subtasks in the calling thread, one message at a time. */
export class LocalHost implements SubtaskHost {
  readonly #parts: LocalHostParts;

  constructor(parts: LocalHostParts) {
    this.#parts = parts;
  }

  start(
    starts: readonly SubtaskStart[],
    answer: (subtask: number, answer: SubtaskAnswer) => void,
  ): readonly SubtaskHandle[] {
    const { files, step, openRows } = this.#parts;
    const exchange = new LocalExchange();
    return starts.map((start, subtask) => {
      let isClosed = false;
      const session = new SubtaskSession({
        start,
        files,
        transport: exchange.transport(subtask),
        answer: (message) => {
          queueMicrotask(() => {
            if (isClosed || !passes(step, `answer ${message.kind}`)) return;
            answer(subtask, message);
          });
        },
        cpuSeconds: () => 0,
        ...(openRows === undefined ? {} : { openRows }),
      });
      return {
        send: (request) => {
          if (!isClosed && passes(step, `request ${request.kind}`)) session.handle(request);
        },
        close: () => {
          isClosed = true;
          return Promise.resolve();
        },
      };
    });
  }
}

/** Messages of a process that has ended go nowhere. */
function passes(step: LocalHostParts["step"], what: string): boolean {
  try {
    step?.(what);
    return true;
  } catch {
    return false;
  }
}
