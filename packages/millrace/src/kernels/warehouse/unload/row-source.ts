import type { Unload } from "../../../sql/redshift/ast/unload.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import { withSlices } from "./slice-source.ts";
import type { UnloadColumns } from "./unload-columns.ts";
import type { UnloadSettings } from "./unload-options.ts";

/** Files that are written at the same time; above that rows come in the order of their files. */
const maxOpenFiles = 64;

/** Rows as engine SQL. */
export interface RowSource {
  readonly sql: string;
  /** Of its columns: `k0`, `k1`, ... are the query's, `slice` the row's, `p0`, ... the texts of partition columns. */
  readonly names: readonly string[];
  /** False where rows are dealt round robin as they come. */
  readonly hasSlice: boolean;
  /** Rows of one file come one after another. */
  readonly isOrdered: boolean;
}

/** @param width columns of the query */
export async function rowSource(
  unload: Unload,
  columns: UnloadColumns,
  plan: { readonly settings: UnloadSettings; readonly querySql: string; readonly width: number },
  context: StatementContext,
): Promise<RowSource> {
  const { settings, width } = plan;
  const { slices } = context.host.facts;
  const sliced = settings.parallel ? withSlices(unload.query, unload.queryText, context) : undefined;
  const inner = sliced === undefined ? plan.querySql : await context.engineSql(sliced);
  const isOrdered = columns.partitions.length > 0 || (settings.parallel && slices > maxOpenFiles);
  const names = Array.from({ length: width }, (_, index) => `k${index}`);
  const given = [...names, ...(sliced === undefined ? [] : ["slice"])];
  if (!isOrdered && settings.format !== "parquet")
    return { sql: inner, names: given, hasSlice: sliced !== undefined, isOrdered };
  const from = `(${inner}) AS q(${given.join(", ")})`;
  const slice = sliced !== undefined ? "slice" : settings.parallel ? dealt(slices) : "0";
  const texts = columns.partitions.map(({ index }, i) => `CAST(k${index} AS VARCHAR) AS p${i}`);
  const rows = `SELECT ${[...names, `${slice} AS slice`, ...texts].join(", ")} FROM ${from}`;
  const keys = [...texts.map((_, i) => `p${i}`), "slice"];
  const isSorted = isOrdered && settings.format !== "parquet";
  const all = [...names, "slice", ...texts.map((_, i) => `p${i}`)];
  const sql = isSorted ? sorted(rows, { all, keys }, unload.query.orderBy.length > 0) : rows;
  return { sql, names: all, hasSlice: true, isOrdered };
}

function dealt(slices: number): string {
  return `CAST((row_number() OVER () - 1) % ${slices} AS INTEGER)`;
}

/** @param hasOrder the query has an order of its own, which its rows keep within each file */
function sorted(
  rows: string,
  { all, keys }: { readonly all: readonly string[]; readonly keys: readonly string[] },
  hasOrder: boolean,
): string {
  if (!hasOrder) return `SELECT * FROM (${rows}) ORDER BY ${keys.join(", ")}`;
  const numbered = `SELECT *, row_number() OVER () AS row_no FROM (${rows})`;
  return `SELECT ${all.join(", ")} FROM (${numbered}) ORDER BY ${keys.join(", ")}, row_no`;
}
