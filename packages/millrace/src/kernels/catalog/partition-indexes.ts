import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import type { TableDefinition } from "./definition.ts";
import { readDocument } from "./document.ts";
import { CatalogError } from "./errors.ts";
import { entryValues, type IndexStatus, type PartitionIndexEntry } from "./partition-index.ts";
import { type PartitionKey, partitionKeysOf, typedValues } from "./partition-key.ts";
import type { TableEntry } from "./table-entry.ts";

export interface PartitionIndexDefinition {
  readonly name: string;
  /** Names of partition keys, the one that is looked for first in front. */
  readonly keys: readonly string[];
}

type Row = { id: number; table_id: number; name: string; keys: string; status: IndexStatus };

/** As many as AWS has. */
const maxIndexesPerTable = 3;

/** Rows that one transaction fills in or deletes: some ten milliseconds. */
const sliceRows = 2000;

/**
 * The indexes by which partitions are found without looking at all of them. One is filled and emptied by and
 * by; until it is full, partitions that are added go to it as well, but it answers nothing.
 */
export class PartitionIndexes {
  readonly #file: SqlFile;
  readonly #wake: () => void;
  readonly #list: StatementSync;
  readonly #insert: StatementSync;
  readonly #pending: StatementSync;
  readonly #unfilled: StatementSync;
  readonly #addEntry: StatementSync;

  /** @param wake is called when there is work for `workOff`. */
  constructor(file: SqlFile, wake: () => void) {
    this.#file = file;
    this.#wake = wake;
    this.#list = file.prepare(
      "SELECT id, table_id, name, keys, status FROM partition_indexes WHERE table_id = ? ORDER BY name",
    );
    this.#insert = file.prepare(
      "INSERT INTO partition_indexes (table_id, name, keys, status, filled_to) VALUES (?, ?, ?, ?, '')",
    );
    this.#pending = file.prepare(
      `SELECT i.id, i.table_id, i.name, i.keys, i.status, i.filled_to, t.document
       FROM partition_indexes i JOIN tables t ON t.id = i.table_id
       WHERE i.status IN ('CREATING', 'DELETING') LIMIT 1`,
    );
    this.#unfilled = file.prepare(
      "SELECT name, id FROM partition_keys WHERE table_id = ? AND name > ? ORDER BY name LIMIT ?",
    );
    this.#addEntry = file.prepare("INSERT OR IGNORE INTO partition_entries VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  /** In the order of their names, whatever state they are in. */
  of(tableId: number): readonly PartitionIndexEntry[] {
    return (this.#list.all(tableId) as Row[]).map(entryOf);
  }

  /** Resolves when the index is durable in state CREATING; it is filled afterwards. */
  async create(table: TableEntry, definition: PartitionIndexDefinition): Promise<void> {
    await this.#file.write(() => this.add(table, definition, "CREATING"));
    this.#wake();
  }

  /** Inside a write. A table that has no partitions yet may have an index that is ACTIVE at once. */
  add(table: TableEntry, { name, keys }: PartitionIndexDefinition, status: "CREATING" | "ACTIVE"): void {
    const positions = positionsOf(partitionKeysOf(table.definition), keys);
    const others = this.of(table.id);
    requireNoneInProgress(others);
    if (others.length >= maxIndexesPerTable)
      throw new CatalogError(
        "limit",
        "index",
        `Partition index limit exceeded. Maximum: ${maxIndexesPerTable}`,
      );
    if (others.some((other) => other.name === name))
      throw new CatalogError("exists", "index", `Partition Index ${name} already exists with the same name.`);
    const text = JSON.stringify(positions);
    const twin = others.find((other) => JSON.stringify(other.keys) === text);
    if (twin !== undefined)
      throw new CatalogError(
        "exists",
        "index",
        `Partition Index ${twin.name} already exists with the same keys.`,
      );
    this.#insert.run(table.id, name, text, status);
  }

  /** Resolves when the index answers no longer; its rows go afterwards. */
  async delete(table: TableEntry, name: string): Promise<void> {
    await this.#file.write(() => {
      const indexes = this.of(table.id);
      const index = indexes.find((candidate) => candidate.name === name);
      // One that is being created cannot be named yet.
      if (index?.status !== "ACTIVE" && index?.status !== "FAILED")
        throw new CatalogError(
          "not-found",
          "index",
          `Index with the given indexName : ${name} does not exist.`,
        );
      requireNoneInProgress(indexes);
      this.#setStatus(index, "DELETING");
    });
    this.#wake();
  }

  /** Fills or empties a slice of one index, in one transaction; false when there is nothing left to do. */
  workOff(): Promise<boolean> {
    return this.#file.write(() => {
      const row = this.#pending.get() as (Row & { filled_to: string; document: string }) | undefined;
      if (row === undefined) return false;
      const index = entryOf(row);
      if (index.status === "DELETING") this.#empty(index);
      else this.#fill(index, row.filled_to, partitionKeysOf(readDocument<TableDefinition>(row.document)));
      return true;
    });
  }

  #fill(index: PartitionIndexEntry, filledTo: string, keys: readonly PartitionKey[]): void {
    const rows = this.#unfilled.all(index.tableId, filledTo, sliceRows) as { name: string; id: number }[];
    for (const { name, id } of rows) {
      const values = typedValues(keys, JSON.parse(name) as string[]);
      this.#addEntry.run(index.id, ...entryValues(index, values), name, id);
    }
    const last = rows.at(-1);
    if (last === undefined) this.#setStatus(index, "ACTIVE");
    else
      this.#file.prepare("UPDATE partition_indexes SET filled_to = ? WHERE id = ?").run(last.name, index.id);
  }

  #empty(index: PartitionIndexEntry): void {
    if (deleteEntries(this.#file, index.id, sliceRows) === 0)
      this.#file.prepare("DELETE FROM partition_indexes WHERE id = ?").run(index.id);
  }

  #setStatus(index: PartitionIndexEntry, status: IndexStatus): void {
    this.#file.prepare("UPDATE partition_indexes SET status = ? WHERE id = ?").run(status, index.id);
  }
}

