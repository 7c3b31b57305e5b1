import type {
  UpdateColumnStatisticsForPartitionRequest,
  UpdateColumnStatisticsForPartitionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { writeStatistics } from "../statistics/statistics.ts";
import { placeOfPartition } from "../statistics/statistics-place.ts";

export function updateColumnStatisticsForPartition(
  state: GlueState,
  input: Input<UpdateColumnStatisticsForPartitionRequest>,
  call: Call,
): Promise<UpdateColumnStatisticsForPartitionResponse> {
  return writeStatistics(state, placeOfPartition(state, input, call), input.ColumnStatisticsList);
}
