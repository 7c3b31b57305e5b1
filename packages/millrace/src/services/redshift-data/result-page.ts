import type { ColumnMetadata } from "@aws-sdk/client-redshift-data";
import { systemCode } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { invalid, noResult } from "./errors.ts";
import { awaitStatement, resultPart } from "./lookup.ts";
import type { Row } from "./result-files.ts";
import type { RedshiftDataState } from "./state.ts";

export interface FetchedPage {
  readonly rows: readonly Row[];
  readonly columns: readonly ColumnMetadata[];
  readonly totalRows: number;
  readonly isFirst: boolean;
  readonly nextToken: string | undefined;
}

/** @throws ServiceError */
export async function fetchPage(
  state: RedshiftDataState,
  call: Call,
  input: {
    readonly Id: string;
    readonly NextToken?: string | undefined;
    readonly WaitTimeSeconds?: number | undefined;
  },
  format: "JSON" | "CSV",
): Promise<FetchedPage> {
  const found = await awaitStatement(state, call, input);
  const { document } = found;
  const { index, part } = resultPart(found, input.Id);
  if (document.format !== format) throw invalid(wrongFormat[document.format]);
  const { account, region } = call;
  const scope = { operation: "redshift-data:result", account, region, filters: { id: input.Id } };
  const offset = input.NextToken ? openOffset(state, scope, input.NextToken) : 0;
  const page = await state.results.read(document.id, index, offset).catch((error: unknown) => {
    // It went before its time, because there was too much.
    if (systemCode(error) === "ENOENT") throw noResult(input.Id);
    throw error;
  });
  return {
    rows: page.rows,
    columns: part.columns ?? [],
    totalRows: part.rows,
    isFirst: offset === 0,
    nextToken: page.next === undefined ? undefined : state.tokens.seal(scope, page.next),
  };
}

const wrongFormat = Object.freeze({
  JSON: "The result is in JSON format. Use GetStatementResult to fetch it.",
  CSV: "The result is in CSV format. Use GetStatementResultV2 to fetch it.",
});

function openOffset(
  { tokens }: RedshiftDataState,
  scope: Parameters<RedshiftDataState["tokens"]["open"]>[0],
  token: string,
): number {
  const opened = tokens.open(scope, token);
  if (opened.kind === "valid" && typeof opened.position === "number") return opened.position;
  throw invalid("The NextToken is invalid.");
}
