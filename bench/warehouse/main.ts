/**
 * The warehouse: TPC-H's queries through the wire against DuckDB alone and PostgreSQL, COPY, external tables, rows
 * streamed, point queries. `--case queries|spectrum|copy|stream|points|translate`, all of them when not given.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import pg from "pg";
import { millrace, type RunningServer, type ServerKind, startServer } from "../server.ts";
import { bareDuckdb, type Engine, overWire, postgres } from "./engines.ts";
import { type Generated, generate, tableNames } from "./generate.ts";
import { geometricMean, type QueryTimes, runQueries } from "./queries.ts";
import { externalTables, schemaStatements } from "./schema.ts";
import { streamRows } from "./stream.ts";
import { translationMs } from "./translate.ts";

const { values: options } = parseArgs({
  options: {
    case: { type: "string", default: "" },
    scale: { type: "string", default: "1" },
    repetitions: { type: "string", default: "3" },
    /** Where the data is made, and found again by the next run. */
    folder: { type: "string", default: "/tmp/millrace-bench-tpch" },
    /** URL of a PostgreSQL that has the tables, to compare with. */
    postgres: { type: "string", default: "" },
    port: { type: "string", default: "4840" },
  },
});
const scale = Number(options.scale);
const repetitions = Number(options.repetitions);
const [httpPort, sqlPort] = [Number(options.port), Number(options.port) + 1];
const role = "arn:aws:iam::000000000000:role/load";
const wants = (name: string): boolean => options.case === "" || options.case === name;
const note = (text: string): void => void process.stderr.write(`${text}\n`);
const seconds = (ms: number): string => (ms / 1_000).toFixed(2);

const warehouse: ServerKind = {
  name: "Millrace",
  command: (port, data) => [...millrace.command(port, data), "--redshift-port", `${sqlPort}`],
};

async function data(): Promise<Generated> {
  const folder = `${options.folder}-${scale}`;
  const made = {
    database: `${folder}/tpch.duckdb`,
    parquetFolder: `${folder}/parquet`,
    csvFolder: `${folder}/csv`,
  };
  if (existsSync(join(made.csvFolder, "lineitem.csv"))) return made;
  note(`making tables at scale ${scale} ...`);
  return generate(scale, folder);
}

const s3 = new S3Client({
  endpoint: `http://127.0.0.1:${httpPort}`,
  region: "us-east-1",
  forcePathStyle: true,
  credentials: { accessKeyId: "000000000000", secretAccessKey: "bench" },
  requestChecksumCalculation: "WHEN_REQUIRED",
});

async function upload(folder: string, extension: string): Promise<number> {
  let bytes = 0;
  for (const name of tableNames) {
    const path = join(folder, `${name}.${extension}`);
    const size = statSync(path).size;
    const Key = `${extension}/${name}/${name}.${extension}`;
    await s3.send(
      new PutObjectCommand({ Bucket: "tpch", Key, Body: createReadStream(path), ContentLength: size }),
    );
    bytes += size;
  }
  return bytes;
}

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: sqlPort,
    user: "awsuser",
    password: "x",
    database: "dev",
  });
  await client.connect();
  return client;
}

async function createTables(client: pg.Client): Promise<void> {
  for (const statement of schemaStatements()) await client.query(statement);
}

async function copyTables(client: pg.Client): Promise<number> {
  const startedMs = performance.now();
  for (const name of tableNames)
    await client.query(`copy ${name} from 's3://tpch/csv/${name}/' iam_role '${role}' csv delimiter '|'`);
  return performance.now() - startedMs;
}

