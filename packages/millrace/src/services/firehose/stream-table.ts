import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { Change, Store } from "../../core/store.ts";
import { DeliveryStream } from "./delivery-stream.ts";
import type { StreamDocument } from "./document.ts";
import { streamExists, streamNotFound } from "./errors.ts";

const collection = "streams";
/** The shortest wait before work that failed is tried again. */
const retryMs = 1_000;

export interface StreamTableParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly transitionMs: number;
}

/**
 * The delivery streams of all accounts and regions. Owns their documents and timers: every change of a stream
 * goes through `change`, which makes it durable first and visible afterwards, one change after the other.
 */
export class StreamTable {
  readonly #parts: StreamTableParts;
  readonly #byName = new Map<string, DeliveryStream>();
  readonly #timers = new Set<Timer>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(parts: StreamTableParts) {
    this.#parts = parts;
  }

  load(): void {
    for (const [, document] of this.#parts.store.all<StreamDocument>(collection))
      this.#byName.set(nameKey(document), new DeliveryStream(document));
  }

  get(account: string, region: string, name: string): DeliveryStream | undefined {
    return this.#byName.get(nameKey({ account, region, name }));
  }

  /** All streams, in no order. */
  all(): Iterable<DeliveryStream> {
    return this.#byName.values();
  }

  /** The streams of an account in a region, by name. */
  list(account: string, region: string): readonly DeliveryStream[] {
    return [...this.#byName.values()]
      .filter(({ document }) => document.account === account && document.region === region)
      .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
  }

  /** Whether the stream is still there: one that was made anew under its name is another. */
  has(stream: DeliveryStream): boolean {
    return this.#byName.get(nameKey(stream.document)) === stream;
  }

  async create(document: StreamDocument): Promise<DeliveryStream> {
    const { name, account } = document;
    const key = nameKey(document);
    if (this.#byName.has(key)) throw streamExists(name, account);
    const stream = new DeliveryStream(document);
    this.#byName.set(key, stream);
    try {
      await this.#parts.store.commit([changeOf(document)]);
    } catch (error) {
      this.#byName.delete(key);
      throw error;
    }
    return stream;
  }

  /** Replaces a stream's document by what `next` makes of it; nothing changes when `next` throws. */
  change(stream: DeliveryStream, next: (document: StreamDocument) => StreamDocument): Promise<void> {
    return stream.changes.run(async () => {
      const { name, account } = stream.document;
      if (!this.has(stream)) throw streamNotFound(name, account);
      const document = next(stream.document);
      await this.#parts.store.commit([changeOf(document)]);
      stream.adopt(document);
    });
  }

  /** Forgets a stream, after the changes that were asked for before. */
  remove(stream: DeliveryStream): Promise<void> {
    return stream.changes.run(async () => {
      if (!this.has(stream)) return;
      await this.#parts.store.commit([{ collection, key: stream.document.id }]);
      this.#byName.delete(nameKey(stream.document));
    });
  }

  /**
   * Runs the end of a transitional state when its time has come, and again until it succeeds: no failure of
   * the disk leaves a stream in such a state. Where it takes no time it runs at once, and the promise resolves when
   * it was tried, so that clients that wait for the state find it.
   */
  later(finish: () => Promise<void>, delayMs: number = this.#parts.transitionMs): Promise<void> {
    return this.#after(delayMs, async () => {
      try {
        await finish();
      } catch (error) {
        void this.later(finish, Math.max(delayMs, retryMs));
        throw error;
      }
    });
  }

  get transitionMs(): number {
    return this.#parts.transitionMs;
  }

  /** Runs work now, which a close waits for; what it throws is logged. */
  async background(work: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    const running = work().catch((error: unknown) => {
      this.#parts.log.error({ err: error }, `work on a delivery stream failed: ${messageOf(error)}`);
    });
    this.#running.add(running);
    await running.finally(() => this.#running.delete(running));
  }

  /** Waits for the work that has begun. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** No timer fires afterwards. */
  stop(): void {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Timed work: never overlaps a close. */
  async #after(delayMs: number, work: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    if (delayMs === 0) {
      await this.background(work);
      return;
    }
    const timer = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      void this.background(work);
    });
    this.#timers.add(timer);
  }
}

function changeOf(document: StreamDocument): Change {
  return { collection, key: document.id, put: document };
}

function nameKey(stream: { account: string; region: string; name: string }): string {
  return `${stream.account}/${stream.region}/${stream.name}`;
}
