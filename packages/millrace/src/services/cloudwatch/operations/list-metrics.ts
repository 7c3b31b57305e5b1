import type {
  DimensionFilter,
  ListMetricsInput,
  ListMetricsOutput,
  Metric,
} from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { TokenScope } from "../../../gateway/tokens.ts";
import { invalidValue, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import type { ListedMetric } from "../metric-store.ts";
import type { CloudwatchState } from "../state.ts";

type Dimensions = readonly (readonly [name: string, value: string])[];

export async function listMetrics(
  state: CloudwatchState,
  input: Input<ListMetricsInput>,
  call: Call,
): Promise<ListMetricsOutput> {
  if (input.IncludeLinkedAccounts || input.OwningAccount !== undefined)
    throw notImplemented("ListMetrics across accounts (IncludeLinkedAccounts, OwningAccount)");
  const { account, region } = call;
  const { Namespace: namespace, MetricName: name, Dimensions: wanted = [] } = input;
  const scope = scopeOf(input, call);
  const after = openToken(state, scope, input.NextToken);
  await state.aggregator.flush();
  const updatedSinceMs = state.clock.now() - (input.RecentlyActive ? limits.recentMs : limits.listedMs);
  const page: ListedMetric[] = [];
  for (const metric of state.metrics.metrics({ account, region, after, updatedSinceMs, namespace, name })) {
    if (!hasDimensions(metric, wanted)) continue;
    page.push(metric);
    if (page.length > limits.metricsPerPage) break;
  }
  const last = page[limits.metricsPerPage - 1];
  const more = page.length > limits.metricsPerPage && last !== undefined;
  return {
    Metrics: page.slice(0, limits.metricsPerPage).map(metricOf),
    ...(more ? { NextToken: state.tokens.seal(scope, { ...last }, limits.pageTokenLifeMs) } : {}),
  };
}

function scopeOf(input: Input<ListMetricsInput>, { account, region }: Call): TokenScope {
  const { Namespace, MetricName, Dimensions, RecentlyActive } = input;
  const filters = { Namespace, MetricName, RecentlyActive, Dimensions: JSON.stringify(Dimensions ?? []) };
  return { operation: "cloudwatch:ListMetrics", account, region, filters };
}

function openToken(state: CloudwatchState, scope: TokenScope, token: string | undefined): ListedMetric {
  if (token === undefined) return { namespace: "", name: "", dimensions: "" };
  const opened = state.tokens.open(scope, token);
  if (opened.kind !== "valid") throw invalidValue("Invalid nextToken");
  return opened.position as unknown as ListedMetric;
}

/** A filter without a value takes any value of its dimension. */
function hasDimensions(metric: ListedMetric, wanted: readonly Input<DimensionFilter>[]): boolean {
  if (wanted.length === 0) return true;
  const dimensions = new Map(JSON.parse(metric.dimensions) as Dimensions);
  return wanted.every(({ Name, Value }) => {
    const value = dimensions.get(Name);
    return value !== undefined && (Value === undefined || value === Value);
  });
}

function metricOf({ namespace, name, dimensions }: ListedMetric): Metric {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: (JSON.parse(dimensions) as Dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
