import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import { deleteEntries } from "./partition-indexes.ts";

/** Partitions that one transaction deletes: some ten milliseconds. */
const slicePartitions = 1000;
const sliceEntries = 5000;

type Row = { owner: "table" | "database"; owner_id: number };

/** What deleted databases and tables leave behind; nobody can see it, and it goes slice by slice. */
export class Trash {
  readonly #file: SqlFile;
  readonly #next: StatementSync;

  constructor(file: SqlFile) {
    this.#file = file;
    this.#next = file.prepare("SELECT owner, owner_id FROM trash LIMIT 1");
  }

  /** Deletes a slice, in one transaction; false when nothing is left. */
  workOff(): Promise<boolean> {
    return this.#file.write(() => {
      const row = this.#next.get() as Row | undefined;
      if (row === undefined) return false;
      if (row.owner === "table" && this.#shrinkTable(row.owner_id)) return true;
      this.#run("DELETE FROM attachments WHERE owner = ? AND owner_id = ?", row.owner, row.owner_id);
      this.#run("DELETE FROM trash WHERE owner = ? AND owner_id = ?", row.owner, row.owner_id);
      return true;
    });
  }

  /** Answers whether there may be more of the table. */
  #shrinkTable(tableId: number): boolean {
    const indexes = this.#file.prepare("SELECT id FROM partition_indexes WHERE table_id = ?").all(tableId);
    for (const { id } of indexes) {
      if (deleteEntries(this.#file, Number(id), sliceEntries) > 0) return true;
      this.#run("DELETE FROM partition_indexes WHERE id = ?", Number(id));
    }
    if (this.#shrinkPartitions(tableId)) return true;
    this.#run("DELETE FROM table_versions WHERE table_id = ?", tableId);
    return false;
  }

  #shrinkPartitions(tableId: number): boolean {
    const select = "SELECT name, id FROM partition_keys WHERE table_id = ? ORDER BY name LIMIT ?";
    const rows = this.#file.prepare(select).all(tableId, slicePartitions) as { name: string; id: number }[];
    const last = rows.at(-1);
    if (last === undefined) return false;
    const document = this.#file.prepare("DELETE FROM partition_documents WHERE id = ?");
    const attached = this.#file.prepare("DELETE FROM attachments WHERE owner = 'partition' AND owner_id = ?");
    for (const { id } of rows) {
      document.run(id);
      attached.run(id);
    }
    this.#run("DELETE FROM partition_keys WHERE table_id = ? AND name <= ?", tableId, last.name);
    return true;
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#file.prepare(sql).run(...values);
  }
}
