import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import { LogBusyError } from "./errors.ts";
import { logLimits } from "./limits.ts";
import type { Offset } from "./offset.ts";

/** Those who want to hear that the watermark moved. */
export class DurableListeners {
  readonly #log: Logger;
  readonly #listeners = new Map<symbol, (durableOffset: Offset) => void>();

  constructor(log: Logger) {
    this.#log = log;
  }

  add(listener: (durableOffset: Offset) => void): Disposable {
    if (this.#listeners.size >= logLimits.maxListeners) {
      throw new LogBusyError(`a log takes ${logLimits.maxListeners} listeners at most`);
    }
    const key = Symbol();
    this.#listeners.set(key, listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(key) };
  }

  /** One listener's error must not keep the others, or the writer, from going on. */
  tell(durableOffset: Offset): void {
    for (const listener of this.#listeners.values()) {
      try {
        listener(durableOffset);
      } catch (error) {
        this.#log.error({ error: messageOf(error) }, "a listener of the log failed");
      }
    }
  }
}
