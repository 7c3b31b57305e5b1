import { crc32 } from "node:zlib";
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from "@aws-sdk/client-kinesis";
import { flightBlocks, flightRecord } from "./flight-file.ts";
import { KeyDigests } from "./key-digests.ts";
import type { Progress } from "./progress.ts";

/** AWS takes this many in one PutRecords. */
const batchRecords = 500;
/** Batches that wait in one lane before reading the file pauses. */
const maxWaitingBatches = 6;

/**
 * Puts the first `limit` flights into the stream, partitioned by their airport of origin. Calls that overlap
 * may overtake each other, so each airport belongs to one lane, which sends one batch at a time.
 */
export async function replay(
  client: KinesisClient,
  streamName: string,
  laneCount: number,
  limit: number,
  progress: Progress,
): Promise<KeyDigests> {
  const digests = new KeyDigests();
  const lanes = Array.from({ length: laneCount }, () => new Lane(client, streamName, progress));
  const laneOfAirport = new Map<string, Lane>();
  for await (const flights of flightBlocks(limit)) {
    for (const flight of flights) {
      const lane = laneOfAirport.get(flight.origin) ?? lanes[crc32(flight.origin) % laneCount];
      if (lane === undefined) throw new Error("There has to be at least one lane.");
      laneOfAirport.set(flight.origin, lane);
      const data = flightRecord(flight);
      digests.add(flight.origin, data);
      if (lane.add({ PartitionKey: flight.origin, Data: data })) await lane.hasRoom();
    }
  }
  await Promise.all(lanes.map((lane) => lane.finish()));
  return digests;
}

/** Sends batches one after the other. */
class Lane {
  readonly #client: KinesisClient;
  readonly #streamName: string;
  readonly #progress: Progress;
  /** The batches under way, oldest first. */
  readonly #sending: Promise<void>[] = [];
  #batch: PutRecordsRequestEntry[] = [];

  constructor(client: KinesisClient, streamName: string, progress: Progress) {
    this.#client = client;
    this.#streamName = streamName;
    this.#progress = progress;
  }

  /** Takes a record; answers whether a batch went out and the caller should wait for room. */
  add(entry: PutRecordsRequestEntry): boolean {
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
    const records = this.#batch;
    this.#batch = [];
    const before = this.#sending.at(-1) ?? Promise.resolve();
    const sent = before.then(() => this.#send(records));
    // Whoever waits for the lane gets the error; until then it is not unhandled.
    sent.catch(() => undefined);
    this.#sending.push(sent);
  }

  async #send(records: PutRecordsRequestEntry[]): Promise<void> {
    const { FailedRecordCount, Records = [] } = await this.#client.send(
      new PutRecordsCommand({ StreamName: this.#streamName, Records: records }),
    );
    // Sent again, a refused record would come after the next one of its key.
    if (FailedRecordCount !== 0)
      throw new Error(
        `${FailedRecordCount} records were refused: ${Records.find((r) => r.ErrorCode)?.ErrorMessage}`,
      );
    let bytes = 0;
    for (const { PartitionKey = "", Data } of records) bytes += PartitionKey.length + (Data?.length ?? 0);
    this.#progress.add(records.length, bytes);
  }
}
