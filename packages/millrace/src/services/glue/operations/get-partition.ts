import type { GetPartitionRequest, GetPartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { entityNotFound } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { requireValues } from "../partition-input.ts";
import { partitionOutput } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

export function getPartition(
  state: GlueState,
  input: Input<GetPartitionRequest>,
  call: Call,
): GetPartitionResponse {
  const found = tableOf(state, input, input.TableName, call);
  requireValues(found.table, input.PartitionValues);
  const partition = state.catalog.partitions.find(found.table, input.PartitionValues);
  if (partition === undefined) throw entityNotFound("Cannot find partition.");
  return { Partition: partitionOutput(found, partition) };
}
