import type { ColumnDefinition, TableAttributes } from "../../../sql/redshift/ast/table.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, Distribution, SortKey } from "../catalog/records.ts";
import { autoDistribution, columnNamed } from "./new-relation.ts";

/** AWS's limits. */
const maxCompoundColumns = 400;
const maxInterleavedColumns = 8;

/** @throws SqlError for attributes that contradict each other */
export function distributionOf(
  { distStyle, distKey }: TableAttributes,
  columns: readonly ColumnRecord[],
  definitions: readonly ColumnDefinition[],
): Distribution {
  const marked = definitions.filter((column) => column.distKey);
  if (marked.length > 1 || (marked.length === 1 && distKey !== undefined))
    throw new SqlError("42P16", "Cannot specify more than one DISTKEY column");
  const name = marked[0]?.name.name ?? distKey?.name;
  if (name === undefined) {
    if (distStyle === "key") throw new SqlError("42P16", "A DISTKEY must be specified with DISTSTYLE KEY");
    return plainDistribution(distStyle);
  }
  if (distStyle !== undefined && distStyle !== "key")
    throw new SqlError("42P16", `Cannot specify DISTKEY with DISTSTYLE ${distStyle.toUpperCase()}`);
  return keyDistribution(columnNamed(columns, name));
}

export function plainDistribution(style: TableAttributes["distStyle"]): Distribution {
  if (style === "even" || style === "all") return { style, auto: false, column: undefined };
  return autoDistribution;
}

/** @throws SqlError for types that are no keys */
export function keyDistribution(column: ColumnRecord): Distribution {
  if (column.type.name === "super" || column.type.name === "varbyte")
    throw new SqlError("0A000", `Column "${column.name}" of type ${column.type.name} cannot be a DISTKEY`);
  return { style: "key", auto: false, column: column.attributeNumber };
}

/** @throws SqlError for attributes that contradict each other */
export function sortKeyOf(
  { sortKey }: TableAttributes,
  columns: readonly ColumnRecord[],
  definitions: readonly ColumnDefinition[],
): SortKey | undefined {
  const marked = definitions.filter((column) => column.sortKey).map(({ name }) => name.name);
  if (marked.length > 1) throw new SqlError("42P16", "Cannot specify more than one SORTKEY column attribute");
  if (marked.length === 1 && sortKey !== undefined)
    throw new SqlError("42P16", "Cannot specify SORTKEY for both column and table");
  if (sortKey?.kind === "auto") return { style: "compound", auto: true, columns: [] };
  const names = sortKey?.columns.map(({ name }) => name) ?? marked;
  if (names.length === 0) return undefined;
  return sortKeyOn(sortKey?.style ?? "compound", names, columns);
}

export function sortKeyOn(
  style: SortKey["style"],
  names: readonly string[],
  columns: readonly ColumnRecord[],
): SortKey {
  const limit = style === "interleaved" ? maxInterleavedColumns : maxCompoundColumns;
  if (names.length > limit)
    throw new SqlError("54011", `${style} sort keys can have at most ${limit} columns`);
  if (new Set(names).size < names.length) throw new SqlError("42701", "Duplicate column in the sort key");
  const found = names.map((name) => columnNamed(columns, name));
  for (const { name, type } of found)
    if (type.name === "super" || type.name === "varbyte")
      throw new SqlError("0A000", `Column "${name}" of type ${type.name} cannot be a SORTKEY`);
  return { style, auto: false, columns: found.map(({ attributeNumber }) => attributeNumber) };
}
