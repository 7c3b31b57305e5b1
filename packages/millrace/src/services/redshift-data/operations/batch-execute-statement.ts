import type { BatchExecuteStatementInput, BatchExecuteStatementOutput } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { RedshiftDataState } from "../state.ts";
import { submitStatement } from "../submit.ts";

/** One after the other, as one transaction unless told otherwise. */
export function batchExecuteStatement(
  state: RedshiftDataState,
  input: Input<BatchExecuteStatementInput>,
  call: Call,
): Promise<BatchExecuteStatementOutput> {
  const { Sqls: sqls, ExecutionMode: mode = "TRANSACTION" } = input;
  return submitStatement(state, call, input, { sqls, isBatch: true, mode });
}
