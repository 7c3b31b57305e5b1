import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../../core/sql-file.ts";

/** The history of all crawlers: one row a crawl. `crawler` is the id of a crawler's document. */
export const crawlSchema = `
  CREATE TABLE IF NOT EXISTS crawls (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, crawler TEXT NOT NULL,
    started_ms INTEGER NOT NULL, ended_ms INTEGER, state TEXT NOT NULL, error TEXT, summary TEXT,
    added INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS crawls_of ON crawls (crawler, seq);
  CREATE INDEX IF NOT EXISTS crawls_running ON crawls (state) WHERE state = 'RUNNING';
`;

export type CrawlState = "RUNNING" | "COMPLETED" | "FAILED" | "STOPPED";

export interface CrawlRow {
  /** Counts up: a page goes on below the last one's. */
  readonly seq: number;
  readonly id: string;
  readonly startedMs: number;
  /** Undefined while it runs. */
  readonly endedMs: number | undefined;
  readonly state: CrawlState;
  readonly error: string | undefined;
  /** JSON. */
  readonly summary: string | undefined;
  readonly tables: TableCounts;
}

/** How many tables a crawl added, changed and deleted. */
export interface TableCounts {
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
}

export interface CrawlEnd {
  readonly endedMs: number;
  readonly state: Exclude<CrawlState, "RUNNING">;
  readonly error: string | undefined;
  readonly summary: string | undefined;
  readonly tables: TableCounts;
}

/** AWS keeps the crawls of 12 months. */
const keptMs = 365 * 24 * 3600_000;
/** Of each crawler; older ones are forgotten. */
const maxCrawls = 10_000;
/** What a crawl is called that Millrace did not see the end of. */
const interrupted = "The crawl was interrupted because Millrace stopped. Run the crawler again.";

type Row = {
  seq: number;
  id: string;
  started_ms: number;
  ended_ms: number | null;
  state: CrawlState;
  error: string | null;
  summary: string | null;
  added: number;
  updated: number;
  deleted: number;
};

/** The crawls of all crawlers, in a file. */
export class CrawlTable {
  readonly #file: SqlFile;
  readonly #insert: StatementSync;
  readonly #end: StatementSync;
  readonly #below: StatementSync;
  readonly #ended: StatementSync;
  readonly #prune: StatementSync;
  readonly #forget: StatementSync;

  /** @param file with `crawlSchema` */
  constructor(file: SqlFile) {
    this.#file = file;
    this.#insert = file.prepare(
      "INSERT INTO crawls (id, crawler, started_ms, state) VALUES (?, ?, ?, 'RUNNING')",
    );
    this.#end = file.prepare(
      `UPDATE crawls SET ended_ms = ?, state = ?, error = ?, summary = ?, added = ?, updated = ?, deleted = ?
       WHERE id = ?`,
    );
    this.#below = file.prepare("SELECT * FROM crawls WHERE crawler = ? AND seq < ? ORDER BY seq DESC");
    this.#ended = file.prepare(
      "SELECT * FROM crawls WHERE crawler = ? AND state <> 'RUNNING' ORDER BY seq DESC LIMIT ?",
    );
    this.#prune = file.prepare(
      `DELETE FROM crawls WHERE crawler = ? AND state <> 'RUNNING' AND (started_ms < ? OR seq <= (
         SELECT seq FROM crawls WHERE crawler = ? ORDER BY seq DESC LIMIT 1 OFFSET ?))`,
    );
    this.#forget = file.prepare("DELETE FROM crawls WHERE crawler = ?");
  }

  /** Resolves when it is durable that the crawl has begun. */
  async begin(crawler: string, id: string, startedMs: number): Promise<void> {
    await this.#file.write(() => this.#insert.run(id, crawler, startedMs));
  }

  async end(crawler: string, id: string, end: CrawlEnd): Promise<void> {
    const { added, updated, deleted } = end.tables;
    await this.#file.write(() => {
      this.#end.run(
        end.endedMs,
        end.state,
        end.error ?? null,
        end.summary ?? null,
        added,
        updated,
        deleted,
        id,
      );
      this.#prune.run(crawler, end.endedMs - keptMs, crawler, maxCrawls);
    });
  }

  /** The newest first, from below a `seq`. */
  *newest(crawler: string, belowSeq: number = Number.MAX_SAFE_INTEGER): Generator<CrawlRow> {
    for (const row of this.#below.iterate(crawler, belowSeq)) yield rowOf(row as Row);
  }

  /** Those that are over, the newest first. */
  ended(crawler: string, limit: number): readonly CrawlRow[] {
    return this.#ended.all(crawler, limit).map((row) => rowOf(row as Row));
  }

  /** Ends what was running when Millrace ended. */
  async recover(nowMs: number): Promise<void> {
    await this.#file.write(() => {
      this.#file
        .prepare("UPDATE crawls SET state = 'FAILED', ended_ms = ?, error = ? WHERE state = 'RUNNING'")
        .run(nowMs, interrupted);
    });
  }

  async forget(crawler: string): Promise<void> {
    await this.#file.write(() => this.#forget.run(crawler));
  }

  async reset(): Promise<void> {
    await this.#file.write(() => this.#file.prepare("DELETE FROM crawls").run());
  }
}

function rowOf(row: Row): CrawlRow {
  return {
    seq: row.seq,
    id: row.id,
    startedMs: row.started_ms,
    endedMs: row.ended_ms ?? undefined,
    state: row.state,
    error: row.error ?? undefined,
    summary: row.summary ?? undefined,
    tables: { added: row.added, updated: row.updated, deleted: row.deleted },
  };
}
