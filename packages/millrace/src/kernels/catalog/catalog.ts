import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import { Attachments } from "./attachments.ts";
import { Databases } from "./databases.ts";
import { Tables } from "./tables.ts";

export interface CatalogOptions {
  /** With `catalogSchema`. The catalog closes nothing: whoever opened the file does, after `close`. */
  readonly file: SqlFile;
  readonly clock: Clock;
  readonly log: Logger;
}

const emptied = [
  "databases",
  "tables",
  "table_versions",
  "partition_keys",
  "partition_documents",
  "partition_indexes",
  "partition_entries",
  "attachments",
  "trash",
] as const;

/** Databases, tables and partitions of all accounts and regions, in one file. */
export class Catalog {
  readonly databases: Databases;
  readonly tables: Tables;
  readonly attachments: Attachments;
  readonly #file: SqlFile;

  constructor(options: CatalogOptions) {
    const { file, clock } = options;
    this.#file = file;
    this.databases = new Databases(file, clock);
    this.tables = new Tables(file, clock, () => {});
    this.attachments = new Attachments(file, clock);
  }

  /**
   * Runs `work`, which is synchronous, in a transaction and resolves with what it returned when that is
   * durable. When it throws, nothing of it remains.
   */
  write<T>(work: () => T): Promise<T> {
    return this.#file.write(work);
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await this.#file.write(() => {
      for (const table of emptied) this.#file.prepare(`DELETE FROM ${table}`).run();
    });
  }

  /** Stops what runs in the background. */
  async close(): Promise<void> {}
}
