import type { OperationTable } from "../../gateway/service.ts";
import type { CloudwatchState } from "./state.ts";

/** What Millrace has of cloudwatch. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<CloudwatchState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
