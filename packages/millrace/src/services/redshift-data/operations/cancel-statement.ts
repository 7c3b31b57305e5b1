import type { CancelStatementRequest, CancelStatementResponse } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalid } from "../errors.ts";
import { findStatement } from "../lookup.ts";
import type { RedshiftDataState } from "../state.ts";

/** How long the answer waits for the statement to have ended. */
const endSeconds = 5;

/** Of a batch the whole is cancelled, whichever of its statements is named. */
export async function cancelStatement(
  state: RedshiftDataState,
  { Id }: Input<CancelStatementRequest>,
  call: Call,
): Promise<CancelStatementResponse> {
  const { document, active } = findStatement(state, call, Id);
  if (active === undefined || active.ended)
    throw invalid(`Could not cancel a query that is already in ${document.status} state with ID: ${Id}`);
  state.runner.cancel(active, "Query cancelled on user's request");
  await active.wait(endSeconds, call.signal);
  return { Status: true };
}
