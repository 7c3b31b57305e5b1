import type { Clock } from "../../../core/clock.ts";
import type { Sink, SinkBlock, SinkGuarantee } from "../connector-port.ts";
import type { Partitioner } from "./kinesis-options.ts";
import { type OutgoingRecord, StreamAccessError, type StreamWriter } from "./streams-port.ts";

export interface KinesisSinkParts {
  readonly writer: StreamWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly partitioner: Partitioner;
  /** 16 bytes. */
  readonly producer: Uint8Array;
  readonly subtask: number;
}

/** Of one append. */
const maxRecords = 2_000;
const maxBytes = 4 * 1024 * 1024;
/** Between two tries of records that a shard's limits keep out. */
const throttleDelayMs = 100;
const maxKeyCharacters = 256;

/** What a sink's handle holds: where the shards ended when all rounds before were written. */
interface Handle {
  readonly ends: Readonly<Record<string, number>>;
}

/**
 * Writes rows into a data stream at once, and after a crash only those that are not there: each record in the
 * stream's log says which row of which round of this sink it is.
 */
export class KinesisSink implements Sink {
  readonly guarantee: SinkGuarantee = "exactly-once";
  readonly visibility = "prompt";
  readonly #parts: KinesisSinkParts;
  /** Rows that are in the stream, by round: of a crash before, or of a try that failed halfway. */
  readonly #written = new Map<number, Set<number>>();

  constructor(parts: KinesisSinkParts) {
    this.#parts = parts;
  }

  async write(round: number, block: SinkBlock): Promise<void> {
    const written = this.#written.get(round) ?? new Set<number>();
    this.#written.set(round, written);
    for (let from = 0; from < block.starts.length; )
      from = await this.#writeSome(round, block, from, written);
    for (const known of this.#written.keys()) if (known <= round) this.#written.delete(known);
  }

  /** Some rows in one append. @returns the row behind them */
  async #writeSome(round: number, block: SinkBlock, from: number, written: Set<number>): Promise<number> {
    const records: OutgoingRecord[] = [];
    const indexes: number[] = [];
    let [row, bytes] = [from, 0];
    for (; row < block.starts.length && records.length < maxRecords && bytes < maxBytes; row += 1) {
      if (written.has(row)) continue;
      const data = block.bytes.subarray(block.starts[row], block.ends[row]);
      records.push({ Data: data, PartitionKey: this.#keyOf(round, block, row) });
      indexes.push(row);
      bytes += data.byteLength;
    }
    this.#checkSizes(records);
    await this.#append(round, records, indexes, written);
    return row;
  }

  async #append(
    round: number,
    records: readonly OutgoingRecord[],
    indexes: readonly number[],
    written: Set<number>,
  ): Promise<void> {
    const { writer, producer, signal } = this.#parts;
    let [waiting, places] = [records, indexes];
    while (waiting.length > 0) {
      signal.throwIfAborted();
      const refused = await writer.write(waiting, { producer, round, indexes: places });
      const isRefused = new Set(refused);
      for (const [at, place] of places.entries()) if (!isRefused.has(at)) written.add(place);
      if (refused.length === 0) return;
      [waiting, places] = [
        refused.map((at) => waiting[at] as OutgoingRecord),
        refused.map((at) => places[at] ?? 0),
      ];
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    const { clock, signal } = this.#parts;
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel();
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = clock.after(throttleDelayMs, end);
      signal.addEventListener("abort", end, { once: true });
    });
  }

  #checkSizes(records: readonly OutgoingRecord[]): void {
    const { maxRecordBytes } = this.#parts.writer;
    const large = records.find(
      ({ Data, PartitionKey }) => Data.byteLength + Buffer.byteLength(PartitionKey) > maxRecordBytes,
    );
    if (large !== undefined)
      throw new Error(
        `a row of ${large.Data.byteLength} bytes is larger than the stream's records may be (${maxRecordBytes})`,
      );
  }

  /** Never empty, which Kinesis does not take. */
  #keyOf(round: number, { keys }: SinkBlock, row: number): string {
    const { partitioner, subtask } = this.#parts;
    if (partitioner === "fixed") return `${subtask}`;
    if (partitioner === "random") return scattered(round, row);
    const key = keys?.[row]?.slice(0, maxKeyCharacters) ?? "";
    return key === "" ? "-" : key;
  }

  async prepare(): Promise<string> {
    const handle: Handle = { ends: this.#parts.writer.ends() };
    return JSON.stringify(handle);
  }

  async commit(): Promise<void> {}

  async recover(handle: string | undefined): Promise<void> {
    this.#written.clear();
    if (handle === undefined) return;
    const { ends } = JSON.parse(handle) as Handle;
    await this.#parts.writer.produced(this.#parts.producer, ends, (round, index) => {
      const known = this.#written.get(round);
      if (known === undefined) this.#written.set(round, new Set([index]));
      else known.add(index);
    });
  }

  isTransient(error: unknown): boolean {
    // Nothing was kept of what a log refuses for want of room.
    const isFull = error instanceof Error && (error.name === "LogFullError" || error.name === "LogBusyError");
    return isFull || error instanceof StreamAccessError;
  }

  async close(): Promise<void> {}
}

/** Keys that spread over the shards. */
function scattered(round: number, row: number): string {
  let hash = Math.imul(round + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16);
}
