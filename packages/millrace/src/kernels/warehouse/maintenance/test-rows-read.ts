import { Cluster } from "../cluster/cluster.ts";
import type { SqlCluster } from "../cluster-port.ts";

interface Profile {
  readonly operator_rows_scanned?: number;
  readonly children?: readonly Profile[];
}

/**
 * Rows that the engine's scans read for a condition on columns `c1`, `c2`, ... by its own count: runs of rows
 * whose smallest and largest values do not fit are left out.
 */
export async function rowsRead(cluster: SqlCluster, oid: number, condition: string): Promise<number> {
  if (!(cluster instanceof Cluster)) throw new Error("the cluster has no engine");
  const [database] = cluster.leader.snapshot.databases.values();
  const connection = await cluster.connect();
  try {
    const table = `"d${database?.oid}"."main"."t${oid}"`;
    const sql = `SELECT count(*), count(COLUMNS(*)) FROM ${table} WHERE ${condition}`;
    const [[, text] = []] = await connection.rows(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
    return scanned(JSON.parse(String(text)) as Profile);
  } finally {
    connection.close();
  }
}

function scanned({ operator_rows_scanned: own = 0, children = [] }: Profile): number {
  return children.reduce((sum, child) => sum + scanned(child), own);
}
