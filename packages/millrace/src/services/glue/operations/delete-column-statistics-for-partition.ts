import type {
  DeleteColumnStatisticsForPartitionRequest,
  DeleteColumnStatisticsForPartitionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { deleteStatistics } from "../statistics/statistics.ts";
import { placeOfPartition } from "../statistics/statistics-place.ts";

export async function deleteColumnStatisticsForPartition(
  state: GlueState,
  input: Input<DeleteColumnStatisticsForPartitionRequest>,
  call: Call,
): Promise<DeleteColumnStatisticsForPartitionResponse> {
  await deleteStatistics(state, placeOfPartition(state, input, call), input.ColumnName);
  return {};
}
