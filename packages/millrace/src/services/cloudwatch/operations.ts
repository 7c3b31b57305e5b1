import type { PutMetricDataInput } from "@aws-sdk/client-cloudwatch";
import type { OperationTable } from "../../gateway/service.ts";
import { alarmResource, alarmsResource } from "./alarm-arn.ts";
import { deleteAlarms } from "./operations/delete-alarms.ts";
import { describeAlarmHistory } from "./operations/describe-alarm-history.ts";
import { describeAlarms } from "./operations/describe-alarms.ts";
import { getMetricData } from "./operations/get-metric-data.ts";
import { getMetricStatistics } from "./operations/get-metric-statistics.ts";
import { listMetrics } from "./operations/list-metrics.ts";
import { putMetricAlarm } from "./operations/put-metric-alarm.ts";
import { putMetricData } from "./operations/put-metric-data.ts";
import { setAlarmState } from "./operations/set-alarm-state.ts";
import type { CloudwatchState } from "./state.ts";

/** What Millrace has of CloudWatch. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<CloudwatchState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  DeleteAlarms: { run: deleteAlarms, resources: alarmsResource },
  DescribeAlarmHistory: { run: describeAlarmHistory, resources: alarmResource },
  DescribeAlarms: { run: describeAlarms, resources: alarmsResource },
  // coverage: no SEARCH, SORT, anomaly detection, Metrics Insights, dynamic labels, trimmed statistics
  GetMetricData: { run: getMetricData, resources: () => ["*"] },
  // coverage: no trimmed statistics (tm, tc, ts, wm, PR, IQM)
  GetMetricStatistics: { run: getMetricStatistics, resources: () => ["*"] },
  // coverage: no linked accounts
  ListMetrics: { run: listMetrics, resources: () => ["*"] },
  // coverage: one metric and a fixed threshold; no actions, tags, metric math
  PutMetricAlarm: { run: putMetricAlarm, resources: alarmResource },
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
  SetAlarmState: { run: setAlarmState, resources: alarmResource },
};
