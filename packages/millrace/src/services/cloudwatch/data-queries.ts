import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { MetricIdentity } from "../../core/telemetry.ts";
import type { Call } from "../../gateway/call.ts";
import type { Input } from "../../gateway/service.ts";
import { invalidCombination, notImplemented, validation } from "./errors.ts";
import { limits } from "./limits.ts";
import type { MathNode } from "./math/node.ts";
import { MathError, parseMath } from "./math/parse.ts";
import { metricOf } from "./metric-name.ts";
import { type Statistic, statisticOf } from "./statistic.ts";
import { isPeriod } from "./time-range.ts";

interface QueryBase {
  readonly id: string;
  readonly label: string | undefined;
  /** Whether its points are part of the answer. */
  readonly isReturned: boolean;
}

export interface MetricQuery extends QueryBase {
  readonly kind: "metric";
  readonly metric: Omit<MetricIdentity, "unit">;
  readonly unit: string | undefined;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
}

export interface ExpressionQuery extends QueryBase {
  readonly kind: "expression";
  readonly text: string;
  readonly node: MathNode;
}

export type DataQuery = MetricQuery | ExpressionQuery;

/** Reads the queries of GetMetricData. @throws ServiceError for the first that cannot be answered. */
export function dataQueriesOf(queries: readonly Input<MetricDataQuery>[], call: Call): DataQuery[] {
  if (queries.length > limits.queriesPerGet)
    throw validation(
      `The collection MetricDataQueries must not have a size greater than ${limits.queriesPerGet}.`,
    );
  const ids = new Set<string>();
  return queries.map((query, at) => {
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(query.Id))
      throw validation(
        `The value ${query.Id} for parameter MetricDataQueries.member.${at + 1}.Id must match [a-z][a-zA-Z0-9_]*`,
      );
    if (ids.has(query.Id))
      throw validation(`The values for parameter id in MetricDataQueries are not unique: ${query.Id}`);
    ids.add(query.Id);
    if (query.AccountId !== undefined && query.AccountId !== call.account)
      throw notImplemented("GetMetricData from another account (AccountId)");
    return queryOf(query, `MetricDataQueries.member.${at + 1}`, call);
  });
}

function queryOf(query: Input<MetricDataQuery>, path: string, call: Call): DataQuery {
  const { Id: id, Label: label, MetricStat: stat, Expression: text, ReturnData } = query;
  const base = { id, label, isReturned: ReturnData ?? true };
  if ((stat === undefined) === (text === undefined))
    throw invalidCombination(
      `Either ${path}.MetricStat or ${path}.Expression must be specified, and not both of them.`,
    );
  if (text !== undefined) return { kind: "expression", ...base, text, node: expressionOf(id, text) };
  if (stat === undefined) throw validation(`${path}.MetricStat is required.`);
  const { Metric, Period, Stat, Unit } = stat;
  if (Metric.Namespace === undefined || Metric.MetricName === undefined)
    throw validation(`${path}.MetricStat.Metric must name Namespace and MetricName.`);
  if (!isPeriod(Period))
    throw validation(
      `The parameter ${path}.MetricStat.Period must be 1, 5, 10, 20, 30, or a multiple of 60.`,
    );
  const named = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: Metric.Dimensions };
  return {
    kind: "metric",
    ...base,
    metric: metricOf(named, call, `${path}.MetricStat.Metric.Dimensions`),
    unit: Unit,
    statistic: statisticOf(Stat, `${path}.MetricStat.Stat`),
    periodSeconds: Period,
  };
}

function expressionOf(id: string, text: string): MathNode {
  if (/^\s*SELECT\s/i.test(text)) throw notImplemented("Metrics Insights (SELECT ...)");
  try {
    return parseMath(text);
  } catch (error) {
    throw error instanceof MathError ? expressionError(id, error) : error;
  }
}

export function expressionError(id: string, error: MathError): Error {
  return validation(`Error in expression '${id}': ${error.message}`);
}
