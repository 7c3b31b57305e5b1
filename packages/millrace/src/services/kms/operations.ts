import type { OperationTable } from "../../gateway/service.ts";
import type { KmsState } from "./state.ts";

/** What Millrace has of kms. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<KmsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
