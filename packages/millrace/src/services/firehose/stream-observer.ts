import type { Clock } from "../../core/clock.ts";
import type {
  CopierObserver,
  DeliveredBatch,
  DeliveryObserver,
  FailedRecord,
} from "../../kernels/delivery/index.ts";
import { placeOf } from "./delivery-places.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import type { DeliveryTraffic } from "./delivery-traffic.ts";
import { errorLogOf, metricPrefixOf } from "./destinations/kinds.ts";
import type { VersionedDestination } from "./document.ts";
import type { ErrorLine, ErrorLogs } from "./error-log.ts";
import { limits } from "./limits.ts";
import type { FirehoseMeter } from "./meter.ts";
import { activePartitionExceeded } from "./s3/dynamic-partitioning.ts";
import { conversionFailed } from "./s3/error-line.ts";
import { isConverting } from "./s3/format-conversion.ts";

export interface ObserverParts {
  readonly clock: Clock;
  readonly meter: FirehoseMeter;
  readonly errorLogs: ErrorLogs;
}

/** Makes metrics and lines of error logs of what the kernel tells about a delivery stream. */
export class StreamObserver implements DeliveryObserver, CopierObserver {
  readonly #stream: DeliveryStream;
  readonly #parts: ObserverParts;

  constructor(stream: DeliveryStream, parts: ObserverParts) {
    this.#stream = stream;
    this.#parts = parts;
  }

  /** Counted where the records are taken. */
  received(): void {}

  delivered(consumer: string, batch: DeliveredBatch): void {
    const { meter, clock } = this.#parts;
    const { destination } = this.#applied;
    const place = batch.place ?? placeOf(this.#applied, consumer);
    this.#stream.traffic.delivered(consumer, batch, place, clock.now());
    if (batch.partition.errorOutputType !== undefined) return;
    meter.delivered(this.#stream, metricPrefixOf(destination, consumer), batch);
    if (consumer !== "destination" || destination.kind !== "s3") return;
    const { settings } = destination;
    if (isConverting(settings.DataFormatConversionConfiguration))
      meter.converted(this.#stream, "Succeed", batch.records, batch.bytes);
    if (settings.DynamicPartitioningConfiguration?.Enabled === true)
      meter.partitions(this.#stream, this.#activePartitions(), limits.activePartitions);
  }

  attemptFailed(consumer: string, errorCode: string, errorMessage: string): void {
    const { meter } = this.#parts;
    const prefix = metricPrefixOf(this.#applied.destination, consumer);
    meter.attemptFailed(this.#stream, prefix);
    const oldestMs = this.#stream.pipeline
      ?.stats()
      .find(({ name }) => name === consumer)?.oldestArrivalTimeMs;
    if (oldestMs !== undefined) meter.fresh(this.#stream, prefix, oldestMs);
    this.#note({ consumer, kind: "attempt", code: errorCode, message: errorMessage, records: 0 });
    this.#write(consumer, { errorCode, message: errorMessage });
  }

  /** One line for each kind of failure: the records themselves are in the error output. */
  recordsFailed(consumer: string, failed: readonly FailedRecord[]): void {
    const { meter } = this.#parts;
    meter.failed(this.#stream, failed.length);
    const told = new Set<string>();
    let unconverted = 0;
    let unconvertedBytes = 0;
    for (const { errorCode, errorMessage, outputType, record, details } of failed) {
      if (outputType === conversionFailed) {
        unconverted++;
        unconvertedBytes += record.data.length;
      }
      if (told.has(errorCode)) continue;
      told.add(errorCode);
      const records = failed.filter((one) => one.errorCode === errorCode).length;
      this.#note({ consumer, kind: "records", code: errorCode, message: errorMessage, records });
      const processor = details?.["lambdaARN"];
      this.#write(consumer, {
        errorCode,
        message: errorMessage,
        ...(typeof processor === "string" ? { processor } : {}),
      });
    }
    if (unconverted > 0) meter.converted(this.#stream, "Failed", unconverted, unconvertedBytes);
    if (told.has(activePartitionExceeded)) meter.partitionsExceeded(this.#stream);
  }

  processed(_consumer: string, records: number, bytes: number, durationMs: number): void {
    this.#parts.meter.processed(this.#stream, records, bytes, durationMs);
  }

  copied(records: number, bytes: number, millisBehindLatest: number): void {
    this.#parts.meter.copied(this.#stream, records, bytes, millisBehindLatest);
    this.#stream.traffic.copied(records, bytes, millisBehindLatest, this.#parts.clock.now());
  }

  failed(errorCode: string, errorMessage: string): void {
    const failure = { kind: "source", code: errorCode, message: errorMessage, records: 0 } as const;
    this.#note({ consumer: "destination", ...failure });
    this.#write("destination", { errorCode, message: errorMessage });
  }

  get #applied(): VersionedDestination {
    const { document } = this.#stream;
    return document.applied ?? document;
  }

  #note(failure: Parameters<DeliveryTraffic["failed"]>[0]): void {
    const place = placeOf(this.#applied, failure.consumer);
    this.#stream.traffic.failed(failure, place, this.#parts.clock.now());
  }

  #activePartitions(): number {
    return this.#stream.pipeline?.stats()[0]?.activePartitions ?? 0;
  }

  #write(consumer: string, line: Omit<ErrorLine, "version">): void {
    const { clock, errorLogs } = this.#parts;
    const { destination, version } = this.#applied;
    errorLogs.write(this.#stream, errorLogOf(destination, consumer), { ...line, version }, clock.now());
  }
}
