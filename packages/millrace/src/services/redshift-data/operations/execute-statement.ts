import type { ExecuteStatementInput, ExecuteStatementOutput } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { RedshiftDataState } from "../state.ts";
import { submitStatement } from "../submit.ts";

/** It runs in the background, in a session of its own or one that is kept. */
export function executeStatement(
  state: RedshiftDataState,
  input: Input<ExecuteStatementInput>,
  call: Call,
): Promise<ExecuteStatementOutput> {
  return submitStatement(state, call, input, { sqls: [input.Sql], isBatch: false, mode: "TRANSACTION" });
}
