import type { Clock } from "../../../core/clock.ts";
import type { DeliveryRecord, FailedRecord, Partitioning, Prefix } from "../../../kernels/delivery/index.ts";
import { limits } from "../limits.ts";
import { processingFailed } from "./error-line.ts";

/** Partitions are what the keys of a record make of the prefix. */
export function dynamicPartitioning(prefix: Prefix, clock: Clock): Partitioning {
  type Reason = Pick<FailedRecord, "outputType" | "errorCode" | "errorMessage">;
  const failure = (record: DeliveryRecord, reason: Reason): FailedRecord => ({
    record,
    ...reason,
    attemptsMade: 1,
    attemptEndedMs: clock.now(),
  });
  return {
    maxActivePartitions: limits.activePartitions,
    partitionOf(record) {
      const partition = prefix.partitionOf(record.partitionKeys);
      if (!("problem" in partition)) return partition;
      return failure(record, {
        outputType: "metadata-extraction-failed",
        errorCode: "DynamicPartitioning.MetadataExtractionFailed",
        errorMessage: partition.problem,
      });
    },
    overflow: (record) =>
      failure(record, {
        outputType: processingFailed,
        errorCode: activePartitionExceeded,
        errorMessage: `The delivery stream has more than ${limits.activePartitions} active partitions.`,
      }),
  };
}

export const activePartitionExceeded = "DynamicPartitioning.ActivePartitionExceeded";
