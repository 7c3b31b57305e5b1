import type { CreatePartitionRequest, CreatePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, catalogRefusal } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { partitionInput } from "../partition-input.ts";
import type { GlueState } from "../state.ts";

export async function createPartition(
  state: GlueState,
  input: Input<CreatePartitionRequest>,
  call: Call,
): Promise<CreatePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const partition = partitionInput(table, input.PartitionInput);
  const [failure] = await asked(state.catalog.partitions.createAll(table, [partition]));
  if (failure !== undefined) throw catalogRefusal(failure);
  return {};
}
