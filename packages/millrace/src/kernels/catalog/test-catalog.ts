import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { SqlFile } from "../../core/sql-file.ts";
import { Catalog } from "./catalog.ts";
import type { PartitionInput } from "./partitions.ts";
import { catalogSchema } from "./schema.ts";
import type { CatalogScope } from "./scope.ts";
import type { TableEntry } from "./table-entry.ts";

export const scope: CatalogScope = Object.freeze({ catalogId: "000000000000", region: "us-east-1" });
export const creator = "arn:aws:iam::000000000000:root";

/** A catalog with the database `shop`, on a clock that stands still. */
export class TestCatalog implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock();
  readonly directory: string | undefined;
  #file: SqlFile;
  #catalog: Catalog;

  private constructor(onDisk: boolean) {
    this.directory = onDisk ? mkdtempSync(join(tmpdir(), "millrace-catalog-")) : undefined;
    this.#file = this.#open();
    this.#catalog = this.#start();
  }

  /** @param options.onDisk keeps what there is, so that `restart` finds it again. */
  static async start(options: { readonly onDisk?: boolean } = {}): Promise<TestCatalog> {
    const made = new TestCatalog(options.onDisk ?? false);
    await made.catalog.databases.create(scope, "shop", {});
    return made;
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  get file(): SqlFile {
    return this.#file;
  }

  /** Creates a table of `shop`, partitioned by the keys: `{ year: "int" }`. */
  table(name: string, keys: Readonly<Record<string, string>> = {}): Promise<TableEntry> {
    const PartitionKeys = Object.entries(keys).map(([Name, Type]) => ({ Name, Type }));
    const database = this.catalog.databases.get(scope, "shop");
    return this.catalog.tables.create(database, name, { PartitionKeys }, creator);
  }

  /** The table as it is now. */
  find(name: string): TableEntry {
    return this.catalog.tables.get(this.catalog.databases.get(scope, "shop"), name);
  }

  /** Adds partitions by their values. */
  async add(table: TableEntry, ...valuesOfAll: readonly (readonly string[])[]): Promise<void> {
    const inputs = valuesOfAll.map((values): PartitionInput => ({ values, definition: {} }));
    for (const failure of await this.catalog.partitions.createAll(table, inputs)) if (failure) throw failure;
  }

  /** The values of all partitions that match, in the order of the answer. */
  async values(table: TableEntry, expression?: string): Promise<string[][]> {
    const found: string[][] = [];
    for await (const { values } of this.catalog.partitions.iterate(table, { expression }))
      found.push([...values]);
    return found;
  }

  /** How many rows a table of the file has. */
  count(table: string): number {
    return Number(this.#file.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
  }

  /** Stops and starts again on the same directory. */
  async restart(): Promise<void> {
    await this.#close();
    this.#file = this.#open();
    this.#catalog = this.#start();
  }

  #open(): SqlFile {
    const path = this.directory ? join(this.directory, "catalog.sqlite") : ":memory:";
    return new SqlFile({ path, sync: "off", schema: catalogSchema });
  }

  #start(): Catalog {
    return new Catalog({ file: this.#file, clock: this.clock, log: silentLogger });
  }

  async #close(): Promise<void> {
    await this.#catalog.close();
    this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
  }
}
