import { setTimeout as sleep } from "node:timers/promises";
import { connectWarehouse, findWarehouse } from "../sql/warehouse-client.ts";
import { type Check, checksOf } from "./checks.ts";
import { closedUntil, readWindows, type WindowTotals } from "./delays-application.ts";
import { type DemoParts, flightShards, lakeFolder, patienceMs, type WarehouseParts } from "./demo-parts.ts";
import { type Finding, findings, worstWindow } from "./findings.ts";
import { countDepartedBefore } from "./flight-file.ts";
import type { SenderResult } from "./flight-sender.ts";
import { crawl, flushDelivery, listFolder } from "./lake.ts";
import { sendFlights } from "./send-flights.ts";
import { count, several } from "./step-lines.ts";
import {
  copyFlights,
  createExternalSchema,
  type FlightTotals,
  lakeTotals,
  tableTotals,
  unloadAirports,
} from "./warehouse.ts";

export interface DemoResult {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
}

const againMs = 500;

/** Everything from the first flight in the stream to the last answer. */
export async function runThrough(parts: DemoParts): Promise<DemoResult> {
  const sent = await stream(parts);
  const closed = closedUntil(sent.lastDepartures);
  const windows = await window(parts, closed);
  const sql = await connectWarehouse(await findWarehouse(parts.aws, {}));
  try {
    const warehouse: WarehouseParts = { ...parts, sql };
    await deliver(warehouse, sent.flights);
    const lake = await queryLake(warehouse);
    const table = await copy(warehouse);
    const found = await ask(warehouse);
    await unload(warehouse);
    const untilClosed = await tableTotals(warehouse, closed);
    const worst = windows.worst === undefined ? [] : [worstWindow(windows.worst)];
    return {
      findings: [...found, ...worst],
      checks: checksOf({ sent, lake, table, windows, untilClosed, closed }),
    };
  } finally {
    await sql.end();
  }
}

function stream({ aws, steps, names, flights, path, signal }: DemoParts): Promise<SenderResult> {
  return steps.step("Streamed", "streaming flights into Kinesis", async (progress) => {
    const bar = await progress({ total: flights, unit: "flights" });
    const start = {
      connection: aws.connection,
      streamName: names.flights,
      shards: flightShards,
      flights,
      path,
    };
    const value = await sendFlights(start, (sent) => bar.update(sent), signal);
    return {
      text: `${count(value.flights)} flights into Kinesis`,
      amount: { amount: value.flights, unit: "flights" },
      value,
    };
  });
}

/** The application has been reading from the first flight on; this waits until its windows have all of them. */
function window(parts: DemoParts, closed: string): Promise<WindowTotals> {
  return parts.steps.step("Windowed", "counting by airport and hour with Flink SQL", async (progress) => {
    const expected = await countDepartedBefore(parts.path, parts.flights, closed);
    const bar = await progress({ total: expected, unit: "flights" });
    const value = await readWindows(parts, expected, (flights) => bar.update(flights));
    return { text: `${count(value.windows)} windows of an airport and hour, by Flink SQL`, value };
  });
}

/** Every flight is delivered when Spectrum finds it: until then what is buffered is flushed, and crawled again. */
async function deliver(parts: WarehouseParts, expected: number): Promise<void> {
  const { steps, signal } = parts;
  await steps.step("Delivered", "delivering as Parquet with Firehose", async (progress) => {
    const bar = await progress({ total: expected, unit: "flights" });
    await createExternalSchema(parts);
    const endMs = performance.now() + patienceMs;
    for (;;) {
      await flushDelivery(parts);
      const delivered = await deliveredFlights(parts);
      bar.update(delivered);
      if (delivered >= expected || performance.now() > endMs) break;
      await sleep(againMs, undefined, { signal });
    }
    const { objects, bytes, partitions } = await listFolder(parts, lakeFolder);
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    const text = `${several(objects, "Parquet file")} of ${several(partitions, "month")}, ${size}, by Firehose`;
    return { text, value: undefined };
  });
  await steps.step("Crawled", "crawling the bucket with Glue", async () => {
    const { columns, partitions } = await crawl(parts);
    return {
      text: `a table of ${columns} columns, ${several(partitions, "partition")}, by Glue`,
      value: undefined,
    };
  });
}

async function deliveredFlights(parts: WarehouseParts): Promise<number> {
  if ((await listFolder(parts, lakeFolder)).objects === 0) return 0;
  await crawl(parts);
  return (await lakeTotals(parts)).flights;
}

function queryLake(parts: WarehouseParts): Promise<FlightTotals> {
  return parts.steps.step("Queried", "querying the files with Redshift Spectrum", async () => {
    const value = await lakeTotals(parts);
    return { text: `${count(value.flights)} flights in the lake, by Redshift Spectrum`, value };
  });
}

function copy(parts: WarehouseParts): Promise<FlightTotals> {
  return parts.steps.step("Copied", "copying the files into a table", async () => {
    await copyFlights(parts);
    const value = await tableTotals(parts);
    return {
      text: `${count(value.flights)} rows by COPY, distributed and sorted`,
      amount: { amount: value.flights, unit: "rows" },
      value,
    };
  });
}

function ask(parts: WarehouseParts): Promise<readonly Finding[]> {
  return parts.steps.step("Asked", "asking the warehouse", async () => {
    const value = await findings(parts);
    return { text: `${value.length} questions, each over all rows`, value };
  });
}

function unload(parts: WarehouseParts): Promise<void> {
  return parts.steps.step("Unloaded", "unloading a line an airport", async () => {
    const { rows, place, folder } = await unloadAirports(parts);
    const { objects } = await listFolder(parts, folder);
    return {
      text: `${several(rows, "airport")} to ${place} as ${several(objects, "Parquet file")}`,
      value: undefined,
    };
  });
}