function printQueries(results: readonly { readonly engine: Engine; readonly times: QueryTimes }[]): void {
  const [baseline] = results;
  console.log(`\n| | ${results.map(({ engine }) => engine.name).join(" | ")} |`);
  console.log(`|---|${results.map(() => "---|").join("")}`);
  for (const name of baseline?.times.keys() ?? [])
    console.log(
      `| ${name} | ${results.map(({ times }) => times.get(name)?.toFixed(0) ?? "failed").join(" | ")} |`,
    );
  const all = (times: QueryTimes): readonly number[] => [...times.values()];
  const total = results.map(({ times }) => seconds(all(times).reduce((sum, ms) => sum + ms, 0)));
  console.log(`| total s | ${total.join(" | ")} |`);
  const means = results.map(({ times }) => geometricMean(all(times)));
  console.log(`| geometric mean ms | ${means.map((ms) => ms.toFixed(1)).join(" | ")} |`);
  const ratios = means.map((ms) => (ms / (means[0] ?? 1)).toFixed(2));
  console.log(`| against ${baseline?.engine.name} | ${ratios.join(" | ")} |`);
}

async function benchQueries(made: Generated, server: RunningServer): Promise<void> {
  const engines: Engine[] = [await bareDuckdb(made.database)];
  engines.push(await overWire("Millrace", await connected()));
  if (wants("spectrum")) {
    const client = await connected();
    for (const statement of externalTables(role, "s3://tpch/parquet")) await client.query(statement);
    await client.query("set search_path to lake");
    engines.push(await overWire("Millrace, external Parquet", client));
  }
  if (options.postgres !== "") engines.push(await postgres(options.postgres));
  const results: { engine: Engine; times: QueryTimes }[] = [];
  for (const engine of engines) {
    note(`${engine.name} ...`);
    results.push({ engine, times: await runQueries(engine, scale, repetitions, note) });
    await engine.close();
  }
  printQueries(results);
  console.log(`\nResident memory of Millrace, most: ${server.peakMb().toFixed(0)} MB`);
}

async function benchStream(server: RunningServer): Promise<void> {
  const rows = Math.min(1_000_000, 6_000_000 * scale);
  const sql = `select l_orderkey, l_partkey, l_extendedprice, l_shipdate, l_comment from lineitem limit ${rows}`;
  console.log(
    "\n| rows x 5 columns | ms | thousand rows/s | MB on the wire | peak MB |\n|---|---|---|---|---|",
  );
  for (let run = 0; run < repetitions; run++) {
    const { ms, bytes } = await streamRows(sqlPort, sql);
    console.log(
      `| ${rows} | ${ms.toFixed(0)} | ${(rows / ms).toFixed(0)} | ${(bytes / 1e6).toFixed(1)} | ${server.peakMb().toFixed(0)} |`,
    );
  }
}

async function benchPoints(): Promise<void> {
  const client = await connected();
  const times: number[] = [];
  for (let n = 0; n < 2_000; n++) {
    const startedMs = performance.now();
    await client.query({
      name: "point",
      text: "select c_acctbal from customer where c_custkey = $1",
      values: [n * 7 + 1],
    });
    times.push(performance.now() - startedMs);
  }
  await client.end();
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
  console.log(`\nPrepared point query: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

async function main(): Promise<void> {
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, scale ${scale}`,
  );
  if (wants("translate")) console.log(`\nTranslation of TPC-H's queries: ${await translationMs()}`);
  if (options.case === "translate") return;
  const made = await data();
  const server = await startServer(warehouse, httpPort);
  try {
    await s3.send(new CreateBucketCommand({ Bucket: "tpch" }));
    const bytes = await upload(made.csvFolder, "csv");
    if (wants("spectrum")) await upload(made.parquetFolder, "parquet");
    const client = await connected();
    await createTables(client);
    const copyMs = await copyTables(client);
    console.log(
      `\nCOPY of ${(bytes / 1e6).toFixed(0)} MB of CSV: ${seconds(copyMs)} s (${(bytes / 1e3 / copyMs).toFixed(0)} MB/s), peak ${server.peakMb().toFixed(0)} MB`,
    );
    await client.query("analyze");
    await client.end();
    server.forgetPeak();
    if (wants("stream")) await benchStream(server);
    if (wants("points")) await benchPoints();
    server.forgetPeak();
    if (wants("queries") || wants("spectrum")) await benchQueries(made, server);
  } finally {
    await server.stop();
  }
}

await main();
