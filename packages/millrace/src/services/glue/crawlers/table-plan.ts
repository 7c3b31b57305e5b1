import type { Folder } from "./folder.ts";
import { folderOf, type S3Path } from "./s3-path.ts";
import {
  combinedGroup,
  type Difference,
  mergedParts,
  type SchemaGroup,
  type WeighedGroup,
} from "./schema-group.ts";
import { hivePartition, partitionKeyNames } from "./table-name.ts";

export interface GroupingRules {
  /** Objects of one format are one table, however different their columns are. */
  readonly combinesSchemas: boolean;
  /** Tables are folders of this depth; a bucket has depth 1. */
  readonly tableLevel: number | undefined;
}

/** A table that a crawl of objects has found. */
export interface PlannedTable {
  /** The folder or file that gives the table its name. */
  readonly source: string;
  readonly location: S3Path;
  readonly group: SchemaGroup;
  /** Names of the partition columns; none for a table that has no partitions. */
  readonly partitionKeys: readonly string[];
  /** Undefined for a table without partitions. */
  readonly root: Folder | undefined;
  /** Why this is a table of its own, and what is in it. */
  readonly why: string;
}

export interface PlannedPartition {
  readonly values: readonly string[];
  readonly location: S3Path;
  readonly group: SchemaGroup;
}

/** What is below a folder: nothing, data that can be one table, or several tables. */
type Outcome =
  | { readonly kind: "none" }
  | {
      readonly kind: "one";
      readonly group: SchemaGroup;
      /** Folders that have files; each has one vote. */
      readonly weight: number;
      /** The levels of folders down to the files: the key of `key=value`, or undefined. */
      readonly levels: readonly (string | undefined)[];
    }
  | { readonly kind: "several"; readonly tables: readonly PlannedTable[] };

const differences: Readonly<Record<Difference, string>> = {
  formats: "formats differ",
  schemas: "schemas are not similar enough",
  structure: "folders are not alike",
};

/**
 * Groups what lies below a folder into tables. From the bottom up, folders whose data has the same format,
 * similar columns and the same depth become partitions of the folder above; where they do not, each of them
 * is a table.
 *
 * @param root the folder of the include path, and its path
 */
export function planTables(root: Folder, path: S3Path, rules: GroupingRules): readonly PlannedTable[] {
  const folder = folderOf(path);
  const depth = 1 + folder.key.split("/").length - 1;
  const outcome = new Planner(rules).folder(root, folder, depth);
  return tablesOf(outcome, root, folder, "all of its data belongs together");
}

/** The partitions below the folder of a table, in the order of their paths. */
export function* plannedPartitions(
  root: Folder,
  path: S3Path,
  depth: number,
  before: readonly string[] = [],
): Generator<PlannedPartition> {
  const location = folderOf(path);
  if (before.length === depth) {
    const group = root.files.hasData ? root.files.combined(true) : "structure";
    if (typeof group !== "string") yield { values: before, location, group };
    return;
  }
  for (const child of root.children) {
    const value = hivePartition(child.name)?.value ?? child.name;
    yield* plannedPartitions(child, childPath(location, child), depth, [...before, value]);
  }
}

class Planner {
  readonly #rules: GroupingRules;

  constructor(rules: GroupingRules) {
    this.#rules = rules;
  }

  /** @param depth of the folder; a bucket has depth 1 */
  folder(folder: Folder, path: S3Path, depth: number): Outcome {
    const { tableLevel } = this.#rules;
    // Below the level of tables everything has to come together again.
    const combines = this.#rules.combinesSchemas || (tableLevel !== undefined && depth >= tableLevel);
    const own = ownFiles(folder, path, combines);
    const below: { readonly child: Folder; readonly path: S3Path; readonly outcome: Outcome }[] = [];
    for (const child of folder.children) {
      const at = childPath(path, child);
      const outcome = this.folder(child, at, depth + 1);
      if (outcome.kind !== "none") below.push({ child, path: at, outcome });
    }
    if (below.length === 0) return own;
    const isAbove = tableLevel !== undefined && depth < tableLevel;
    const together = isAbove || own.kind !== "none" ? "structure" : this.#together(below, combines);
    if (typeof together !== "string") return together;
    const why = isAbove ? `tables are at level ${tableLevel}` : `${differences[together]} in ${shown(path)}`;
    const tables = below.flatMap((part) => tablesOf(part.outcome, part.child, part.path, why));
    return { kind: "several", tables: [...tablesOf(own, folder, path, why), ...tables] };
  }

  /** One outcome for folders of the same level, or why there is none. */
  #together(
    below: readonly { readonly child: Folder; readonly outcome: Outcome }[],
    combines: boolean,
  ): Outcome | Difference {
    const parts: WeighedGroup[] = [];
    let levels: readonly (string | undefined)[] | undefined;
    let weight = 0;
    for (const { child, outcome } of below) {
      if (outcome.kind !== "one") return "structure";
      const own = [hivePartition(child.name)?.key, ...outcome.levels];
      levels ??= own;
      if (own.length !== levels.length || own.some((key, index) => key !== levels?.[index]))
        return "structure";
      parts.push({ ...outcome.group, weight: outcome.weight });
      weight += outcome.weight;
    }
    const group = combinedGroup(parts, combines);
    if (typeof group === "string") return group;
    return { kind: "one", group, weight, levels: levels ?? [] };
  }
}

function ownFiles(folder: Folder, path: S3Path, combines: boolean): Outcome {
  if (!folder.files.hasData) return { kind: "none" };
  const group = folder.files.combined(combines);
  if (typeof group !== "string") return { kind: "one", group, weight: 1, levels: [] };
  const tables: PlannedTable[] = [];
  const unnamed = new Map<string, SchemaGroup[]>();
  const why = `${differences[group]} among the files of ${shown(path)}`;
  for (const { group: found, name } of folder.files.tables()) {
    if (name === undefined) {
      const { classification } = found.format;
      unnamed.set(classification, [...(unnamed.get(classification) ?? []), found]);
    } else tables.push(plain(name, { bucket: path.bucket, key: `${path.key}${name}` }, found, why));
  }
  for (const [classification, groups] of unnamed) {
    const source = `${lastName(path)}_${classification}`;
    tables.push(plain(source, path, mergedParts(groups), `${why}, too many for a table of each`));
  }
  return { kind: "several", tables };
}

function tablesOf(outcome: Outcome, folder: Folder, path: S3Path, why: string): readonly PlannedTable[] {
  if (outcome.kind === "none") return [];
  if (outcome.kind === "several") return outcome.tables;
  const { group, levels } = outcome;
  const table = plain(lastName(path), path, group, why);
  return levels.length === 0
    ? [table]
    : [{ ...table, partitionKeys: partitionKeyNames(levels), root: folder }];
}

function plain(source: string, location: S3Path, group: SchemaGroup, why: string): PlannedTable {
  return { source, location, group, partitionKeys: [], root: undefined, why };
}

function childPath(path: S3Path, child: Folder): S3Path {
  return { bucket: path.bucket, key: `${path.key}${child.name}/` };
}

/** The last folder of a path, or the bucket. */
function lastName({ bucket, key }: S3Path): string {
  return key === "" ? bucket : (key.split("/").at(-2) ?? key);
}

function shown({ bucket, key }: S3Path): string {
  return `s3://${bucket}/${key}`;
}
