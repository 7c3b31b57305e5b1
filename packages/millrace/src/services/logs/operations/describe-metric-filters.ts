import type {
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter } from "../errors.ts";
import type { MetricFilterRow } from "../metric-filter-table.ts";
import { openPage, sealPage } from "../page.ts";
import type { LogsState } from "../state.ts";

const defaultLimit = 50;

export function describeMetricFilters(
  state: LogsState,
  input: Input<DescribeMetricFiltersRequest>,
  call: Call,
): DescribeMetricFiltersResponse {
  const { logGroupName, filterNamePrefix = "", metricName, metricNamespace, limit = defaultLimit } = input;
  if ((metricName === undefined) !== (metricNamespace === undefined))
    throw invalidParameter("metricName and metricNamespace must be given together.");
  const all =
    logGroupName === undefined
      ? state.metricFilters.list(call)
      : state.metricFilters.ofGroup(state.groups.get(call, logGroupName));
  const filters = { logGroupName, filterNamePrefix, metricName, metricNamespace };
  const from = input.nextToken === undefined ? 0 : openPage<number>(state, call, input.nextToken, filters);
  const wanted = all.filter(
    (filter) =>
      filter.name.startsWith(filterNamePrefix) &&
      (metricName === undefined || publishes(filter, metricNamespace, metricName)),
  );
  const end = from + limit;
  return {
    metricFilters: wanted.slice(from, end).map(({ name, group, pattern, transformations, createdMs }) => ({
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [...transformations],
      creationTime: createdMs,
      logGroupName: group,
    })),
    ...(end < wanted.length ? { nextToken: sealPage(state, call, end, filters) } : {}),
  };
}

function publishes(
  { transformations }: MetricFilterRow,
  namespace: string | undefined,
  name: string,
): boolean {
  return transformations.some(
    ({ metricName, metricNamespace }) => metricName === name && metricNamespace === namespace,
  );
}
