import type { PutMetricDataInput } from "@aws-sdk/client-cloudwatch";
import type { OperationTable } from "../../gateway/service.ts";
import { getMetricData } from "./operations/get-metric-data.ts";
import { getMetricStatistics } from "./operations/get-metric-statistics.ts";
import { listMetrics } from "./operations/list-metrics.ts";
import { putMetricData } from "./operations/put-metric-data.ts";
import type { CloudwatchState } from "./state.ts";

/** What Millrace has of CloudWatch. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<CloudwatchState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: no SEARCH, SORT, anomaly detection, Metrics Insights, dynamic labels, trimmed statistics
  GetMetricData: { run: getMetricData, resources: () => ["*"] },
  // coverage: no trimmed statistics (tm, tc, ts, wm, PR, IQM)
  GetMetricStatistics: { run: getMetricStatistics, resources: () => ["*"] },
  // coverage: no linked accounts
  ListMetrics: { run: listMetrics, resources: () => ["*"] },
  // coverage: no EntityMetricData
  PutMetricData: {
    run: putMetricData,
    resources: () => ["*"],
    permissions: (_state, { Namespace }: PutMetricDataInput) => [
      {
        action: "cloudwatch:PutMetricData",
        resources: ["*"],
        context: { "cloudwatch:namespace": Namespace },
      },
    ],
  },
};
