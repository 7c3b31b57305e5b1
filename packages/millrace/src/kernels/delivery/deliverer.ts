import { attemptDelivery, type GivenUp } from "./attempts.ts";
import type { BatchBuffer, ErrorBatch } from "./batch-buffer.ts";
import type { PartitionBuffers } from "./partition-buffers.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { ConsumerPlan, DeliveredBatch } from "./plan.ts";
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
    const { clock } = this.#parts;
    const encoded = await buffer.finish();
    const startedMs = clock.now();
    let place: string | undefined;
    let errorBatches: Awaited<ReturnType<BatchBuffer["finishErrors"]>> = [];
    try {
      if (encoded?.failed !== undefined) await buffer.addRefused(encoded.failed);
      if (encoded !== undefined && encoded.recordCount > 0)
        place = await this.#deliverMain(buffers, buffer, encoded);
      const durationMs = clock.now() - startedMs;
      errorBatches = await buffer.finishErrors();
      for (const batch of errorBatches) await this.#deliverErrors(batch, buffers);
      this.#observe(buffer, encoded, { place, durationMs });
    } finally {
      await encoded?.dispose();
      for (const batch of errorBatches) await batch.encoded.dispose();
    }
  }

  #observe(
    buffer: BatchBuffer,
    encoded: EncodedBatch | undefined,
    delivered: Pick<DeliveredBatch, "place" | "durationMs">,
  ): void {
    const records = (encoded?.recordCount ?? 0) - buffer.failedRecords;
    if (encoded === undefined || records <= 0) return;
    this.#parts.observer.delivered(this.#parts.plan.name, {
      ...delivered,
      partition: buffer.identity.partition,
      records,
      bytes: buffer.bytes - buffer.failedBytes,
      encodedBytes: encoded.sizeBytes,
      firstArrivalTimeMs: buffer.oldestArrivalTimeMs,
    });
  }

  async #deliverErrors({ identity, encoded }: ErrorBatch, buffers: PartitionBuffers): Promise<void> {
    const { plan, clock, observer } = this.#parts;
    const startedMs = clock.now();
    const { place } = await this.#attempt(plan.errors.sink, identity, encoded, undefined, buffers);
    observer.delivered(plan.name, {
      partition: identity.partition,
      records: encoded.recordCount,
      bytes: encoded.sizeBytes,
      encodedBytes: encoded.sizeBytes,
      firstArrivalTimeMs: identity.firstArrivalTimeMs,
      place,
      durationMs: clock.now() - startedMs,
    });
  }

  /** Where the batch lies now, if its destination says so. */
  async #deliverMain(
    buffers: PartitionBuffers,
    buffer: BatchBuffer,
    encoded: EncodedBatch,
  ): Promise<string | undefined> {
    const { plan, clock } = this.#parts;
    const isMain = buffers.kind === "main";
    const sink = isMain ? plan.sink : plan.errors.sink;
    const retryMs = isMain ? plan.retryMs : undefined;
    const { failed, givenUp, place } = await this.#attempt(sink, buffer.identity, encoded, retryMs, buffers);
    if (failed.length > 0) await buffer.addFailed(failed);
    if (givenUp === undefined) return place;
    const type = plan.errors.deliveryFailedType;
    await buffer.addFailed(failuresOf(givenUp, type, clock.now()));
    return undefined;
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
