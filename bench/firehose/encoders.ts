/**
 * The encoders of delivery alone: batches of 500 records of about 1 KB of JSON, given as fast as they are
 * taken. Each line is measured in a process of its own, so that its memory is its own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../packages/millrace/src/core/logger.ts";
import type { ConversionSchema } from "../../packages/millrace/src/kernels/delivery/encoders/conversion.ts";
import { EncoderPool } from "../../packages/millrace/src/kernels/delivery/encoders/encoder-pool.ts";
import {
  type Compression,
  Encoders,
} from "../../packages/millrace/src/kernels/delivery/encoders/encoders.ts";
import type { DeliveryRecord } from "../../packages/millrace/src/kernels/delivery/record.ts";
import type { BatchEncoder } from "../../packages/millrace/src/kernels/delivery/sink.ts";
import { toOffset } from "../../packages/millrace/src/kernels/log/port.ts";

const { values: options } = parseArgs({
  options: {
    kind: { type: "string" },
    partitions: { type: "string", default: "1" },
    megabytes: { type: "string", default: "800" },
  },
  // `--case encoders` comes along.
  strict: false,
});

const conversion: ConversionSchema = {
  columns: [
    { name: "id", type: "bigint" },
    { name: "event", type: "string" },
    { name: "time", type: "timestamp" },
    { name: "customer", type: "struct<id:int,name:string,country:string>" },
    { name: "page", type: "string" },
    { name: "price", type: "decimal(10,2)" },
    { name: "quantity", type: "int" },
    { name: "ratio", type: "double" },
    { name: "ok", type: "boolean" },
    { name: "tags", type: "array<string>" },
    { name: "referrer", type: "string" },
    { name: "agent", type: "string" },
    { name: "message", type: "string" },
  ],
  serde: { kind: "openx" },
  parquet: {},
};

const words =
  "the quick brown fox jumps over lazy dog while streams of records flow into lakes where queries find them".split(
    " ",
  );
const batchRecords = 500;
/** Finished batches that nobody has taken yet: as many as the kernel delivers at a time. */
const finishedAtOnce = 16;

/** Numbers of a linear congruence, the same in each run. */
function* numbers(): Generator<number, never> {
  for (let state = 7; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

function someRecords(count: number): DeliveryRecord[] {
  const random = numbers();
  const below = (limit: number): number => random.next().value % limit;
  const word = (): string => words[below(words.length)] ?? "";
  return Array.from({ length: count }, (_, id) => {
    const record = {
      id,
      event: `${below(2 ** 32).toString(16)}-${id}`,
      time: new Date(1_760_000_000_000 + id * 37).toISOString().replace("T", " ").replace("Z", ""),
      customer: { id: below(1e6), name: `customer-${below(5000)}`, country: ["DE", "FR", "US"][below(3)] },
      page: `/products/${below(2000)}`,
      price: below(100_000) / 100,
      quantity: below(9),
      ratio: below(2 ** 32) / 2 ** 32,
      ok: below(10) < 7,
      tags: [word(), word()],
      referrer: below(10) < 3 ? null : `https://example.com/${word()}`,
      agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
      message: Array.from({ length: 115 }, word).join(" "),
    };
    return { data: Buffer.from(JSON.stringify(record)), arrivalTimeMs: id, offset: toOffset(id) };
  });
}

async function measure(kind: string, partitions: number, bytes: number): Promise<string> {
  const spoolDirectory = mkdtempSync(join(tmpdir(), "millrace-bench-"));
  const pool = new EncoderPool({ log: silentLogger });
  const encoders = await Encoders.open({ spoolDirectory, clock: systemClock, pool });
  const make = (): BatchEncoder =>
    kind === "Parquet" ? encoders.parquet(conversion) : encoders.bytes(kind as Compression);
  const records = someRecords(4000);
  const open = Array.from({ length: partitions }, make);
  const rssBefore = process.memoryUsage.rss();
  let peak = rssBefore;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const random = numbers();
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const started = performance.now();
  let given = 0;
  let next = 0;
  while (given < bytes) {
    const shares: DeliveryRecord[][] = open.map(() => []);
    for (let index = 0; index < batchRecords; index++) {
      const record = records[next++ % records.length] as DeliveryRecord;
      given += record.data.length;
      shares[(random.next().value >>> 8) % partitions]?.push(record);
    }
    await Promise.all(open.map((encoder, index) => encoder.add(shares[index] ?? [])));
  }
  let encoded = 0;
  for (let at = 0; at < open.length; at += finishedAtOnce) {
    const batches = await Promise.all(open.slice(at, at + finishedAtOnce).map((encoder) => encoder.finish()));
    for (const batch of batches) {
      encoded += batch?.sizeBytes ?? 0;
      await batch?.dispose();
    }
  }
  const ms = performance.now() - started;
  const used = process.cpuUsage(cpu);
  clearInterval(timer);
  await pool.close();
  rmSync(spoolDirectory, { recursive: true });
  const cells = [
    `${kind}, ${partitions} open`,
    (given / 1000 / ms).toFixed(0),
    (given / encoded).toFixed(1),
    ((used.user + used.system) / 1e6 / (given / 1e8)).toFixed(2),
    `${(performance.eventLoopUtilization(loop).utilization * 100).toFixed(0)} %`,
    ((peak - rssBefore) / 1e6).toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

if (typeof options["kind"] === "string") {
  const megabytes = Number(options["megabytes"]);
  console.log(await measure(options["kind"], Number(options["partitions"]), megabytes * 1e6));
} else {
  console.log("| | MB/s of JSON | ratio | CPU s per 100 MB | main thread busy | memory over idle, MB |");
  console.log("|---|---|---|---|---|---|");
  for (const kind of ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY", "Parquet"]) {
    for (const partitions of ["1", "200"]) {
      const args = [import.meta.filename, "--kind", kind, "--partitions", partitions];
      spawnSync(process.execPath, [...args, "--megabytes", String(options["megabytes"])], {
        stdio: "inherit",
      });
    }
  }
}
