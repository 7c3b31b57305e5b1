import type { Sink, SinkBlock, SinkGuarantee } from "../connector-port.ts";
import { DeliveryAccessError, type DeliveryWriter } from "./delivery-port.ts";

/** Limits of PutRecordBatch. */
const maxRecords = 500;
const maxBytes = 4 * 1024 * 1024;
const maxRecordBytes = 1000 * 1024;

/**
 * Puts rows into a delivery stream at once. What was put cannot be asked for again: the rows of the last rounds
 * before a crash may come twice.
 */
export class FirehoseSink implements Sink {
  readonly guarantee: SinkGuarantee = "at-least-once";
  readonly visibility = "prompt";
  readonly #writer: DeliveryWriter;
  /** How many rows of a round were taken that failed halfway. */
  #begun: { readonly round: number; rows: number } = { round: 0, rows: 0 };

  constructor(writer: DeliveryWriter) {
    this.#writer = writer;
  }

  async write(round: number, { bytes, starts, ends }: SinkBlock): Promise<void> {
    if (this.#begun.round !== round) this.#begun = { round, rows: 0 };
    const begun = this.#begun;
    while (begun.rows < starts.length) {
      const batch: Uint8Array[] = [];
      let size = 0;
      for (let row = begun.rows; row < starts.length && batch.length < maxRecords; row += 1) {
        const record = bytes.subarray(starts[row], ends[row]);
        if (record.byteLength > maxRecordBytes)
          throw new Error(
            `a row of ${record.byteLength} bytes is larger than records of Firehose may be (${maxRecordBytes})`,
          );
        if (size + record.byteLength > maxBytes) break;
        size += record.byteLength;
        batch.push(record);
      }
      await this.#writer.put(batch);
      begun.rows += batch.length;
    }
  }

  async prepare(): Promise<string> {
    return "";
  }

  async commit(): Promise<void> {}

  async recover(): Promise<void> {}

  isTransient(error: unknown): boolean {
    return error instanceof DeliveryAccessError;
  }

  async close(): Promise<void> {}
}
