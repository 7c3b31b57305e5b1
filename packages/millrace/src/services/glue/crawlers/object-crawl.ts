import type { DatabaseEntry } from "../../../kernels/catalog/index.ts";
import { type CrawlContext, CrawlError } from "./crawl-context.ts";
import type { Targets } from "./crawler-document.ts";
import type { Folder } from "./folder.ts";
import type { KnownTable, KnownTables } from "./known-tables.ts";
import { handleLostTables } from "./lost-tables.ts";
import { ObjectWalk, type Walked } from "./object-walk.ts";
import { PartitionWriter } from "./partition-writer.ts";
import { foldersBetween, parseS3Path, type S3Path, s3Location } from "./s3-path.ts";
import { tableDefinition } from "./table-definition.ts";
import { hivePartition } from "./table-name.ts";
import { type GroupingRules, type PlannedTable, plannedPartitions, planTables } from "./table-plan.ts";
import type { TableWriter } from "./table-writer.ts";

/** One S3 target of a crawl, with what was found in it. */
interface WalkedTarget {
  readonly exclusions: readonly string[];
  readonly walked: Walked;
}

/** Crawls all S3 targets, every object of them. */
export class ObjectCrawl {
  readonly #context: CrawlContext;
  #targets: readonly WalkedTarget[] = [];
  #planned: readonly (readonly [PlannedTable, WalkedTarget])[] = [];

  constructor(context: CrawlContext) {
    this.#context = context;
  }

  /** Looks into the objects, and decides which tables there are. */
  async find(targets: NonNullable<Targets["S3Targets"]>): Promise<void> {
    const { configuration, log } = this.#context;
    const walked: WalkedTarget[] = [];
    const planned: (readonly [PlannedTable, WalkedTarget])[] = [];
    for (const { Path: path = "", Exclusions: exclusions = [], SampleSize: sampleSize } of targets) {
      const found = await new ObjectWalk(this.#context, { exclusions, sampleSize }).run(includePath(path));
      const target = { exclusions, walked: found };
      walked.push(target);
      for (const table of plannedIn(found, configuration)) planned.push([table, target]);
      if (found.objects === 0) log.write("WARN", `No objects were found in ${path}`);
    }
    this.#targets = walked;
    this.#planned = planned;
  }

  get tables(): number {
    return this.#planned.length;
  }

  /** Writes the tables that were found, and handles those that were not. */
  async write(database: DatabaseEntry, writer: TableWriter, known: KnownTables): Promise<void> {
    for (const [table, { exclusions, walked }] of this.#planned) {
      const origin = { crawler: this.#context.crawler.name, exclusions };
      const entry = await writer.write(table.source, tableDefinition(table, origin));
      this.#explain(entry.name, table);
      const { root } = table;
      if (root === undefined) continue;
      const { partitionsInherit: inherits } = this.#context.configuration;
      const updates = inherits || this.#context.crawler.updateBehavior !== "LOG";
      const partitions = new PartitionWriter(this.#context, entry, { inherits, updates });
      const depth = table.partitionKeys.length;
      if ((entry.definition.PartitionKeys ?? []).length !== depth) {
        this.#context.log.write("WARN", `Table ${entry.name} has other partition keys than its folders`);
        continue;
      }
      await partitions.write(plannedPartitions(root, table.location, depth));
      await this.#removeGone(partitions, table, walked);
    }
    const isLost = (candidate: KnownTable): boolean => this.#isLost(candidate);
    await handleLostTables(this.#context, { database, writer, known, isLost });
  }

  async #removeGone(writer: PartitionWriter, table: PlannedTable, walked: Walked): Promise<void> {
    const names = foldersBetween(walked.path, table.location) ?? [];
    const root = walked.root.find(names);
    if (root === undefined) return;
    const there = new Set(foldersWithObjects(root, table.partitionKeys.length));
    const deletes = this.#context.crawler.deleteBehavior === "DELETE_FROM_DATABASE";
    await writer.removeGone((values) => !there.has(JSON.stringify(values)), deletes);
  }

  /**
   * A table in a target is lost when no objects are at its location, readable or not, or when they belong to
   * other tables now.
   */
  #isLost({ location }: KnownTable): boolean {
    const path = parseS3Path(location);
    if (path === undefined) return false;
    for (const { walked } of this.#targets) {
      const names = foldersBetween(walked.path, path);
      if (names === undefined) continue;
      const folder = walked.root.find(names);
      if (this.#planned.some(([table]) => belongsTo(table, path, folder))) return true;
      return folder === undefined ? !this.#objectExists(path) : !hasObjects(folder);
    }
    return false;
  }

  #objectExists({ bucket, key }: S3Path): boolean {
    const found = key === "" ? undefined : this.#context.objects.find(bucket, key);
    return found !== undefined && !found.isDeleteMarker;
  }

  #explain(name: string, { group, location, partitionKeys, why }: PlannedTable): void {
    const { format, schema, totals } = group;
    const keys = partitionKeys.length === 0 ? "" : `, partitioned by ${partitionKeys.join(", ")}`;
    this.#context.log.write(
      "INFO",
      `Table ${name}: ${totals.objects} objects of ${format.classification} with ${schema.columns.length} columns in ${s3Location(location)}${keys}; ${why}`,
    );
  }
}

/** The tables of a target; an object that is a target itself is a table of its own. */
function plannedIn({ root, path, file }: Walked, rules: GroupingRules): readonly PlannedTable[] {
  const tables = planTables(root, path, rules);
  if (file === undefined) return tables;
  const location = { bucket: path.bucket, key: `${path.key}${file}` };
  return tables.map((table) => ({ ...table, source: file, location }));
}

/** @throws CrawlError for a path that is none, as no crawler can be made with */
export function includePath(text: string): S3Path {
  const path = parseS3Path(text);
  if (path === undefined) throw new CrawlError(`${text} is no path in S3.`);
  return path;
}

/** Whether a table has what lies at the location of another one: in its partitions, its folder, or below it. */
function belongsTo(table: PlannedTable, path: S3Path, folder: Folder | undefined): boolean {
  if (foldersBetween(path, table.location) !== undefined) return true;
  const below = foldersBetween(table.location, path);
  if (below === undefined) return false;
  return table.root !== undefined || (folder === undefined && below.length === 1);
}

function hasObjects(folder: Folder): boolean {
  if (folder.hasObjects) return true;
  for (const child of folder.children) if (hasObjects(child)) return true;
  return false;
}

/** The values of the partitions that have objects, as JSON. */
function* foldersWithObjects(root: Folder, depth: number, before: readonly string[] = []): Generator<string> {
  if (before.length === depth) {
    if (hasObjects(root)) yield JSON.stringify(before);
    return;
  }
  for (const child of root.children) {
    const value = hivePartition(child.name)?.value ?? child.name;
    yield* foldersWithObjects(child, depth, [...before, value]);
  }
}
