/**
 * Benchmarks, each against its peers in one run:
 *
 *   npm run bench kinesis                    the whole table
 *   npm run bench kinesis -- --seconds 2     shorter runs
 *   npm run bench kinesis -- --soak 600      ten minutes of load, memory watched
 *   npm run bench s3                         objects: small, large, many
 *   npm run bench console                    first paint, scrolling, a live tail, in Chromium
 *   npm run bench firehose                   records delivered to S3, plain, compressed and as Parquet
 *   npm run bench glue                       the catalog: partitions found with an index and without
 *   npm run bench start                      start and idle, as a process and inside one
 *   npm run bench streaming                  Nexmark's queries, JSON from a stream, checkpoints, latency
 *   npm run bench warehouse                  TPC-H through the wire, COPY, external tables, rows streamed
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const [name = "", ...args] = process.argv.slice(2);
const main = join(import.meta.dirname, name, "main.ts");
if (!/^[a-z-]+$/.test(name) || !existsSync(main)) {
  console.error(
    "Which benchmark? There are: console, firehose, glue, kinesis, s3, start, streaming, warehouse",
  );
  process.exit(2);
}
if (!existsSync(join(import.meta.dirname, "node_modules"))) {
  const { status } = spawnSync("npm", ["ci"], { cwd: import.meta.dirname, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
process.exit(spawnSync(process.execPath, [main, ...args], { stdio: "inherit" }).status ?? 1);
