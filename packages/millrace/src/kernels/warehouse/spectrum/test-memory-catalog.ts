import {
  type CatalogAccess,
  type CatalogConnection,
  type CatalogPartition,
  type CatalogTable,
  type DataCatalog,
  DataCatalogError,
} from "./data-catalog-port.ts";

interface MemoryTable {
  table: CatalogTable;
  readonly partitions: Map<string, CatalogPartition>;
}

/** A data catalog in memory. Names of databases of other roles than `reader` are refused. */
export class MemoryCatalog implements DataCatalog {
  readonly databases: Map<string, Map<string, MemoryTable>> = new Map();
  access: CatalogAccess | undefined;
  /** Of GetPartitions, as they came. */
  readonly expressions: string[] = [];

  async connect(access: CatalogAccess): Promise<CatalogConnection> {
    this.access = access;
    if (access.roleArns.some((arn) => arn.endsWith("/forbidden")))
      throw new DataCatalogError("AccessDeniedException", "User is not authorized to perform: glue:GetTable");
    return new MemoryConnection(this);
  }

  add(database: string, table: CatalogTable, partitions: readonly CatalogPartition[] = []): void {
    const tables = this.databases.get(database) ?? new Map<string, MemoryTable>();
    this.databases.set(database, tables);
    const byValues = new Map(partitions.map((partition) => [partition.values.join("\0"), partition]));
    tables.set(table.name, { table, partitions: byValues });
  }
}

class MemoryConnection implements CatalogConnection {
  readonly #catalog: MemoryCatalog;

  constructor(catalog: MemoryCatalog) {
    this.#catalog = catalog;
  }

  hasDatabase(database: string): boolean {
    return this.#catalog.databases.has(database);
  }

  async createDatabase(database: string): Promise<void> {
    this.#catalog.databases.set(database, new Map());
  }

  async dropDatabase(database: string): Promise<void> {
    this.#tables(database);
    this.#catalog.databases.delete(database);
  }

  async *tables(database: string): AsyncGenerator<CatalogTable> {
    for (const { table } of this.#tables(database).values()) yield table;
  }

  table(database: string, table: string): CatalogTable | undefined {
    return this.#catalog.databases.get(database)?.get(table)?.table;
  }

  async createTable(database: string, table: CatalogTable): Promise<void> {
    if (this.#tables(database).has(table.name))
      throw new DataCatalogError("AlreadyExistsException", "Table already exists.");
    this.#catalog.add(database, table);
  }

  async updateTable(database: string, table: CatalogTable): Promise<void> {
    this.#found(database, table.name).table = table;
  }

  async dropTable(database: string, table: string): Promise<void> {
    this.#found(database, table);
    this.#tables(database).delete(table);
  }

  async *partitions(database: string, table: string, expression: string): AsyncGenerator<CatalogPartition> {
    this.#catalog.expressions.push(expression);
    yield* this.#found(database, table).partitions.values();
  }

  async createPartitions(
    database: string,
    table: string,
    partitions: readonly CatalogPartition[],
  ): Promise<number> {
    const known = this.#found(database, table).partitions;
    let existing = 0;
    for (const partition of partitions) {
      const key = partition.values.join("\0");
      if (known.has(key)) existing += 1;
      else known.set(key, partition);
    }
    return existing;
  }

  async updatePartition(database: string, table: string, partition: CatalogPartition): Promise<void> {
    this.#partition(database, table, partition.values);
    this.#found(database, table).partitions.set(partition.values.join("\0"), partition);
  }

  async dropPartition(database: string, table: string, values: readonly string[]): Promise<void> {
    this.#partition(database, table, values);
    this.#found(database, table).partitions.delete(values.join("\0"));
  }

  #tables(database: string): Map<string, MemoryTable> {
    const tables = this.#catalog.databases.get(database);
    if (tables === undefined)
      throw new DataCatalogError("EntityNotFoundException", `Database ${database} not found.`);
    return tables;
  }

  #found(database: string, table: string): MemoryTable {
    const found = this.#tables(database).get(table);
    if (found === undefined)
      throw new DataCatalogError("EntityNotFoundException", `Table ${table} not found.`);
    return found;
  }

  #partition(database: string, table: string, values: readonly string[]): void {
    if (!this.#found(database, table).partitions.has(values.join("\0")))
      throw new DataCatalogError("EntityNotFoundException", "Cannot find partition.");
  }
}
