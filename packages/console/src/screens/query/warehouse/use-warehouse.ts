import type { Cluster } from "@aws-sdk/client-redshift";
import type { UseQueryResult } from "@tanstack/react-query";
import { allPages } from "../../../api/all-pages.ts";
import { type ReadOptions, useAws } from "../../../api/queries.ts";
import { columnsSql, type SchemaTable, schemaTables, tablesSql } from "./schema.ts";
import { type WarehousePlace, type WarehouseRow, warehouseRows } from "./warehouse-rows.ts";

/** All clusters of the account and region. */
export function useClusters(options: ReadOptions = {}): UseQueryResult<readonly Cluster[], Error> {
  return useAws(
    "redshift",
    ["clusters"],
    (redshift) =>
      allPages(async (Marker) => {
        const output = await redshift.describeClusters({ Marker });
        return { items: output.Clusters, next: output.Marker };
      }),
    options,
  );
}

/** Rows of a statement of the console itself, read again as often as asked. */
export function useWarehouse(
  place: WarehousePlace | undefined,
  sql: string,
  options: ReadOptions = {},
): UseQueryResult<readonly WarehouseRow[], Error> {
  return useAws(
    "redshift-data",
    ["rows", place, sql],
    async (data) => (place === undefined ? [] : warehouseRows(data, place, sql)),
    { ...options, enabled: place !== undefined && (options.enabled ?? true) },
  );
}

/** All tables that the user sees, with their columns. */
export function useSchema(place: WarehousePlace | undefined): UseQueryResult<readonly SchemaTable[], Error> {
  return useAws(
    "redshift-data",
    ["schema", place],
    async (data) => {
      if (place === undefined) return [];
      const [tables, columns] = await Promise.all([
        warehouseRows(data, place, tablesSql),
        warehouseRows(data, place, columnsSql),
      ]);
      return schemaTables(tables, columns);
    },
    { enabled: place !== undefined },
  );
}

/** Databases of a cluster. */
export function useDatabases(place: WarehousePlace | undefined): UseQueryResult<readonly string[], Error> {
  return useAws(
    "redshift-data",
    ["databases", place?.cluster, place?.user],
    async (data) => {
      if (place === undefined) return [];
      const rows = await warehouseRows(
        data,
        place,
        "select database_name from svv_redshift_databases order by 1",
      );
      return rows.map((row) => `${row["database_name"]}`);
    },
    { enabled: place !== undefined },
  );
}
