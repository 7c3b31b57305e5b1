import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import { Attachments } from "./attachments.ts";
import { Databases } from "./databases.ts";
import { PartitionIndexes } from "./partition-indexes.ts";
import { Partitions } from "./partitions.ts";
import { TableVersions } from "./table-versions.ts";
import { Tables } from "./tables.ts";
import { Trash } from "./trash.ts";

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
  readonly tableVersions: TableVersions;
  readonly partitions: Partitions;
  readonly partitionIndexes: PartitionIndexes;
  readonly attachments: Attachments;
  readonly #file: SqlFile;
  readonly #log: Logger;
  readonly #trash: Trash;
  #closed = false;
  #working: Promise<void> | undefined;
  #isWoken = false;

  constructor(options: CatalogOptions) {
    const { file, clock, log } = options;
    const wake = () => this.#wake();
    this.#file = file;
    this.#log = log;
    this.#trash = new Trash(file);
    this.partitionIndexes = new PartitionIndexes(file, wake);
    this.partitions = new Partitions(file, clock, this.partitionIndexes);
    this.databases = new Databases(file, clock, wake);
    this.tables = new Tables(file, clock, {
      wake,
      updating: (before, after) => this.partitions.rekey(before, after),
    });
    this.tableVersions = new TableVersions(file);
    this.attachments = new Attachments(file, clock);
    // What the last run has begun goes on.
    wake();
  }

  /**
   * Runs `work`, which is synchronous, in a transaction and resolves with what it returned when that is
   * durable. When it throws, nothing of it remains.
   */
  write<T>(work: () => T): Promise<T> {
    return this.#file.write(work);
  }

  /** Resolves when nothing is left to be done in the background. */
  async idle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  /** Forgets everything. */
  async reset(): Promise<void> {
    await this.#file.write(() => {
      for (const table of emptied) this.#file.prepare(`DELETE FROM ${table}`).run();
    });
  }

  /** Stops what runs in the background; the next run goes on with it. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
  }

  /** Sees to it that indexes are filled and what was deleted goes, in transactions of a few milliseconds. */
  #wake(): void {
    this.#isWoken = true;
    this.#working ??= this.#workOff();
  }

  async #workOff(): Promise<void> {
    try {
      while (this.#isWoken) {
        this.#isWoken = false;
        while (!this.#closed && (await this.#trash.workOff()));
        while (!this.#closed && (await this.partitionIndexes.workOff()));
      }
    } catch (error) {
      // The next change that leaves work behind, or the next start, tries again.
      this.#log.error({ err: error }, `the catalog's background work failed: ${messageOf(error)}`);
    } finally {
      this.#working = undefined;
    }
  }
}
