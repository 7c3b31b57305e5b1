import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { ObjectEvent } from "./events.ts";
import { maxOutboxEvents } from "./limits.ts";
import type { GroupCommit, Transaction } from "./metadata/group-commit.ts";
import type { KeptEvent, OutboxTable } from "./metadata/outbox-table.ts";
import type { Sequence } from "./metadata/sequence.ts";

export type EventListener = (event: ObjectEvent) => void;

/** Which events a durable feed is for. Called in each commit: it must be quick. */
export type EventFilter = (event: ObjectEvent) => boolean;

export interface DurableFeed {
  /** The next events behind the committed position, the oldest first. */
  read(limit: number): readonly KeptEvent[];
  /** What is at this position and before it is not read again, not after a crash either. */
  commit(position: number): Promise<void>;
  /** Takes no further events. What was not committed waits for the next opening. */
  close(): void;
}

/** Rows that one read looks at to find what its filter takes. */
const readRows = 256;

/** Tells of commits, in their order: at once to whoever listens, and at least once to durable feeds. */
export class EventFeed {
  readonly #commits: GroupCommit;
  readonly #outbox: OutboxTable;
  readonly #sequence: Sequence;
  readonly #log: Logger;
  readonly #listeners = new Set<EventListener>();
  readonly #filters = new Map<string, EventFilter>();
  #kept: number;
  #undelivered: ObjectEvent[] = [];

  constructor(commits: GroupCommit, outbox: OutboxTable, sequence: Sequence, log: Logger) {
    this.#commits = commits;
    this.#outbox = outbox;
    this.#sequence = sequence;
    this.#log = log;
    this.#kept = outbox.count();
  }

  /** In the commit that the event tells of. */
  note(transaction: Transaction, event: ObjectEvent): void {
    if (this.#isAwaited(event)) this.#keep(transaction, event);
    if (this.#listeners.size > 0) transaction.after(() => this.#deliver(event));
  }

  /** The listener is called soon after each commit; what it throws is logged. Returns how to stop it. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Opens a feed that goes on where it was committed last, across restarts. It gets what is committed while it
   * is open.
   */
  async open(name: string, filter: EventFilter): Promise<DurableFeed> {
    let position = await this.#commits.run(() => {
      const known = this.#outbox.positionOf(name);
      if (known !== undefined) return known;
      const begin = this.#sequence.next();
      this.#outbox.move(name, begin);
      return begin;
    });
    this.#filters.set(name, filter);
    return {
      read: (limit) => this.#read(position, limit, filter),
      commit: async (to) => {
        await this.#commits.run((transaction) => {
          this.#outbox.move(name, to);
          this.#forget(transaction, this.#outbox.trimTo(this.#outbox.slowest()));
        });
        position = to;
      },
      close: () => void this.#filters.delete(name),
    };
  }

  #isAwaited(event: ObjectEvent): boolean {
    for (const filter of this.#filters.values()) if (this.#takes(filter, event)) return true;
    return false;
  }

  /** A filter that fails must not lose events, nor stop the commit. */
  #takes(filter: EventFilter, event: ObjectEvent): boolean {
    try {
      return filter(event);
    } catch (error) {
      this.#log.error({ error: messageOf(error) }, "a filter of object events failed");
      return true;
    }
  }

  #keep(transaction: Transaction, event: ObjectEvent): void {
    this.#outbox.add({ position: this.#sequence.next(), event });
    transaction.after(() => {
      this.#kept += 1;
    });
    if (this.#kept < maxOutboxEvents) return;
    const dropped = this.#outbox.drop(maxOutboxEvents / 10);
    this.#forget(transaction, dropped);
    this.#log.warn({ dropped }, "object events were dropped: too many wait to be read");
  }

  #forget(transaction: Transaction, events: number): void {
    transaction.after(() => {
      this.#kept -= events;
    });
  }

  #read(position: number, limit: number, filter: EventFilter): readonly KeptEvent[] {
    const taken: KeptEvent[] = [];
    for (let after = position; taken.length < limit; ) {
      const rows = this.#outbox.after(after, readRows);
      for (const row of rows) if (taken.length < limit && this.#takes(filter, row.event)) taken.push(row);
      after = rows.at(-1)?.position ?? after;
      if (rows.length < readRows) break;
    }
    return taken;
  }

  #deliver(event: ObjectEvent): void {
    this.#undelivered.push(event);
    if (this.#undelivered.length === 1) setImmediate(() => this.#deliverAll());
  }

  #deliverAll(): void {
    const events = this.#undelivered;
    this.#undelivered = [];
    for (const event of events) for (const listener of this.#listeners) this.#tell(listener, event);
  }

  #tell(listener: EventListener, event: ObjectEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.#log.error({ error: messageOf(error) }, "a listener of object events failed");
    }
  }
}
