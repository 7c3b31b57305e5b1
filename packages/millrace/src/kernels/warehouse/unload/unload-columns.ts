import type { BoundColumn } from "../../../sql/redshift/bind/name-space.ts";
import { formatType } from "../../../sql/redshift/type-text.ts";
import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { UnloadSettings } from "./unload-options.ts";

/** A column of the query. */
export interface UnloadColumn {
  readonly name: string;
  readonly type: SqlType;
  /** In the query's answer. */
  readonly index: number;
}

export interface UnloadColumns {
  /** Those that stand in the files. */
  readonly written: readonly UnloadColumn[];
  /** Those that name the folders. */
  readonly partitions: readonly UnloadColumn[];
}

/** AWS: "The column data types that you can use as the partition key". */
const partitionTypes: ReadonlySet<TypeName> = new Set<TypeName>([
  ...(["smallint", "integer", "bigint", "numeric", "real", "boolean"] as const),
  ...(["character", "character varying", "date", "timestamp"] as const),
]);

/** AWS: "You can only unload VARBYTE columns to text or CSV format." */
const textOnly: ReadonlySet<TypeName> = new Set<TypeName>(["varbyte", "hllsketch", "geometry", "geography"]);
const intervals: ReadonlySet<TypeName> = new Set<TypeName>([
  "interval",
  "interval year to month",
  "interval day to second",
]);

/** Which columns go where. @throws SqlError for what the format or PARTITION BY cannot take */
export function unloadColumns(bound: readonly BoundColumn[], settings: UnloadSettings): UnloadColumns {
  const columns = bound.map(({ name, type }, index) => ({
    ...{ name, index },
    type: type.name === "unknown" ? ({ name: "character varying" } as const) : type,
  }));
  const partitions = settings.partitionBy.map((name) => partitionColumn(name, columns));
  const written = settings.include ? columns : columns.filter((column) => !partitions.includes(column));
  if (written.length === 0)
    throw new SqlError("0A000", "UNLOAD with PARTITION BY needs a column that is not a partition column");
  for (const column of written) checkType(column, settings);
  if (settings.format === "json" || settings.format === "parquet") checkNames(written, settings.format);
  if (settings.widths !== undefined && settings.widths.length !== written.length)
    throw new SqlError(
      "22023",
      `FIXEDWIDTH specifies ${settings.widths.length} columns, but the query has ${written.length}`,
    );
  return { written, partitions };
}

function partitionColumn(name: string, columns: readonly UnloadColumn[]): UnloadColumn {
  const column = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (column === undefined)
    throw new SqlError("42703", `column "${name}" of PARTITION BY is not in the query's results`);
  if (!partitionTypes.has(column.type.name))
    throw new SqlError(
      "0A000",
      `column "${name}" of type ${formatType(column.type)} cannot be used in PARTITION BY`,
    );
  return column;
}

function checkType({ name, type }: UnloadColumn, { format, widths }: UnloadSettings): void {
  const refused = (what: string): SqlError =>
    new SqlError("0A000", `UNLOAD ${what} does not support column "${name}" of type ${formatType(type)}`);
  if (textOnly.has(type.name) && (format === "json" || format === "parquet"))
    throw refused(`to ${format.toUpperCase()}`);
  if (textOnly.has(type.name) && widths !== undefined) throw refused("with FIXEDWIDTH");
  if (format === "parquet" && (intervals.has(type.name) || type.name === "array"))
    throw refused("to PARQUET");
}

function checkNames(columns: readonly UnloadColumn[], format: "json" | "parquet"): void {
  const names = new Set<string>();
  for (const { name } of columns) {
    const key = name.toLowerCase();
    if (names.has(key))
      throw new SqlError(
        "42701",
        `column name "${name}" appears more than once; UNLOAD to ${format.toUpperCase()} needs unique names`,
      );
    names.add(key);
  }
}
