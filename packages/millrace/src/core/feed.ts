import type { Clock, Timer } from "./clock.ts";

/** What a feed numbers. */
export interface FeedItem {
  /** Set by the feed: 1 for the first item of this run. */
  n: number;
}

export interface FeedPage<T> {
  readonly items: readonly T[];
  /** What the next page is asked for with. */
  readonly next: number;
  /** Items after the cursor that were gone before anybody asked. */
  readonly missed: number;
}

/** Readers that wait at the same time; further ones are answered at once. */
const maxWaiters = 256;

/** The newest items of something that goes on and on, numbered, for readers who come back with a cursor. */
export class Feed<T extends FeedItem> {
  readonly #capacity: number;
  readonly #ring: T[] = [];
  #last = 0;
  readonly #waiters = new Set<() => void>();
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(item: T): void {
    item.n = ++this.#last;
    // Item n lies in slot (n - 1) % capacity: the array grows by one item at a time until it is full.
    this.#ring[(this.#last - 1) % this.#capacity] = item;
    if (this.#waiters.size !== 0) this.#wake();
  }

  /** The number of the newest item; 0 when there has been none. */
  get last(): number {
    return this.#last;
  }

  /**
   * The items after a cursor, the oldest first, as many as `limit` of those that `fits`. A cursor of an
   * earlier run, beyond the newest item, starts anew.
   */
  page(after: number, limit: number, fits: (item: T) => boolean): FeedPage<T> {
    const from = after > this.#last ? 0 : after;
    const oldest = Math.max(1, this.#last - this.#capacity + 1);
    const items: T[] = [];
    let next = Math.max(from, oldest - 1);
    while (next < this.#last && items.length < limit) {
      next++;
      const item = this.#ring[(next - 1) % this.#capacity];
      if (item !== undefined && fits(item)) items.push(item);
    }
    return { items, next, missed: Math.max(0, oldest - 1 - from) };
  }

  /**
   * Resolves when there is an item after the cursor, when the time is over, or when the reader has gone; with
   * false where nobody can wait, so that it is no use to try again.
   */
  wait(after: number, waitMs: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
    if (after < this.#last) return Promise.resolve(true);
    if (this.#isClosed || waitMs <= 0 || signal.aborted || this.#waiters.size >= maxWaiters)
      return Promise.resolve(false);
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      const done = (): void => {
        timer?.cancel();
        this.#waiters.delete(done);
        signal.removeEventListener("abort", done);
        resolve(true);
      };
      timer = clock.after(waitMs, done);
      signal.addEventListener("abort", done, { once: true });
      this.#waiters.add(done);
    });
  }

  /** Lets everybody go who waits; from now on nobody does. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  #wake(): void {
    for (const done of [...this.#waiters]) done();
  }
}
