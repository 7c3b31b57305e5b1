import type { Clock } from "../../core/clock.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { isFinal, type StatementDocument } from "./document.ts";
import { tooManyWaiting } from "./errors.ts";
import { limits } from "./limits.ts";

/** What is said again until it has been heard: a cancel before the engine has begun is lost on it. */
const cancelEveryMs = 20;

/** A statement or batch that has not ended. Its document changes; the table learns of the end. */
export class ActiveStatement {
  readonly document: StatementDocument;
  readonly #clock: Clock;
  readonly #watchers = new Set<() => void>();
  #sql: SqlSession | undefined;
  #cancelReason: string | undefined;
  #ended = false;

  constructor(document: StatementDocument, clock: Clock) {
    this.document = document;
    this.#clock = clock;
  }

  /** Why it shall not go on. */
  get cancelReason(): string | undefined {
    return this.#cancelReason;
  }

  /** The session that it runs in from now on, or none any more. */
  runsIn(session: SqlSession | undefined): void {
    this.#sql = session;
    if (session !== undefined) this.document.processId = session.processId;
  }

  cancel(reason: string): void {
    if (this.#cancelReason !== undefined || this.#ended) return;
    this.#cancelReason = reason;
    this.#cancelAgain();
  }

  #cancelAgain(): void {
    if (this.#ended) return;
    this.#sql?.cancel();
    this.#clock.after(cancelEveryMs, () => this.#cancelAgain());
  }

  /** Its document has changed. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** The end is durable, or cannot be made so. */
  end(): void {
    this.#ended = true;
    this.changed();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Resolves when it has ended (or the part has, counted from 0), after the time, or when nobody waits any more.
   * @throws ServiceError when too many wait for it
   */
  async wait(seconds: number, signal: AbortSignal, part?: number): Promise<void> {
    const isOver = (): boolean =>
      this.#ended || (part !== undefined && isFinal(this.document.parts[part]?.status ?? "FINISHED"));
    if (isOver() || signal.aborted) return;
    if (this.#watchers.size >= limits.waitingRequests) throw tooManyWaiting(limits.waitingRequests);
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        this.#watchers.delete(watch);
        signal.removeEventListener("abort", stop);
        timer.cancel();
        resolve();
      };
      const watch = (): void => {
        if (isOver()) stop();
      };
      const timer = this.#clock.after(seconds * 1000, stop);
      signal.addEventListener("abort", stop, { once: true });
      this.#watchers.add(watch);
    });
  }
}
