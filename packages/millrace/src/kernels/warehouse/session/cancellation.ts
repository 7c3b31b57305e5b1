import type { Clock, Timer } from "../../../core/clock.ts";
import type { SqlError } from "../../../sql/sql-error.ts";

const interruptEveryMs = 20;

/** Ends the statement that runs, if one runs: by the client, by another session, or by its timeout. */
export class Cancellation {
  readonly #clock: Clock;
  readonly #interrupt: (error: SqlError) => void;
  #running = false;
  #controller: AbortController | undefined;
  #error: SqlError | undefined;
  #timer: Timer | undefined;

  /** @param interrupt ends what the engine or a lock keeps the statement waiting for */
  constructor(clock: Clock, interrupt: (error: SqlError) => void) {
    this.#clock = clock;
    this.#interrupt = interrupt;
  }

  /** Why the running statement ends. */
  get error(): SqlError | undefined {
    return this.#error;
  }

  /** Of the running statement: for what it waits for outside of the engine. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#error !== undefined) this.#controller.abort(this.#error);
    return this.#controller.signal;
  }

  /** @param timeoutMs 0: none */
  begin(timeoutMs: number, timedOut: SqlError): void {
    this.#running = true;
    this.#error = undefined;
    this.#controller = undefined;
    this.#timer?.cancel();
    this.#timer = timeoutMs > 0 ? this.#clock.after(timeoutMs, () => this.cancel(timedOut)) : undefined;
  }

  /** The rows of its answer have been read, too. */
  end(): void {
    this.#running = false;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  cancel(error: SqlError): void {
    if (!this.#running || this.#error !== undefined) return;
    this.#error = error;
    this.#controller?.abort(error);
    this.#interruptAgain(error);
  }

  /** What comes before the engine has begun with a statement is lost on it. */
  #interruptAgain(error: SqlError): void {
    if (!this.#running || this.#error !== error) return;
    this.#interrupt(error);
    this.#timer?.cancel();
    this.#timer = this.#clock.after(interruptEveryMs, () => this.#interruptAgain(error));
  }

  check(): void {
    if (this.#error !== undefined) throw this.#error;
  }
}
