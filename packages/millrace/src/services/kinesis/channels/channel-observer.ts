import type { Clock } from "../../../core/clock.ts";
import type {
  CopierObserver,
  DeliveredBatch,
  DeliveryObserver,
  FailedRecord,
} from "../../../kernels/delivery/index.ts";
import type { Channel } from "./channel.ts";
import type { ChannelCounters } from "./channel-counters.ts";
import type { ChannelLog } from "./channel-log.ts";

export interface ChannelObserverParts {
  readonly clock: Clock;
  readonly counters: ChannelCounters;
  readonly log: ChannelLog;
}

/** Makes metrics and lines of logs of what the delivery kernel tells about a channel. */
export class ChannelObserver implements DeliveryObserver, CopierObserver {
  readonly #channel: Channel;
  readonly #parts: ChannelObserverParts;

  constructor(channel: Channel, parts: ChannelObserverParts) {
    this.#channel = channel;
    this.#parts = parts;
  }

  /** Counted by `copied`. */
  received(): void {}

  processed(_consumer: string, _records: number, bytes: number): void {
    this.#add("BytesProcessed", bytes);
  }

  delivered(_consumer: string, batch: DeliveredBatch): void {
    if (batch.partition.errorOutputType !== undefined) {
      this.#add("DLQDeliverySuccess", batch.records);
      return;
    }
    this.#add("BytesOut", batch.encodedBytes);
    this.#add("SuccessfulRecordCount", batch.records);
    this.#add("DeliverySuccess", 1);
    this.#addFreshness(batch.firstArrivalTimeMs);
  }

  attemptFailed(_consumer: string, errorCode: string, message: string): void {
    this.#add("DeliverySuccess", 0);
    const oldestMs = this.#channel.pipeline?.stats()[0]?.oldestArrivalTimeMs;
    if (oldestMs !== undefined) this.#addFreshness(oldestMs);
    this.#write(errorCode, message);
  }

  /** One line for each kind of failure: the records themselves are in the dead-letter queue. */
  recordsFailed(_consumer: string, failed: readonly FailedRecord[]): void {
    this.#add("FailedRecordCount", failed.length);
    const told = new Map(failed.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]));
    for (const [errorCode, message] of told) this.#write(errorCode, message);
  }

  copied(records: number, bytes: number): void {
    this.#add("RecordCount", records);
    this.#add("BytesIn", bytes);
  }

  failed(errorCode: string, message: string): void {
    this.#write(errorCode, message);
  }

  #addFreshness(oldestMs: number): void {
    this.#add("DataFreshness", Math.max(0, Math.floor((this.#parts.clock.now() - oldestMs) / 1_000)));
  }

  #add(metric: Parameters<ChannelCounters["add"]>[0], value: number): void {
    this.#parts.counters.add(metric, value, this.#parts.clock.now());
  }

  #write(errorCode: string, message: string): void {
    this.#parts.log.write(this.#channel, { errorCode, message }, this.#parts.clock.now());
  }
}
