import type { TableDefinition, TableEntry } from "../../../kernels/catalog/index.ts";
import { type CrawlContext, CrawlError } from "./crawl-context.ts";
import type { Targets } from "./crawler-document.ts";
import { ObjectWalk } from "./object-walk.ts";
import { PartitionWriter } from "./partition-writer.ts";
import { folderOf, parseS3Path, s3Location } from "./s3-path.ts";
import { mergedParts, type SchemaGroup } from "./schema-group.ts";
import { changeBetween, isIncompatible, withNewColumns } from "./table-change.ts";
import { crawlerParameter, tableDefinition } from "./table-definition.ts";
import { dataFolders, partitionValues } from "./table-partitions.ts";
import type { PlannedPartition } from "./table-plan.ts";

/** A table that is to be brought up to date, and what was found of it. */
interface CrawledTable {
  readonly table: TableEntry;
  readonly group: SchemaGroup;
  readonly partitions: readonly PlannedPartition[];
}

/** Crawls the data of existing tables: they get new columns and partitions; none is made or removed. */
export class CatalogCrawl {
  readonly #context: CrawlContext;
  readonly #found: CrawledTable[] = [];

  constructor(context: CrawlContext) {
    this.#context = context;
  }

  async find(targets: NonNullable<Targets["CatalogTargets"]>): Promise<void> {
    for (const { DatabaseName: database, Tables: names } of targets)
      for (const name of names) await this.#findTable(database.toLowerCase(), name.toLowerCase());
  }

  async write(): Promise<void> {
    const { configuration, crawler } = this.#context;
    const updates = configuration.partitionsInherit || crawler.updateBehavior !== "LOG";
    for (const { table, group, partitions } of this.#found) {
      const entry = await this.#update(table, group);
      const rules = { inherits: configuration.partitionsInherit, updates };
      if (partitions.length > 0) await new PartitionWriter(this.#context, entry, rules).write(partitions);
    }
  }

  async #findTable(databaseName: string, name: string): Promise<void> {
    const { catalog, crawler, log } = this.#context;
    const scope = { catalogId: crawler.account, region: crawler.region };
    const database = catalog.databases.find(scope, databaseName);
    const table = database && catalog.tables.find(database, name);
    if (table === undefined) throw new CrawlError(`The table ${databaseName}.${name} does not exist.`);
    const location = parseS3Path(table.definition.StorageDescriptor?.Location ?? "");
    if (location === undefined || !isInS3(table.definition))
      throw new CrawlError(`The table ${databaseName}.${name} is not in S3: other tables cannot be crawled.`);
    const exclusions = exclusionsIn(table.definition);
    const { root, path } = await new ObjectWalk(this.#context, { exclusions, sampleSize: undefined }).run(
      location,
    );
    const partitions: PlannedPartition[] = [];
    for (const { folder, path: at } of dataFolders(root, path)) {
      const values = partitionValues(table.definition, at);
      const group = folder.files.combined(true);
      if (values === undefined || typeof group === "string")
        log.write("WARN", `${s3Location(at)} does not fit table ${name}, and is left out`);
      else partitions.push({ values, location: at, group });
    }
    if (partitions.length === 0) {
      log.write("WARN", `No data was found at ${s3Location(folderOf(location))} for table ${name}`);
      return;
    }
    const group = mergedParts(partitions.map((partition) => partition.group));
    const isPartitioned = (table.definition.PartitionKeys ?? []).length > 0;
    this.#found.push({ table, group, partitions: isPartitioned ? partitions : [] });
  }

  async #update(table: TableEntry, group: SchemaGroup): Promise<TableEntry> {
    const { crawler, configuration, catalog, log, report } = this.#context;
    const definition = this.#definition(table.definition, group);
    if (isIncompatible(table.definition, definition)) {
      log.write("WARN", `Table ${table.name} is not updated: its data has another format now`);
      return table;
    }
    const updated = configuration.mergesNewColumns
      ? withNewColumns(table.definition, definition)
      : definition;
    const change = changeBetween(table.definition, updated);
    if (change === "none") return table;
    if (crawler.updateBehavior === "LOG" && !configuration.mergesNewColumns) {
      log.write(
        "INFO",
        `Table ${table.name} was found with another schema, and is not updated (UpdateBehavior LOG)`,
      );
      return table;
    }
    const entry = await catalog.tables.update(table, {
      definition: updated,
      skipArchive: change === "statistics",
    });
    if (change === "definition") {
      log.write("INFO", `Updated table ${table.name}`);
      report.add("TABLE", "UPDATE", table.name);
    }
    return entry;
  }

  /** The table's own definition, with columns, format and parameters as they were found. */
  #definition(before: TableDefinition, group: SchemaGroup): TableDefinition {
    const keys = (before.PartitionKeys ?? []).map(({ Name }) => Name);
    const location = parseS3Path(before.StorageDescriptor?.Location ?? "") ?? { bucket: "", key: "" };
    const planned = { source: "", location, group, partitionKeys: keys, root: undefined, why: "" };
    const found = tableDefinition(planned, { crawler: this.#context.crawler.name, exclusions: [] });
    const Parameters = { ...before.Parameters, ...found.Parameters };
    const { Location } = before.StorageDescriptor ?? {};
    return {
      ...before,
      StorageDescriptor: { ...found.StorageDescriptor, Location },
      Parameters,
      PartitionKeys: before.PartitionKeys,
    };
  }
}

function isInS3(definition: TableDefinition): boolean {
  return /^s3[an]?:\/\//.test(definition.StorageDescriptor?.Location ?? "");
}

/** The exclude patterns that a crawler has left at a table. */
function exclusionsIn({ Parameters: parameters }: TableDefinition): readonly string[] {
  const text = parameters?.["exclusions"];
  if (text === undefined || parameters?.[crawlerParameter] === undefined) return [];
  try {
    const patterns: unknown = JSON.parse(text);
    return Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === "string") : [];
  } catch {
    // Whoever changed the parameter by hand gets everything crawled.
    return [];
  }
}
