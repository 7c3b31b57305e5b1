import type { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { ColumnRecord, Distribution, RelationRecord } from "../catalog/records.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import { engineTable } from "../session/engine-names.ts";

/** A transaction that is about to commit. */
interface Committing {
  readonly catalog: CatalogView;
  readonly database: { readonly engineName: string; readonly catalog: CatalogSnapshot };
  rowChanges(oid: number): { readonly changes: number };
}

/** A table with so many rows is not small any more. AWS does not tell its own limit. */
const smallTableRows = 100_000;

/**
 * What DISTSTYLE AUTO becomes for a table of this size: a copy on each node while it is small; then KEY by the
 * first column of its primary key, or EVEN where it has none. It never goes back. Undefined: as it is.
 */
export function grownDistribution(
  { distribution, constraints, columns }: RelationRecord,
  rows: number,
): Distribution | undefined {
  if (!distribution.auto || distribution.style !== "all" || rows < smallTableRows) return undefined;
  const primaryKey = constraints.find(({ type }) => type === "primary key")?.columns ?? [];
  const key = columns.find((column) => primaryKey.includes(column.attributeNumber) && mayBeKey(column));
  if (key === undefined) return { style: "even", auto: true, column: undefined };
  return { style: "key", auto: true, column: key.attributeNumber };
}

function mayBeKey({ type }: ColumnRecord): boolean {
  return type.name !== "super" && type.name !== "varbyte";
}

/**
 * Looks at tables of DISTSTYLE AUTO whose rows a transaction has changed, before it commits: at their first,
 * second, fourth, eighth, ... change, so that small changes cost nothing. A table whose record somebody else
 * is changing waits for its next time.
 * @param isFree takes the lock on a table's record; false when another transaction has it
 */
export async function redistributeGrown(
  transaction: Committing,
  oids: Iterable<number>,
  connection: EngineConnection,
  isFree: (oid: number) => boolean,
): Promise<void> {
  const { catalog, database } = transaction;
  for (const oid of oids) {
    const record = catalog.permanent.relationByOid(oid);
    if (record === undefined || !record.distribution.auto || record.distribution.style !== "all") continue;
    const { changes } = transaction.rowChanges(oid);
    if ((changes & (changes - 1)) !== 0) continue;
    const [[rows] = []] = await connection.rows(
      `SELECT count(*) FROM ${engineTable(database.engineName, oid)}`,
    );
    const distribution = grownDistribution(record, Number(rows));
    if (distribution === undefined || !isFree(oid)) continue;
    if (!catalog.changes.has(oid) && database.catalog.relationByOid(oid) !== record) continue;
    catalog.put({ ...record, distribution });
  }
}
