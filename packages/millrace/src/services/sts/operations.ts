import type { OperationTable } from "../../gateway/service.ts";
import type { StsState } from "./state.ts";

/** What Millrace has of sts. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<StsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
