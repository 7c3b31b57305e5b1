import type { CreatePartitionIndexRequest, CreatePartitionIndexResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Answers while the index is CREATING; it is ACTIVE when it has all partitions. */
export async function createPartitionIndex(
  state: GlueState,
  input: Input<CreatePartitionIndexRequest>,
  call: Call,
): Promise<CreatePartitionIndexResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const { IndexName: name, Keys: keys } = input.PartitionIndex;
  await asked(state.catalog.partitionIndexes.create(table, { name, keys }));
  return {};
}
