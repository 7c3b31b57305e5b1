import type { BatchGetPartitionRequest, BatchGetPartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { tableOf } from "../lookup.ts";
import { requireValues } from "../partition-input.ts";
import { partitionOutput } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** Those that are there; AWS says nothing of the others. */
export function batchGetPartition(
  state: GlueState,
  input: Input<BatchGetPartitionRequest>,
  call: Call,
): BatchGetPartitionResponse {
  const found = tableOf(state, input, input.TableName, call);
  const Partitions = input.PartitionsToGet.flatMap(({ Values }) => {
    requireValues(found.table, Values);
    const partition = state.catalog.partitions.find(found.table, Values);
    return partition === undefined ? [] : [partitionOutput(found, partition)];
  });
  return { Partitions, UnprocessedKeys: [] };
}