/** Inside a write: deletes up to so many rows of an index. */
export function deleteEntries(file: SqlFile, indexId: number, rows: number): number {
  const last = file
    .prepare(
      `SELECT a0, a1, a2, a3, name FROM partition_entries WHERE index_id = ?
       ORDER BY a0, a1, a2, a3, name LIMIT 1 OFFSET ?`,
    )
    .get(indexId, rows - 1);
  const deleted =
    last === undefined
      ? file.prepare("DELETE FROM partition_entries WHERE index_id = ?").run(indexId)
      : file
          .prepare(
            "DELETE FROM partition_entries WHERE index_id = ? AND (a0, a1, a2, a3, name) <= (?, ?, ?, ?, ?)",
          )
          .run(indexId, ...["a0", "a1", "a2", "a3", "name"].map((column) => last[column] ?? null));
  return Number(deleted.changes);
}

function positionsOf(keys: readonly PartitionKey[], names: readonly string[]): readonly number[] {
  const positions = names.map((name) =>
    keys.findIndex((key) => key.name.toLowerCase() === name.toLowerCase()),
  );
  const missing = names[positions.indexOf(-1)];
  if (missing !== undefined) {
    const message = `IndexKeys not a part of PartitionColumns. Verify the indexKeys : [${missing}]`;
    throw new CatalogError("invalid", "index", message);
  }
  if (new Set(positions).size < positions.length || positions.length === 0)
    throw new CatalogError("invalid", "index", "Duplicate keys are not allowed in a partition index.");
  const unindexable = positions.map((position) => keys[position]).find((key) => !isIndexable(key));
  if (unindexable !== undefined)
    throw new CatalogError(
      "invalid",
      "index",
      `Unsupported type of a key in a partition index: ${unindexable.type}`,
    );
  return positions;
}

/** As AWS, which works on one index of a table at a time. */
function requireNoneInProgress(indexes: readonly PartitionIndexEntry[]): void {
  const busy = indexes.find(({ status }) => status === "CREATING" || status === "DELETING");
  if (busy === undefined) return;
  const only = "Only 1 index can be created or deleted simultaneously per table.";
  throw new CatalogError("limit", "index", `Index ${busy.name} is in ${busy.status} state. ${only}`);
}

/** AWS indexes text, integers and dates. */
const isIndexable = (key: PartitionKey | undefined): boolean =>
  key?.kind === "string" || key?.kind === "integer" || key?.kind === "date";

function entryOf(row: Row): PartitionIndexEntry {
  return {
    id: row.id,
    tableId: row.table_id,
    name: row.name,
    keys: JSON.parse(row.keys) as number[],
    status: row.status,
  };
}
