import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { DuckDBInstance } from "@duckdb/node-api";
import { AwsCaller } from "../aws-call/aws-caller.ts";
import type { Connection } from "../connection/connection.ts";

/** What the thread is started with. */
export interface SenderStart {
  readonly connection: Connection;
  readonly streamName: string;
  readonly shards: number;
  readonly flights: number;
  /** The Parquet file. */
  readonly path: string;
}

/** What the thread tells now and then, and at its end. */
export interface SenderReport {
  readonly sent: number;
  readonly result?: SenderResult;
}

export interface SenderResult {
  readonly flights: number;
  /** The sum of all delays. */
  readonly delayMinutes: number;
  /** The latest departure in each shard that has any, `2001-06-30 23:59:00`. */
  readonly lastDepartures: readonly string[];
}

interface Entry {
  readonly PartitionKey: string;
  readonly Data: string;
}

/** AWS takes this many in one PutRecords. */
const batchRecords = 500;
/** Batches that wait in one lane before reading the file pauses. */
const maxWaitingBatches = 4;
const reportEachMs = 200;

/** The records as SQL makes them, in the order of the file. */
const query = `
  SELECT origin, strftime(date, '%Y-%m-%d %H:%M:%S') AS departed, delay::INTEGER AS delay,
    to_base64(('{"departed":"' || departed || '","origin":"' || origin || '","destination":"' || destination ||
      '","delay":' || delay || ',"distance":' || distance || '}')::BLOB) AS data
  FROM read_parquet($path) LIMIT $flights`;

/**
 * Sends the batches of one shard, one after the other: calls that overlap may overtake each other, and each shard
 * is to have its flights in the order of their departure.
 */
class Lane {
  lastDeparture = "";
  readonly #send: (entries: readonly Entry[]) => Promise<void>;
  /** The batches under way, oldest first. */
  readonly #sending: Promise<void>[] = [];
  #batch: Entry[] = [];

  constructor(send: (entries: readonly Entry[]) => Promise<void>) {
    this.#send = send;
  }

  /** Takes a record; answers whether a batch went out and the caller should wait for room. */
  add(entry: Entry, departed: string): boolean {
    this.lastDeparture = departed;
    this.#batch.push(entry);
    if (this.#batch.length < batchRecords) return false;
    this.#flush();
    return true;
  }

  async hasRoom(): Promise<void> {
    while (this.#sending.length > maxWaitingBatches) await this.#sending.shift();
  }

  async finish(): Promise<void> {
    if (this.#batch.length > 0) this.#flush();
    for (const sent of this.#sending.splice(0)) await sent;
  }

  #flush(): void {
    const entries = this.#batch;
    this.#batch = [];
    const before = this.#sending.at(-1) ?? Promise.resolve();
    const sent = before.then(() => this.#send(entries));
    // Whoever waits for the lane gets the error; until then it is not unhandled.
    sent.catch(() => undefined);
    this.#sending.push(sent);
  }
}

async function sendFlights(start: SenderStart, report: (report: SenderReport) => void): Promise<void> {
  const { connection, streamName, shards, flights, path } = start;
  const aws = new AwsCaller(connection, "millrace-demo");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const database = await instance.connect();
  let sent = 0;
  let delayMinutes = 0;
  const lanes = Array.from({ length: shards }, () => new Lane(send));
  const laneOf = new Map<string, Lane>();
  const timer = setInterval(() => report({ sent }), reportEachMs);

  async function send(entries: readonly Entry[]): Promise<void> {
    const answer = await aws.call<PutAnswer>("kinesis", "PutRecords", {
      StreamName: streamName,
      Records: entries,
    });
    if (answer.FailedRecordCount !== 0) throw new Error(refusal(answer));
    sent += entries.length;
  }

  try {
    const result = await database.stream(query, { path, flights });
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      for (const [origin, departed, delay, data] of chunk.getRows()) {
        const key = String(origin);
        const lane = laneOf.get(key) ?? laneFor(key, lanes);
        laneOf.set(key, lane);
        delayMinutes += Number(delay);
        if (lane.add({ PartitionKey: key, Data: String(data) }, String(departed))) await lane.hasRoom();
      }
    }
    for (const lane of lanes) await lane.finish();
  } finally {
    clearInterval(timer);
    database.closeSync();
    instance.closeSync();
  }
  const lastDepartures = lanes.map((lane) => lane.lastDeparture).filter((departed) => departed !== "");
  report({ sent, result: { flights: sent, delayMinutes, lastDepartures } });
}

interface PutAnswer {
  readonly FailedRecordCount: number;
  readonly Records: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

/** Sent again, a refused record would come after the next one of its airport. */
function refusal({ FailedRecordCount, Records }: PutAnswer): string {
  const first = Records.find(({ ErrorCode }) => ErrorCode !== undefined);
  return `${FailedRecordCount} flights were refused, the first with ${first?.ErrorCode}: ${first?.ErrorMessage}`;
}

/** The lane of the shard that has the key: shards of a new stream divide the range of MD5 evenly. */
function laneFor(key: string, lanes: readonly Lane[]): Lane {
  const hash = BigInt(`0x${createHash("md5").update(key).digest("hex")}`);
  const lane = lanes[Number((hash * BigInt(lanes.length)) >> 128n)];
  if (lane === undefined) throw new Error(`There is no shard for ${key}.`);
  return lane;
}

const port = parentPort;
if (port !== null) await sendFlights(workerData as SenderStart, (report) => port.postMessage(report));
