import type { Appended } from "../log/port.ts";
import type { PipelinePlan } from "./plan.ts";
import type { RecordOrigin } from "./record.ts";

/** A record of a stream that is copied. */
export interface CopiedRecord {
  readonly data: Uint8Array;
  readonly arrivalTimeMs: number;
  readonly origin: RecordOrigin;
}

export interface AppendOptions {
  /** Encrypts the records in the log under this key. */
  readonly encryption?: { readonly keyId: string };
}

export interface ConsumerStats {
  readonly name: string;
  /** About; of records' data that is not delivered. */
  readonly backlogBytes: number;
  readonly backlogRecords: number;
  /** Of the oldest record that is not delivered; undefined when all are. */
  readonly oldestArrivalTimeMs: number | undefined;
  readonly activePartitions: number;
}

/** One delivery stream at work. Made by `DeliveryPipelines.open`. */
export class DeliveryPipeline {
  /**
   * Resolves when the records are durable, in the mode of the logs. Rejects, keeping nothing, with
   * BacklogFullError, PipelineClosedError, LogFullError, LogBusyError or LogCipherError; with LogFailedError
   * when the outcome is unknown.
   */
  append(records: readonly Uint8Array[], options: AppendOptions = {}): Promise<Appended> {
    return Promise.reject(new Error(`not there yet ${records.length} ${Object.keys(options).length}`));
  }

  /**
   * Takes records of a stream together with the place in it that they end at, in one piece: after whatever
   * crash `lanePosition` tells the place that belongs to the records that are there.
   * @param lane a shard.
   */
  appendCopied(
    lane: string,
    position: string,
    records: readonly CopiedRecord[],
    options: AppendOptions = {},
  ): Promise<Appended> {
    return Promise.reject(new Error(`not there yet ${lane} ${position} ${records} ${options}`));
  }

  /** Where copying this lane goes on; undefined when nothing was copied yet. */
  lanePosition(lane: string): string | undefined {
    return lane === "" ? "" : undefined;
  }

  /** Resolves when the backlog is below its bound; for those who copy. */
  room(signal: AbortSignal): Promise<void> {
    return Promise.reject(signal.reason);
  }

  /** Delivers all that was appended before, whatever the hints; waits as long as a destination fails. */
  flush(signal?: AbortSignal): Promise<void> {
    return Promise.reject(signal?.reason);
  }

  /**
   * What is in buffers is delivered by the old plan, what comes by the new one. A batch that the old plan's
   * destination refuses is not waited for: its records are read again for the new plan, at least once.
   * Whoever keeps the plan keeps the old one until this has resolved.
   */
  update(plan: PipelinePlan): Promise<void> {
    return Promise.reject(new Error(`not there yet ${plan.consumers.length}`));
  }

  stats(): readonly ConsumerStats[] {
    return [];
  }

  /** Stops at once; what is not delivered stays in the log. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Closes and removes logs and positions; what is not delivered is gone. */
  delete(): Promise<void> {
    return Promise.resolve();
  }
}
