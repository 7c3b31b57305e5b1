export interface FeedItem {
  readonly n: number;
}

export interface FeedPage<T> {
  readonly items: readonly T[];
  readonly next: number;
  readonly missed: number;
}

/** What is shown of a feed at one moment. */
export interface FeedView<T> {
  /** The newest first. */
  readonly items: readonly T[];
  /** Items that came too fast to be read, or before this screen was open. */
  readonly missed: number;
  readonly error: Error | undefined;
  /** Items that have come since the view was held. */
  readonly held: number;
  readonly isHeld: boolean;
}

export const maxItems = 10_000;

/** The items of a feed as they come in, and what is shown of them: that stands still while it is held. */
export class FeedStore<T extends FeedItem> {
  #items: readonly T[] = [];
  #missed = 0;
  #error: Error | undefined;
  #heldAt: number | undefined;
  #view: FeedView<T> = { items: [], missed: 0, error: undefined, held: 0, isHeld: false };
  readonly #listeners = new Set<() => void>();
  /** What the next page is asked for with. */
  after = 0;

  add(page: FeedPage<T>): void {
    // Numbers begin anew when Millrace does.
    if (page.next < this.after) this.#items = [];
    this.after = page.next;
    const hadError = this.#error !== undefined;
    this.#error = undefined;
    this.#missed += page.missed;
    if (page.items.length > 0) this.#items = [...page.items.toReversed(), ...this.#items].slice(0, maxItems);
    if (page.items.length > 0 || hadError) this.#change();
  }

  fail(error: Error): void {
    this.#error = error;
    this.#change();
  }

  hold(isHeld: boolean): void {
    if (isHeld === (this.#heldAt !== undefined)) return;
    this.#heldAt = isHeld ? this.after : undefined;
    this.#change();
  }

  clear(): void {
    this.#items = [];
    this.#missed = 0;
    this.#heldAt = undefined;
    this.#change();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): FeedView<T> => this.#view;

  #change(): void {
    const heldAt = this.#heldAt;
    const held = heldAt === undefined ? 0 : this.#items.filter(({ n }) => n > heldAt).length;
    const items = heldAt === undefined ? this.#items : this.#view.items;
    this.#view = { items, missed: this.#missed, error: this.#error, held, isHeld: heldAt !== undefined };
    for (const listener of this.#listeners) listener();
  }
}
