/** Crawlers: small files in partitions, and very many objects with memory watched. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetCrawlerCommand,
  GetTablesCommand,
  type GlueClient,
  ListCrawlsCommand,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import type { RunningServer } from "../server.ts";

const rowsPerFile = 200;
const folders = 10;
/** One file in so many has a column more than the others. */
const oddFiles = 7;
const connections = 32;
const pollMs = 50;

interface Clients {
  readonly glue: GlueClient;
  readonly server: RunningServer;
  readonly note: (text: string) => void;
}

/** @param many objects of the big crawl */
export async function benchCrawls(clients: Clients, many: number): Promise<void> {
  const { glue, server } = clients;
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "bench" } }));
  for (const format of ["parquet", "json", "csv"] as const) {
    const [plain, odd] = await Promise.all([file(format, false), file(format, true)]);
    await upload(s3, format, 1000, (n) => ({
      key: `part=${n % folders}/${n}.${format}`,
      body: n % oddFiles === 0 ? odd : plain,
    }));
    await report(clients, format, `1,000 ${format} files of ${rowsPerFile} rows in ${folders} partitions`);
  }
  clients.note(`uploading ${many.toLocaleString("en-US")} objects`);
  await upload(s3, "many", many, (n) => ({
    key: `day=${n % 1000}/${n}.json`,
    body: Buffer.from(`{"id":${n},"name":"object ${n}","price":1.5}\n{"id":${n + 1},"name":"x","price":2}\n`),
  }));
  await report(clients, "many", `${many.toLocaleString("en-US")} objects in 1,000 partitions`);
}

/** A file of rows, written by DuckDB. */
async function file(format: "parquet" | "json" | "csv", isOdd: boolean): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-bench-file-"));
  const path = join(folder, "file");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const extra = isOdd ? ", i % 2 = 0 AS flag" : "";
  const rows = `SELECT i AS id, 'name ' || i AS name, i * 1.5 AS price, DATE '2026-01-01' + i::INTEGER AS day${extra} FROM range(${rowsPerFile}) t(i)`;
  await connection.run(`COPY (${rows}) TO '${path}' (FORMAT ${format})`);
  connection.closeSync();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

async function upload(
  s3: S3Client,
  bucket: string,
  count: number,
  object: (n: number) => { readonly key: string; readonly body: Buffer },
): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) {
      const { key, body } = object(n);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

/** Crawls a bucket twice: what is new, and what has not changed. */
async function report({ glue, server }: Clients, bucket: string, what: string): Promise<void> {
  const Targets = { S3Targets: [{ Path: `s3://${bucket}/` }] };
  await glue.send(new CreateCrawlerCommand({ Name: bucket, Role: "bench", DatabaseName: "bench", Targets }));
  const before = server.rssMb();
  const [first, peak] = await crawl(glue, server, bucket);
  const [second] = await crawl(glue, server, bucket);
  const { TableList = [] } = await glue.send(
    new GetTablesCommand({ DatabaseName: "bench", Expression: bucket }),
  );
  if (TableList.length !== 1) throw new Error(`${bucket}: ${TableList.length} tables`);
  const memory = `memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most`;
  console.log(`${what.padEnd(52)} ${first.toFixed(2)} s, again ${second.toFixed(2)} s   ${memory}`);
}

async function crawl(
  glue: GlueClient,
  server: RunningServer,
  name: string,
): Promise<readonly [number, number]> {
  await glue.send(new StartCrawlerCommand({ Name: name }));
  let peak = 0;
  for (;;) {
    peak = Math.max(peak, server.rssMb());
    const { Crawler } = await glue.send(new GetCrawlerCommand({ Name: name }));
    if (Crawler?.State === "READY") break;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const { Crawls = [] } = await glue.send(new ListCrawlsCommand({ CrawlerName: name, MaxResults: 1 }));
  const [last] = Crawls;
  if (last?.State !== "COMPLETED") throw new Error(`${name}: ${last?.State} ${last?.ErrorMessage}`);
  return [(Number(last.EndTime) - Number(last.StartTime)) / 1000, peak];
}
