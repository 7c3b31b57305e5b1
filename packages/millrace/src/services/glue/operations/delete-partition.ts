import type { DeletePartitionRequest, DeletePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, catalogRefusal } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { requireValues } from "../partition-input.ts";
import type { GlueState } from "../state.ts";

export async function deletePartition(
  state: GlueState,
  input: Input<DeletePartitionRequest>,
  call: Call,
): Promise<DeletePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  requireValues(table, input.PartitionValues);
  const [failure] = await asked(state.catalog.partitions.deleteAll(table, [input.PartitionValues]));
  if (failure !== undefined) throw catalogRefusal(failure);
  return {};
}
