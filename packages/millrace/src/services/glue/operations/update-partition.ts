import type { UpdatePartitionRequest, UpdatePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, catalogRefusal } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { partitionInput } from "../partition-input.ts";
import type { GlueState } from "../state.ts";

/** Replaces all of a partition but its values. */
export async function updatePartition(
  state: GlueState,
  input: Input<UpdatePartitionRequest>,
  call: Call,
): Promise<UpdatePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const partition = partitionInput(table, input.PartitionInput, input.PartitionValueList);
  const [failure] = await asked(state.catalog.partitions.updateAll(table, [partition]));
  if (failure !== undefined) throw catalogRefusal(failure);
  return {};
}
