import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { isReadable } from "./flight-cache.ts";

const dataset = "vega-datasets";
const fileInPackage = "data/flights-3m.parquet";

/** The file of the package where it is installed: beside Millrace, or below the folder that one is in. */
export async function installedFlightFile(folder: string): Promise<string | undefined> {
  for (const from of [import.meta.url, pathToFileURL(join(folder, "package.json")).href]) {
    const entry = resolved(from);
    // The entry is build/index.js, whose folder's neighbour has the data.
    const path = entry === undefined ? undefined : fileURLToPath(new URL(`../${fileInPackage}`, entry));
    if (path !== undefined && (await isReadable(path))) return path;
  }
  return undefined;
}

function resolved(from: string): URL | undefined {
  try {
    return pathToFileURL(createRequire(from).resolve(dataset));
  } catch {
    return undefined;
  }
}

/** How many of the first `flights` in the file departed before a time. */
export async function countDepartedBefore(path: string, flights: number, time: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const database = await instance.connect();
  try {
    const reader = await database.runAndReadAll(
      "SELECT count(*)::INTEGER FROM (SELECT date FROM read_parquet($path) LIMIT $flights) WHERE date < $time::TIMESTAMP",
      { path, flights, time },
    );
    return Number(reader.getRows()[0]?.[0]);
  } finally {
    database.closeSync();
    instance.closeSync();
  }
}
