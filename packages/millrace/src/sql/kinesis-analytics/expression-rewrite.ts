import type { Call, Expression } from "../flink/ast/tree.ts";
import { binaryOf, callOf, castToTimestamp, numberOf } from "./build-tree.ts";
import { stepText, timeStepOf } from "./time-step.ts";
import { mapExpression } from "./tree-map.ts";
import { isUnsupportedFunction, unsupported } from "./unsupported.ts";

/**
 * An expression without what only the retired dialect has: its functions of times in Flink's order of arguments,
 * MONOTONIC, STEP of other times than ROWTIME.
 * @throws SqlError 0A000 for functions that have no form in Flink SQL
 */
export function rewriteExpression(expression: Expression, origin: number): Expression {
  return mapExpression(expression, (part) => {
    if (
      part.kind === "reference" &&
      part.parts.length === 1 &&
      part.parts[0]?.name === "CURRENT_ROW_TIMESTAMP"
    ) {
      return callOf("CURRENT_ROW_TIMESTAMP", [], part.span);
    }
    return part.kind === "call" ? rewriteCall(part, origin) : undefined;
  });
}

function rewriteCall(call: Call, origin: number): Expression | undefined {
  const name = call.name.parts.at(-1)?.name.toUpperCase() ?? "";
  if (isUnsupportedFunction(name)) {
    throw unsupported(name, origin + call.span.start);
  }
  const step = timeStepOf(call, origin);
  const [first, second] = call.arguments.map((item) => rewriteExpression(item, origin));
  if (first === undefined) {
    return undefined;
  }
  switch (name) {
    case "STEP":
      return step === undefined ? undefined : stepText({ ...step, value: first }, origin);
    case "MONOTONIC":
      return first;
    case "CHAR_TO_TIMESTAMP":
      return second === undefined ? undefined : callOf("TO_TIMESTAMP", [second, first], call.span);
    case "CHAR_TO_DATE":
      return second === undefined ? undefined : callOf("TO_DATE", [second, first], call.span);
    case "TIMESTAMP_TO_CHAR":
    case "DATE_TO_CHAR":
      return second === undefined ? undefined : callOf("DATE_FORMAT", [second, first], call.span);
    case "TO_TIMESTAMP":
      // Milliseconds since 1970.
      return second === undefined
        ? castToTimestamp(callOf("TO_TIMESTAMP_LTZ", [first, numberOf(3, call.span)], call.span))
        : undefined;
    case "UNIX_TIMESTAMP":
      return millisecondsOf(first, call);
    default:
      return undefined;
  }
}

/** Milliseconds since 1970, as UNIX_TIMESTAMP gives them here; Flink's are seconds. */
function millisecondsOf(value: Expression, { span }: Call): Expression {
  const keyword = (word: "second" | "millisecond"): Expression => ({ kind: "keyword", word, span });
  const epoch: Expression = { kind: "typed-literal", type: "timestamp", value: "1970-01-01 00:00:00", span };
  const seconds: Expression = {
    kind: "cast",
    operand: callOf("timestampdiff", [keyword("second"), epoch, value], span),
    type: {
      kind: "simple-type",
      name: "bigint",
      precision: undefined,
      scale: undefined,
      nullable: true,
      span,
    },
    isTry: false,
    span,
  };
  const rest = callOf("extract", [keyword("millisecond"), value], span);
  return binaryOf("+", binaryOf("*", seconds, numberOf(1000, span)), rest);
}
