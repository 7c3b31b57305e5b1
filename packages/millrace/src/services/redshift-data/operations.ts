import type { OperationTable } from "../../gateway/service.ts";
import type { RedshiftDataState } from "./state.ts";

/** What Millrace has of redshift-data. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<RedshiftDataState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
