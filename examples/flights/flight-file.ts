import { fileURLToPath } from "node:url";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

/** One departure within the United States in the first half of 2001. */
export interface Flight {
  readonly date: Date;
  readonly delay: bigint;
  readonly distance: bigint;
  readonly origin: string;
  readonly destination: string;
}

/** The 3,000,000 flights of the package vega-datasets: beside its entry, `build/index.js`. */
const path = fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));

/** How many flights the file has. */
export async function countFlights(): Promise<number> {
  return Number((await parquetMetadataAsync(await asyncBufferFromFile(path))).num_rows);
}

/** The first `limit` flights in the order of their departure, block by block. */
export async function* flightBlocks(limit: number): AsyncGenerator<readonly Flight[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = Math.min(rowStart + Number(group.num_rows), limit);
    if (rowStart >= rowEnd) return;
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
    yield rows as unknown as readonly Flight[];
    rowStart = rowEnd;
  }
}

/** What goes into the stream for a flight. */
export function flightRecord(flight: Flight): Buffer {
  return Buffer.from(
    `{"date":"${flight.date.toISOString()}","origin":"${flight.origin}","destination":"${flight.destination}",` +
      `"delay":${flight.delay},"distance":${flight.distance}}`,
  );
}
