import type { OperationTable } from "../../gateway/service.ts";
import type { DynamodbState } from "./state.ts";

/** What Millrace has of dynamodb. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<DynamodbState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
