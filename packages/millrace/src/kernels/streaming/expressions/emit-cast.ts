import type { CastExpression, Value } from "../../../sql/flink/bound-expression.ts";
import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import { sameType } from "../../../sql/flink/type-rules.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { type CastFunction, castFunction } from "./casts/cast-function.ts";
import { isPlainNumber, numberCastText } from "./emit-number-cast.ts";
import { blankOf, type Emitter, strict, strictOrNull, type Term } from "./term.ts";

/** CAST and TRY_CAST. */
export function emitCast(emitter: Emitter, expression: CastExpression): Term {
  const { operand, type } = expression;
  const from = operand.type;
  const term = emitter.emit(operand);
  if (from.kind === "null") return { text: blankOf(type, emitter.mode), nil: "true" };
  if (isSameValue(from, type)) return term;
  if (isPlainNumber(from) && isPlainNumber(type)) {
    const text = numberCastText(emitter, from, type, term.text);
    return text === term.text ? term : strict(emitter, type, [term], text, from.kind !== "double");
  }
  if (from.kind === "boolean" && isPlainNumber(type)) {
    const isLong = type.kind === "bigint" && emitter.mode === "exact";
    return strict(emitter, type, [term], `(${term.text} ? ${isLong ? "1n : 0n" : "1 : 0"})`, true);
  }
  const cast = castFunction(from, type, emitter.mode);
  const name = emitter.code.constant(expression.isTry ? trying(cast) : cast);
  return strictOrNull(emitter, type, [term], `${name}(${term.text}, E.timeZone)`);
}

/** Whether each value of one type is the same value of the other. */
function isSameValue(from: FlinkType, to: FlinkType): boolean {
  if (sameType(from, to)) return true;
  if (to.kind === "varchar" && (from.kind === "char" || from.kind === "varchar")) {
    return to.length >= from.length;
  }
  if (to.kind === "varbinary" && (from.kind === "binary" || from.kind === "varbinary")) {
    return to.length >= from.length;
  }
  if ("precision" in from && "precision" in to && from.kind === to.kind && from.kind !== "decimal") {
    return to.precision >= from.precision;
  }
  return false;
}

function trying(cast: CastFunction): (value: Value, zone: string) => Value {
  return (value, zone) => {
    try {
      return cast(value, zone);
    } catch (error) {
      if (error instanceof EvaluationError) return null;
      throw error;
    }
  };
}
