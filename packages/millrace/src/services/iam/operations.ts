import type { OperationTable } from "../../gateway/service.ts";
import type { IamState } from "./state.ts";

/** What Millrace has of iam. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<IamState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
