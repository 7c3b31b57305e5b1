import type {
  GetStatementResultV2Request,
  GetStatementResultV2Response,
} from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { csvLine } from "../record.ts";
import { fetchPage } from "../result-page.ts";
import type { RedshiftDataState } from "../state.ts";

/** Rows as CSV, about 1 MB at a time. The first line of the first page has the columns' names. */
export async function getStatementResultV2(
  state: RedshiftDataState,
  input: Input<GetStatementResultV2Request>,
  call: Call,
): Promise<GetStatementResultV2Response> {
  const { rows, columns, totalRows, isFirst, nextToken } = await fetchPage(state, call, input, "CSV");
  const header = isFirst ? csvLine(columns.map(({ label = "" }) => label)) : "";
  return {
    Records: [{ CSVRecords: header + rows.map(csvLine).join("") }],
    ColumnMetadata: [...columns],
    TotalNumRows: totalRows,
    ResultFormat: "CSV",
    NextToken: nextToken,
  };
}
