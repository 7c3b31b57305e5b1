import type { OperationTable } from "../../gateway/service.ts";
import type { GlueState } from "./state.ts";

/** What Millrace has of glue. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<GlueState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
