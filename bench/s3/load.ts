/**
 * Load on an S3 server, in a process of its own; prints one JSON object.
 *
 *   node bench/s3/load.ts --port 4800 --op put --size 1048576 --connections 8 --seconds 5
 *
 * --op put|get|list|fill   list reads pages of 1,000 keys to the end and begins again; fill writes --keys keys
 */
import { parseArgs } from "node:util";
import { Connection } from "./connection.ts";
import { type Request, type Signer, signedHead } from "./signed-head.ts";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "4800" },
    op: { type: "string", default: "put" },
    size: { type: "string", default: "1048576" },
    connections: { type: "string", default: "8" },
    seconds: { type: "string", default: "5" },
    warmup: { type: "string", default: "1" },
    keys: { type: "string", default: "64" },
    key: { type: "string", default: "test" },
    secret: { type: "string", default: "test" },
  },
});
const bucket = "bench";
const size = Number(options.size);
const keys = Number(options.keys);
const signer: Signer = { host: `127.0.0.1:${options.port}`, key: options.key, secret: options.secret };
const body = Buffer.alloc(size, "0123456789abcdef");
/** What is done before, and the warm-up, is not counted. */
let countFromMs = Number.POSITIVE_INFINITY;
let untilMs = Number.POSITIVE_INFINITY;

const latenciesMs: number[] = [];
let bytes = 0;
let lastMs = 0;

/** Distinct keys whose common prefixes are as in a lake: days of a table. */
function keyOf(index: number): string {
  return `events/day-${String(index % 365).padStart(3, "0")}/part-${String(index).padStart(8, "0")}`;
}

async function call(connection: Connection, request: Request, sent?: Buffer): Promise<string> {
  const startedMs = performance.now();
  const answer = await connection.send(signedHead(request, signer), sent, request.query !== undefined);
  if (answer.status !== 200)
    throw new Error(`${request.method} ${request.path}: ${answer.status} ${answer.text}`);
  lastMs = performance.now();
  if (startedMs >= countFromMs) {
    latenciesMs.push(lastMs - startedMs);
    bytes += sent?.length ?? answer.bytes;
  }
  return answer.text;
}

const put = (connection: Connection, index: number): Promise<string> =>
  call(connection, { method: "PUT", path: `/${bucket}/${keyOf(index)}`, contentLength: size }, body);

const get = (connection: Connection, index: number): Promise<string> =>
  call(connection, { method: "GET", path: `/${bucket}/${keyOf(index)}` });

async function list(connection: Connection): Promise<void> {
  let token = "";
  while (performance.now() < untilMs) {
    const from = token === "" ? "" : `continuation-token=${encodeURIComponent(token)}&`;
    const page = await call(connection, { method: "GET", path: `/${bucket}`, query: `${from}list-type=2` });
    token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? "";
  }
}

let next = 0;
async function work(connection: Connection): Promise<void> {
  if (options.op === "list") return list(connection);
  if (options.op === "fill") {
    while (next < keys) await put(connection, next++);
    return;
  }
  const one = options.op === "get" ? get : put;
  while (performance.now() < untilMs) await one(connection, next++ % keys);
}

const connections = Array.from(
  { length: Number(options.connections) },
  () => new Connection(Number(options.port)),
);
const setup = await connections[0]?.send(
  signedHead({ method: "PUT", path: `/${bucket}`, contentLength: 0 }, signer),
);
if (setup === undefined || ![200, 409].includes(setup.status)) throw new Error(`no bucket: ${setup?.text}`);
if (options.op === "get") {
  for (let index = 0; index < keys; index++) if (connections[0]) await put(connections[0], index);
}
countFromMs = performance.now() + Number(options.warmup) * 1_000;
untilMs = countFromMs + Number(options.seconds) * 1_000;
await Promise.all(connections.map(work));
for (const connection of connections) connection.close();

latenciesMs.sort((a, b) => a - b);
const at = (share: number): number => latenciesMs[Math.floor((latenciesMs.length - 1) * share)] ?? Number.NaN;
const seconds = (lastMs - countFromMs) / 1_000;
console.log(
  JSON.stringify({
    requestsPerSec: latenciesMs.length / seconds,
    MBps: bytes / 1e6 / seconds,
    p50: at(0.5),
    p99: at(0.99),
  }),
);
