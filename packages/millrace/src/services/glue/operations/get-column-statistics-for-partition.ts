import type {
  GetColumnStatisticsForPartitionRequest,
  GetColumnStatisticsForPartitionResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { readStatistics } from "../statistics/statistics.ts";
import { placeOfPartition } from "../statistics/statistics-place.ts";

export function getColumnStatisticsForPartition(
  state: GlueState,
  input: Input<GetColumnStatisticsForPartitionRequest>,
  call: Call,
): GetColumnStatisticsForPartitionResponse {
  return readStatistics(state, placeOfPartition(state, input, call), input.ColumnNames);
}
