import { attemptDelivery, type GivenUp } from "./attempts.ts";
import type { BatchBuffer } from "./batch-buffer.ts";
import type { PartitionBuffers } from "./partition-buffers.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan } from "./plan.ts";
import type { FailedRecord } from "./record.ts";
import type { BatchIdentity, EncodedBatch, Sink } from "./sink.ts";
import { Turns } from "./turns.ts";

export interface DelivererParts extends PipelineContext {
  readonly plan: ConsumerPlan;
  readonly signal: AbortSignal;
  readonly onWaiting: () => void;
}

/** Brings closed buffers to their destination, with whatever of them failed to the error output. */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #turns: Turns;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#turns = new Turns(parts.limits.maxInFlight);
  }

  /** Resolves when nothing of the buffer is left to deliver; then it may be committed. */
  async deliver(buffers: PartitionBuffers, buffer: BatchBuffer): Promise<void> {
    const { plan, observer } = this.#parts;
    const encoded = await buffer.finish();
    let errorBatches: Awaited<ReturnType<BatchBuffer["finishErrors"]>> = [];
    try {
      if (encoded?.failed !== undefined) await buffer.addRefused(encoded.failed);
      if (encoded !== undefined && encoded.recordCount > 0) await this.#deliverMain(buffers, buffer, encoded);
      errorBatches = await buffer.finishErrors();
      for (const batch of errorBatches) {
        await this.#attempt(plan.errors.sink, batch.identity, batch.encoded, undefined, buffers);
        this.#observe(batch.identity, batch.encoded, batch.encoded.sizeBytes);
      }
    } finally {
      await encoded?.dispose();
      for (const batch of errorBatches) await batch.encoded.dispose();
    }
    const records = (encoded?.recordCount ?? 0) - buffer.failedRecords;
    if (encoded === undefined || records <= 0) return;
    observer.delivered(plan.name, {
      partition: buffer.identity.partition,
      records,
      bytes: buffer.bytes - buffer.failedBytes,
      encodedBytes: encoded.sizeBytes,
      firstArrivalTimeMs: buffer.oldestArrivalTimeMs,
    });
  }

  #observe({ partition, firstArrivalTimeMs }: BatchIdentity, encoded: EncodedBatch, bytes: number): void {
    const { recordCount: records, sizeBytes: encodedBytes } = encoded;
    const batch = { partition, records, bytes, encodedBytes, firstArrivalTimeMs };
    this.#parts.observer.delivered(this.#parts.plan.name, batch);
  }

  async #deliverMain(buffers: PartitionBuffers, buffer: BatchBuffer, encoded: EncodedBatch): Promise<void> {
    const { plan, clock } = this.#parts;
    const isMain = buffers.kind === "main";
    const sink = isMain ? plan.sink : plan.errors.sink;
    const retryMs = isMain ? plan.retryMs : undefined;
    const { failed, givenUp } = await this.#attempt(sink, buffer.identity, encoded, retryMs, buffers);
    if (failed.length > 0) await buffer.addFailed(failed);
    if (givenUp === undefined) return;
    const type = plan.errors.deliveryFailedType;
    await buffer.addFailed(failuresOf(givenUp, type, clock.now()));
  }

  #attempt(
    sink: Sink,
    identity: BatchIdentity,
    encoded: EncodedBatch,
    retryMs: number | undefined,
    buffers: PartitionBuffers,
  ): ReturnType<typeof attemptDelivery> {
    const { clock, log, limits, signal, observer, plan, onWaiting } = this.#parts;
    return attemptDelivery({
      sink,
      identity,
      encoded,
      retryMs,
      turns: this.#turns,
      clock,
      log,
      limits,
      signal,
      onWaiting: (isWaiting) => {
        buffers.isWaiting = isWaiting;
        if (isWaiting) onWaiting();
      },
      onAttemptFailed: (code, message) => observer.attemptFailed(plan.name, code, message),
    });
  }
}

function failuresOf(
  { records, errorCode, errorMessage, attempts }: GivenUp,
  outputType: string,
  attemptEndedMs: number,
): readonly FailedRecord[] {
  return records.map((record) => ({
    record,
    outputType,
    errorCode,
    errorMessage,
    attemptsMade: attempts,
    attemptEndedMs,
  }));
}
