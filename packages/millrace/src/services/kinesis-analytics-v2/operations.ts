import type { OperationTable } from "../../gateway/service.ts";
import type { KinesisAnalyticsV2State } from "./state.ts";

/** What Millrace has of kinesis-analytics-v2. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<KinesisAnalyticsV2State> = {
  // Sorted by name; `npm run new-operation` adds lines here.
};
