/** Firehose: records put directly, until the last object with them is in S3. Nobody else delivers like that. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationConfiguration,
  FirehoseClient,
} from "@aws-sdk/client-firehose";
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { millrace, type RunningServer, startServer } from "../server.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    objects: { type: "string", default: "16" },
    seconds: { type: "string", default: "120" },
    case: { type: "string" },
    port: { type: "string", default: "4850" },
  },
});
if (options.case === "encoders") {
  await import("./encoders.ts");
  process.exit();
}
let port = Number(options.port);

const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const role = "arn:aws:iam::000000000000:role/delivery";
const recordBytes = 1024;
const recordsPerObject = (64 * 1024 * 1024) / recordBytes;

type Destination = Partial<ExtendedS3DestinationConfiguration>;

const parquet: Destination = {
  DataFormatConversionConfiguration: {
    Enabled: true,
    SchemaConfiguration: { RoleARN: role, DatabaseName: "bench", TableName: "clicks", Region: region },
    InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
    OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
  },
};
const byCustomer: Destination = {
  Prefix: "customer=!{partitionKeyFromQuery:customer}/",
  ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
  DynamicPartitioningConfiguration: { Enabled: true },
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: "MetadataExtraction",
        Parameters: [
          { ParameterName: "MetadataExtractionQuery", ParameterValue: "{customer: .customer}" },
          { ParameterName: "JsonParsingEngine", ParameterValue: "JQ-1.6" },
        ],
      },
    ],
  },
};

interface Case {
  readonly name: string;
  readonly destination: Destination;
  /** Load at this rate for `--seconds`, instead of as much as goes. */
  readonly rateMBps?: number;
}

const cases: readonly Case[] = [
  { name: "as it is", destination: { CompressionFormat: "UNCOMPRESSED" } },
  { name: "gzip", destination: { CompressionFormat: "GZIP" } },
  { name: "Parquet", destination: parquet },
  {
    name: "200 partitions, gzip, 20 MB/s",
    destination: { ...byCustomer, CompressionFormat: "GZIP" },
    rateMBps: 20,
  },
  { name: "200 partitions, Parquet, 20 MB/s", destination: { ...byCustomer, ...parquet }, rateMBps: 20 },
].filter(({ name }) => options.case === undefined || name.startsWith(options.case)) as readonly Case[];

const columns = Object.entries({
  id: "bigint",
  customer: "string",
  at: "timestamp",
  amount: "double",
  paid: "boolean",
  country: "string",
  path: "string",
  note: "string",
}).map(([Name, Type]) => ({ Name, Type }));

async function prepare(server: RunningServer, destination: Destination): Promise<S3Client> {
  const config = { endpoint: `http://127.0.0.1:${server.port}`, region, credentials };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const glue = new GlueClient(config);
  const firehose = new FirehoseClient(config);
  await s3.send(new CreateBucketCommand({ Bucket: "bench" }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "bench" } }));
  const TableInput = { Name: "clicks", StorageDescriptor: { Columns: columns } };
  await glue.send(new CreateTableCommand({ DatabaseName: "bench", TableInput }));
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: "bench",
      ExtendedS3DestinationConfiguration: {
        RoleARN: role,
        BucketARN: "arn:aws:s3:::bench",
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
        ...destination,
      },
    }),
  );
  for (;;) {
    const input = { DeliveryStreamName: "bench" };
    const answer = await firehose.send(new DescribeDeliveryStreamCommand(input));
    if (answer.DeliveryStreamDescription?.DeliveryStreamStatus === "ACTIVE") return s3;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Put {
  readonly seconds: number;
  readonly MBps: number;
  readonly p50: number;
  readonly p99: number;
}

function load(server: RunningServer, args: readonly string[]): Promise<Put> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, "load.ts");
    const child = spawn(process.execPath, [script, "--port", `${server.port}`, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`the load generator ended with code ${code}`));
    });
  });
}

async function objectsIn(s3: S3Client): Promise<number> {
  let count = 0;
  for await (const { KeyCount = 0 } of paginateListObjectsV2({ client: s3 }, { Bucket: "bench" }))
    count += KeyCount;
  return count;
}

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

interface Result {
  readonly putMBps: number;
  /** From the first put to the last object. */
  readonly deliveredMBps: number;
  readonly p99: number;
  readonly cpu: number;
  readonly peakMb: number;
}

async function measure({ destination, rateMBps }: Case): Promise<Result> {
  port += 1;
  const server = await startServer(millrace, port);
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, server.rssMb());
  }, 50);
  try {
    const s3 = await prepare(server, destination);
    const objects = Number(options.objects);
    const records =
      rateMBps === undefined
        ? objects * recordsPerObject
        : Math.floor((rateMBps * 1e6 * Number(options.seconds)) / recordBytes);
    const limits = rateMBps === undefined ? [] : ["--rate", `${rateMBps}`, "--partitions", "200"];
    const startedMs = performance.now();
    const cpuBefore = cpuSeconds(server.pid);
    const put = await load(server, ["--records", `${records}`, ...limits]);
    while (rateMBps === undefined && (await objectsIn(s3)) < objects)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const seconds = (performance.now() - startedMs) / 1000;
    return {
      putMBps: put.MBps,
      deliveredMBps: (records * recordBytes) / seconds / 1e6,
      p99: put.p99,
      cpu: (cpuSeconds(server.pid) - cpuBefore) / seconds,
      peakMb,
    };
  } finally {
    clearInterval(watch);
    await server.stop();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
console.log(
  "| 500 x 1 KB a batch, 4 connections, to S3 | put MB/s | delivered MB/s | put p99 ms | cores | peak MB |",
);
console.log("|---|---|---|---|---|---|");
for (const one of cases) {
  const results: Result[] = [];
  const rounds = one.rateMBps === undefined ? Number(options.rounds) : 1;
  for (let round = 0; round < rounds; round++) results.push(await measure(one));
  const middle = (of: (result: Result) => number, digits = 0): string =>
    median(results.map(of)).toFixed(digits);
  const delivered = one.rateMBps === undefined ? middle((each) => each.deliveredMBps) : "-";
  console.log(
    `| ${one.name} | ${middle((each) => each.putMBps)} | ${delivered} | ${middle((each) => each.p99, 1)} | ${middle((each) => each.cpu, 2)} | ${middle((each) => each.peakMb)} |`,
  );
}
