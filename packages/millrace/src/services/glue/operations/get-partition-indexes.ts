import type { GetPartitionIndexesRequest, GetPartitionIndexesResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** All indexes of a table; there are too few for a second page. */
export function getPartitionIndexes(
  state: GlueState,
  input: Input<GetPartitionIndexesRequest>,
  call: Call,
): GetPartitionIndexesResponse {
  const { table } = tableOf(state, input, input.TableName, call);
  const columns = table.definition.PartitionKeys ?? [];
  const PartitionIndexDescriptorList = state.catalog.partitionIndexes.of(table.id).map((index) => ({
    IndexName: index.name,
    Keys: index.keys.map((position) => ({
      Name: columns[position]?.Name,
      Type: columns[position]?.Type ?? "string",
    })),
    IndexStatus: index.status,
  }));
  return { PartitionIndexDescriptorList };
}
