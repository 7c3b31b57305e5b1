import type { OperationTable } from "../../gateway/service.ts";
import type { LogsState } from "./state.ts";

/** What Millrace has of logs. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<LogsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
