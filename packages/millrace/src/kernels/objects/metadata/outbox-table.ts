import type { StatementSync } from "node:sqlite";
import type { ObjectEvent } from "../events.ts";
import type { MetadataDatabase } from "./database.ts";
import { allRows, prepareRows } from "./version-table.ts";

export interface KeptEvent {
  /** Rises from event to event. */
  readonly position: number;
  readonly event: ObjectEvent;
}

/** Events that wait for durable feeds, and how far each feed is. */
export class OutboxTable {
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #trim: StatementSync;
  readonly #nth: StatementSync;
  readonly #count: StatementSync;
  readonly #feed: StatementSync;
  readonly #saveFeed: StatementSync;
  readonly #slowest: StatementSync;

  constructor({ writer, reader }: MetadataDatabase) {
    this.#insert = writer.prepare("INSERT INTO outbox VALUES (?, ?)");
    this.#select = prepareRows(
      reader,
      "SELECT position, event FROM outbox WHERE position > ? ORDER BY position LIMIT ?",
    );
    this.#trim = writer.prepare("DELETE FROM outbox WHERE position <= ?");
    this.#nth = writer.prepare("SELECT position FROM outbox ORDER BY position LIMIT 1 OFFSET ?");
    this.#count = writer.prepare("SELECT count(*) AS n FROM outbox");
    this.#feed = writer.prepare("SELECT position FROM feeds WHERE name = ?");
    this.#saveFeed = writer.prepare("INSERT OR REPLACE INTO feeds VALUES (?, ?)");
    this.#slowest = writer.prepare("SELECT min(position) AS position FROM feeds");
  }

  /** In a commit. */
  add({ position, event }: KeptEvent): void {
    this.#insert.run(position, JSON.stringify(event));
  }

  after(position: number, limit: number): readonly KeptEvent[] {
    const rows = allRows<readonly [number, string]>(this.#select, [position, limit]);
    return rows.map(([at, event]) => ({ position: at, event: JSON.parse(event) }));
  }

  count(): number {
    return Number(this.#count.get()?.["n"]);
  }

  /** In a commit. Answers how many went. */
  trimTo(position: number): number {
    return Number(this.#trim.run(position).changes);
  }

  /** In a commit. Drops the oldest events. */
  drop(events: number): number {
    const row = this.#nth.get(events - 1);
    return row === undefined ? 0 : this.trimTo(Number(row["position"]));
  }

  /** In a commit. Undefined for a feed that was never opened. */
  positionOf(feed: string): number | undefined {
    const row = this.#feed.get(feed);
    return row === undefined ? undefined : Number(row["position"]);
  }

  /** In a commit. */
  move(feed: string, position: number): void {
    this.#saveFeed.run(feed, position);
  }

  /** In a commit. How far every feed is. */
  slowest(): number {
    return Number(this.#slowest.get()?.["position"] ?? 0);
  }
}
