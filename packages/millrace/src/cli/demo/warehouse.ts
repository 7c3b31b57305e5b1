import type { WarehouseParts } from "./demo-parts.ts";
import { lakeFolder } from "./demo-parts.ts";

/** Sums that must be the same wherever the flights are. */
export interface FlightTotals {
  readonly flights: number;
  readonly delayMinutes: number;
}

const unloadFolder = "airports";

/** Makes what the catalog has of the lake a schema of the warehouse. */
export async function createExternalSchema({ sql, names, roleArn }: WarehouseParts): Promise<void> {
  await sql.query(
    `create external schema ${names.schema} from data catalog database '${names.database}' iam_role '${roleArn}'`,
  );
}

/** Sums over the Parquet files, where they lie. */
export async function lakeTotals(parts: WarehouseParts): Promise<FlightTotals> {
  return totalsOf(parts, `${parts.names.schema}.${lakeFolder}`, "");
}

/** Sums over the table, of all flights or those that departed before a time. */
export async function tableTotals(parts: WarehouseParts, before?: string): Promise<FlightTotals> {
  return totalsOf(parts, parts.names.table, before === undefined ? "" : ` where departed < '${before}'`);
}

async function totalsOf({ sql }: WarehouseParts, table: string, where: string): Promise<FlightTotals> {
  const { rows } = await sql.query<{ flights: string; delay: string | null }>(
    `select count(*) as flights, sum(delay::bigint) as delay from ${table}${where}`,
  );
  return { flights: Number(rows[0]?.flights), delayMinutes: Number(rows[0]?.delay ?? 0) };
}

/** Loads the lake's files into a table whose rows lie by airport and are sorted by time. */
export async function copyFlights({ sql, names, roleArn }: WarehouseParts): Promise<void> {
  await sql.query(
    `create table ${names.table} (departed timestamp, origin varchar(3), destination varchar(3), delay int,
      distance int) distkey(origin) sortkey(departed)`,
  );
  await sql.query(
    `copy ${names.table} from 's3://${names.bucket}/${lakeFolder}/' iam_role '${roleArn}' format as parquet`,
  );
}

/** What came of the airports, as Parquet in the bucket. */
export interface Unloaded {
  readonly rows: number;
  readonly place: string;
  readonly folder: string;
}

/** Writes a line an airport back to the lake. */
export async function unloadAirports({ sql, names, roleArn }: WarehouseParts): Promise<Unloaded> {
  const place = `s3://${names.bucket}/${unloadFolder}/`;
  await sql.query(
    `unload ('select origin, count(*) as flights, avg(delay::float) as mean_delay, max(delay) as worst_delay
      from ${names.table} group by origin order by flights desc') to '${place}' iam_role '${roleArn}' parquet`,
  );
  const { rows } = await sql.query<{ rows: string }>("select pg_last_unload_count() as rows");
  return { rows: Number(rows[0]?.rows), place, folder: unloadFolder };
}
