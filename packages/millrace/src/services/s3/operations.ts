import type { OperationTable } from "../../gateway/service.ts";
import type { S3State } from "./state.ts";

/** What Millrace has of s3. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<S3State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
