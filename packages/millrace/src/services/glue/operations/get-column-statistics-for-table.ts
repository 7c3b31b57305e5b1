import type {
  GetColumnStatisticsForTableRequest,
  GetColumnStatisticsForTableResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { readStatistics } from "../statistics/statistics.ts";
import { placeOfTable } from "../statistics/statistics-place.ts";

export function getColumnStatisticsForTable(
  state: GlueState,
  input: Input<GetColumnStatisticsForTableRequest>,
  call: Call,
): GetColumnStatisticsForTableResponse {
  return readStatistics(state, placeOfTable(state, input, call), input.ColumnNames);
}
