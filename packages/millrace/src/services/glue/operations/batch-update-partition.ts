import type { BatchUpdatePartitionRequest, BatchUpdatePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { partitionInput } from "../partition-input.ts";
import { errorDetail } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** Replaces those that are there, all in one transaction. */
export async function batchUpdatePartition(
  state: GlueState,
  input: Input<BatchUpdatePartitionRequest>,
  call: Call,
): Promise<BatchUpdatePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const partitions = input.Entries.map(({ PartitionInput, PartitionValueList }) =>
    partitionInput(table, PartitionInput, PartitionValueList),
  );
  const outcomes = await asked(state.catalog.partitions.updateAll(table, partitions));
  const Errors = partitions.flatMap(({ values }, at) => {
    const outcome = outcomes[at];
    return outcome === undefined
      ? []
      : [{ PartitionValueList: [...values], ErrorDetail: errorDetail(outcome) }];
  });
  return { Errors };
}
