import type { Offset } from "../log/port.ts";
import type { ErrorOutput } from "./plan.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { BatchEncoder, BatchIdentity, EncodedBatch } from "./sink.ts";

export interface BatchBufferParts {
  readonly identity: BatchIdentity;
  readonly encoder: BatchEncoder;
  readonly errors: ErrorOutput;
  readonly openedMs: number;
  /** Told about records that the encoder refuses. */
  readonly onFailed: (failed: readonly FailedRecord[]) => void;
}

/** An error object that belongs to a batch: it is written before the batch is committed. */
export interface ErrorBatch {
  readonly identity: BatchIdentity;
  readonly encoded: EncodedBatch;
}

interface ErrorBuffer {
  readonly identity: BatchIdentity;
  readonly encoder: BatchEncoder;
}

/** Records of one partition on their way into one delivery, and those of them that cannot be delivered. */
export class BatchBuffer {
  readonly identity: BatchIdentity;
  readonly openedMs: number;
  lastOffset: Offset;
  oldestArrivalTimeMs: number;
  /** Of records' data that came in. */
  bytes = 0;
  /** Of records that did not get to the destination. */
  failedRecords = 0;
  failedBytes = 0;
  readonly #parts: BatchBufferParts;
  readonly #errors = new Map<string, ErrorBuffer>();
  #encoded: EncodedBatch | undefined;

  constructor(parts: BatchBufferParts) {
    this.#parts = parts;
    this.identity = parts.identity;
    this.openedMs = parts.openedMs;
    this.lastOffset = parts.identity.firstOffset;
    this.oldestArrivalTimeMs = parts.identity.firstArrivalTimeMs;
  }

  /** @param bytes of the records' data. */
  async add(records: readonly DeliveryRecord[], bytes: number): Promise<void> {
    this.bytes += bytes;
    this.lastOffset = records.at(-1)?.offset ?? this.lastOffset;
    for (const { arrivalTimeMs } of records)
      if (arrivalTimeMs < this.oldestArrivalTimeMs) this.oldestArrivalTimeMs = arrivalTimeMs;
    const failed = await this.#parts.encoder.add(records);
    if (failed.length > 0) await this.addRefused(failed);
  }

  /** What the encoder refuses: it is not in the batch, and not counted as such. */
  async addRefused(failed: readonly FailedRecord[]): Promise<void> {
    await this.addFailed(failed);
    this.failedRecords -= failed.length;
  }

  /** Puts lines into the error object of their type. */
  async addFailed(failed: readonly FailedRecord[]): Promise<void> {
    this.#parts.onFailed(failed);
    this.failedRecords += failed.length;
    for (const { record } of failed) this.failedBytes += record.data.length;
    const { errors } = this.#parts;
    for (const [outputType, group] of Map.groupBy(failed, (one) => one.outputType)) {
      const lines = group.map((one) => ({ ...one.record, data: errors.format(one) }));
      await this.#errorBuffer(outputType).encoder.add(lines);
    }
  }

  #errorBuffer(outputType: string): ErrorBuffer {
    const known = this.#errors.get(outputType);
    if (known !== undefined) return known;
    const { id, keys } = this.identity.partition;
    const identity = {
      ...this.identity,
      scope: `${this.identity.scope}/failed/${outputType}`,
      partition: { id, ...(keys !== undefined && { keys }), errorOutputType: outputType },
    };
    const made = { identity, encoder: this.#parts.errors.encoder(identity) };
    this.#errors.set(outputType, made);
    return made;
  }

  /** No `add` follows. Undefined when no record was taken. */
  async finish(): Promise<EncodedBatch | undefined> {
    this.#encoded ??= await this.#parts.encoder.finish();
    return this.#encoded;
  }

  /** No `addFailed` follows. */
  async finishErrors(): Promise<readonly ErrorBatch[]> {
    const batches: ErrorBatch[] = [];
    for (const { identity, encoder } of this.#errors.values()) {
      const encoded = await encoder.finish();
      if (encoded !== undefined) batches.push({ identity, encoded });
    }
    return batches;
  }

  async abort(): Promise<void> {
    const encoders = [this.#parts.encoder, ...[...this.#errors.values()].map(({ encoder }) => encoder)];
    await Promise.allSettled(encoders.map((encoder) => encoder.abort()));
  }
}
