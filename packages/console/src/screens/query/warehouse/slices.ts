import type { WarehouseRow } from "./warehouse-rows.ts";

export interface SliceRows {
  readonly slice: number;
  readonly node: number;
  readonly rows: number;
}

/** How many rows of a table lie on each slice. @param table its number */
export function slicesSql(table: number): string {
  return `select s.slice, s.node, p.rows from stv_slices s
left join stv_tbl_perm p on p.slice = s.slice and p.id = ${table} order by 1`;
}

export function sliceRows(rows: readonly WarehouseRow[]): readonly SliceRows[] {
  return rows.map((row) => ({
    slice: Number(row["slice"]),
    node: Number(row["node"]),
    rows: Number(row["rows"] ?? 0),
  }));
}

/** The fullest slice against the emptiest one that has rows, and against what would be even. */
export interface Skew {
  readonly most: number;
  readonly least: number;
  readonly even: number;
  /** How much longer a scan takes than with even slices: the fullest one is waited for. */
  readonly slowdown: number;
}

export function skewOf(slices: readonly SliceRows[]): Skew {
  const counts = slices.map(({ rows }) => rows);
  const total = counts.reduce((sum, rows) => sum + rows, 0);
  const most = Math.max(0, ...counts);
  const even = slices.length === 0 ? 0 : total / slices.length;
  return {
    most,
    least: counts.length === 0 ? 0 : Math.min(...counts),
    even,
    slowdown: even === 0 ? 1 : most / even,
  };
}

/** A statement's text literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
