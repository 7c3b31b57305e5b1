import type { BatchCreatePartitionRequest, BatchCreatePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { partitionInput } from "../partition-input.ts";
import { partitionErrors } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** Creates those that are not there yet, all in one transaction. */
export async function batchCreatePartition(
  state: GlueState,
  input: Input<BatchCreatePartitionRequest>,
  call: Call,
): Promise<BatchCreatePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const partitions = input.PartitionInputList.map((partition) => partitionInput(table, partition));
  const outcomes = await asked(state.catalog.partitions.createAll(table, partitions));
  return {
    Errors: partitionErrors(
      partitions.map(({ values }) => values),
      outcomes,
    ),
  };
}
