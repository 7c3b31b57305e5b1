import type { OperationTable } from "../../gateway/service.ts";
import type { FirehoseState } from "./state.ts";

/** What Millrace has of firehose. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<FirehoseState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
