import type { DatabaseEntry, TableDefinition, TableEntry } from "../../../kernels/catalog/index.ts";
import { type CrawlContext, CrawlError, throwIfStopped } from "./crawl-context.ts";
import type { KnownTables } from "./known-tables.ts";
import { normalLocation } from "./s3-path.ts";
import { changeBetween, isIncompatible, withNewColumns } from "./table-change.ts";
import { deprecatedParameter } from "./table-definition.ts";
import { distinctTableName, tableName } from "./table-name.ts";

/** The index over all partition keys that Glue's crawlers make. */
const partitionIndex = "crawler_partition_index";
/** Set where partitions are filtered by an index. */
const filteringParameter = "partition_filtering.enabled";

/** Brings the tables of a database in line with what was found. Each table is changed in one transaction. */
export class TableWriter {
  readonly #context: CrawlContext;
  readonly #database: DatabaseEntry;
  readonly #known: KnownTables;
  /** Locations of tables that were found. */
  readonly #found = new Set<string>();

  constructor(context: CrawlContext, database: DatabaseEntry, known: KnownTables) {
    this.#context = context;
    this.#database = database;
    this.#known = known;
  }

  /** @throws CrawlError when there are more tables than the crawler may make */
  checkThreshold(tables: number): void {
    const { tableThreshold } = this.#context.configuration;
    if (tableThreshold !== undefined && tables > tableThreshold)
      throw new CrawlError(
        `The number of tables detected by crawler: ${tables} is greater than the table threshold value provided: ${tableThreshold}.`,
      );
  }

  /**
   * Creates a table, or changes the one at its location as far as the crawler's policy lets it.
   * @param source what the table is called after
   * @returns the table as it is now
   */
  async write(source: string, definition: TableDefinition): Promise<TableEntry> {
    throwIfStopped(this.#context.signal);
    const location = definition.StorageDescriptor?.Location ?? "";
    this.#found.add(normalLocation(location));
    const before = this.#known.at(location, this.#context.crawler.name);
    if (before !== undefined) return this.#update(before, definition);
    const name = this.#freeName(tableName(this.#context.crawler.tablePrefix ?? "", source), location);
    return this.#create(name, definition);
  }

  isFound(location: string): boolean {
    return this.#found.has(normalLocation(location));
  }

  async #create(name: string, definition: TableDefinition): Promise<TableEntry> {
    const { catalog, crawler, configuration, log, report } = this.#context;
    const keys = (definition.PartitionKeys ?? []).map(({ Name }) => Name);
    const isIndexed = configuration.createsPartitionIndex && keys.length > 0;
    const made: TableDefinition = isIndexed
      ? { ...definition, Parameters: { ...definition.Parameters, [filteringParameter]: "true" } }
      : definition;
    const table = await catalog.write(() => {
      const added = catalog.tables.add(this.#database, name, made, crawler.role);
      if (isIndexed) catalog.partitionIndexes.add(added, { name: partitionIndex, keys }, "ACTIVE");
      return added;
    });
    this.#known.add(table);
    log.write("INFO", `Created table ${name} in database ${this.#database.name}`);
    report.add("TABLE", "ADD", name);
    return table;
  }

  async #update(before: TableEntry, found: TableDefinition): Promise<TableEntry> {
    const { configuration, crawler, log } = this.#context;
    const { name } = before;
    const definition = this.#withFiltering(before, found);
    if (changeBetween(before.definition, definition) === "none") return before;
    if (configuration.mergesNewColumns) {
      if (isIncompatible(before.definition, found)) {
        log.write(
          "WARN",
          `Table ${name} is marked deprecated: its format has changed in a way that is incompatible`,
        );
        return this.#replace(before, this.#deprecated(before.definition));
      }
      return this.#replace(before, withoutDeprecation(withNewColumns(before.definition, found)));
    }
    if (crawler.updateBehavior === "LOG") {
      if (changeBetween(before.definition, definition) === "definition")
        log.write(
          "INFO",
          `Table ${name} was found with another schema, and is not updated (UpdateBehavior LOG)`,
        );
      return before;
    }
    const [old, now] = [before.definition.PartitionKeys ?? [], definition.PartitionKeys ?? []];
    if (old.length !== now.length) return this.#recreate(before, definition);
    return this.#replace(before, definition);
  }

  /** Marks a table whose data is gone. */
  async deprecate(table: TableEntry): Promise<void> {
    await this.#replace(table, this.#deprecated(table.definition));
  }

  async #replace(before: TableEntry, definition: TableDefinition): Promise<TableEntry> {
    const { catalog, log, report } = this.#context;
    const change = changeBetween(before.definition, definition);
    if (change === "none") return before;
    const skipArchive = change === "statistics";
    const table = await catalog.tables.update(before, { definition, skipArchive });
    if (change === "definition") {
      log.write("INFO", `Updated table ${before.name} in database ${this.#database.name}`);
      report.add("TABLE", "UPDATE", before.name);
    }
    return table;
  }

  /** Partitions have as many values as their table has keys: with other keys it begins anew. */
  async #recreate(before: TableEntry, definition: TableDefinition): Promise<TableEntry> {
    const { catalog, log, report } = this.#context;
    const keys = (definition.PartitionKeys ?? []).map(({ Name }) => Name).join(", ");
    log.write("WARN", `Table ${before.name} is made anew, because its partition keys are now [${keys}]`);
    await catalog.tables.delete(this.#database, before.name);
    const table = await catalog.tables.create(this.#database, before.name, definition, before.createdBy);
    report.add("TABLE", "UPDATE", before.name);
    return table;
  }

  #withFiltering(before: TableEntry, definition: TableDefinition): TableDefinition {
    const value = before.definition.Parameters?.[filteringParameter];
    if (value === undefined) return definition;
    return { ...definition, Parameters: { ...definition.Parameters, [filteringParameter]: value } };
  }

  #deprecated(definition: TableDefinition): TableDefinition {
    const { Parameters: parameters } = definition;
    if (parameters?.[deprecatedParameter] !== undefined) return definition;
    return {
      ...definition,
      Parameters: { ...parameters, [deprecatedParameter]: String(this.#context.nowMs()) },
    };
  }

  #freeName(name: string, location: string): string {
    return this.#known.hasName(name) ? distinctTableName(name, location) : name;
  }
}

function withoutDeprecation(definition: TableDefinition): TableDefinition {
  const { [deprecatedParameter]: _, ...rest } = definition.Parameters ?? {};
  return { ...definition, Parameters: rest };
}
