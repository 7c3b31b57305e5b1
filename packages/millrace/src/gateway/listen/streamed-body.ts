import type { Writable } from "node:stream";
import type { ExchangeHost } from "./exchange-host.ts";

/**
 * Sends the parts of a body as they come. Each has left for the connection before the next one is asked for, so
 * that a body may use its buffers again and waits while the client is slow. When the client goes away the
 * body's `return()` is called; a body that waits for something should also watch the exchange's signal,
 * because an async generator takes `return()` only between its parts.
 */
export async function sendParts(
  parts: AsyncIterable<Uint8Array>,
  to: Writable,
  host: ExchangeHost,
): Promise<void> {
  const iterator = parts[Symbol.asyncIterator]();
  const client = new Client(to);
  try {
    for (;;) {
      const step = await client.next(iterator);
      if (step === undefined) {
        void iterator.return?.()?.then(undefined, ignoreFailure);
        return;
      }
      if (step.done === true) break;
      if (step.value.length > 0) await client.write(step.value, host);
    }
    to.end();
  } catch (error) {
    to.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    client.detach();
  }
}

/** The client has gone and the body was told so: how its clean-up ends changes nothing for anyone. */
const ignoreFailure = (): void => {};

/** Turns a connection's events into promises: gone for good, or rid of what was written. */
class Client {
  readonly #to: Writable;
  #left: boolean;
  #leave: (() => void) | undefined;
  #wake: (() => void) | undefined;
  readonly #onClose = (): void => {
    this.#left = true;
    this.#leave?.();
    this.#wake?.();
  };

  constructor(to: Writable) {
    this.#to = to;
    this.#left = to.destroyed;
    to.on("close", this.#onClose);
  }

  /**
   * The next part, or undefined when the client leaves first. Not `Promise.race` with one promise for the whole
   * answer: that promise would hold every part until the answer ends.
   */
  next(parts: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array> | undefined> {
    if (this.#left) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#leave = (): void => resolve(undefined);
      parts.next().then(resolve, reject);
    });
  }

  /** Resolves when the part was handed to the system, or the client is gone. */
  write(part: Uint8Array, { clock, limits }: ExchangeHost): Promise<void> {
    return new Promise((resolve) => {
      const timer = clock.after(limits.responseStallTimeoutMs, () => this.#to.destroy());
      this.#wake = (): void => {
        timer.cancel();
        this.#wake = undefined;
        resolve();
      };
      // Its error is the connection's, which closes.
      this.#to.write(part, () => this.#wake?.());
    });
  }

  detach(): void {
    this.#to.off("close", this.#onClose);
  }
}
