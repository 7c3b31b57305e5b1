/** The data catalog: partitions of one table, found with an index and without (`--case partitions`); crawlers (`--case crawl`). */
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import {
  BatchCreatePartitionCommand,
  CreateDatabaseCommand,
  CreatePartitionIndexCommand,
  CreateTableCommand,
  GetPartitionIndexesCommand,
  GetPartitionsCommand,
  GlueClient,
  type PartitionInput,
} from "@aws-sdk/client-glue";
import { millrace, type RunningServer, startServer } from "../server.ts";
import { benchCrawls } from "./crawl.ts";

const { values: options } = parseArgs({
  options: {
    case: { type: "string", default: "partitions" },
    /** Partitions: cities times days. */
    cities: { type: "string", default: "1000" },
    days: { type: "string", default: "1000" },
    /** Objects of the big crawl. */
    objects: { type: "string", default: "100000" },
    connections: { type: "string", default: "8" },
    port: { type: "string", default: "4830" },
  },
});
const [cities, days] = [Number(options.cities), Number(options.days)];
const table = { DatabaseName: "bench", TableName: "sales" } as const;
const perBatch = 100;
const dayMs = 86_400_000;

const cityOf = (n: number): string => `city-${String(n).padStart(4, "0")}`;
const dayOf = (n: number): string => new Date(n * dayMs).toISOString().slice(0, 10);
const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** A partition as a crawler writes it, with the columns of its files. */
function partition(city: string, day: string): PartitionInput {
  const Columns = Array.from({ length: 10 }, (_, n) => ({ Name: `column_${n}`, Type: "string" }));
  return {
    Values: [city, day],
    StorageDescriptor: {
      Columns,
      Location: `s3://lake/sales/city=${city}/day=${day}/`,
      InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      SerdeInfo: {
        SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        Parameters: { "serialization.format": "1" },
      },
    },
    Parameters: { classification: "parquet" },
  };
}

/** Runs tasks, so many at once. */
async function inParallel(count: number, task: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await task(n);
  };
  await Promise.all(Array.from({ length: Number(options.connections) }, worker));
}

async function fill(client: GlueClient): Promise<void> {
  await client.send(new CreateDatabaseCommand({ DatabaseInput: { Name: table.DatabaseName } }));
  const PartitionKeys = [
    { Name: "city", Type: "string" },
    { Name: "day", Type: "date" },
  ];
  const TableInput = { Name: table.TableName, PartitionKeys };
  await client.send(new CreateTableCommand({ DatabaseName: table.DatabaseName, TableInput }));
  const batches = Math.ceil(days / perBatch);
  await inParallel(cities * batches, async (n) => {
    const city = cityOf(Math.floor(n / batches));
    const from = (n % batches) * perBatch;
    const PartitionInputList = Array.from({ length: Math.min(perBatch, days - from) }, (_, at) =>
      partition(city, dayOf(from + at)),
    );
    const { Errors = [] } = await client.send(
      new BatchCreatePartitionCommand({ ...table, PartitionInputList }),
    );
    if (Errors.length > 0) throw new Error(`${Errors.length} partitions were not created`);
  });
}

interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds of one call after the other. */
async function latencies(calls: number, run: (n: number) => Promise<unknown>): Promise<Latencies> {
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const startMs = performance.now();
    await run(n);
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

interface Query {
  readonly name: string;
  readonly expression: (n: number) => string;
  readonly expected: number;
}

const queries: readonly Query[] = [
  {
    name: "one partition: day = ... AND city = ...",
    expression: (n) => `day = '${dayOf(n % days)}' AND city = '${cityOf((n * 7) % cities)}'`,
    expected: 1,
  },
  {
    name: "100 of a day: day = ...",
    expression: (n) => `day = '${dayOf(n % days)}'`,
    expected: Math.min(100, cities),
  },
  {
    name: "100 of a range: day BETWEEN ... AND ...",
    expression: (n) => `day BETWEEN '${dayOf(n % days)}' AND '${dayOf((n % days) + 30)}'`,
    expected: Math.min(100, cities),
  },
  { name: "none: day = '1900-01-01'", expression: () => "day = '1900-01-01'", expected: 0 },
];

async function measure(client: GlueClient, server: RunningServer, calls: number): Promise<void> {
  for (const { name, expression, expected } of queries) {
    const { p50, p99 } = await latencies(calls, async (n) => {
      const input = { ...table, Expression: expression(n), MaxResults: 100 };
      const { Partitions = [] } = await client.send(new GetPartitionsCommand(input));
      if (Partitions.length !== expected) throw new Error(`${name}: ${Partitions.length} partitions`);
    });
    const memory = `${server.rssMb().toFixed(0)} MB`;
    console.log(`${name.padEnd(44)} p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   memory ${memory}`);
  }
}

async function indexed(client: GlueClient): Promise<number> {
  const startMs = performance.now();
  const PartitionIndex = { IndexName: "by-day", Keys: ["day", "city"] };
  await client.send(new CreatePartitionIndexCommand({ ...table, PartitionIndex }));
  for (;;) {
    const { PartitionIndexDescriptorList } = await client.send(new GetPartitionIndexesCommand(table));
    if (PartitionIndexDescriptorList?.[0]?.IndexStatus === "ACTIVE") return performance.now() - startMs;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Fills a table and finds partitions in it. */
async function benchPartitions(client: GlueClient, server: RunningServer): Promise<void> {
  const total = (cities * days).toLocaleString("en-US");
  const startMs = performance.now();
  await fill(client);
  const seconds = (performance.now() - startMs) / 1000;
  const perSecond = Math.round((cities * days) / seconds).toLocaleString("en-US");
  console.log(`${total} partitions in batches of 100: ${seconds.toFixed(0)} s, ${perSecond} a second`);
  console.log(`\nWithout an index, ${total} partitions`);
  await measure(client, server, 5);
  console.log(`\nThe index by day and city took ${((await indexed(client)) / 1000).toFixed(1)} s`);
  console.log(`\nWith the index, ${total} partitions`);
  await measure(client, server, 200);
}

if (options.case !== "partitions" && options.case !== "crawl") {
  note("Which case? There are: partitions, crawl");
  process.exit(2);
}
note(
  `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
);
const server = await startServer(millrace, Number(options.port));
try {
  const client = new GlueClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  if (options.case === "crawl") await benchCrawls({ glue: client, server, note }, Number(options.objects));
  else await benchPartitions(client, server);
} finally {
  await server.stop();
}
