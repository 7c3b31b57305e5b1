import type {
  UpdateColumnStatisticsForTableRequest,
  UpdateColumnStatisticsForTableResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { writeStatistics } from "../statistics/statistics.ts";
import { placeOfTable } from "../statistics/statistics-place.ts";

export function updateColumnStatisticsForTable(
  state: GlueState,
  input: Input<UpdateColumnStatisticsForTableRequest>,
  call: Call,
): Promise<UpdateColumnStatisticsForTableResponse> {
  return writeStatistics(state, placeOfTable(state, input, call), input.ColumnStatisticsList);
}
