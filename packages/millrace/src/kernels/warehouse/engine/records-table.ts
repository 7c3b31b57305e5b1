import type { CatalogRecord } from "../catalog/records.ts";
import type { EngineConnection } from "./engine-connection.ts";
import { quoteString } from "./quote.ts";

/**
 * What a database keeps of itself, in its own file:
 *   millrace.records(kind, oid, record)   one JSON document an object of the catalog
 *   millrace.changes(oid, changes, unsorted)   what transactions did to tables' rows, added up; only ever
 *     appended to, so that writers of a table never meet each other here, and summed up when the database is opened
 */
export async function createRecords(connection: EngineConnection, database: string): Promise<void> {
  await connection.run(`CREATE SCHEMA IF NOT EXISTS "${database}".millrace`);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS "${database}".millrace.records (kind VARCHAR, oid BIGINT, record VARCHAR)`,
  );
  await connection.run(
    `CREATE TABLE IF NOT EXISTS "${database}".millrace.changes (oid BIGINT, changes BIGINT, unsorted BIGINT)`,
  );
}

export async function readRecords(
  connection: EngineConnection,
  database: string,
): Promise<readonly CatalogRecord[]> {
  const rows = await connection.rows(`SELECT record FROM "${database}".millrace.records ORDER BY oid`);
  return rows.map(([record]) => parseRecord(String(record)));
}

/** Part of the transaction that is open on the connection. `undefined` removes a record. */
export async function writeRecords(
  connection: EngineConnection,
  database: string,
  changes: ReadonlyMap<number, CatalogRecord | undefined>,
): Promise<void> {
  const table = `"${database}".millrace.records`;
  const oids = [...changes.keys()];
  const records = [...changes.values()].filter((record) => record !== undefined);
  await connection.run(`DELETE FROM ${table} WHERE oid IN (${oids.join(", ")})`);
  if (records.length === 0) return;
  const values = records.map(
    (record) => `(${quoteString(record.kind)}, ${record.oid}, ${quoteString(formatRecord(record))})`,
  );
  await connection.run(`INSERT INTO ${table} VALUES ${values.join(", ")}`);
}

/** Big integers are kept as `{"$bigint": "1"}`. */
function formatRecord(record: CatalogRecord): string {
  return JSON.stringify(record, (_, value: unknown) =>
    typeof value === "bigint" ? { $bigint: String(value) } : value,
  );
}

/** JSON leaves out what is undefined, and reads it back as missing: the same to every reader of a record. */
function parseRecord(text: string): CatalogRecord {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && "$bigint" in value ? BigInt(String(value.$bigint)) : value,
  ) as CatalogRecord;
}

/** What happened to the rows of a table in one transaction, or in all of them. */
export interface RowChanges {
  readonly changes: number;
  /** Added behind the sorted region; below zero when they were sorted in. */
  readonly unsorted: number;
}

export async function appendChanges(
  connection: EngineConnection,
  database: string,
  changes: ReadonlyMap<number, RowChanges>,
): Promise<void> {
  const values = [...changes].map(([oid, { changes, unsorted }]) => `(${oid}, ${changes}, ${unsorted})`);
  await connection.run(`INSERT INTO "${database}".millrace.changes VALUES ${values.join(", ")}`);
}

/** Rows beyond one a table before they are summed up: a database that is opened on a full disk is not written to. */
const maxLooseChanges = 10_000;

/** The sums, by OID. When there are many rows, one each is kept. */
export async function sumChanges(
  connection: EngineConnection,
  database: string,
): Promise<ReadonlyMap<number, RowChanges>> {
  const table = `"${database}".millrace.changes`;
  const rows = await connection.rows(
    `SELECT oid, sum(changes)::BIGINT, sum(unsorted)::BIGINT, count(*) FROM ${table} GROUP BY oid`,
  );
  if (rows.reduce((sum, [, , , count]) => sum + Number(count), 0) > rows.length + maxLooseChanges) {
    await connection.run("BEGIN");
    await connection.run(
      `CREATE OR REPLACE TABLE ${table} AS SELECT oid, sum(changes)::BIGINT AS changes, sum(unsorted)::BIGINT AS unsorted FROM ${table} GROUP BY oid`,
    );
    await connection.run("COMMIT");
  }
  return new Map(
    rows.map(([oid, changes, unsorted]) => [
      Number(oid),
      { changes: Number(changes), unsorted: Number(unsorted) },
    ]),
  );
}
