import type { Value } from "../../../sql/flink/bound-expression.ts";
import { jsonWriterOf, objectText } from "../../../sql/flink/functions/json/json-text.ts";
import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Aggregate, AggregateContext } from "./aggregate.ts";
import { ListAggregate } from "./list-aggregate.ts";

/**
 * JSON_ARRAYAGG and JSON_OBJECTAGG. A key that is there twice is an error, as in Flink.
 * @param word `NULL` or `ABSENT`: what becomes of values that are NULL; ` j` behind it: the value is JSON itself
 */
export function createJsonAggregate(
  name: "json_arrayagg" | "json_objectagg",
  types: readonly FlinkType[],
  type: FlinkType,
  word: string,
  context: AggregateContext,
): Aggregate {
  const [nulls, form] = word.split(" ");
  const keepsNulls = nulls === "NULL";
  const valueType = types.at(-1) ?? type;
  const write = textWriter(valueType, form === "j");
  if (name === "json_arrayagg") {
    return new ListAggregate(
      valueType,
      type,
      keepsNulls,
      context,
      (values) => `[${values.map(write).join(",")}]`,
    );
  }
  const pair: FlinkType = {
    kind: "row",
    fields: types.map((one, at) => ({ name: String(at), type: one })),
    nullable: false,
  };
  return new ListAggregate(pair, type, true, context, (pairs) => objectOf(pairs, keepsNulls, write));
}

function textWriter(type: FlinkType, isJson: boolean): (value: Value) => string {
  const write = isJson ? String : jsonWriterOf(type);
  if (write === undefined) throw new Error(`values of type ${type.kind} have no JSON`);
  return (value) => (value === null ? "null" : write(value as never));
}

function objectOf(pairs: readonly Value[], keepsNulls: boolean, write: (value: Value) => string): string {
  const members = new Map<string, string>();
  for (const pair of pairs) {
    const [key, value = null] = pair as readonly Value[];
    if (key === null || key === undefined) throw new EvaluationError("A key of JSON_OBJECTAGG is NULL.");
    if (value === null && !keepsNulls) continue;
    if (members.has(String(key))) {
      throw new EvaluationError(
        `The key '${key}' is there more than once in JSON_OBJECTAGG; keys must be unique.`,
      );
    }
    members.set(String(key), write(value));
  }
  return objectText([...members]);
}
