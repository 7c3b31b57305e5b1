import { LogBusyError } from "./errors.ts";
import { logLimits } from "./limits.ts";

/** What a waiting append costs besides its payload. */
const requestOverheadBytes = 512;

/** Counts what waits to be written in all logs of a store. */
export class StoreQueue {
  bytes = 0;
}

/** Counts one log's waiting appends and refuses those beyond the bounds. */
export class QueueBudget {
  readonly #store: StoreQueue;
  #bytes = 0;

  constructor(store: StoreQueue) {
    this.#store = store;
  }

  get bytes(): number {
    return this.#bytes;
  }

  take(id: string, payloadBytes: number): void {
    const bytes = payloadBytes + requestOverheadBytes;
    if (this.#bytes + bytes > logLimits.maxQueuedBytesPerLog) {
      throw new LogBusyError(`log ${id} has ${this.#bytes} bytes waiting to be written`);
    }
    if (this.#store.bytes + bytes > logLimits.maxQueuedBytesPerStore) {
      throw new LogBusyError(`the logs have ${this.#store.bytes} bytes waiting to be written`);
    }
    this.#bytes += bytes;
    this.#store.bytes += bytes;
  }

  release(payloadBytes: number): void {
    const bytes = payloadBytes + requestOverheadBytes;
    this.#bytes -= bytes;
    this.#store.bytes -= bytes;
  }
}
