import type {
  DescribeStatementCommandOutput,
  ExecuteStatementCommandInput,
  RedshiftData,
} from "@aws-sdk/client-redshift-data";
import { type Cell, cellOf, columnsOf, type ResultTable } from "../result/result-table.ts";

/** Where statements run, and as whom. */
export interface WarehousePlace {
  readonly cluster: string;
  readonly database: string;
  /** Undefined is the caller's own identity, as IAM knows it. */
  readonly user: string | undefined;
}

/** A statement that the warehouse refused. */
class WarehouseError extends Error {
  override readonly name = "Redshift";
}

/** Rows as objects, by the names of their columns. */
export type WarehouseRow = Readonly<Record<string, Cell>>;

const waitSeconds = 20;
const pollMs = 400;
const maxCatalogRows = 50_000;
/** Statements of the console itself begin with it, so that lists of queries can leave them out. */
export const ownStatement = "/* console */ ";

export function placeInput({
  cluster,
  database,
  user,
}: WarehousePlace): Partial<ExecuteStatementCommandInput> {
  return { ClusterIdentifier: cluster, Database: database, ...(user !== undefined && { DbUser: user }) };
}

/** What the console itself asks of a warehouse. @throws WarehouseError */
export async function warehouseRows(
  client: RedshiftData,
  place: WarehousePlace,
  sql: string,
): Promise<readonly WarehouseRow[]> {
  const { Id = "" } = await client.executeStatement({
    ...placeInput(place),
    Sql: `${ownStatement}${sql}`,
    WaitTimeSeconds: waitSeconds,
  });
  const done = await finished(client, Id);
  if (done.Status !== "FINISHED") throw new WarehouseError(done.Error ?? `The statement is ${done.Status}.`);
  if (done.HasResultSet !== true) return [];
  const { columns, rows } = await readResult(client, Id, maxCatalogRows);
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, trimmed(row[i] ?? null)])));
}

/** Names of system tables are padded with blanks. */
function trimmed(cell: Cell): Cell {
  return typeof cell === "string" ? cell.trimEnd() : cell;
}

/** Waits for the end of a statement. */
export async function finished(client: RedshiftData, id: string): Promise<DescribeStatementCommandOutput> {
  for (;;) {
    const found = await client.describeStatement({ Id: id, WaitTimeSeconds: waitSeconds });
    if (["FINISHED", "FAILED", "ABORTED"].includes(found.Status ?? "")) return found;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The first rows of a result, page by page. */
export async function readResult(client: RedshiftData, id: string, maxRows: number): Promise<ResultTable> {
  const rows: Cell[][] = [];
  let columns: ResultTable["columns"] = [];
  let totalRows = 0;
  let token: string | undefined;
  do {
    const page = await client.getStatementResult({
      Id: id,
      ...(token !== undefined && { NextToken: token }),
    });
    if (page.ColumnMetadata !== undefined) columns = columnsOf(page.ColumnMetadata);
    totalRows = page.TotalNumRows ?? totalRows;
    for (const record of page.Records ?? []) rows.push(record.map(cellOf));
    token = page.NextToken;
  } while (token !== undefined && rows.length < maxRows);
  return { columns, rows: rows.slice(0, maxRows), totalRows: Math.max(totalRows, rows.length) };
}
