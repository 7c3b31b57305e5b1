import type { Value } from "../../../sql/flink/bound-expression.ts";
import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Aggregate, AggregateContext } from "./aggregate.ts";
import { Collect } from "./collect.ts";
import { Count } from "./count.ts";
import { Extreme } from "./extremes.ts";
import { FirstOrLast } from "./first-last.ts";
import { createJsonAggregate } from "./json-aggregates.ts";
import { ListAggregate } from "./list-aggregate.ts";
import { Moments } from "./moments.ts";
import { RetractableExtreme } from "./retractable-extremes.ts";
import { SumOrAverage } from "./sum-average.ts";

/** Functions whose answer is the same with DISTINCT and without. */
const distinctMeansNothing: ReadonlySet<string> = new Set(["min", "max"]);

export function isDistinct(call: AggregateCall): boolean {
  return call.isDistinct && !distinctMeansNothing.has(call.function);
}

/** @param types of the arguments */
export function createAggregate(
  call: AggregateCall,
  types: readonly FlinkType[],
  context: AggregateContext,
): Aggregate {
  const name = call.function;
  const argument = types[0] ?? call.type;
  switch (name) {
    case "count":
    case "approx_count_distinct":
      return new Count(context.mode);
    case "sum":
    case "sum0":
    case "avg":
      return new SumOrAverage(name, argument, call.type, context);
    case "min":
    case "max":
      return context.retracts
        ? new RetractableExtreme(name === "max", argument, context)
        : new Extreme(name === "max", argument, context);
    case "first_value":
    case "last_value":
      if (!context.retracts) return new FirstOrLast(name === "last_value", argument, context);
      return new ListAggregate(argument, call.type, false, context, (values) =>
        name === "last_value" ? (values.at(-1) ?? null) : (values[0] ?? null),
      );
    case "stddev_pop":
    case "stddev_samp":
    case "var_pop":
    case "var_samp":
      return new Moments(name, argument, call.type, context);
    case "collect":
      return new Collect(argument, context);
    case "json_arrayagg":
    case "json_objectagg":
      return createJsonAggregate(name, types, call.type, String(constantOf(call, 0) ?? "ABSENT"), context);
    default:
      return createListAggregate(call, argument, context);
  }
}

function createListAggregate(call: AggregateCall, argument: FlinkType, context: AggregateContext): Aggregate {
  switch (call.function) {
    case "listagg": {
      const separator = String(constantOf(call, 0) ?? ",");
      return new ListAggregate(argument, call.type, false, context, (values) =>
        values.length === 0 ? null : values.join(separator),
      );
    }
    case "array_agg": {
      const keepsNulls = constantOf(call, 0) !== "IGNORE NULLS";
      return new ListAggregate(argument, call.type, keepsNulls, context, (values) =>
        values.length === 0 ? null : values.slice(),
      );
    }
    case "single_value":
      return new ListAggregate(argument, call.type, true, context, singleValue);
    default:
      throw new Error(`no aggregate function ${call.function}`);
  }
}

/** A subquery in the place of a value. */
function singleValue(values: readonly Value[]): Value {
  if (values.length > 1)
    throw new EvaluationError("A subquery that stands for one value gave more than one row.");
  return values[0] ?? null;
}

function constantOf(call: AggregateCall, index: number): Value | undefined {
  const constant = call.constants[index];
  return constant?.kind === "literal" ? constant.value : undefined;
}
