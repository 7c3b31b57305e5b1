import type {
  DeleteColumnStatisticsForTableRequest,
  DeleteColumnStatisticsForTableResponse,
} from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { GlueState } from "../state.ts";
import { deleteStatistics } from "../statistics/statistics.ts";
import { placeOfTable } from "../statistics/statistics-place.ts";

export async function deleteColumnStatisticsForTable(
  state: GlueState,
  input: Input<DeleteColumnStatisticsForTableRequest>,
  call: Call,
): Promise<DeleteColumnStatisticsForTableResponse> {
  await deleteStatistics(state, placeOfTable(state, input, call), input.ColumnName);
  return {};
}
