import type { DatabaseEntry, TableEntry } from "../../../kernels/catalog/index.ts";
import type { CrawlContext } from "./crawl-context.ts";
import type { Targets } from "./crawler-document.ts";
import { Folder } from "./folder.ts";
import type { KnownTables } from "./known-tables.ts";
import { includePath } from "./object-crawl.ts";
import { ObjectWalk, type Walked } from "./object-walk.ts";
import { PartitionWriter } from "./partition-writer.ts";
import { foldersBetween, parseS3Path, type S3Path, s3Location } from "./s3-path.ts";
import { areSimilar, type SchemaGroup, schemaOf } from "./schema-group.ts";
import { tableDefinition } from "./table-definition.ts";
import { dataFolders, partitionValues } from "./table-partitions.ts";
import { type PlannedPartition, type PlannedTable, plannedPartitions, planTables } from "./table-plan.ts";
import type { TableWriter } from "./table-writer.ts";

interface WalkedTarget {
  readonly exclusions: readonly string[];
  readonly walked: Walked;
}

/**
 * Crawls folders that no table or partition of the crawler's database has yet: they become partitions of the
 * tables that they lie in, or new tables. Nothing that is there is changed or removed.
 */
export class NewFolderCrawl {
  readonly #context: CrawlContext;
  readonly #known: KnownTables;
  /** New partitions by the name of their table. */
  readonly #partitions = new Map<string, PlannedPartition[]>();
  #planned: readonly (readonly [PlannedTable, WalkedTarget])[] = [];

  constructor(context: CrawlContext, known: KnownTables) {
    this.#context = context;
    this.#known = known;
  }

  async find(targets: NonNullable<Targets["S3Targets"]>): Promise<void> {
    const planned: (readonly [PlannedTable, WalkedTarget])[] = [];
    const isKnown = (folder: S3Path): boolean => this.#isKnown(folder);
    for (const { Path: path = "", Exclusions: exclusions = [], SampleSize: sampleSize } of targets) {
      const options = { exclusions, sampleSize, isKnown };
      const walked = await new ObjectWalk(this.#context, options).run(includePath(path));
      this.#attach(walked);
      for (const table of this.#plan(walked.root, walked.path)) planned.push([table, { exclusions, walked }]);
    }
    this.#planned = planned;
  }

  get tables(): number {
    return this.#planned.length;
  }

  async write(database: DatabaseEntry, writer: TableWriter): Promise<void> {
    const { catalog, crawler, configuration } = this.#context;
    const rules = { inherits: configuration.partitionsInherit, updates: false };
    for (const [name, partitions] of this.#partitions) {
      const table = catalog.tables.find(database, name);
      if (table !== undefined) await new PartitionWriter(this.#context, table, rules).write(partitions);
    }
    for (const [table, { exclusions }] of this.#planned) {
      const origin = { crawler: crawler.name, exclusions };
      const entry = await writer.write(table.source, tableDefinition(table, origin));
      if (table.root === undefined) continue;
      const found = plannedPartitions(table.root, table.location, table.partitionKeys.length);
      await new PartitionWriter(this.#context, entry, rules).write(found);
    }
  }

  #tableAbove(folder: S3Path): TableEntry | undefined {
    return this.#known.above(folder, this.#context.crawler.name);
  }

  #isKnown(folder: S3Path): boolean {
    const table = this.#tableAbove(folder);
    const values = table && partitionValues(table.definition, folder);
    if (table === undefined || values === undefined) return this.#known.hasFilesIn(folder);
    return values.length === 0 || this.#context.catalog.partitions.find(table, values) !== undefined;
  }

  /** Gives the data of folders to the tables that they are partitions of. */
  #attach({ root, path }: Walked): void {
    const { log } = this.#context;
    for (const { folder, path: at } of dataFolders(root, path)) {
      const table = this.#tableAbove(at);
      if (table === undefined) continue;
      const values = partitionValues(table.definition, at);
      const group = folder.files.combined(this.#context.configuration.combinesSchemas);
      folder.files.clear();
      const ignored =
        values === undefined
          ? "its folders are not those of the table's partition keys"
          : typeof group === "string"
            ? `its files differ in ${group}`
            : this.#differenceTo(table, group);
      if (ignored !== undefined || values === undefined || typeof group === "string")
        log.write("WARN", `${s3Location(at)} was not added to table ${table.name}: ${ignored}`);
      else this.#add(table.name, { values, location: at, group });
    }
  }

  #add(name: string, partition: PlannedPartition): void {
    const partitions = this.#partitions.get(name) ?? [];
    partitions.push(partition);
    this.#partitions.set(name, partitions);
  }

  #differenceTo({ definition }: TableEntry, group: SchemaGroup): string | undefined {
    const classification = definition.Parameters?.["classification"];
    if (classification !== undefined && classification !== group.format.classification)
      return `it is ${group.format.classification}, and the table is ${classification}`;
    const columns = (definition.StorageDescriptor?.Columns ?? []).map(({ Name: name, Type: type = "" }) => ({
      name,
      type,
    }));
    const similar =
      this.#context.configuration.combinesSchemas || areSimilar(schemaOf(columns), group.schema);
    return similar ? undefined : "its schema is not similar to the table's";
  }

  /** Tables of what is left. A folder that has tables below it is none itself. */
  #plan(folder: Folder, path: S3Path): readonly PlannedTable[] {
    if (!this.#hasTablesBelow(path)) return planTables(folder, path, this.#context.configuration);
    const own = new Folder(folder.name, folder.files);
    const tables = [...planTables(own, path, this.#context.configuration)];
    for (const child of folder.children)
      tables.push(...this.#plan(child, { bucket: path.bucket, key: `${path.key}${child.name}/` }));
    return tables;
  }

  #hasTablesBelow(path: S3Path): boolean {
    for (const { location } of this.#known.all()) {
      const at = parseS3Path(location);
      const names = at && foldersBetween(path, at);
      if (names !== undefined && names.length > 0) return true;
    }
    return false;
  }
}
