import type { DeletePartitionIndexRequest, DeletePartitionIndexResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Answers while the index is DELETING. */
export async function deletePartitionIndex(
  state: GlueState,
  input: Input<DeletePartitionIndexRequest>,
  call: Call,
): Promise<DeletePartitionIndexResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  await asked(state.catalog.partitionIndexes.delete(table, input.IndexName));
  return {};
}
