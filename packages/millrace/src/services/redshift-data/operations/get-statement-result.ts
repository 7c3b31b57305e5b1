import type { GetStatementResultRequest, GetStatementResultResponse } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { recordOf } from "../record.ts";
import { fetchPage } from "../result-page.ts";
import type { RedshiftDataState } from "../state.ts";

/** Rows as values, about 1 MB at a time. */
export async function getStatementResult(
  state: RedshiftDataState,
  input: Input<GetStatementResultRequest>,
  call: Call,
): Promise<GetStatementResultResponse> {
  const { rows, columns, totalRows, nextToken } = await fetchPage(state, call, input, "JSON");
  return {
    Records: rows.map((row) => recordOf(row, columns)),
    ColumnMetadata: [...columns],
    TotalNumRows: totalRows,
    NextToken: nextToken,
  };
}
