import type { CastExpression, Value } from "../../../sql/flink/bound-expression.ts";
import { EvaluationError } from "../../../sql/flink/functions/scalar-function.ts";
import { sameType } from "../../../sql/flink/type-rules.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { type CastFunction, castFunction } from "./casts/cast-function.ts";
import { isPlainNumber, numberCastText } from "./emit-number-cast.ts";
import { liftedText, smallDecimal } from "./small-decimal.ts";
import { blankOf, type Emitter, formOf, strict, strictOrNull, type Term } from "./term.ts";

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
  const text = `${name}(${term.text}, E.timeZone)`;
  return emitSmall(emitter, from, type, term, text) ?? strictOrNull(emitter, type, [term], text);
}

/** Whole numbers as DECIMALs, DECIMALs of more digits, and DECIMALs as doubles, without bigints where they are small. */
function emitSmall(
  emitter: Emitter,
  from: FlinkType,
  to: FlinkType,
  term: Term,
  big: string,
): Term | undefined {
  if (to.kind === "decimal") {
    const [small, scale] =
      from.kind === "decimal" ? [term.small, from.scale] : [wholeText(emitter, from, term), 0];
    const lifted = small === undefined ? undefined : liftedText(emitter, small, to.scale - scale);
    return lifted === undefined ? undefined : smallDecimal(emitter, to, [term], lifted, big);
  }
  const { small } = term;
  if (to.kind !== "double" || from.kind !== "decimal" || small === undefined || from.scale > 22)
    return undefined;
  // Both are exact in doubles, so that the quotient is rounded once.
  return strict(
    emitter,
    to,
    [term],
    `(${small} === ${small} ? ${small} / ${10 ** from.scale} : ${big})`,
    false,
  );
}

function wholeText(emitter: Emitter, from: FlinkType, term: Term): string | undefined {
  const form = formOf(from, emitter.mode);
  const isWhole = ["tinyint", "smallint", "int", "bigint"].includes(from.kind);
  return isWhole && form !== "i64" ? term.text : undefined;
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
  if (from.kind === "decimal" && to.kind === "decimal") {
    return to.scale === from.scale && to.precision >= from.precision;
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
