import type { StatementSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { PartitionDefinition, TableDefinition } from "./definition.ts";
import { readDocument, writeDocument } from "./document.ts";
import { CatalogError } from "./errors.ts";
import { parseFilter } from "./filter/parser.ts";
import type { KeyValue } from "./key-type.ts";
import { entryValues, type PartitionIndexEntry } from "./partition-index.ts";
import {
  bucketOf,
  keyColumns,
  moreText,
  type PartitionKey,
  partitionKeysOf,
  partitionName,
  typedValues,
} from "./partition-key.ts";
import {
  type PartitionPosition,
  type PartitionRow,
  type PartitionSegment,
  scanPartitions,
} from "./partition-scan.ts";
import type { Page } from "./scope.ts";
import type { TableEntry } from "./table-entry.ts";

export interface PartitionInput {
  readonly values: readonly string[];
  readonly definition: PartitionDefinition;
}

export interface PartitionEntry extends PartitionInput {
  /** Never used again for another partition. */
  readonly id: number;
  readonly createdMs: number;
}

/** What came of one partition of several: undefined when it was done. */
export type PartitionOutcome = CatalogError | undefined;

export interface PartitionPageOptions {
  /** As in GetPartitions. */
  readonly expression?: string | undefined;
  readonly segment?: PartitionSegment | undefined;
  readonly after?: PartitionPosition | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** Where the indexes of a table come from: see `PartitionIndexes`. */
export interface IndexesOf {
  of(tableId: number): readonly PartitionIndexEntry[];
}

/** The longest name of a partition, in characters: a page token has to hold one. */
const maxNameChars = 2_600;

/** How many partitions an update of a table's keys may give new types to, in one transaction. */
const maxRekeyed = 20_000;

/** The partitions of all tables. Each call that writes several is one transaction. */
export class Partitions {
  readonly #file: SqlFile;
  readonly #clock: Clock;
  readonly #indexes: IndexesOf;
  readonly #find: StatementSync;
  readonly #table: StatementSync;
  readonly #insertKeys: StatementSync;
  readonly #insertDocument: StatementSync;
  readonly #insertEntry: StatementSync;
  readonly #updateDocument: StatementSync;
  readonly #updateKeys: StatementSync;
  readonly #deleteKeys: StatementSync;
  readonly #deleteDocument: StatementSync;
  readonly #deleteEntry: StatementSync;
  readonly #deleteAttachments: StatementSync;

  constructor(file: SqlFile, clock: Clock, indexes: IndexesOf) {
    this.#file = file;
    this.#clock = clock;
    this.#indexes = indexes;
    const columns = Array.from({ length: keyColumns }, (_, at) => `k${at}`);
    this.#find = file.prepare(
      `SELECT p.id, p.name, d.document, d.created_ms FROM partition_keys p
       JOIN partition_documents d ON d.id = p.id WHERE p.table_id = ? AND p.name = ?`,
    );
    this.#table = file.prepare("SELECT document FROM tables WHERE id = ?");
    this.#insertKeys = file.prepare(
      `INSERT INTO partition_keys (table_id, name, id, bucket, ${columns.join(", ")}, more)
       VALUES (?, ?, ?, ?, ${columns.map(() => "?").join(", ")}, ?)`,
    );
    this.#insertDocument = file.prepare(
      "INSERT INTO partition_documents (document, created_ms) VALUES (?, ?)",
    );
    this.#insertEntry = file.prepare("INSERT OR IGNORE INTO partition_entries VALUES (?, ?, ?, ?, ?, ?, ?)");
    this.#updateDocument = file.prepare("UPDATE partition_documents SET document = ? WHERE id = ?");
    this.#updateKeys = file.prepare(
      `UPDATE partition_keys SET ${columns.map((column) => `${column} = ?`).join(", ")}, more = ?
       WHERE table_id = ? AND name = ?`,
    );
    this.#deleteKeys = file.prepare("DELETE FROM partition_keys WHERE table_id = ? AND name = ?");
    this.#deleteDocument = file.prepare("DELETE FROM partition_documents WHERE id = ?");
    this.#deleteEntry = file.prepare(
      `DELETE FROM partition_entries
       WHERE index_id = ? AND a0 = ? AND a1 = ? AND a2 = ? AND a3 = ? AND name = ?`,
    );
    this.#deleteAttachments = file.prepare(
      "DELETE FROM attachments WHERE owner = 'partition' AND owner_id = ?",
    );
  }

  find(table: TableEntry, values: readonly string[]): PartitionEntry | undefined {
    const row = this.#find.get(table.id, partitionName(values)) as PartitionRow | undefined;
    return row && entryOf(row);
  }

  /** One page, in an order that stays the same from page to page. @throws CatalogError for the expression */
  async page(
    table: TableEntry,
    options: PartitionPageOptions,
  ): Promise<Page<PartitionEntry, PartitionPosition>> {
    const { expression = "", ...rest } = options;
    const keys = partitionKeysOf(table.definition);
    const filter = parseFilter(expression, keys);
    const indexes = filter === undefined ? [] : this.#indexes.of(table.id);
    const query = { tableId: table.id, keys, indexes, filter, ...rest };
    const { items, next } = await scanPartitions(this.#file, query);
    return { items: items.map(entryOf), next };
  }

  /** All partitions that match, a page at a time in memory. */
  async *iterate(
    table: TableEntry,
    options: Omit<PartitionPageOptions, "after" | "limit"> = {},
  ): AsyncGenerator<PartitionEntry> {
    let after: PartitionPosition | undefined;
    do {
      const page: Page<PartitionEntry, PartitionPosition> = await this.page(table, {
        ...options,
        after,
        limit: 1000,
      });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  /** Adds those that are not there yet. @throws CatalogError when the table is gone */
  createAll(table: TableEntry, inputs: readonly PartitionInput[]): Promise<readonly PartitionOutcome[]> {
    return this.#file.write(() => {
      const place = this.#placeOf(table);
      return inputs.map((input) => outcomeOf(() => this.#insert(place, input)));
    });
  }

  /** Replaces the definitions of those that are there. @throws CatalogError when the table is gone */
  updateAll(table: TableEntry, inputs: readonly PartitionInput[]): Promise<readonly PartitionOutcome[]> {
    return this.#file.write(() => {
      this.#placeOf(table);
      return inputs.map((input) => outcomeOf(() => this.#update(table, input)));
    });
  }

  /** Deletes those that are there. @throws CatalogError when the table is gone */
  deleteAll(
    table: TableEntry,
    valuesOfAll: readonly (readonly string[])[],
  ): Promise<readonly PartitionOutcome[]> {
    return this.#file.write(() => {
      const place = this.#placeOf(table);
      return valuesOfAll.map((values) => outcomeOf(() => this.#delete(place, values)));
    });
  }

  /** Inside the transaction that gives the table other keys: partitions that are there get their new types. */
  rekey(before: TableEntry, after: TableDefinition): void {
    const [old, keys] = [partitionKeysOf(before.definition), partitionKeysOf(after)];
    const isSame = old.length === keys.length && keys.every(({ kind }, at) => kind === old[at]?.kind);
    const isRenamed = keys.some(({ name }, at) => name !== old[at]?.name);
    if (isSame && !isRenamed) return;
    if (this.#indexes.of(before.id).length > 0)
      throw invalid("Partition keys cannot be changed while the table has partition indexes.");
    if (isSame) return;
    const rows = this.#file
      .prepare("SELECT name FROM partition_keys WHERE table_id = ? LIMIT ?")
      .all(before.id, maxRekeyed + 1) as { name: string }[];
    if (rows.length === 0) return;
    if (old.length !== keys.length)
      throw invalid("The number of partition keys cannot be changed while the table has partitions.");
    if (rows.length > maxRekeyed)
      throw invalid(`The types of partition keys cannot be changed with more than ${maxRekeyed} partitions.`);
    for (const { name } of rows) {
      const values = typedValues(keys, JSON.parse(name) as string[]);
      this.#updateKeys.run(...columnsOf(values), before.id, name);
    }
  }

  #insert(place: TablePlace, { values, definition }: PartitionInput): void {
    const typed = typedValues(place.keys, values);
    const name = partitionName(values);
    if (name.length > maxNameChars) throw invalid("The values of the partition are too long.");
    if (this.#find.get(place.tableId, name) !== undefined)
      throw new CatalogError("exists", "partition", "Partition already exists.");
    const { lastInsertRowid: id } = this.#insertDocument.run(writeDocument(definition), this.#clock.now());
    this.#insertKeys.run(place.tableId, name, id, bucketOf(name), ...columnsOf(typed));
    for (const index of place.indexes)
      this.#insertEntry.run(index.id, ...entryValues(index, typed), name, id);
  }

  #update(table: TableEntry, { values, definition }: PartitionInput): void {
    const { id } = this.#existing(table.id, values);
    this.#updateDocument.run(writeDocument(definition), id);
  }

  #delete(place: TablePlace, values: readonly string[]): void {
    const { id, name } = this.#existing(place.tableId, values);
    const typed = typedValues(place.keys, values);
    for (const index of place.indexes) this.#deleteEntry.run(index.id, ...entryValues(index, typed), name);
    this.#deleteKeys.run(place.tableId, name);
    this.#deleteDocument.run(id);
    this.#deleteAttachments.run(id);
  }

  #existing(tableId: number, values: readonly string[]): PartitionRow {
    const row = this.#find.get(tableId, partitionName(values)) as PartitionRow | undefined;
    if (row !== undefined) return row;
    throw new CatalogError("not-found", "partition", "Cannot find partition.");
  }

  /** The table's keys and indexes as they are in this transaction. */
  #placeOf(table: TableEntry): TablePlace {
    const row = this.#table.get(table.id) as { document: string } | undefined;
    if (row === undefined) throw new CatalogError("not-found", "table", `Table ${table.name} not found.`);
    const keys = partitionKeysOf(readDocument<TableDefinition>(row.document));
    const indexes = this.#indexes.of(table.id).filter(({ status }) => status !== "DELETING");
    return { tableId: table.id, keys, indexes };
  }
}

interface TablePlace {
  readonly tableId: number;
  readonly keys: readonly PartitionKey[];
  readonly indexes: readonly PartitionIndexEntry[];
}

function columnsOf(values: readonly KeyValue[]): readonly KeyValue[] {
  const columns = Array.from({ length: keyColumns }, (_, at) => values[at] ?? null);
  return [...columns, moreText(values)];
}

function outcomeOf(work: () => void): PartitionOutcome {
  try {
    work();
    return undefined;
  } catch (error) {
    // Refusals come before the first write, so that nothing has to be undone.
    if (error instanceof CatalogError) return error;
    throw error;
  }
}

function entryOf(row: PartitionRow): PartitionEntry {
  return {
    id: row.id,
    values: JSON.parse(row.name) as string[],
    definition: readDocument<PartitionDefinition>(row.document),
    createdMs: row.created_ms,
  };
}

const invalid = (message: string): CatalogError => new CatalogError("invalid", "partition", message);
