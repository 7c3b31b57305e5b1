import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Sink, SinkBlock } from "../connector-port.ts";

const firstDelayMs = 100;
const maxDelayMs = 10_000;

export interface SinkLaneParts {
  readonly sink: Sink;
  readonly clock: Clock;
  /** As logs name it. */
  readonly name: string;
  readonly log: (level: "info" | "warn" | "error", message: string) => void;
  /** Ends with the attempt: nothing is tried again then. */
  readonly signal: AbortSignal;
}

/** One subtask's sink. What fails for a while is tried again, ever more slowly, until the job is stopped. */
export class SinkLane {
  readonly #parts: SinkLaneParts;

  constructor(parts: SinkLaneParts) {
    this.#parts = parts;
  }

  get isPrompt(): boolean {
    return this.#parts.sink.visibility === "prompt";
  }

  recover(handle: string | undefined): Promise<void> {
    return this.#persist("recover", () => this.#parts.sink.recover(handle));
  }

  write(round: number, block: SinkBlock): Promise<void> {
    return this.#persist("write", () => this.#parts.sink.write(round, block));
  }

  prepare(checkpoint: number): Promise<string> {
    return this.#persist("prepare", () => this.#parts.sink.prepare(checkpoint));
  }

  commit(handle: string): Promise<void> {
    return this.#persist("commit", () => this.#parts.sink.commit(handle));
  }

  close(keep: boolean): Promise<void> {
    return this.#parts.sink.close(keep);
  }

  async #persist<T>(what: string, task: () => Promise<T>): Promise<T> {
    const { sink, log, name, signal } = this.#parts;
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
      try {
        return await task();
      } catch (error) {
        if (signal.aborted || !sink.isTransient(error)) throw error;
        log("warn", `${name}: ${what} failed and is tried again in ${delayMs} ms: ${messageOf(error)}`);
        await this.#wait(delayMs);
        if (signal.aborted) throw error;
      }
    }
  }

  #wait(delayMs: number): Promise<void> {
    const { clock, signal } = this.#parts;
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel();
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = clock.after(delayMs, end);
      signal.addEventListener("abort", end, { once: true });
    });
  }
}
