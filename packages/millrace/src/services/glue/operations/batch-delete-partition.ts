import type { BatchDeletePartitionRequest, BatchDeletePartitionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import { requireValues } from "../partition-input.ts";
import { partitionErrors } from "../partition-output.ts";
import type { GlueState } from "../state.ts";

/** Deletes those that are there, all in one transaction. */
export async function batchDeletePartition(
  state: GlueState,
  input: Input<BatchDeletePartitionRequest>,
  call: Call,
): Promise<BatchDeletePartitionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const all = input.PartitionsToDelete.map(({ Values }) => Values);
  for (const values of all) requireValues(table, values);
  return { Errors: partitionErrors(all, await asked(state.catalog.partitions.deleteAll(table, all))) };
}
