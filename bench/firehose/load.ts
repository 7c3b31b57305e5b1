/**
 * Puts batches of records as fast as the server takes them, or at a rate, and prints one line of JSON.
 * In a process of its own: it would share the server's core otherwise.
 */
import { parseArgs } from "node:util";
import { Connection } from "../s3/connection.ts";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "4566" },
    stream: { type: "string", default: "bench" },
    records: { type: "string", default: "655360" },
    batch: { type: "string", default: "500" },
    connections: { type: "string", default: "4" },
    partitions: { type: "string", default: "1000" },
    /** MB/s; 0 does not hold back. */
    rate: { type: "string", default: "0" },
  },
});
const port = Number(options.port);
const batch = Number(options.batch);
const total = Number(options.records);
const partitions = Number(options.partitions);
const rateMBps = Number(options.rate);
const recordBytes = 1024;
/** Different bodies that are sent in turn: enough that compression does not find them again. */
const bodies = 64;

const words = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike".split(" ");
let seed = 42;
function random(limit: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed % limit;
}

/** A click as shops log them: numbers, a time, short and long texts; a line of 1 KB. */
function recordOf(id: number): string {
  const event = {
    id,
    customer: `c${id % partitions}`,
    at: new Date(Date.UTC(2026, 0, 1) + id * 137).toISOString(),
    amount: random(1_000_000) / 100,
    paid: random(2) === 1,
    country: words[random(words.length)],
    path: `/shop/${words[random(words.length)]}/${random(100_000)}`,
    note: "",
  };
  const room = recordBytes - 1 - JSON.stringify(event).length;
  while (event.note.length < room) event.note += `${words[random(words.length)]} ${random(10_000)} `;
  event.note = event.note.slice(0, room);
  return `${JSON.stringify(event)}\n`;
}

function bodyOf(first: number, records: number): Buffer {
  const Records = Array.from({ length: records }, (_, i) => ({
    Data: Buffer.from(recordOf(first + i)).toString("base64"),
  }));
  return Buffer.from(JSON.stringify({ DeliveryStreamName: options.stream, Records }));
}

function headOf(body: Buffer): string {
  return (
    "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-amz-json-1.1\r\n" +
    "x-amz-target: Firehose_20150804.PutRecordBatch\r\n" +
    "authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/firehose/aws4_request, SignedHeaders=host, Signature=0\r\n" +
    `content-length: ${body.length}\r\n\r\n`
  );
}

const prepared = Array.from({ length: bodies }, (_, i) => bodyOf(i * batch, batch));
let left = total;
let sent = 0;
const latencies: number[] = [];
const startedMs = performance.now();

async function run(connection: Connection, lane: number): Promise<void> {
  for (let turn = lane; left > 0; turn++) {
    const records = Math.min(batch, left);
    left -= records;
    const body = records === batch ? (prepared[turn % bodies] as Buffer) : bodyOf(0, records);
    const dueMs = rateMBps === 0 ? 0 : (sent * recordBytes) / (rateMBps * 1000);
    const waitMs = dueMs - (performance.now() - startedMs);
    sent += records;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const beganMs = performance.now();
    const { status, text } = await connection.send(headOf(body), body);
    latencies.push(performance.now() - beganMs);
    if (status !== 200 || !text.includes('"FailedPutCount":0'))
      throw new Error(`status ${status}: ${text.slice(0, 300)}`);
  }
}

await Promise.all(
  Array.from({ length: Number(options.connections) }, async (_, lane) => {
    const connection = new Connection(port);
    await run(connection, lane * 7);
    connection.close();
  }),
);
const seconds = (performance.now() - startedMs) / 1000;
latencies.sort((a, b) => a - b);
const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
console.log(
  JSON.stringify({ seconds, MBps: (total * recordBytes) / seconds / 1e6, p50: at(0.5), p99: at(0.99) }),
);
